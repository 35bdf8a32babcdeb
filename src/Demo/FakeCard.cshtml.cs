using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PracticeApp.Money;
using PracticeApp.Platform;

namespace PracticeApp.Demo;

/// <summary>A card provider that takes no money, so that the demo shows the whole way: it reads the signed link, and reports by the same message as a real one would.</summary>
[Anyone]
public sealed class FakeCardModel(CardProvider card, PublicAddress address) : PageModel
{
    public const string Path = "/demo/card-provider";

    [BindProperty(SupportsGet = true)] public string Reference { get; set; } = "";
    [BindProperty(SupportsGet = true)] public string Amount { get; set; } = "";
    [BindProperty(SupportsGet = true)] public string Currency { get; set; } = "";
    [BindProperty(SupportsGet = true)] public string Return { get; set; } = "";
    [BindProperty(SupportsGet = true)] public string Time { get; set; } = "";
    [BindProperty(SupportsGet = true)] public string Signature { get; set; } = "";
    public CardMessage Asked { get; private set; } = null!;

    public IActionResult OnGet() => IsAsked(CardMessage.Paid) ? Page() : NotFound();

    public Task<IActionResult> OnPostAsync(CancellationToken ct) => SayAsync(CardMessage.Paid, ct);

    public Task<IActionResult> OnPostCancelAsync(CancellationToken ct) => SayAsync(CardMessage.Cancelled, ct);

    private async Task<IActionResult> SayAsync(string outcome, CancellationToken ct)
    {
        if (!IsAsked(outcome)) return NotFound();
        var body = System.Text.Json.JsonSerializer.Serialize(Asked);
        // To this very app over its own address, as a provider would.
        using var http = new HttpClient();
        using var message = new HttpRequestMessage(HttpMethod.Post, $"{address.Value}/card/webhook") { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        message.Headers.Add(CardProvider.SignatureHeader, card.Vouch(body));
        using var answer = await http.SendAsync(message, ct);
        return Redirect(Return);
    }

    /// <summary>What the link asks for, as it was signed; only where this provider stands in for a real one.</summary>
    private bool IsAsked(string outcome)
    {
        if (!card.IsPretended || !ModelState.IsValid || !card.IsSigned(Signature, Reference, Amount, Currency, Return, Time)) return false;
        // One event for one outcome of one attempt: pressed twice it is the same message again.
        Asked = new CardMessage($"demo-{outcome}-{Reference[^32..]}", Reference, outcome, Amount, Currency);
        return Asked.Sum is not null;
    }
}
