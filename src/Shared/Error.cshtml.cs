using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Npgsql;
using PracticeApp.Platform;

namespace PracticeApp.Shared;

/// <summary>Every refusal and fault, in the words of the house: what happened, what to do, nothing is lost.</summary>
[Anyone, AllowAnonymous, IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class ErrorModel : PageModel
{
    public int Code { get; private set; }

    /// <summary>The address that was asked for.</summary>
    public string? Original { get; private set; }

    /// <summary>What was in a form that could not be taken, to be sent again by the person who typed it.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Typed { get; private set; } = [];

    public string Heading { get; private set; } = "";
    public string Explanation => Heading + ".Text";

    public void OnGet() => Show();

    public void OnPost() => Show();

    private void Show()
    {
        // Not bound as a parameter: binding would read the form, which may be the very thing that cannot be read.
        var code = int.Parse((string)RouteData.Values["code"]!, CultureInfo.InvariantCulture);
        Code = HttpContext.Features.Get<IExceptionHandlerFeature>()?.Error switch
        {
            BadHttpRequestException bad => bad.StatusCode,
            InvalidDataException => StatusCodes.Status400BadRequest,
            { } fault when IsBusy(fault) => StatusCodes.Status503ServiceUnavailable,
            _ => code is >= 400 and < 600 ? code : StatusCodes.Status404NotFound,
        };
        Response.StatusCode = Code;
        var reexecuted = HttpContext.Features.Get<IStatusCodeReExecuteFeature>();
        Original = reexecuted is null ? HttpContext.Features.Get<IExceptionHandlerPathFeature>() is { } failed ? failed.Path + Request.QueryString : null
            : reexecuted.OriginalPathBase + reexecuted.OriginalPath + reexecuted.OriginalQueryString;
        var stale = StaleForm.Is(HttpContext);
        Typed = stale || Code is 409 or 503 ? StaleForm.Typed(HttpContext) : [];
        Heading = stale ? "Error.Stale" : Code switch
        {
            409 => "Error.Changed",
            429 => "Error.TooMany",
            413 => "Error.TooLarge",
            503 => "Error.Busy",
            >= 500 => "Error.Fault",
            400 or 415 or 405 => "Error.Unclear",
            _ => "Error.NotFound",
        };
    }

    /// <summary>No connection came free in time; the request never began.</summary>
    private static bool IsBusy(Exception? fault)
    {
        for (; fault is not null; fault = fault.InnerException)
            if (fault is NpgsqlException { InnerException: TimeoutException } && fault.Message.Contains("pool", StringComparison.Ordinal)) return true;
        return false;
    }
}
