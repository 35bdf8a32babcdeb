using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Clients;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Booking;

/// <summary>One appointment as staff see it: who, when, where, what it costs, what happened to it.</summary>
[Access(Role.Psychologist, Role.Operator, Role.Admin)]
public sealed class AppointmentModel(PracticeDb db, TakeBack takeBack, PaidBeforehand prepaid, Audit audit, TimeProvider clock) : PageModel
{
    public Appointment Appointment { get; private set; } = null!;
    public SessionKind Kind { get; private set; } = null!;
    public string Psychologist { get; private set; } = "";
    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;
    public string? Room { get; private set; }
    public IReadOnlyDictionary<Guid, Client> Clients { get; private set; } = new Dictionary<Guid, Client>();
    public IReadOnlyList<AppointmentMove> Moves { get; private set; } = [];
    /// <summary>By client: their part of what is paid beforehand, and whether it has come in.</summary>
    public IReadOnlyDictionary<Guid, (decimal Part, bool Paid)> Prepaid { get; private set; } = new Dictionary<Guid, (decimal, bool)>();
    /// <summary>What was said before a first talk of whom it is for.</summary>
    public ForWhom? ForWhom { get; private set; }
    public int ConsentAge { get; private set; }
    public DateTime Now { get; private set; }
    /// <summary>The way into an online session; null while nobody has set up a room for it.</summary>
    public OnlineDoor? Door { get; private set; }
    /// <summary>The practice's provider gives the room, so that there can be another.</summary>
    public bool CanChangeRoom { get; private set; }
    public bool CanChange { get; private set; }
    /// <summary>Unpaid it would go to others.</summary>
    public bool CanKeep { get; private set; }
    /// <summary>A place in a group's date stays where the date is.</summary>
    public bool CanMove { get; private set; }
    public bool CanBeTakenBack { get; private set; }
    [TempData] public string? Done { get; set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } appointment) return NotFound();
        if (appointment.Seats is not null) return Redirect($"/groups/date/{id}");
        (Appointment, Now) = (appointment, clock.GetUtcNow().UtcDateTime);
        Kind = await db.SessionKinds.AsNoTracking().SingleAsync(k => k.Id == appointment.KindId, ct);
        if (Kind.Form == SessionForm.FirstTalk && await db.Engagements.Where(e => e.Id == appointment.EngagementId).Select(e => e.ForWhom).SingleOrDefaultAsync(ct) is var said and not Engagements.ForWhom.Unsaid)
            (ForWhom, ConsentAge) = (said, Agreements.ConsentAge.In(await db.Practices.Select(p => p.Country).SingleAsync(ct)).Age);
        var member = await db.Memberships.AsNoTracking().SingleAsync(m => m.UserId == appointment.PsychologistId, ct);
        (Psychologist, Zone) = (member.Name, member.Zone);
        Room = await db.Rooms.Where(r => r.Id == appointment.RoomId).Select(r => r.Name).SingleOrDefaultAsync(ct);
        var ids = appointment.Participants.Select(p => p.ClientId).ToList();
        Clients = await db.Clients.AsNoTracking().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
        Moves = await db.AppointmentMoves.AsNoTracking().Where(m => m.AppointmentId == id).OrderBy(m => m.At).ToListAsync(ct);
        Door = (await db.DoorsAsync([appointment], Now, ct)).GetValueOrDefault(id);
        CanChangeRoom = Door is not null && !await db.PsychologistProfiles.AnyAsync(p => p.UserId == appointment.PsychologistId && p.JoinUrl != null && p.JoinUrl != "", ct);
        if (appointment is { State: AppointmentState.Booked, PrepaymentAmount: not null })
        {
            var parts = new Dictionary<Guid, (decimal, bool)>();
            foreach (var client in appointment.Participants.Where(p => p.WithdrawnAt is null).Select(p => p.ClientId))
                parts[client] = (await prepaid.PartAsync(appointment, client, ct), (await prepaid.OfAsync(client, ct)).GetValueOrDefault(id));
            Prepaid = parts;
        }
        CanBeTakenBack = appointment.CanBeTakenBack(Now, ActedFor(appointment));
        CanChange = appointment.State == AppointmentState.Booked && appointment.StartsAt > Now;
        CanKeep = CanChange && Appointment.PrepaymentReleases && Prepaid.Values.Any(p => !p.Paid);
        CanMove = CanChange && appointment.MeetingId is null;
        return Page();
    }

    public async Task<IActionResult> OnPostNewRoomAsync(Guid id, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var appointment = await db.ReachableAppointments().SingleOrDefaultAsync(a => a.Id == id && a.State == AppointmentState.Booked && a.EndsAt > now, ct);
        if (appointment is null) return NotFound();
        appointment.ChangeJoinRoom();
        audit.Record("appointment.room-changed", "appointment", id);
        await db.SaveChangesAsync(ct);
        Done = "Room.Changed";
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostKeepAsync(Guid id, CancellationToken ct)
    {
        var appointment = await db.ReachableAppointments().SingleOrDefaultAsync(a => a.Id == id && a.State == AppointmentState.Booked, ct);
        if (appointment is null) return NotFound();
        if (appointment.PrepaymentReleases)
        {
            appointment.KeepUnpaid();
            audit.Record("appointment.kept", "appointment", id);
            await db.SaveChangesAsync(ct);
        }
        Done = "Prepay.Kept";
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostTakeBackAsync(Guid id, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } appointment) return NotFound();
        var actor = ActedFor(appointment) is { } client ? Actor.Client(client, db.Current.UserId) : Actor.Staff(db.Current.UserId);
        var outcome = await takeBack.RunAsync(id, actor, ct);
        Done = outcome == BookingOutcome.Done ? "TakenBack" : "TakenBack.TooLate";
        return outcome == BookingOutcome.Done && !await db.ReachableAppointments().AnyAsync(a => a.Id == id && a.State != AppointmentState.TakenBack, ct)
            ? Redirect("/calendar") : RedirectToPage();
    }

    /// <summary>Whoever noted that a client cancels takes that back too.</summary>
    private Guid? ActedFor(Appointment appointment) => appointment.CancelledBy == db.Current.UserId ? appointment.CancelledByClientId : null;

    private Task<Appointment?> FindAsync(Guid id, CancellationToken ct) => db.ReachableAppointments().AsNoTracking().Include(a => a.Participants)
        .SingleOrDefaultAsync(a => a.Id == id && a.State != AppointmentState.TakenBack, ct);
}
