using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PracticeApp.Accounts;
using PracticeApp.Platform;

namespace PracticeApp.Money;

/// <summary>Where the card provider says that money came in. Signed over the body as it is, believed for a few minutes, taken once.</summary>
[Anyone, IgnoreAntiforgeryToken]
public sealed class CardWebhookModel(CardProvider card, EnterPractice enter, TakeCardMessage take, ILogger<CardWebhookModel> log) : PageModel
{
    private const int LongestBody = 16 * 1024;

    public IActionResult OnGet() => NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!card.IsOn || await BodyAsync(ct) is not { } body) return NotFound();
        if (!card.IsVouchedFor(Request.Headers[CardProvider.SignatureHeader], body))
        {
            log.LogWarning("A card message came that nobody vouches for, from {Address}", HttpContext.Connection.RemoteIpAddress);
            return NotFound();
        }
        if (CardMessage.Read(body) is not { } message || CardAttempt.Read(message.Reference) is not var (practice, attempt) || await enter.ByIdAsync(practice, ct) is null)
        {
            log.LogWarning("A signed card message fits no practice");
            return BadRequest();
        }
        await take.RunAsync(message, attempt, ct);
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
