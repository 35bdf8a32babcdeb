using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PracticeApp.Agreements;
using PracticeApp.Clients;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Reminders;
using PracticeApp.Shared;

namespace PracticeApp.Booking;

/// <summary>Says whether a client still has questions to answer before an appointment; asks the feature that knows them.</summary>
public delegate Task<bool> ReadUnanswered(PracticeDb db, Appointment appointment, Guid clientId, CancellationToken ct);

/// <summary>
/// Writes the reminders of an appointment in the caller's transaction: when it is booked, anew when it moves or a party's
/// contact rules or wishes change, none once it is cancelled. Only ways of contact that are safe for that person are used.
/// </summary>
public sealed class PlanReminders(PracticeDb db, TimeProvider clock, IOptions<PracticeOptions> options, PaidBeforehand paid, ReadUnanswered unanswered, PublicAddress address)
{
    public const string Kind = "reminders.appointment";
    /// <summary>What has to be paid before it is not paid yet.</summary>
    public const string Prepayment = "reminders.prepayment";
    /// <summary>Questions before a first talk are not answered yet.</summary>
    public const string Questions = "reminders.questions";
    public const string LinkPurpose = "appointment";
    public const string QuestionsPurpose = "talk-questions";
    private static readonly string[] Kinds = [Kind, Prepayment, Questions];

    /// <summary>Call after the appointment was added to <c>db</c> or changed; the caller saves.</summary>
    public async Task RewriteAsync(Appointment appointment, CancellationToken ct)
    {
        if (appointment.State != AppointmentState.Booked)
        {
            await WithdrawAsync(appointment.Id, ct);
            return;
        }
        var (now, waited) = (clock.GetUtcNow().UtcDateTime, await WithdrawWaitingAsync(appointment, ct));
        var practice = await db.Practices.AsNoTracking().SingleAsync(ct);
        var terms = await FreeUntilAsync(appointment, ct);
        // What is on its way counts as sent.
        var sent = await db.Notices.AsNoTracking()
            .Where(n => n.AppointmentId == appointment.Id && Kinds.Contains(n.Kind) && (n.State == NoticeState.Sent || n.State == NoticeState.Due) && n.AppointmentAt == appointment.StartsAt)
            .Select(n => new Told(n.Kind, n.Channel, n.OffsetMinutes, n.ClientId)).ToListAsync(ct);
        var ids = appointment.Participants.Where(p => p.WithdrawnAt is null).Select(p => p.ClientId).ToList();
        // Two who share one address or phone are reminded once.
        var addressed = new HashSet<(Channel, int, string)>();
        foreach (var client in await db.Clients.AsNoTracking().Where(c => ids.Contains(c.Id)).OrderBy(c => c.Id).ToListAsync(ct))
        {
            if (client.NoReminders) continue;
            var owes = await OwesAsync(appointment, client, ct);
            var plan = ReminderPlan.Plan(Wishes(appointment, client, practice, terms));
            foreach (var planned in plan)
            {
                var told = new Told(Kind, planned.Channel, planned.OffsetMinutes, client.Id);
                if (addressed.Add((planned.Channel, planned.OffsetMinutes, planned.Channel == Channel.Mail ? client.Email! : client.Phone!)) && IsOpen(told, planned.DueAt))
                    db.Notices.Add(Notice(appointment, client, terms, planned, owes));
            }
            foreach (var notice in await OthersAsync(appointment, client, practice, owes, plan, ct))
                if (IsOpen(new Told(notice.Kind, notice.Channel, notice.OffsetMinutes, notice.ClientId), notice.DueAt)) db.Notices.Add(notice);
        }

        // A reminder that is wished only now, after its time, is left out; one that was waiting to be sent still goes.
        bool IsOpen(Told told, DateTime due) => !sent.Contains(told) && (due >= now || waited.Contains(told));
    }

    private sealed record Told(string Kind, Channel Channel, int OffsetMinutes, Guid? ClientId);

