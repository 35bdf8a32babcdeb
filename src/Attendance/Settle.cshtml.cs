using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;
using PracticeApp.Booking;
using PracticeApp.Platform;

namespace PracticeApp.Attendance;

/// <summary>One session: what became of it, by one tap, and what the terms say follows. Other pages post here and are led back to.</summary>
[Access(Role.Psychologist)]
public sealed class SettleModel(PracticeDb db, SettleAttendance settle, Vault vault, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid AppointmentId { get; set; }
    public Appointment Appointment { get; private set; } = null!;
    public IReadOnlyList<SettleView> Places { get; private set; } = [];
    public IReadOnlyList<AbsenceLine> Follows { get; private set; } = [];
    public SettleOutcome? Outcome { get; private set; }

    public Task<IActionResult> OnGetAsync(CancellationToken ct) => ShowAsync(null, ct);

    public async Task<IActionResult> OnPostAsync(Guid clientId, Settlement settlement, int minutes, string? because, string? back, CancellationToken ct)
    {
        if (!await db.AppointmentsToSettle().AnyAsync(a => a.Id == AppointmentId, ct)) return NotFound();
        var late = settlement is Settlement.Late or Settlement.ILate;
        if (!ModelState.IsValid || !Enum.IsDefined(settlement) || (late && minutes is < 1 or > 120)) return await ShowAsync(SettleOutcome.Unclear, ct);
        var key = because is { Length: > 0 and <= 40 } ? because : null;
        return await EndAsync(await settle.RunAsync(AppointmentId, clientId, settlement, minutes, key, ct), back, ct);
    }

    public async Task<IActionResult> OnPostUndoAsync(Guid clientId, string? back, CancellationToken ct)
    {
        if (!await db.AppointmentsToSettle().AnyAsync(a => a.Id == AppointmentId, ct)) return NotFound();
        return await EndAsync(await settle.UndoAsync(AppointmentId, clientId, ct), back, ct);
    }

    private async Task<IActionResult> EndAsync(SettleOutcome outcome, string? back, CancellationToken ct)
    {
        if (outcome != SettleOutcome.Done) return await ShowAsync(outcome, ct);
        return Url.IsLocalUrl(back) ? LocalRedirect(back) : RedirectToPage(new { AppointmentId });
    }

    private async Task<IActionResult> ShowAsync(SettleOutcome? outcome, CancellationToken ct)
    {
        if (await db.AppointmentsToSettle().AsNoTracking().SingleOrDefaultAsync(a => a.Id == AppointmentId, ct) is not { } appointment) return NotFound();
        (Appointment, Outcome) = (appointment, outcome);
        Places = await SettleView.OfAsync(db, AppointmentId, clock.GetUtcNow().UtcDateTime, $"/attendance/{AppointmentId}", ct);
        Follows = await AbsenceLine.OfAsync(db, vault, db.OwnAssessedEvents().Where(e => e.AppointmentId == AppointmentId), ct);
        return Page();
    }
}
