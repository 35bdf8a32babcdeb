using Microsoft.EntityFrameworkCore;
using PracticeApp.Booking;
using PracticeApp.Clients;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Reminders;

namespace PracticeApp.Attendance;

/// <summary>Says in words what the clock did to a session, to its psychologist and to the client. Nothing is said to others.</summary>
public sealed class TellOfAttendance(PracticeDb db, TimeProvider clock)
{
    public const string AskAgain = "attendance.ask-again", NotNoted = "attendance.not-noted",
        SettledToPsychologist = "attendance.settled", SettledToClient = "attendance.missed",
        StandsToPsychologist = "attendance.stands", StandsToClient = "attendance.account";

    /// <summary>A day has gone by and nobody has said what became of the session.</summary>
    public async Task AskAgainAsync(Appointment appointment, AppointmentParticipant participant, bool tellClient, CancellationToken ct)
    {
        var (client, psychologist) = await PeopleAsync(appointment, participant, ct);
        await ToPsychologistAsync(AskAgain, [Channel.Mail], appointment, client, psychologist, ct);
        // The client is told where they are anyway, once: a mail would make more of it than it is.
        if (tellClient && !await db.Notices.AnyAsync(n => n.AppointmentId == appointment.Id && n.Kind == NotNoted && n.ClientId == client.Id, ct))
            await ToClientAsync(NotNoted, [Channel.InApp], appointment, client, ct);
    }

    public async Task SettledItselfAsync(Appointment appointment, AppointmentParticipant participant, CancellationToken ct)
    {
        var (client, psychologist) = await PeopleAsync(appointment, participant, ct);
        await ToPsychologistAsync(SettledToPsychologist, [Channel.InApp, Channel.Mail], appointment, client, psychologist, ct);
        await ToClientAsync(SettledToClient, Ways(client), appointment, client, ct);
    }

    /// <summary>What was proposed stands in the account now: how much it is and for what is behind the sign-in.</summary>
    public async Task ChargeStandsAsync(Appointment appointment, AppointmentParticipant participant, CancellationToken ct)
    {
        var (client, psychologist) = await PeopleAsync(appointment, participant, ct);
        await ToPsychologistAsync(StandsToPsychologist, [Channel.InApp], appointment, client, psychologist, ct);
        await ToClientAsync(StandsToClient, Ways(client), appointment, client, ct);
    }

    private static Channel[] Ways(Client client) => client.Contact.Mail && client.Email is not null ? [Channel.InApp, Channel.Mail] : [Channel.InApp];

    /// <summary>What was undone may happen again, and a move and a cancelling may both cost something: each telling has its own number, below those before.</summary>
    private async Task<int> NumberAsync(Appointment appointment, string kind, CancellationToken ct) =>
        (await db.Notices.Where(n => n.AppointmentId == appointment.Id && n.Kind == kind).MinAsync(n => (int?)n.OffsetMinutes, ct) ?? 1) - 1;

    private async Task<(Client, Membership)> PeopleAsync(Appointment appointment, AppointmentParticipant participant, CancellationToken ct) => (
        await db.Clients.AsNoTracking().SingleAsync(c => c.Id == participant.ClientId, ct),
        await db.Memberships.AsNoTracking().SingleAsync(m => m.UserId == appointment.PsychologistId, ct));

    // Who it was is behind the sign-in: a mail names nobody. One mail for a couple.
    private async Task ToPsychologistAsync(string kind, Channel[] channels, Appointment appointment, Client client, Membership psychologist, CancellationToken ct)
    {
        var (now, number) = (clock.GetUtcNow().UtcDateTime, await NumberAsync(appointment, kind, ct));
        foreach (var channel in channels)
        {
            if (channel == Channel.Mail && db.Notices.Local.Any(n => n.AppointmentId == appointment.Id && n.Kind == kind && n.Channel == channel)) continue;
            var notice = new Notice(appointment.PracticeId, kind, channel, channel == Channel.Mail ? psychologist.Email : client.Id.ToString("N"), psychologist.Language, now, now)
                .To(userId: psychologist.UserId).About(appointment.Id, number)
                .With("name", psychologist.Name)
                .With("when", LocalMoment.Of(appointment.StartsAt, psychologist.Zone, Languages.Culture(psychologist.Language)))
                .With("path", $"/attendance/{appointment.Id}");
            db.Notices.Add(channel == Channel.InApp ? notice.With("client", client.Name) : notice);
        }
    }

    private async Task ToClientAsync(string kind, Channel[] channels, Appointment appointment, Client client, CancellationToken ct)
    {
        var (now, number) = (clock.GetUtcNow().UtcDateTime, await NumberAsync(appointment, kind, ct));
        foreach (var channel in channels)
        {
            var notice = new Notice(appointment.PracticeId, kind, channel, channel == Channel.Mail ? client.Email! : "", client.Language, now, now)
                .To(client.Id, client.UserId).About(appointment.Id, number)
                .With("name", client.CalledName)
                .With("when", LocalMoment.Of(appointment.StartsAt, client.Zone, Languages.Culture(client.Language)));
            if (client.Contact.SenderName is { Length: > 0 } sender) notice.With("sender", sender);
            db.Notices.Add(notice);
        }
    }
}
