using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace PracticeApp.Platform;

/// <summary>A language of the product: its code and the name its own speakers give it.</summary>
public sealed record Language(string Code, string Name);

/// <summary>
/// The four languages and which of them a request gets: an explicit <c>?lang=</c>, then the
/// cookie of an earlier switch (signing in forgets it), the signed-in user's preference, Accept-Language, the practice's default, English.
/// </summary>
public static class Languages
{
    public const string Fallback = "en";
    public const string QueryKey = "lang";
    public const string CookieName = "lang";
    /// <summary>Claim type that carries the signed-in user's preferred language code.</summary>
    public const string Claim = "lang";

    /// <summary>In the alphabetical order of their own names, as the switch shows them.</summary>
    public static readonly ImmutableArray<Language> All =
        [new("bs", "Bosanski"), new("en", "English"), new("ru", "Русский"), new("fi", "Suomi")];

    private static readonly ImmutableDictionary<string, CultureInfo> Cultures =
        All.ToImmutableDictionary(l => l.Code, l => BuildCulture(l.Code));

    public static bool IsSupported(string? code) => code is not null && Cultures.ContainsKey(code);

    /// <summary>The culture of a supported language; unknown codes get English.</summary>
    public static CultureInfo Culture(string? code) =>
        code is not null && Cultures.TryGetValue(code, out var culture) ? culture : Cultures[Fallback];

    /// <summary>Code of the language this request or job speaks.</summary>
    public static string Current => CodeOf(CultureInfo.CurrentUICulture);

    public static string CodeOf(CultureInfo culture) =>
        IsSupported(culture.TwoLetterISOLanguageName) ? culture.TwoLetterISOLanguageName : Fallback;

    /// <summary>Runs <paramref name="work"/> in a reader's language; for mails and jobs, which have no request.</summary>
    public static T In<T>(string code, Func<T> work)
    {
        var (culture, ui) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Culture(code);
        try
        {
            return work();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, ui);
        }
    }

    /// <param name="practiceDefault">The language of the practice that the address names; asked only when nothing else decides.</param>
    public static IApplicationBuilder UseLanguages(this IApplicationBuilder app, Func<HttpContext, Task<string?>> practiceDefault) =>
        app.Use(async (context, next) =>
        {
            // Chosen once: an error page is a second run of the same request, without its query.
            var code = context.Items[CookieName] as string ?? Choose(context) ?? await practiceDefault(context);
            context.Items[CookieName] = code ??= Fallback;
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Culture(code);
            await next(context);
        });

    private static string? Choose(HttpContext context)
    {
        string? asked = context.Request.Query[QueryKey];
        if (IsSupported(asked))
        {
            // A session cookie only: a shared phone should not remember that somebody was here.
            context.Response.Cookies.Append(CookieName, asked!, new CookieOptions
            {
                HttpOnly = true, SameSite = Microsoft.AspNetCore.Http.SameSiteMode.Lax, Secure = context.Request.IsHttps, IsEssential = true,
            });
            return asked;
        }

        string?[] wishes = [context.Request.Cookies[CookieName], context.User.FindFirst(Claim)?.Value, .. Accepted(context.Request)];
        return wishes.FirstOrDefault(IsSupported);
    }

    private static IEnumerable<string> Accepted(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var accepted)
            ? accepted.OrderByDescending(a => a.Quality ?? 1).Select(a => Nearest(a.Value.ToString()))
            : [];

    // Who reads Croatian, Serbian or Montenegrin is at home in the Bosnian texts.
    private static string Nearest(string tag) => tag.Split('-')[0].ToLowerInvariant() switch
    {
        "hr" or "sr" or "sh" or "cnr" => "bs",
        var code => code,
    };

    private static CultureInfo BuildCulture(string code)
    {
        // British dates for English: 24 hours, Monday first.
        var culture = (CultureInfo)CultureInfo.GetCultureInfo(code == "en" ? "en-GB" : code).Clone();
        if (code == "bs")
        {
            // The locale data know only nominatives; a date says "26. novembra".
            culture.DateTimeFormat.MonthGenitiveNames = ["januara", "februara", "marta", "aprila", "maja", "juna", "jula",
                "augusta", "septembra", "oktobra", "novembra", "decembra", ""];
        }

        return CultureInfo.ReadOnly(culture);
    }
}
