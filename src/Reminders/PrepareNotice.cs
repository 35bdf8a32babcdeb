using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PracticeApp.Platform;

namespace PracticeApp.Reminders;

/// <summary>Says whether what a reminder asks for (a payment, answers) is still asked; features that know register it.</summary>
public delegate Task<bool> StillAsked(PracticeDb db, Notice notice, CancellationToken ct);

/// <summary>Puts a notice into words at the moment it is sent, if it is still true and the person may still be reached this way.</summary>
public sealed class PrepareNotice(NoticeLinks links, OwnWords own, StillAsked stillAsked, IOptions<PracticeOptions> options, TimeProvider clock)
{
    /// <summary>The same words for every attempt; what only the app shows has none to send.</summary>
    public static readonly object Nothing = new();

    /// <param name="notices">As they are claimed; those that are not to be sent any more are withdrawn.</param>
    /// <returns>For each that is to be sent a <see cref="Mail"/>, a <see cref="TextMessage"/>, <see cref="Nothing"/>, or the exception that finding words for it threw.</returns>
    public async Task<IReadOnlyDictionary<Guid, object>> RunAsync(PracticeDb db, IReadOnlyList<Notice> notices, CancellationToken ct)
    {
        var words = new Dictionary<Guid, object>();
        if (notices.Count == 0) return words;
        var facts = await FactsAsync(db, notices, ct);
        var practice = await db.Practices.AsNoTracking().Select(p => new { p.SenderName, p.WordingsChangedAt }).SingleAsync(ct);
        var put = await own.OfAsync(db, practice.WordingsChangedAt, ct);
        var over = new Dictionary<Guid, Action<Notice>>();
        foreach (var notice in notices)
        {
            try
            {
                var (reason, recipient) = facts.Reach(notice);
                if (reason is null && notice.Kind is "reminders.prepayment" or "reminders.questions" && !await stillAsked(db, notice, ct)) reason = "no-longer-asked";
                if (reason is not null) over[notice.Id] = n => n.Withdraw(reason);
                else if (notice.Attempts > Notice.RetryDelays.Count + 1) over[notice.Id] = n => n.MarkFailed(n.Error ?? "The last tries did not come to an end.", permanent: false, Now);
                else words[notice.Id] = await InWordsAsync(db, put, notice, recipient, practice.SenderName, ct);
            }
            catch (Exception e) when (e is not (DbException or OperationCanceledException))
            {
                // The try has been counted: what cannot be worded must run out of tries as well, and hold up nobody else.
                words[notice.Id] = e;
            }
        }
        if (over.Count == 0) return words;
        foreach (var notice in await db.Notices.Where(n => over.Keys.Contains(n.Id)).ToListAsync(ct)) over[notice.Id](notice);
        await db.SaveChangesAsync(ct);
        return words;
    }

