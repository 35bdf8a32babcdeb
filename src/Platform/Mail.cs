using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Microsoft.Extensions.Options;

namespace PracticeApp.Platform;

/// <summary>One mail, ready to hand over. No clinical content, ever.</summary>
/// <param name="MessageId">With angle brackets; the same for every attempt.</param>
/// <param name="SenderName">The neutral name it comes from.</param>
/// <param name="Calendar">A <see cref="CalendarFile"/> to put the hour into one's own calendar.</param>
/// <param name="OptOut">Where one post says that no more of these are wanted; null where that is not the reader's to say.</param>
public sealed record Mail(string MessageId, string To, string SenderName, string Subject, string Text, string Html, DateTime At, string? Calendar = null, string? OptOut = null);

/// <summary>Refused for good: trying again would not help.</summary>
public sealed class PermanentMailException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The channel answered, and does not want this one now.</summary>
public sealed class RefusedForNowException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Nothing could be handed over, whatever it says and whoever it is for: nobody answers, or nobody lets us in.</summary>
/// <param name="wait">How long the channel asks to be left alone.</param>
public sealed class ChannelAwayException(string message, Exception? inner = null, TimeSpan? wait = null) : Exception(message, inner)
{
    public TimeSpan? Wait => wait;
}

/// <summary>The edge of the process towards people's mailboxes.</summary>
public interface IMailChannel
{
    /// <exception cref="PermanentMailException">The address or the mail is refused for good.</exception>
    /// <exception cref="ChannelAwayException">No mail can be handed over at the moment.</exception>
    Task SendAsync(Mail mail, CancellationToken ct);
}

/// <summary>
/// Sends by SMTP with STARTTLS over a few connections that are kept for a while. Each is used by one mail at a time and given up
/// after any trouble, so that nothing of one mail reaches another.
/// </summary>
public sealed class SmtpMail : IMailChannel, IDisposable
{
    /// <summary>Servers close connections that idle or that brought many.</summary>
    private static readonly TimeSpan IdleAtMost = TimeSpan.FromSeconds(10);
    private const int MailsAtMost = 100;

    private readonly SmtpOptions _smtp;
    private readonly ConcurrentStack<Line> _idle = new();
    private readonly SemaphoreSlim _free;
    private readonly Timer _closing;

    public SmtpMail(IOptions<PracticeOptions> options)
    {
        _smtp = options.Value.Smtp;
        _free = new(_smtp.Connections);
        _closing = new(_ => CloseIdle(), null, IdleAtMost, IdleAtMost);
    }

    public async Task SendAsync(Mail mail, CancellationToken ct)
    {
        using var message = MailMessages.Of(mail, _smtp.From);
        await _free.WaitAsync(ct);
        Line? line = null;
        var isWell = false;
        try
        {
            line = Take();
            // The library ignores its Timeout in async calls, and does not always hear that it is to stop.
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(TimeSpan.FromSeconds(_smtp.TimeoutSeconds));
            await line.Client.SendMailAsync(message, limit.Token).WaitAsync(limit.Token);
            isWell = true;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException($"No answer from the mail server within {_smtp.TimeoutSeconds} s.");
        }
        catch (SmtpException e)
        {
            throw Meaning(e) ?? e;
        }
        finally
        {
            if (line is not null && isWell) Keep(line);
            else line?.Close();
            _free.Release();
        }
    }

