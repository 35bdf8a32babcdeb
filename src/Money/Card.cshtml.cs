using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;

namespace PracticeApp.Money;

/// <summary>The last step before the provider's page: how much, where to; and afterwards, what became of it.</summary>
[Access(Role.Client)]
public sealed class CardModel(PracticeDb db, CardProvider card) : PageModel
{
    public CardAttempt Attempt { get; private set; } = null!;
    public string? Link { get; private set; }
    public string? Host { get; private set; }
    public bool IsPretended => card.IsPretended;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        var accounts = db.AccountsAsClient();
        if (await db.CardAttempts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id && accounts.Any(c => c.Id == a.ClientId), ct) is not { } attempt) return NotFound();
        Attempt = attempt;
        if (attempt.PaymentId is null && card.IsOn) (Link, Host) = (card.LinkFor(attempt, Languages.Current), card.Host);
        return Page();
    }
}
