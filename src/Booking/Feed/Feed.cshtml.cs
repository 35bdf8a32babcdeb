using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Net.Http.Headers;
using PracticeApp.Platform;

namespace PracticeApp.Booking;

/// <summary>The calendar that somebody's own calendar program fetches; who knows the address may read it, until it is revoked.</summary>
[Anyone]
public sealed class FeedModel(FeedEvents events) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string token, CancellationToken ct)
    {
        if (await events.ReadAsync(token, ct) is not { } calendar) return NotFound();
        var bytes = Encoding.UTF8.GetBytes(calendar);
        Response.Headers.CacheControl = "private, no-cache";
        // A program that asks every hour is told that nothing has changed.
        return new FileContentResult(bytes, "text/calendar; charset=utf-8")
        {
            EntityTag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}\""),
        };
    }
}
