using System.Globalization;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;
using PracticeApp.Enquiries;
using PracticeApp.Platform;
using PracticeApp.Shared;

namespace PracticeApp.Sessions;

/// <summary>The short counts beside the entries of the workspace: who waits, what is open. One statement for each page a psychologist opens.</summary>
public sealed class CountWork(PracticeDb db, Current current, TimeProvider clock) : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var executed = await next();
        if (executed.Result is not PageResult || !current.Is(Role.Psychologist)) return;
        var now = clock.GetUtcNow().UtcDateTime;
        // Older ones stand on the page itself; years of sessions are not gone through for a count.
        var since = now.AddDays(-180);
        var work = await db.Practices.Select(_ => new
        {
            Board = db.BoardEnquiries().Count(e => e.State == EnquiryState.Waiting),
            Protocols = db.OpenProtocols(now).Count(a => a.StartsAt > since),
            Agreements = db.OwnAgreements().Count(a => a.State == AgreementState.SignedByClient),
        }).SingleAsync(context.HttpContext.RequestAborted);
        var counts = Face.Of(context.HttpContext).Counts;
        foreach (var (entry, count) in new[] { ("/board", work.Board), ("/protocols", work.Protocols), ("/agreements", work.Agreements) })
            if (count > 0) counts[entry] = count.ToString(CultureInfo.CurrentCulture);
    }
}
