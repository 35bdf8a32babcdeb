using System.Collections.Immutable;
using Microsoft.AspNetCore.Html;
using Microsoft.Extensions.Localization;
using PracticeApp.Shared;

namespace PracticeApp.Agreements;

/// <summary>Draws what cancelling costs as the start comes nearer: a line that gets heavier.</summary>
internal static class NoticePicture
{
    private const double Width = 288, Base = 26, Free = 62;
    private const int MostSteps = 3;

    /// <returns>Nothing where there are no steps, or more than can be read on a phone.</returns>
    public static IHtmlContent? Of(ImmutableArray<NoticeStep> steps, string currency, System.Globalization.CultureInfo culture, IStringLocalizer<Texts> t)
    {
        if (steps.IsEmpty || steps.Length > MostSteps) return null;
        string Money(decimal amount) => Currencies.Format(amount, currency, culture);
        var sentence = string.Join(" ", steps.Select(s => t["Picture.Sentence", s.HoursBefore, Money(s.Amount)].Value));
        var svg = new Svg(Width, 64, sentence);
        var each = (Width - 1 - Free) / (steps.Length + (steps.Length == 1 ? 0.92 : 0));
        double At(int i) => i == steps.Length ? Width - 1 : steps.Length == 1 ? 170 : Free + i * each;
        svg.Rule("base", 0, Width - 1, Base).Rule("line", At(0), Width - 1, Base);
        svg.Text(0, 16, t["Picture.Free"]);
        for (var i = 0; i <= steps.Length; i++)
        {
            svg.Path("axis", $"M{Svg.N(At(i))} 12v28");
            if (i == steps.Length)
            {
                svg.Text(At(i), 58, t["Picture.Start"], anchor: "end");
                continue;
            }

            svg.Text(At(i) + 8, 16, Money(steps[i].Amount), "lab");
            svg.Text(At(i), 58, t[steps.Length == 1 ? "Picture.Before" : "Picture.Hours", steps[i].HoursBefore], anchor: "middle");
        }

        return new HtmlString(svg.ToString());
    }
}
