using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Accounts;
using PracticeApp.Platform;

namespace PracticeApp.Money;

/// <summary>Where people come back from the card provider, by a signed link: says what the provider has told us, and believes nothing itself.</summary>
[Anyone]
public sealed class CardReturnModel(PracticeDb db, LinkTokens tokens, EnterPractice enter) : PageModel
{
    public const string Purpose = "card.return";

    public CardAttempt Attempt { get; private set; } = null!;
    public bool Paid => Attempt.PaymentId is not null;
    /// <summary>The provider said that it did not come to a payment.</summary>
    public bool Failed { get; private set; }

    public async Task<IActionResult> OnGetAsync(string token, CancellationToken ct)
    {
        if (tokens.Read(Purpose, token) is not { } link || await enter.ByIdAsync(link.PracticeId, ct) is null) return NotFound();
        if (await db.CardAttempts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == link.SubjectId && a.ClientId == link.ClientId, ct) is not { } attempt) return NotFound();
        Attempt = attempt;
        Failed = !Paid && await db.CardEvents.AnyAsync(e => e.AttemptId == attempt.Id, ct);
        return Page();
    }
}
