using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using Microsoft.Extensions.Options;

namespace PracticeApp.Platform;

/// <summary>One mail, ready to hand over. No clinical content, ever.</summary>
/// <param name="MessageId">With angle brackets; the same for every attempt.</param>
/// <param name="SenderName">The neutral name it comes from.</param>
/// <param name="Calendar">A <see cref="CalendarFile"/> to put the hour into one's own calendar.</param>
public sealed record Mail(string MessageId, string To, string SenderName, string Subject, string Text, string Html, DateTime At, string? Calendar = null);

/// <summary>Refused for good: trying again would not help.</summary>
public sealed class PermanentMailException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The edge of the process towards people's mailboxes.</summary>
public interface IMailChannel
{
    /// <exception cref="PermanentMailException">The address or the mail is refused for good.</exception>
    Task SendAsync(Mail mail, CancellationToken ct);
}

/// <summary>Sends by SMTP with STARTTLS.</summary>
public sealed class SmtpMail(IOptions<PracticeOptions> options) : IMailChannel
{
    public async Task SendAsync(Mail mail, CancellationToken ct)
    {
        var smtp = options.Value.Smtp;
        using var message = MailMessages.Of(mail, smtp.From);
        using var client = new SmtpClient(smtp.Host, smtp.Port) { EnableSsl = smtp.Tls };
        if (smtp.User is { Length: > 0 }) client.Credentials = new NetworkCredential(smtp.User, smtp.Password);
        // The library ignores its Timeout in async calls.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromSeconds(smtp.TimeoutSeconds));
        try
        {
            await client.SendMailAsync(message, limit.Token);
        }
        catch (SmtpException e) when (e.StatusCode is SmtpStatusCode.MailboxUnavailable or SmtpStatusCode.UserNotLocalTryAlternatePath
            or SmtpStatusCode.MailboxNameNotAllowed)
        {
            // Only what concerns this recipient is final: a refused login or a full server concerns every mail and passes.
            throw new PermanentMailException($"{(int)e.StatusCode} {e.Message}", e);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException($"No answer from the mail server within {smtp.TimeoutSeconds} s.");
        }
    }
}

/// <summary>Keeps each mail as a file in {data}/outbox, named by its Message-ID, so that a repeat replaces itself.</summary>
public sealed class OutboxFolder(IOptions<PracticeOptions> options) : IMailChannel, ITextChannel
{
    public static string PathOf(PracticeOptions options) => Path.Combine(options.DataDirectory, "outbox");

    public async Task SendAsync(Mail mail, CancellationToken ct)
    {
        if (mail.Calendar is { } calendar) await KeepAsync(mail.MessageId.Trim('<', '>'), ".ics", new StringBuilder(calendar), ct);
        await KeepAsync(mail.MessageId.Trim('<', '>'), ".eml", new StringBuilder()
        .Append(System.Globalization.CultureInfo.InvariantCulture, $"Message-ID: {mail.MessageId}\nDate: {mail.At:R}\nFrom: {mail.SenderName}\nTo: {mail.To}\nSubject: {mail.Subject}\n\n")
        .Append(mail.Text), ct);
    }

    public Task SendAsync(TextMessage message, CancellationToken ct) => KeepAsync(message.Id.ToString("N"), ".sms", new StringBuilder()
        .Append(System.Globalization.CultureInfo.InvariantCulture, $"Date: {message.At:R}\nFrom: {message.SenderName}\nTo: {message.To}\n\n")
        .Append(message.Text), ct);

    private async Task KeepAsync(string id, string ending, StringBuilder content, CancellationToken ct)
    {
        var folder = Directory.CreateDirectory(PathOf(options.Value)).FullName;
        var name = string.Concat(id.Split(Path.GetInvalidFileNameChars()));
        var unfinished = Path.Combine(folder, name + ".part");
        await File.WriteAllTextAsync(unfinished, content.Append('\n').ToString(), ct);
        File.Move(unfinished, Path.Combine(folder, name + ending), overwrite: true);
    }
}

internal static class MailMessages
{
    public static MailMessage Of(Mail mail, string from)
    {
        try
        {
            var message = new MailMessage(new MailAddress(from, mail.SenderName, Encoding.UTF8), new MailAddress(mail.To))
            {
                Subject = mail.Subject, SubjectEncoding = Encoding.UTF8, Body = mail.Text, BodyEncoding = Encoding.UTF8,
            };
            message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(mail.Html, Encoding.UTF8, MediaTypeNames.Text.Html));
            if (mail.Calendar is { } calendar)
                message.Attachments.Add(new Attachment(new MemoryStream(Encoding.UTF8.GetBytes(calendar)), "appointment.ics", "text/calendar"));
            message.Headers.Add("Message-ID", mail.MessageId);
            message.Headers.Add("Auto-Submitted", "auto-generated");
            return message;
        }
        catch (FormatException e)
        {
            throw new PermanentMailException("The address is not a mail address.", e);
        }
    }
}
