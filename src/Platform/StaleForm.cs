using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;

namespace PracticeApp.Platform;

/// <summary>
/// A form whose antiforgery token no longer counts (the page lay open too long, or somebody signed out in
/// another tab). It is refused; what was typed is handed back if the form came from our own pages.
/// </summary>
public sealed class StaleForm : IAlwaysRunResultFilter
{
    private const string Key = "stale-form";
    private static readonly string[] NeverShownAgain = ["password", "token", "code", "secret", "website"];

    public void OnResultExecuting(ResultExecutingContext context)
    {
        if (context.Result is IAntiforgeryValidationFailedResult)
        {
            if (IsReadable(context.HttpContext.Request)) context.HttpContext.Items[Key] = true;
            context.Result = new StatusCodeResult(StatusCodes.Status400BadRequest);
        }
    }

    public void OnResultExecuted(ResultExecutedContext context)
    {
    }

    // A body that is no form at all fails the same check for another reason.
    private static bool IsReadable(HttpRequest request)
    {
        try
        {
            return request.HasFormContentType && request.Form is not null;
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException or BadHttpRequestException)
        {
            return false;
        }
    }

    public static bool Is(HttpContext context) => context.Items.ContainsKey(Key);

    /// <summary>The fields of the refused form, without secrets; nothing for a form of another origin.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Typed(HttpContext context)
    {
        var request = context.Request;
        // A foreign page must not be able to fill a form of ours with its own words.
        var own = request.Headers["Sec-Fetch-Site"] == "same-origin" || request.Headers.Origin == $"{request.Scheme}://{request.Host}";
        if (!own || !request.HasFormContentType || request.Form is not { } form)
        {
            return [];
        }

        return [.. from field in form
                   where !NeverShownAgain.Any(secret => field.Key.Contains(secret, StringComparison.OrdinalIgnoreCase))
                   from value in field.Value
                   select KeyValuePair.Create(field.Key, value ?? "")];
    }
}
