using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using PracticeApp.Platform;

namespace PracticeApp.Booking;

/// <summary>Where the gateway for text messages hands on what people answer. Signed over the body as it is, believed for a few minutes; the words are not kept.</summary>
[Anyone, IgnoreAntiforgeryToken]
public sealed class IncomingTextModel(IOptions<PracticeOptions> options, TakeTextAnswer take, TimeProvider clock, ILogger<IncomingTextModel> log) : PageModel
{
    private const int LongestBody = 16 * 1024;

    public IActionResult OnGet() => NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (await BodyAsync(ct) is not { } body) return NotFound();
        var timestamp = Request.Headers["X-Timestamp"].ToString();
        if (!TextGateway.IsVouchedFor(options.Value.Text, timestamp, Request.Headers["X-Signature"], body, clock.GetUtcNow()))
        {
            log.LogWarning("An answer to a text message came that nobody vouches for, from {Address}", HttpContext.Connection.RemoteIpAddress);
            return NotFound();
        }
        if (TextAnswer.Read(body) is not { } answer) return BadRequest();
        await take.RunAsync(answer, DateTimeOffset.FromUnixTimeSeconds(long.Parse(timestamp, CultureInfo.InvariantCulture)).UtcDateTime, ct);
        return new OkResult();
    }

    private async Task<string?> BodyAsync(CancellationToken ct)
    {
        if (Request.ContentLength > LongestBody) return null;
        var bytes = new byte[LongestBody + 1];
        var read = await Request.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct);
        return read > LongestBody ? null : Encoding.UTF8.GetString(bytes, 0, read);
    }
}
