using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.EntityFrameworkCore;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PracticeApp.Accounts;

namespace PracticeApp.Platform;

/// <summary>
/// Surrounds every page handler: opens the transaction of the signed-in user's practice, checks the page's access rule with the
/// roles of this moment, and commits before the answer is written, so that what was said is stored.
/// Not yours is 404; not signed in leads to the sign-in page.
/// </summary>
public sealed class PracticeRequest(PracticeDb db, Current current, OpenSignIn openSignIn) : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var http = context.HttpContext;
        var stop = http.RequestAborted;
        current.Address = http.Connection.RemoteIpAddress?.ToString();
        var page = context.HandlerInstance.GetType();
        var access = (AccessAttribute?)Attribute.GetCustomAttribute(page, typeof(AccessAttribute));

        if (access is null && !Attribute.IsDefined(page, typeof(AnyoneAttribute)))
            throw new InvalidOperationException($"{page.FullName} states no access rule.");

        if (access is not null)
        {
            if (!await openSignIn.RunAsync(http, stop))
            {
                if (http.User.Identity?.IsAuthenticated == true) await http.SignOutAsync(IdentityConstants.ApplicationScheme);
                context.Result = new ChallengeResult();
                return;
            }
            if (access.Roles.Count > 0 && !access.Roles.Any(current.Is))
            {
                context.Result = new NotFoundResult();
                return;
            }
        }

        var executed = await next();
        if (executed.Exception is DbUpdateConcurrencyException && !executed.ExceptionHandled)
        {
            // Two people wrote the same row: the second is told, and nothing is overwritten.
            executed.ExceptionHandled = true;
            executed.Result = new StatusCodeResult(StatusCodes.Status409Conflict);
            return;
        }
        if (executed.Exception is null || executed.ExceptionHandled) await db.CommitAsync(CancellationToken.None);
    }
}
