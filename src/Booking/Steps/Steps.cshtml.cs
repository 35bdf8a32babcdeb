using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Agreements;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Booking;

/// <summary>Steps of the agreement that act on a client's booking now; their psychologist lifts one with a reason.</summary>
[Access(Role.Psychologist)]
public sealed class StepsModel(PracticeDb db, WhatBookingAsks whatItAsks, Audit audit, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "client")] public Guid ClientId { get; set; }
    [BindProperty(SupportsGet = true, Name = "engagement")] public Guid EngagementId { get; set; }
    [BindProperty] public InputModel Input { get; set; } = new();
    [TempData] public string? Done { get; set; }

    public string ClientName { get; private set; } = "";
    public IReadOnlyList<StandingStep> Standing { get; private set; } = [];
    public IReadOnlyList<LiftedStep> Lifted { get; private set; } = [];

    public sealed class InputModel
    {
        [Required(ErrorMessage = "Steps.Which.Missing")] public EscalationAction? Action { get; set; }
        [Required(ErrorMessage = "Steps.Reason.Missing"), StringLength(LiftedStep.LongestReason)] public string? Reason { get; set; }
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        // The same form twice: it is lifted already.
        if (Standing.Count == 0 && ModelState.IsValid) return RedirectToPage(new { client = ClientId, engagement = EngagementId });
        if (Input.Action is { } action && Standing.All(s => s.Term.Action != action)) ModelState.AddModelError("Input.Action", t["Steps.Which.Missing"]);
        if (!ModelState.IsValid) return Page();
        db.LiftedSteps.Add(new LiftedStep(db.Current.PracticeId, EngagementId, ClientId, Input.Action!.Value, Input.Reason!.Trim(), db.Current.UserId, clock.GetUtcNow().UtcDateTime));
        audit.Record("step.lifted", "engagement", EngagementId, ClientId, Input.Action.ToString());
        await db.SaveChangesAsync(ct);
        Done = "Steps.Done";
        return RedirectToPage(new { client = ClientId, engagement = EngagementId });
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (!await db.OwnEngagements().AnyAsync(e => e.Id == EngagementId && e.Parties.Any(p => p.ClientId == ClientId && p.Role == PartyRole.Client), ct)) return false;
        ClientName = await db.Clients.Where(c => c.Id == ClientId).Select(c => c.CalledName).SingleAsync(ct);
        Standing = await whatItAsks.StandingAsync(EngagementId, ClientId, ct);
        Lifted = await db.LiftedSteps.AsNoTracking().Where(l => l.EngagementId == EngagementId && l.ClientId == ClientId).OrderByDescending(l => l.LiftedAt).ToListAsync(ct);
        return true;
    }
}
