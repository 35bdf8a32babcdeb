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

    /// <returns>A <see cref="Mail"/>, a <see cref="TextMessage"/>, <see cref="Nothing"/>, or null when it was withdrawn.</returns>
    public async Task<object?> RunAsync(PracticeDb db, Guid id, CancellationToken ct)
    {
        var notice = await db.Notices.SingleAsync(n => n.Id == id, ct);
        var (reason, recipient) = await ReachAsync(db, notice, ct);
        if (reason is not null)
        {
            notice.Withdraw(reason);
            await db.SaveChangesAsync(ct);
            return null;
        }
        if (notice.Attempts > Notice.RetryDelays.Count + 1)
        {
            notice.MarkFailed(notice.Error ?? "The last tries did not come to an end.", permanent: false, Now);
            await db.SaveChangesAsync(ct);
            return null;
        }
        if (notice.Channel == Channel.InApp) return Nothing;

        var practice = await db.Practices.AsNoTracking().Select(p => new { p.SenderName, p.WordingsChangedAt }).SingleAsync(ct);
        var sender = notice.Data.GetValueOrDefault("sender", practice.SenderName);
        var values = new Dictionary<string, string>(notice.Data) { ["practice"] = sender };
        if (links.Of(notice) is { } link) values["link"] = link;
        if (!values.TryAdd("prepayment", "") && notice.Kind.EndsWith(".appointment", StringComparison.Ordinal) && !await stillAsked(db, notice, ct)) values["prepayment"] = "";
        var culture = Languages.Culture(notice.Language);
        var (subject, body) = await own.PutAsync(db, await own.OfAsync(db, practice.WordingsChangedAt, ct), notice, culture, values, ct);
        return notice.Channel == Channel.Mail ? Mail(notice, recipient, sender, culture, subject, body) : new TextMessage(notice.Id, recipient, sender, body, Now);
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private Mail Mail(Notice notice, string recipient, string sender, CultureInfo culture, string subject, string body)
    {
        // Not part of the words that can be edited: whoever is reminded can always end it.
        if (links.StopOf(notice) is { } stop) body += "\n\n" + NoticeText.Part("reminders.stop", culture).Replace("{stop}", stop, StringComparison.Ordinal);
        var domain = options.Value.Smtp.From.Split('@')[^1];
        return new Mail(notice.MessageId(domain), recipient, sender, subject, body, NoticeText.Html(body, culture), Now, NoticeCalendar.Of(notice, culture));
    }

    /// <summary>
    /// Asked of the rows as they are now, past the features that own them: a rule of contact that was changed an hour ago
    /// holds for what was written last week, and nobody is reminded of what was cancelled, moved or is past.
    /// </summary>
    private async Task<(string? Withdraw, string Recipient)> ReachAsync(PracticeDb db, Notice notice, CancellationToken ct)
    {
        var recipient = notice.Recipient;
        if (notice.ClientId is { } client && notice.Channel != Channel.InApp)
        {
            var contact = await db.Database.SqlQuery<Contact>(
                $"""
                select email as "Email", phone as "Phone", no_reminders as "NoReminders", (mail_fails_since is not null) as "MailFails", (text_fails_since is not null or text_stopped_at is not null) as "TextFails", coalesce((contact ->> 'Mail')::boolean, false) as "Mail", coalesce((contact ->> 'Text')::boolean, false) as "Text"
                from clients where practice_id = {notice.PracticeId} and id = {client}
                """).SingleAsync(ct);
            var (allowed, address) = notice.Channel == Channel.Mail ? (contact.Mail, contact.Email) : (contact.Text, contact.Phone);
            if (!allowed || address is null) return ("not-a-safe-way", recipient);
            if (contact.NoReminders && NoticeKinds.Reminders.Contains(notice.Kind)) return ("wants-no-reminders", recipient);
            if (notice.Channel == Channel.Mail ? contact.MailFails : contact.TextFails) return ("does-not-arrive", recipient);
            recipient = address;
        }
        if (notice.AppointmentAt is not { } start) return (null, recipient);

        var now = Now;
        var stands = await db.Database.SqlQuery<bool>(
            $"""
            select exists (select 1 from appointments where practice_id = {notice.PracticeId} and id = {notice.AppointmentId}
              and (state = 'Booked' or (state = 'Offered' and hold_until > {now})) and starts_at = {start} and starts_at > {now}) as "Value"
            """).SingleAsync(ct);
        if (!stands) return ("cancelled-moved-or-past", recipient);
        // After a day without mail two reminders of one appointment may be due: the later one says it all, and may have gone out a moment ago.
        var newer = await db.Notices.AnyAsync(n => n.AppointmentId == notice.AppointmentId && n.Kind == notice.Kind && n.ClientId == notice.ClientId
            && n.Channel == notice.Channel && n.AppointmentAt == start && (n.State == NoticeState.Due || n.State == NoticeState.Sent) && n.DueAt <= now && n.OffsetMinutes < notice.OffsetMinutes, ct);
        if (newer) return ("a-later-one-is-due", recipient);
        return (notice.Kind is "reminders.prepayment" or "reminders.questions" && !await stillAsked(db, notice, ct) ? "no-longer-asked" : null, recipient);
    }

    private sealed record Contact(string? Email, string? Phone, bool Mail, bool Text, bool NoReminders, bool MailFails, bool TextFails);
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
