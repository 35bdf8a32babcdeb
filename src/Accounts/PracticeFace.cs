using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Shared;

namespace PracticeApp.Accounts;

/// <summary>What the layouts say of a practice and of whoever is signed in to it.</summary>
public static class PracticeFace
{
    public static void Show(HttpContext http, Practice practice, Current current) => http.Features.Set(new Face(
        practice.Name, HomeOf(practice, current), current.IsSignedIn ? current.Name : null, practice.Country, practice.Policy.QuickExitUrl, practice.Zone)
    {
        Phone = string.IsNullOrWhiteSpace(practice.Phone) ? null : practice.Phone,
    });

    /// <summary>Default language of the practice whose public address is asked for; null on every other page.</summary>
    public static async Task<string?> LanguageAsync(HttpContext http)
    {
        if (http.Request.RouteValues["slug"] is not string slug) return null;
        await using var scope = http.RequestServices.CreateAsyncScope();
        var practice = await scope.ServiceProvider.GetRequiredService<EnterPractice>().BySlugAsync(slug, http.RequestAborted);
        return practice?.Language;
    }

    private static string HomeOf(Practice practice, Current current) =>
        current.Is(Role.Psychologist) ? "/today"
        : current.Is(Role.Operator) || current.Is(Role.Admin) ? "/board"
        : current.Is(Role.Client) ? "/me"
        : current.IsSignedIn ? "/account"
        : $"/p/{practice.Slug}";
}
