using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PracticeApp.Agreements;
using PracticeApp.Clients;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Reminders;

namespace PracticeApp.Booking;

/// <summary>
/// Writes the reminders of an appointment in the caller's transaction: when it is booked, anew when it moves or a party's
/// contact rules change, none once it is cancelled. Only ways of contact that are safe for that person are used.
/// </summary>
public sealed class PlanReminders(PracticeDb db, TimeProvider clock, IOptions<PracticeOptions> options)
{
    public const string Kind = "reminders.appointment";
    public const string LinkPurpose = "appointment";

    /// <summary>Call after the appointment was added to <c>db</c> or changed; the caller saves.</summary>
    public async Task RewriteAsync(Appointment appointment, CancellationToken ct)
    {
        await WithdrawAsync(appointment.Id, ct);
        if (appointment.State != AppointmentState.Booked) return;

        var practice = await db.Practices.AsNoTracking().SingleAsync(ct);
        var terms = await FreeUntilAsync(appointment, ct);
        var sent = await db.Notices.AsNoTracking()
            .Where(n => n.AppointmentId == appointment.Id && n.Kind == Kind && n.State == NoticeState.Sent && n.AppointmentAt == appointment.StartsAt)
            .Select(n => new { n.Channel, n.OffsetMinutes, n.ClientId }).ToListAsync(ct);
        var ids = appointment.Participants.Where(p => p.WithdrawnAt is null).Select(p => p.ClientId).ToList();
        // Two who share one address or phone are reminded once.
        var addressed = new HashSet<(Channel, int, string)>();
        foreach (var client in await db.Clients.AsNoTracking().Where(c => ids.Contains(c.Id)).OrderBy(c => c.Id).ToListAsync(ct))
        {
            foreach (var planned in ReminderPlan.Plan(Wishes(appointment, client, practice, terms)))
            {
                if (!sent.Contains(new { planned.Channel, planned.OffsetMinutes, ClientId = (Guid?)client.Id })
                    && addressed.Add((planned.Channel, planned.OffsetMinutes, planned.Channel == Channel.Mail ? client.Email! : client.Phone!)))
                    db.Notices.Add(Notice(appointment, client, terms, planned));
            }
        }
    }

    /// <summary>Takes back what was not sent yet. Stands with the caller's transaction.</summary>
    public Task WithdrawAsync(Guid appointmentId, CancellationToken ct) => db.Notices
        .Where(n => n.AppointmentId == appointmentId && n.Kind == Kind && (n.State == NoticeState.Due || n.State == NoticeState.Failed))
        .ExecuteUpdateAsync(s => s.SetProperty(n => n.State, NoticeState.Withdrawn).SetProperty(n => n.ClaimedUntil, (DateTime?)null), ct);

    private ReminderWishes Wishes(Appointment appointment, Client client, Practice practice, FreeUntil free)
    {
        var offsets = new List<ReminderOffset>();
        if (client.Contact.Mail && client.Email is not null)
            offsets.AddRange(practice.Policy.MailReminderHours.Select(h => new ReminderOffset(Channel.Mail, h * 60)));
        if (options.Value.SendsTexts && client.Contact.Text && client.Phone is not null)
            offsets.AddRange(practice.Policy.TextReminderHours.Select(h => new ReminderOffset(Channel.Text, h * 60)));
        var quiet = new QuietHours(practice.Policy.QuietFrom, practice.Policy.QuietUntil, client.Zone);
        return new ReminderWishes(appointment.StartsAt, appointment.FinalAt, offsets, quiet, free.Hours);
    }

    private Notice Notice(Appointment appointment, Client client, FreeUntil free, PlannedReminder planned)
    {
        var culture = Languages.Culture(client.Language);
        var recipient = planned.Channel == Channel.Mail ? client.Email! : client.Phone!;
        var notice = new Notice(appointment.PracticeId, Kind, planned.Channel, recipient, client.Language, planned.DueAt, clock.GetUtcNow().UtcDateTime)
            .To(client.Id).About(appointment.Id, planned.OffsetMinutes, appointment.StartsAt)
            .With("name", client.CalledName)
            .With("when", LocalMoment.Of(appointment.StartsAt, client.Zone, culture))
            .With("terms", free.In(client.Zone, culture));
        if (client.Contact.SenderName is { Length: > 0 } sender) notice.With("sender", sender);
        NoticeLinks.Put(notice, "/a", LinkPurpose, appointment.Id, appointment.EndsAt);
        return notice;
    }

    private async Task<FreeUntil> FreeUntilAsync(Appointment appointment, CancellationToken ct)
    {
        var versions = await db.TermsOfAsync(appointment.EngagementId, appointment.AgreementId, appointment.Currency, ct);
        var place = appointment.Place == MeetingPlace.Online ? SessionPlace.Online : SessionPlace.InPerson;
        var facts = appointment.Facts(await MovesAsync(appointment, ct), appointment.Price);
        // Under two versions the milder one counts, so the shorter window is the one to keep.
        var (hours, agreed) = versions.Select(v => (Hours: v.Terms.For(appointment.KindId.ToString(), place).FreeUntilHours(), Agreed: v)).MinBy(v => v.Hours);
        var closed = facts.LeastNoticeAtMove < TimeSpan.FromHours(hours);
        return new FreeUntil(hours, closed ? null : appointment.StartsAt.AddHours(-hours), agreed.IsSigned ? agreed.Terms.Cancellation.Clause : null, agreed.Version);
    }

    private async Task<List<AppointmentMove>> MovesAsync(Appointment appointment, CancellationToken ct)
    {
        await db.AppointmentMoves.Where(m => m.AppointmentId == appointment.Id).LoadAsync(ct);
        return [.. db.AppointmentMoves.Local.Where(m => m.AppointmentId == appointment.Id)];
    }

    /// <param name="Hours">0: cancelling is always free.</param>
    /// <param name="At">Null: it was moved with less notice than that, so it is not free any more.</param>
    private sealed record FreeUntil(int Hours, DateTime? At, string? Clause, int Version)
    {
        public string In(TimeZoneInfo zone, CultureInfo culture) => Hours == 0
            ? NoticeText.Part("reminders.free-always", culture)
            : At is not { } until ? NoticeText.Part("reminders.not-free", culture)
            : NoticeText.Part(Clause is null ? "reminders.free-until" : "reminders.free-until-clause", culture)
                .Replace("{until}", LocalMoment.Of(until, zone, culture), StringComparison.Ordinal)
                .Replace("{clause}", Clause, StringComparison.Ordinal)
                .Replace("{version}", Version.ToString(culture), StringComparison.Ordinal);
    }
}