    private async Task<object> InWordsAsync(PracticeDb db, PracticeWords put, Notice notice, string recipient, string practice, CancellationToken ct)
    {
        if (notice.Channel == Channel.InApp) return Nothing;
        var sender = notice.Data.GetValueOrDefault("sender", practice);
        var values = new Dictionary<string, string>(notice.Data) { ["practice"] = sender };
        if (links.Of(notice) is { } link) values["link"] = link;
        if (!values.TryAdd("prepayment", "") && notice.Kind.EndsWith(".appointment", StringComparison.Ordinal) && !await stillAsked(db, notice, ct)) values["prepayment"] = "";
        var culture = Languages.Culture(notice.Language);
        var (subject, body) = await own.PutAsync(db, put, notice, culture, values, ct);
        return notice.Channel == Channel.Mail ? Mail(notice, recipient, sender, culture, subject, body) : new TextMessage(notice.Id, recipient, sender, body, Now);
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private Mail Mail(Notice notice, string recipient, string sender, CultureInfo culture, string subject, string body)
    {
        // Not part of the words that can be edited: whoever is reminded can always end it.
        var stop = links.StopOf(notice);
        if (stop is not null) body += "\n\n" + NoticeText.Part("reminders.stop", culture).Replace("{stop}", stop, StringComparison.Ordinal);
        var domain = options.Value.Smtp.From.Split('@')[^1];
        return new Mail(notice.MessageId(domain), recipient, sender, subject, body, NoticeText.Html(body, culture), Now, NoticeCalendar.Of(notice, culture), stop);
    }

    /// <summary>
    /// Asked of the rows as they are now, past the features that own them: a rule of contact that was changed an hour ago
    /// holds for what was written last week, and nobody is reminded of what was cancelled, moved or is past.
    /// </summary>
    private async Task<Facts> FactsAsync(PracticeDb db, IReadOnlyList<Notice> notices, CancellationToken ct)
    {
        var (practice, now) = (notices[0].PracticeId, Now);
        var clients = notices.Where(n => n.ClientId is not null && n.Channel != Channel.InApp).Select(n => n.ClientId!.Value).Distinct().ToArray();
        var contacts = clients.Length == 0 ? [] : await db.Database.SqlQuery<Contact>(
            $"""
            select id as "Id", email as "Email", phone as "Phone", no_reminders as "NoReminders", (mail_fails_since is not null) as "MailFails", (text_fails_since is not null or text_stopped_at is not null) as "TextFails",
              coalesce((contact ->> 'Mail')::boolean, false) as "Mail", coalesce((contact ->> 'Text')::boolean, false) as "Text"
            from clients where practice_id = {practice} and id = any ({clients})
            """).ToListAsync(ct);
        // After a day without mail two reminders of one appointment may be due: the later one says it all, and may have gone out a moment ago.
        var reminders = notices.Where(n => n.AppointmentAt is not null).Select(n => n.Id).ToArray();
        var untrue = reminders.Length == 0 ? [] : await db.Database.SqlQuery<Untrue>(
            $"""
            select * from (
              select n.id as "Id", case
                when not exists (select from appointments a where a.practice_id = {practice} and a.id = n.appointment_id and a.starts_at = n.appointment_at and a.starts_at > {now}
                  and (a.state = 'Booked' or (a.state = 'Offered' and a.hold_until > {now}))) then 'cancelled-moved-or-past'
                when exists (select from notices o where o.practice_id = {practice} and o.appointment_id = n.appointment_id and o.appointment_at = n.appointment_at and o.kind = n.kind and o.channel = n.channel
                  and o.client_id is not distinct from n.client_id and o.offset_minutes < n.offset_minutes and o.state in ('Due', 'Sent') and o.due_at <= {now}) then 'a-later-one-is-due' end as "Reason"
              from notices n where n.practice_id = {practice} and n.id = any ({reminders})) x
            where "Reason" is not null
            """).ToListAsync(ct);
        return new Facts(contacts.ToDictionary(c => c.Id), untrue.ToDictionary(u => u.Id, u => u.Reason));
    }

    private sealed record Facts(Dictionary<Guid, Contact> Contacts, Dictionary<Guid, string> Untrue)
    {
        public (string? Withdraw, string Recipient) Reach(Notice notice)
        {
            var recipient = notice.Recipient;
            if (notice.ClientId is { } client && notice.Channel != Channel.InApp)
            {
                var contact = Contacts[client];
                var (allowed, address) = notice.Channel == Channel.Mail ? (contact.Mail, contact.Email) : (contact.Text, contact.Phone);
                if (!allowed || address is null) return ("not-a-safe-way", recipient);
                if (contact.NoReminders && NoticeKinds.Reminders.Contains(notice.Kind)) return ("wants-no-reminders", recipient);
                if (notice.Channel == Channel.Mail ? contact.MailFails : contact.TextFails) return ("does-not-arrive", recipient);
                recipient = address;
            }
            return (Untrue.GetValueOrDefault(notice.Id), recipient);
        }
    }

    private sealed record Contact(Guid Id, string? Email, string? Phone, bool Mail, bool Text, bool NoReminders, bool MailFails, bool TextFails);

    private sealed record Untrue(Guid Id, string Reason);
}

/// <summary>Hours that a mail carries for the reader's own calendar: times and a neutral word, nothing else.</summary>
public static class NoticeCalendar
{
    /// <param name="events">Their titles are written when the mail is.</param>
    /// <param name="zone">The reader's.</param>
    public static void Put(Notice notice, IEnumerable<CalendarEvent> events, string zone) =>
        notice.With("calendar", JsonSerializer.Serialize(events, JsonSerializerOptions.Web)).With("calendar.zone", zone);

    public static string? Of(Notice notice, CultureInfo culture)
    {
        if (!notice.Data.TryGetValue("calendar", out var json)) return null;
        var events = JsonSerializer.Deserialize<List<CalendarEvent>>(json, JsonSerializerOptions.Web)!;
        var title = NoticeText.Part("reminders.calendar", culture);
        return CalendarFile.Write(events.Select(e => e with { Title = title }), TimeZoneInfo.FindSystemTimeZoneById(notice.Data["calendar.zone"]));
    }
}

/// <summary>Signed links in notices are made when they are sent, so that none is kept in the database.</summary>
public sealed class NoticeLinks(LinkTokens tokens, PublicAddress address)
{
    /// <summary>Makes the notice carry a link "{path}/{token}" for one purpose, row and reader.</summary>
    public static void Put(Notice notice, string path, string purpose, Guid subjectId, DateTime expiresAt) =>
        notice.With("link.path", path).With("link.purpose", purpose).With("link.subject", subjectId.ToString())
            .With("link.expires", expiresAt.ToString("O"));

    public const string StopPurpose = "stop-reminders";

    /// <summary>Where a client ends all reminders with one press; null for what is no reminder of a client.</summary>
    public string? StopOf(Notice notice) => notice.ClientId is { } client && NoticeKinds.Reminders.Contains(notice.Kind)
        ? $"{address.Value}/stop/{tokens.Make(StopPurpose, notice.PracticeId, client, client, notice.DueAt.AddYears(1))}?lang={notice.Language}" : null;

    public string? Of(Notice notice)
    {
        if (!notice.Data.TryGetValue("link.purpose", out var purpose)) return null;
        var token = tokens.Make(purpose, notice.PracticeId, Guid.Parse(notice.Data["link.subject"]), notice.ClientId,
            DateTime.Parse(notice.Data["link.expires"], null, DateTimeStyles.RoundtripKind));
        // The page speaks the language of the message that led to it.
        return $"{address.Value}{notice.Data["link.path"]}/{token}?lang={notice.Language}";
    }
}
