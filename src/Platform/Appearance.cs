namespace PracticeApp.Platform;

/// <summary>Light or dark against the system's wish: <c>?theme=dark|light|auto</c> keeps it in a cookie.</summary>
public static class Appearance
{
    public const string Name = "theme";

    /// <summary>"light" or "dark" where the reader overrides the system, else null.</summary>
    public static string? Of(HttpContext context)
    {
        var asked = context.Items[Name] as string ?? context.Request.Cookies[Name];
        return asked is "light" or "dark" ? asked : null;
    }

    public static IApplicationBuilder UseAppearance(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Request.Query.TryGetValue(Name, out var asked))
        {
            context.Items[Name] = asked.ToString();
            var options = new CookieOptions
            {
                MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, IsEssential = true,
            };
            if (Of(context) is { } theme)
            {
                context.Response.Cookies.Append(Name, theme, options);
            }
            else
            {
                context.Response.Cookies.Delete(Name, options);
            }
        }

        return next(context);
    });
}