    /// <summary>
    /// Only what is said of the recipient is final: a refused sender or a full server concerns every mail and passes. A line that
    /// breaks may have broken after the mail was taken, so it is sent again, under the same Message-ID.
    /// </summary>
    private static Exception? Meaning(SmtpException e)
    {
        var said = $"{(int)e.StatusCode} {e.Message}";
        if (e is SmtpFailedRecipientException && e.StatusCode is SmtpStatusCode.MailboxUnavailable or SmtpStatusCode.UserNotLocalTryAlternatePath or SmtpStatusCode.MailboxNameNotAllowed)
            return new PermanentMailException(said, e);
        for (Exception? inner = e; inner is not null; inner = inner.InnerException)
        {
            if (inner is SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown or SocketError.NetworkDown })
                return new ChannelAwayException(inner.Message, e);
            if (inner is AuthenticationException) return new ChannelAwayException(inner.Message, e);
        }
        return (int)e.StatusCode switch
        {
            421 or 530 or 534 or 535 or 538 or 454 => new ChannelAwayException(said, e),
            >= 400 => new RefusedForNowException(said, e),
            _ => null,
        };
    }

    private Line Take()
    {
        while (_idle.TryPop(out var line))
        {
            if (line.IsFresh) return line;
            line.Close();
        }
        var client = new SmtpClient(_smtp.Host, _smtp.Port) { EnableSsl = _smtp.Tls };
        if (_smtp.User is { Length: > 0 }) client.Credentials = new NetworkCredential(_smtp.User, _smtp.Password);
        return new Line(client);
    }

    private void Keep(Line line)
    {
        line.Used();
        if (line.IsFresh) _idle.Push(line);
        else line.Close();
    }

    private void CloseIdle()
    {
        var fresh = new List<Line>();
        while (_idle.TryPop(out var line))
        {
            if (line.IsFresh) fresh.Add(line);
            else line.Close();
        }
        if (fresh.Count > 0) _idle.PushRange([.. fresh]);
    }

    public void Dispose()
    {
        _closing.Dispose();
        while (_idle.TryPop(out var line)) line.Close();
    }

    private sealed class Line(SmtpClient client)
    {
        private long _since = Stopwatch.GetTimestamp();
        private int _mails;

        public SmtpClient Client => client;
        public bool IsFresh => _mails < MailsAtMost && Stopwatch.GetElapsedTime(_since) < IdleAtMost;

        public void Used() => (_mails, _since) = (_mails + 1, Stopwatch.GetTimestamp());

        // It says goodbye and waits for the answer, which need not come.
        public void Close() => _ = Task.Run(() =>
        {
            try
            {
                client.Dispose();
            }
            catch (Exception e) when (e is IOException or SmtpException or InvalidOperationException or SocketException)
            {
                // It was broken.
            }
        });
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
        .Append(System.Globalization.CultureInfo.InvariantCulture, $"Message-ID: {mail.MessageId}\nDate: {mail.At:R}\nFrom: {MailMessages.OneLine(mail.SenderName)}\nTo: {MailMessages.OneLine(mail.To)}\nSubject: {MailMessages.OneLine(mail.Subject)}\n\n")
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
        // A line break would begin a header or a command of somebody else's.
        if (mail.To.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '<' or '>' or ',')) throw new PermanentMailException("The address is not a mail address.");
        try
        {
            var message = new MailMessage(new MailAddress(from, OneLine(mail.SenderName), Encoding.UTF8), new MailAddress(mail.To))
            {
                Subject = OneLine(mail.Subject), SubjectEncoding = Encoding.UTF8, Body = mail.Text, BodyEncoding = Encoding.UTF8,
            };
            message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(mail.Html, Encoding.UTF8, MediaTypeNames.Text.Html));
            if (mail.Calendar is { } calendar)
                message.Attachments.Add(new Attachment(new MemoryStream(Encoding.UTF8.GetBytes(calendar)), "appointment.ics", "text/calendar"));
            message.Headers.Add("Message-ID", mail.MessageId);
            message.Headers.Add("Auto-Submitted", "auto-generated");
            if (mail.OptOut is { } optOut)
            {
                message.Headers.Add("List-Unsubscribe", $"<{new Uri(optOut).AbsoluteUri}>");
                message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
            }
            return message;
        }
        catch (FormatException e)
        {
            throw new PermanentMailException("The address is not a mail address.", e);
        }
    }

    public static string OneLine(string text) => text.Any(IsBreak) ? new string([.. text.Select(c => IsBreak(c) ? ' ' : c)]).Trim() : text;

    private static bool IsBreak(char c) => char.IsControl(c) || c is '\u2028' or '\u2029';
}
