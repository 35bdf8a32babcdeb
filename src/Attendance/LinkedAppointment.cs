using Microsoft.EntityFrameworkCore;
using PracticeApp.Accounts;
using PracticeApp.Agreements;
using PracticeApp.Booking;
using PracticeApp.Clients;
using PracticeApp.Platform;
using PracticeApp.Shared;

namespace PracticeApp.Attendance;

/// <summary>What one party may see by their own signed link. The page bears the name that is safe for them, no kind of session and no other person.</summary>
public sealed record Linked(string Token, Appointment Appointment, Client Client, AppointmentParticipant Place, string Sender, DateTime Now, AppointmentMove? MovedWithout)
{
    /// <summary>For one who gave up their place as it was then.</summary>
    public DateTime StartsAt => MovedWithout?.FromStartsAt ?? Appointment.StartsAt;
    public DateTime EndsAt => StartsAt + (Appointment.EndsAt - Appointment.StartsAt);
    public bool IsOver => Appointment.StartsAt <= Now;
    public bool IsCancelled => Appointment.State != AppointmentState.Booked || Place.WithdrawnAt is not null;
    /// <summary>Nothing can be done about it any more.</summary>
    public bool IsClosed => IsOver || IsCancelled;
    public bool CanBeTakenBack => Appointment.CanBeTakenBack(Now, Client.Id);
    public Actor Actor => Actor.Client(Client.Id);
}

/// <summary>Opens the practice and the appointment that a signed link of a reminder names.</summary>
public sealed class LinkedAppointment(PracticeDb db, EnterPractice enter, LinkTokens tokens, IHttpContextAccessor http, TimeProvider clock)
{
    /// <returns>Null when the link is forged, made for something else, or run out.</returns>
    public async Task<Linked?> OpenAsync(string? token, CancellationToken ct)
    {
        if (tokens.Read(PlanReminders.LinkPurpose, token) is not { ClientId: { } clientId } link) return null;
        if (await enter.ByIdAsync(link.PracticeId, ct) is not { } practice) return null;
        var appointment = await db.Appointments.AsNoTracking().Include(a => a.Participants).SingleOrDefaultAsync(a => a.Id == link.SubjectId, ct);
        if (appointment?.Participants.FirstOrDefault(p => p.ClientId == clientId) is not { } place) return null;
        var client = await db.Clients.AsNoTracking().SingleAsync(c => c.Id == clientId, ct);

        var sender = client.Contact.SenderName is { Length: > 0 } safe ? safe : practice.SenderName;
        var context = http.HttpContext!;
        context.Features.Set(new Face(sender, $"/a/{token}", null, practice.Country, practice.Policy.QuickExitUrl, client.Zone));
        var moves = place.WithdrawnAt is null ? [] : await db.AppointmentMoves.AsNoTracking().Where(m => m.AppointmentId == appointment.Id).ToListAsync(ct);
        return new Linked(token!, appointment, client, place, sender, clock.GetUtcNow().UtcDateTime, appointment.FirstMoveWithout(clientId, moves));
    }

    /// <summary>Reasons one may give, as the agreement lists them, with what each does.</summary>
    public async Task<ReasonTerms> ReasonsAsync(Linked linked, CancellationToken ct)
    {
        var versions = await db.TermsOfAsync(linked.Appointment, ct);
        return versions[^1].Terms.Reasons;
    }
}
