using System.Collections.Immutable;
using System.Globalization;
using System.Resources;
using PracticeApp.Platform;
using PracticeApp.Shared;

namespace PracticeApp.Agreements;

/// <summary>The words of the terms in one language: texts, counted phrases, money, lists, hours of the day.</summary>
internal sealed class Wording(string language)
{
    private static readonly ResourceManager Texts = new("PracticeApp.src.Agreements.TermsTexts", typeof(Wording).Assembly);

    private readonly CultureInfo _culture = Languages.Culture(language);

    public string Text(string key, params object[] values) => string.Format(_culture, Raw(key), values);

    /// <summary>The form of a counted text that fits the number, which is placeholder {0}; forms stand in the order of the language's plural categories.</summary>
    public string Count(string key, long number, params object[] more)
    {
        var forms = Raw(key).Split('|');
        var form = Array.IndexOf(Plurals.CategoriesOf(language), Plurals.Category(language, number));
        return string.Format(_culture, forms[Math.Min(form, forms.Length - 1)], [number, .. more]);
    }

    public string? Find(string key) => Texts.GetString(key, _culture);

    /// <summary>One of a list of words: the days of the week from Sunday on.</summary>
    public string Nth(string key, int index) => Raw(key).Split('|')[index];

    public string Money(decimal amount, string currency) => Currencies.Format(amount, currency, _culture);

    public string Number(decimal number) => number.ToString("0.##", _culture);

    public string Time(TimeOnly time) => time.ToString(language == "fi" ? "H.mm" : "H:mm", CultureInfo.InvariantCulture);

    /// <summary>"Mon–Fri" for days that follow one another, else "Mon, Wed". ISO numbers, 1 is Monday.</summary>
    public string Days(ImmutableArray<int> days)
    {
        var ordered = days.Order().ToList();
        return ordered.Count > 2 && ordered[^1] - ordered[0] == ordered.Count - 1
            ? $"{Day(ordered[0])}–{Day(ordered[^1])}"
            : string.Join(", ", ordered.Select(Day));
    }

    private string Day(int iso) => _culture.DateTimeFormat.GetAbbreviatedDayName((DayOfWeek)(iso % 7)).TrimEnd('.');

    private string Raw(string key) => Texts.GetString(key, _culture) ?? throw new MissingManifestResourceException($"No text '{key}'.");
}
