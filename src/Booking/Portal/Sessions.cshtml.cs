using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Booking;

/// <summary>A client's sessions: what comes, what was, and for a few minutes the way back.</summary>
[Access(Role.Client)]
public sealed class SessionsModel(PracticeDb db, TakeBack takeBack, PaidBeforehand prepaid, Audit audit, TimeProvider clock) : PageModel
{
    private const int PastShown = 30;

    public sealed record View(Appointment Appointment, AppointmentParticipant Own, string Kind, string Psychologist, IReadOnlyList<AppointmentMove> Moves, OnlineDoor? Door, bool CanChange,
        decimal Part = 0, bool? Paid = null)
    {
        private AppointmentMove? Without => Appointment.FirstMoveWithout(Own.ClientId, Moves);
        /// <summary>For one who gave up their place as it was then.</summary>
        public DateTime StartsAt => Without?.FromStartsAt ?? Appointment.StartsAt;
        public DateTime EndsAt => StartsAt + (Appointment.EndsAt - Appointment.StartsAt);
        public MeetingPlace Place => Without?.FromPlace ?? Appointment.Place;
        public IEnumerable<AppointmentMove> OwnMoves => Moves.TakeWhile(m => m != Without);
    }

    /// <summary>A session of a minor for whom the reader signs: when and with whom, nothing to change.</summary>
    public sealed record Ward(string Name, DateTime StartsAt, DateTime EndsAt, MeetingPlace Place, string Psychologist);

    public IReadOnlyList<Ward> Wards { get; private set; } = [];
    public IReadOnlyList<View> Ahead { get; private set; } = [];
    public IReadOnlyList<View> Past { get; private set; } = [];
    /// <summary>What can still be taken back.</summary>
    public View? Fresh { get; private set; }
    /// <summary>A time of the waitlist that is kept for them now.</summary>
    public SlotOffer? Offer { get; private set; }
    public bool IsWaiting { get; private set; }
    public string Address { get; private set; } = "";
    public DateTime Now { get; private set; }
    [TempData] public string? Done { get; set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        Now = clock.GetUtcNow().UtcDateTime;
        Address = await db.Practices.Select(p => p.Address).SingleAsync(ct);
        Offer = await db.OpenOfferAsync(Now, ct);
        IsWaiting = await db.OwnWishes().AnyAsync(w => w.EndedAt == null, ct);
        var own = await db.OwnClientIdsAsync(ct);
        var appointments = await db.AppointmentsAsParty().AsNoTracking().Include(a => a.Participants)
            .Where(a => a.State == AppointmentState.Booked || a.State == AppointmentState.Cancelled)
            .OrderByDescending(a => a.StartsAt).Take(PastShown * 3).ToListAsync(ct);
        var views = await ViewsAsync(appointments, own, ct);
        Fresh = views.Where(v => v.Appointment.CanBeTakenBack(Now, v.Own.ClientId)).MaxBy(v => v.Appointment.FinalAt);
        bool IsAhead(View v) => v.Appointment.EndsAt > Now && v.Appointment.State == AppointmentState.Booked && v.Own.WithdrawnAt is null;
        Ahead = [.. views.Where(IsAhead).OrderBy(v => v.Appointment.StartsAt)];
        Wards = await WardsAsync(ct);
        Past = [.. views.Where(v => !IsAhead(v)).OrderByDescending(v => v.StartsAt).Take(PastShown)];
    }

    public async Task<IActionResult> OnPostTakeBackAsync(Guid id, CancellationToken ct)
    {
        if (await OwnPlaceAsync(id, ct) is not { } place) return NotFound();
        var outcome = await takeBack.RunAsync(id, Actor.Client(place.ClientId, db.Current.UserId), ct);
        Done = outcome == BookingOutcome.Done ? "TakenBack" : "TakenBack.TooLate";
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostConfirmAsync(Guid id, CancellationToken ct)
    {
        if (await OwnPlaceAsync(id, ct) is not { } place) return NotFound();
        var now = clock.GetUtcNow().UtcDateTime;
        if (place.WithdrawnAt is not null || !await db.Appointments.AnyAsync(a => a.Id == id && a.State == AppointmentState.Booked && a.EndsAt > now, ct)) return RedirectToPage();
        place.Confirm(now);
        audit.Record("appointment.confirmed", "appointment", id, place.ClientId);
        await db.SaveChangesAsync(ct);
        Done = "Confirmed.Thanks";
        return RedirectToPage();
    }

    private async Task<List<Ward>> WardsAsync(CancellationToken ct)
    {
        var guarded = db.EngagementsAsGuardian();
        return await db.Appointments.Where(a => a.State == AppointmentState.Booked && a.EndsAt > Now && guarded.Any(e => e.Id == a.EngagementId)).OrderBy(a => a.StartsAt).Take(PastShown)
            .Select(a => new Ward(
                db.Clients.Where(c => a.Participants.Any(p => p.ClientId == c.Id)).Select(c => c.CalledName).FirstOrDefault() ?? "",
                a.StartsAt, a.EndsAt, a.Place, db.Memberships.Where(m => m.UserId == a.PsychologistId).Select(m => m.Name).FirstOrDefault() ?? "")).ToListAsync(ct);
    }

    private async Task<AppointmentParticipant?> OwnPlaceAsync(Guid id, CancellationToken ct)
    {
        var own = await db.OwnClientIdsAsync(ct);
        return await db.AppointmentParticipants.FirstOrDefaultAsync(p => p.AppointmentId == id && own.Contains(p.ClientId), ct);
    }

    private async Task<List<View>> ViewsAsync(List<Appointment> appointments, IReadOnlyList<Guid> own, CancellationToken ct)
    {
        var (ids, kindIds, staff) = (appointments.Select(a => a.Id).ToList(), appointments.Select(a => a.KindId).Distinct().ToList(), appointments.Select(a => a.PsychologistId).Distinct().ToList());
        var kinds = await db.SessionKinds.AsNoTracking().Where(k => kindIds.Contains(k.Id)).ToDictionaryAsync(k => k.Id, ct);
        var names = await db.Memberships.Where(m => staff.Contains(m.UserId)).ToDictionaryAsync(m => m.UserId, m => m.Name, ct);
        var doors = await db.DoorsAsync(appointments, Now, ct);
        var moves = (await db.AppointmentMoves.AsNoTracking().Where(m => ids.Contains(m.AppointmentId)).OrderBy(m => m.At).ToListAsync(ct)).ToLookup(m => m.AppointmentId);
        var paid = new Dictionary<Guid, bool>();
        var parts = new Dictionary<Guid, decimal>();
        foreach (var client in appointments.Exists(a => a.PrepaymentAmount is not null) ? own : [])
        {
            foreach (var (id, has) in await prepaid.OfAsync(client, ct)) paid[id] = has;
            foreach (var a in appointments.Where(a => a.PrepaymentAmount is not null && a.Participants.Any(p => p.ClientId == client))) parts[a.Id] = await prepaid.PartAsync(a, client, ct);
        }
        return [.. appointments.Select(a =>
        {
            var place = a.Participants.First(p => own.Contains(p.ClientId));
            var canChange = a.State == AppointmentState.Booked && a.StartsAt > Now && place.WithdrawnAt is null;
            return new View(a, place, kinds[a.KindId].Name.In(Languages.Current), names.GetValueOrDefault(a.PsychologistId, ""), [.. moves[a.Id]], place.WithdrawnAt is null ? doors.GetValueOrDefault(a.Id) : null, canChange,
                parts.GetValueOrDefault(a.Id), canChange && paid.TryGetValue(a.Id, out var has) ? has : null);
        })];
    }
}
