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
        ToPsychologist(AskAgain, Channel.Mail, appointment, client, psychologist, participant.Asked);
        // The client is told where they are anyway, once: a mail would make more of it than it is.
        if (tellClient) ToClient(NotNoted, Channel.InApp, appointment, client);
    }

    public async Task SettledItselfAsync(Appointment appointment, AppointmentParticipant participant, CancellationToken ct)
    {
        var (client, psychologist) = await PeopleAsync(appointment, participant, ct);
        ToPsychologist(SettledToPsychologist, Channel.InApp, appointment, client, psychologist, participant.Asked);
        ToPsychologist(SettledToPsychologist, Channel.Mail, appointment, client, psychologist, participant.Asked);
        ToClient(SettledToClient, Channel.InApp, appointment, client);
        if (client.Contact.Mail && client.Email is not null) ToClient(SettledToClient, Channel.Mail, appointment, client);
    }

    /// <summary>What was proposed stands in the account now: how much it is and for what is behind the sign-in.</summary>
    public async Task ChargeStandsAsync(Appointment appointment, AppointmentParticipant participant, CancellationToken ct)
    {
        var (client, psychologist) = await PeopleAsync(appointment, participant, ct);
        ToPsychologist(StandsToPsychologist, Channel.InApp, appointment, client, psychologist, 0);
        ToClient(StandsToClient, Channel.InApp, appointment, client);
        if (client.Contact.Mail && client.Email is not null) ToClient(StandsToClient, Channel.Mail, appointment, client);
    }

    private async Task<(Client, Membership)> PeopleAsync(Appointment appointment, AppointmentParticipant participant, CancellationToken ct) => (
        await db.Clients.AsNoTracking().SingleAsync(c => c.Id == participant.ClientId, ct),
        await db.Memberships.AsNoTracking().SingleAsync(m => m.UserId == appointment.PsychologistId, ct));

    // Who it was is behind the sign-in: a mail names nobody. One mail for a couple.
    private void ToPsychologist(string kind, Channel channel, Appointment appointment, Client client, Membership psychologist, int time)
    {
        if (channel == Channel.Mail && db.Notices.Local.Any(n => n.AppointmentId == appointment.Id && n.Kind == kind && n.Channel == channel)) return;
        var now = clock.GetUtcNow().UtcDateTime;
        var notice = new Notice(appointment.PracticeId, kind, channel, channel == Channel.Mail ? psychologist.Email : client.Id.ToString("N"), psychologist.Language, now, now)
            .To(userId: psychologist.UserId).About(appointment.Id, -time)
            .With("name", psychologist.Name)
            .With("when", LocalMoment.Of(appointment.StartsAt, psychologist.Zone, Languages.Culture(psychologist.Language)))
            .With("path", $"/attendance/{appointment.Id}");
        db.Notices.Add(channel == Channel.InApp ? notice.With("client", client.Name) : notice);
    }

    private void ToClient(string kind, Channel channel, Appointment appointment, Client client)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var notice = new Notice(appointment.PracticeId, kind, channel, channel == Channel.Mail ? client.Email! : "", client.Language, now, now)
            .To(client.Id, client.UserId).About(appointment.Id)
            .With("name", client.CalledName)
            .With("when", LocalMoment.Of(appointment.StartsAt, client.Zone, Languages.Culture(client.Language)));
        if (client.Contact.SenderName is { Length: > 0 } sender) notice.With("sender", sender);
        db.Notices.Add(notice);
    }
}