    /// <summary>Takes back what waits; what is just being handed over for this start stays, or it would go out twice.</summary>
    private async Task<List<Told>> WithdrawWaitingAsync(Appointment appointment, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var waiting = db.Notices.Where(n => n.AppointmentId == appointment.Id && Kinds.Contains(n.Kind) && (n.State == NoticeState.Due || n.State == NoticeState.Failed));
        var before = await waiting.AsNoTracking().Where(n => n.AppointmentAt == appointment.StartsAt && n.State == NoticeState.Due)
            .Select(n => new Told(n.Kind, n.Channel, n.OffsetMinutes, n.ClientId)).ToListAsync(ct);
        await waiting.Where(n => n.AppointmentAt != appointment.StartsAt || n.ClaimedUntil == null || n.ClaimedUntil <= now)
            .ExecuteUpdateAsync(s => s.SetProperty(n => n.State, NoticeState.Withdrawn).SetProperty(n => n.ClaimedUntil, (DateTime?)null), ct);
        return before;
    }

    /// <summary>All that is coming for one client, after their address, contact rules or wishes have changed.</summary>
    public async Task RewriteOfAsync(Guid clientId, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var appointment in await db.Appointments.Include(a => a.Participants)
            .Where(a => a.State == AppointmentState.Booked && a.StartsAt > now && a.Participants.Any(p => p.ClientId == clientId && p.WithdrawnAt == null)).ToListAsync(ct))
            await RewriteAsync(appointment, ct);
    }

    /// <summary>Saves what was changed about a client, then writes their reminders by it: people are looked up as they are stored.</summary>
    public async Task SaveAndRewriteAsync(Guid clientId, CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        await RewriteOfAsync(clientId, ct);
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Takes back what was not sent yet. Stands with the caller's transaction.</summary>
    public Task WithdrawAsync(Guid appointmentId, CancellationToken ct) => db.Notices
        .Where(n => n.AppointmentId == appointmentId && Kinds.Contains(n.Kind) && (n.State == NoticeState.Due || n.State == NoticeState.Failed))
        .ExecuteUpdateAsync(s => s.SetProperty(n => n.State, NoticeState.Withdrawn).SetProperty(n => n.ClaimedUntil, (DateTime?)null), ct);

    private ReminderWishes Wishes(Appointment appointment, Client client, Practice practice, FreeUntil free)
    {
        var offsets = new List<ReminderOffset>();
        var (policy, own, agreed) = (practice.Policy, client.Reminders.By != RemindersBy.Practice, free.Agreed);
        IEnumerable<int> mail = agreed is null ? policy.MailReminderHours : agreed.MailHours, text = agreed is null ? policy.TextReminderHours : agreed.TextHours;
        if (client.CanBeMailed)
            offsets.AddRange((own ? client.Reminders.MailHours : mail).Select(h => new ReminderOffset(Channel.Mail, h * 60)));
        if (options.Value.SendsTexts && client.CanBeTexted)
            offsets.AddRange((own ? client.Reminders.TextHours : text).Select(h => new ReminderOffset(Channel.Text, h * 60)));
        return new ReminderWishes(appointment.StartsAt, appointment.FinalAt, offsets, Quiet(client, policy), free.Hours);
    }

    private static QuietHours Quiet(Client client, PracticePolicy policy) =>
        new(client.Reminders.QuietFrom ?? policy.QuietFrom, client.Reminders.QuietUntil ?? policy.QuietUntil, client.Zone);

    private Notice Notice(Appointment appointment, Client client, FreeUntil free, PlannedReminder planned, Owed? owes)
    {
        var culture = Languages.Culture(client.Language);
        var recipient = planned.Channel == Channel.Mail ? client.Email! : client.Phone!;
        var terms = free.In(client.Zone, culture);
        var notice = Written(new Notice(appointment.PracticeId, Kind, planned.Channel, recipient, client.Language, planned.DueAt, clock.GetUtcNow().UtcDateTime)
            .To(client.Id).About(appointment.Id, planned.OffsetMinutes, appointment.StartsAt), appointment, client).With("terms", terms);
        if (owes is not null) notice.With("prepayment", owes.In(client.Zone, culture));
        NoticeLinks.Put(notice, "/a", LinkPurpose, appointment.Id, appointment.EndsAt);
        return notice;
    }

    /// <summary>One mail about what is not paid, one about what is not answered; checked again when they go out.</summary>
    private async Task<List<Notice>> OthersAsync(Appointment appointment, Client client, Practice practice, Owed? owes, IReadOnlyList<PlannedReminder> plan, CancellationToken ct)
    {
        var others = new List<Notice>();
        if (!client.CanBeMailed) return others;
        var (policy, culture) = (practice.Policy, Languages.Culture(client.Language));
        if (owes is not null && policy.PrepaymentReminderHours > 0 && Due(owes.DueAt, policy.PrepaymentReminderHours) is { } before
            // A reminder that comes about then says it already.
            && !plan.Any(p => p.Channel == Channel.Mail && (p.DueAt - before).Duration() < ReminderPlan.Apart))
            others.Add(Other(Prepayment, before, policy.PrepaymentReminderHours).With("prepayment", owes.In(client.Zone, culture)).With("until", LocalMoment.Of(owes.DueAt, client.Zone, culture)).With("address", $"{address.Value}/me"));
        if (policy.QuestionsReminderHours > 0 && Due(appointment.StartsAt, policy.QuestionsReminderHours) is { } ahead && await unanswered(db, appointment, client.Id, ct))
        {
            var questions = Other(Questions, ahead, policy.QuestionsReminderHours);
            NoticeLinks.Put(questions, "/questions", QuestionsPurpose, appointment.Id, appointment.StartsAt);
            others.Add(questions);
        }
        return others;

        DateTime? Due(DateTime of, int hours) => Quiet(client, policy).Before(of.AddHours(-hours)) is var due && due >= appointment.FinalAt ? due : null;
        Notice Other(string kind, DateTime due, int hours) => Written(new Notice(appointment.PracticeId, kind, Channel.Mail, client.Email!, client.Language, due, clock.GetUtcNow().UtcDateTime)
            .To(client.Id).About(appointment.Id, hours * 60, appointment.StartsAt), appointment, client);
    }

    private static Notice Written(Notice notice, Appointment appointment, Client client)
    {
        notice.With("name", client.CalledName).With("when", LocalMoment.Of(appointment.StartsAt, client.Zone, Languages.Culture(client.Language)));
        return client.Contact.SenderName is { Length: > 0 } sender ? notice.With("sender", sender) : notice;
    }

    private async Task<Owed?> OwesAsync(Appointment appointment, Client client, CancellationToken ct)
    {
        if (appointment is not { PrepaymentAmount: not null, PrepaymentDueAt: { } due }) return null;
        if ((await paid.OfAsync(client.Id, ct)).GetValueOrDefault(appointment.Id)) return null;
        var part = await paid.PartAsync(appointment, client.Id, ct);
        return part <= 0 ? null : new Owed(part, appointment.Currency, due, appointment.PrepaymentReleases);
    }

    private sealed record Owed(decimal Amount, string Currency, DateTime DueAt, bool Releases)
    {
        public string In(TimeZoneInfo zone, CultureInfo culture) => NoticeText.Part(Releases ? "reminders.to-pay-releases" : "reminders.to-pay", culture)
            .Replace("{amount}", Currencies.Format(Amount, Currency, culture), StringComparison.Ordinal)
            .Replace("{until}", LocalMoment.Of(DueAt, zone, culture), StringComparison.Ordinal);
    }

    private async Task<FreeUntil> FreeUntilAsync(Appointment appointment, CancellationToken ct)
    {
        var versions = await db.TermsOfAsync(appointment, ct);
        var place = appointment.Place == MeetingPlace.Online ? SessionPlace.Online : SessionPlace.InPerson;
        var facts = appointment.Facts(await MovesAsync(appointment, ct), appointment.Price);
        // Under two versions the milder one counts, so the shorter window is the one to keep.
        var (hours, agreed) = versions.Select(v => (Hours: v.Terms.For(appointment.KindId.ToString(), place).FreeToActHours(), Agreed: v)).MinBy(v => v.Hours);
        var closed = facts.LeastNoticeAtMove < TimeSpan.FromHours(hours);
        return new FreeUntil(hours, closed ? null : appointment.StartsAt.AddHours(-hours), agreed.IsSigned ? agreed.Terms.Cancellation.Clause : null, agreed.Version, versions[^1].Terms.Reminders);
    }

    private async Task<List<AppointmentMove>> MovesAsync(Appointment appointment, CancellationToken ct)
    {
        await db.AppointmentMoves.Where(m => m.AppointmentId == appointment.Id).LoadAsync(ct);
        return [.. db.AppointmentMoves.Local.Where(m => m.AppointmentId == appointment.Id)];
    }

    /// <param name="Hours">0: cancelling is always free.</param>
    /// <param name="At">Null: it was moved with less notice than that, so it is not free any more.</param>
    /// <param name="Agreed">When to remind, where the terms say so.</param>
    private sealed record FreeUntil(int Hours, DateTime? At, string? Clause, int Version, ReminderTerms? Agreed)
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
