using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.Extensions.Localization;

namespace PracticeApp.Platform;

/// <summary>Plural forms after Unicode CLDR for whole numbers in the product's languages.</summary>
public static class Plurals
{
    /// <summary>The categories a language distinguishes; each is a suffix of the text's key.</summary>
    public static string[] CategoriesOf(string language) => language switch
    {
        "ru" => ["one", "few", "many"],
        "bs" => ["one", "few", "other"],
        _ => ["one", "other"],
    };

    public static string Category(string language, long n)
    {
        var (ten, hundred) = (Math.Abs(n % 10), Math.Abs(n % 100));
        return language switch
        {
            "ru" or "bs" when ten == 1 && hundred != 11 => "one",
            "ru" or "bs" when ten is >= 2 and <= 4 && hundred is < 12 or > 14 => "few",
            "ru" => "many",
            "bs" => "other",
            _ => n is 1 or -1 ? "one" : "other",
        };
    }
}

/// <summary>What pages need of texts beyond looking one up.</summary>
public static class TextExtensions
{
    /// <summary>The form of <c>Key.one|few|many|other</c> that fits <paramref name="n"/>, which is also placeholder {0}.</summary>
    public static string Plural(this IStringLocalizer texts, string key, long n, params object[] more) =>
        texts[$"{key}.{Plurals.Category(Languages.Current, n)}", [n, .. more]];

    /// <summary>A text whose own value holds inline markup; everything filled in is encoded.</summary>
    public static IHtmlContent Html(this IStringLocalizer texts, string key, params object[] args) =>
        new HtmlFormattableString(CultureInfo.CurrentCulture, texts[key].Value, args);
}
