using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PracticeApp.Platform;

namespace PracticeApp.Reminders;

/// <summary>Puts a notice into words at the moment it is sent, if it is still true and the person may still be reached this way.</summary>
public sealed class PrepareNotice(NoticeLinks links, IOptions<PracticeOptions> options, TimeProvider clock)
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
            notice.MarkFailed(notice.Error ?? "The last tries did not come to an end.", permanent: true, Now);
            await db.SaveChangesAsync(ct);
            return null;
        }
        if (notice.Channel == Channel.InApp) return Nothing;

        var practice = await db.Practices.AsNoTracking().Select(p => p.SenderName).SingleAsync(ct);
        var sender = notice.Data.GetValueOrDefault("sender", practice);
        var values = new Dictionary<string, string>(notice.Data) { ["practice"] = sender };
        if (links.Of(notice) is { } link) values["link"] = link;
        var culture = Languages.Culture(notice.Language);
        return notice.Channel == Channel.Mail
            ? Mail(notice, recipient, sender, culture, values)
            : new TextMessage(notice.Id, recipient, sender, NoticeText.Short(notice.Kind, culture, values), Now);
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private Mail Mail(Notice notice, string recipient, string sender, CultureInfo culture, Dictionary<string, string> values)
    {
        var body = NoticeText.Body(notice.Kind, culture, values);
        var domain = options.Value.Smtp.From.Split('@')[^1];
        return new Mail(notice.MessageId(domain), recipient, sender, NoticeText.Subject(notice.Kind, culture, values), body,
            NoticeText.Html(body, culture), Now, NoticeCalendar.Of(notice, culture));
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
                select email as "Email", phone as "Phone", coalesce((contact ->> 'Mail')::boolean, false) as "Mail", coalesce((contact ->> 'Text')::boolean, false) as "Text"
                from clients where practice_id = {notice.PracticeId} and id = {client}
                """).SingleAsync(ct);
            var (allowed, address) = notice.Channel == Channel.Mail ? (contact.Mail, contact.Email) : (contact.Text, contact.Phone);
            if (!allowed || address is null) return ("not-a-safe-way", recipient);
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
        return (newer ? "a-later-one-is-due" : null, recipient);
    }

    private sealed record Contact(string? Email, string? Phone, bool Mail, bool Text);
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

    public string? Of(Notice notice)
    {
        if (!notice.Data.TryGetValue("link.purpose", out var purpose)) return null;
        var token = tokens.Make(purpose, notice.PracticeId, Guid.Parse(notice.Data["link.subject"]), notice.ClientId,
            DateTime.Parse(notice.Data["link.expires"], null, DateTimeStyles.RoundtripKind));
        // The page speaks the language of the message that led to it.
        return $"{address.Value}{notice.Data["link.path"]}/{token}?lang={notice.Language}";
    }
}
