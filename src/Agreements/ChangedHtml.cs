using Microsoft.AspNetCore.Html;
using Microsoft.Extensions.Localization;

namespace PracticeApp.Agreements;

/// <summary>Changed words as <c>ins</c> and <c>del</c>, which a screen reader hears named. No blanks of its own, so that lines stay as they were written.</summary>
internal static class ChangedHtml
{
    public static IHtmlContent Of(IEnumerable<ChangedWords> words, IStringLocalizer t)
    {
        var html = new HtmlContentBuilder();
        foreach (var (change, text) in words)
        {
            if (change == Change.Same) html.Append(text);
            else html.AppendFormat(change == Change.Deleted ? "<del><span class=\"vh\">{0} </span>{1}<span class=\"vh\"> {2}</span></del>" : "<ins><span class=\"vh\">{0} </span>{1}<span class=\"vh\"> {2}</span></ins>",
                t[$"Changed.{change}"].Value, text, t["Changed.End"].Value);
        }

        return html;
    }
}
