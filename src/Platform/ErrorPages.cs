namespace PracticeApp.Platform;

/// <summary>Refusals and faults end on a page that helps; see Shared/Error.</summary>
public static class ErrorPages
{
    public static IApplicationBuilder UseErrorPages(this IApplicationBuilder app) => app
        .UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandlingPath = "/error/500", CreateScopeForErrors = true })
        // A scope of its own: the error page must not commit what the refused request had begun.
        .UseStatusCodePagesWithReExecute("/error/{0}", createScopeForStatusCodePages: true);
}
