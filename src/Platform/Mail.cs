using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Security;
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
/// Sends by SMTP over a few connections that are kept for a while. Each is used by one mail at a time and given up after any
/// trouble, so that nothing of one mail reaches another.
/// </summary>
public sealed class SmtpMail : IMailChannel, IDisposable
{
    /// <summary>Servers close connections that idle or that brought many.</summary>
    private static readonly TimeSpan IdleAtMost = TimeSpan.FromSeconds(10);
    private const int MailsAtMost = 100;

    private readonly SmtpOptions _smtp;
    private readonly ConcurrentStack<Kept> _idle = new();
    private readonly SemaphoreSlim _free;
    private readonly Timer _closing;

    public SmtpMail(IOptions<PracticeOptions> options)
    {
        _smtp = options.Value.Smtp;
        _free = new(_smtp.Connections);
        _closing = new(_ => CloseIdle(), null, IdleAtMost, IdleAtMost);
    }

    internal RemoteCertificateValidationCallback? Trust { get; init; }

    public async Task SendAsync(Mail mail, CancellationToken ct)
    {
        var (to, content) = (MailText.Address(mail.To), MailText.Of(mail, _smtp.From));
        await _free.WaitAsync(ct);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(TimeSpan.FromSeconds(_smtp.TimeoutSeconds));
            while (!await SendAsync(to, content, limit.Token, ct))
            {
                // A kept connection had been closed meanwhile.
            }
        }
        finally
        {
            _free.Release();
        }
    }

    /// <returns>False when a kept connection broke before the mail was on its way.</returns>
    private async Task<bool> SendAsync(string to, string content, CancellationToken limit, CancellationToken ct)
    {
        Kept? kept = null;
        var isWell = false;
        try
        {
            kept = Take() ?? new Kept(await SmtpLine.OpenAsync(_smtp, Trust, limit));
            await kept.Line.SendAsync(_smtp.From, to, content, limit);
            return isWell = true;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            var said = $"No answer from the mail server within {_smtp.TimeoutSeconds} s.";
            throw kept is null ? new ChannelAwayException(said) : new TimeoutException(said);
        }
        catch (IOException) when (kept is { Mails: > 0, Line.HasHandedOver: false })
        {
            return false;
        }
        finally
        {
            if (isWell) Keep(kept!);
            else if (kept is not null) await kept.Line.DisposeAsync();
        }
    }

    private Kept? Take()
    {
        while (_idle.TryPop(out var kept))
        {
            if (kept.IsFresh && kept.Line.IsQuiet) return kept;
            _ = kept.Line.QuitAsync();
        }
        return null;
    }

    private void Keep(Kept kept)
    {
        kept = new Kept(kept.Line, kept.Mails + 1);
        if (kept.IsFresh) _idle.Push(kept);
        else _ = kept.Line.QuitAsync();
    }

    private void CloseIdle()
    {
        var fresh = new List<Kept>();
        while (_idle.TryPop(out var kept))
        {
            if (kept.IsFresh) fresh.Add(kept);
            else _ = kept.Line.QuitAsync();
        }
        fresh.Reverse();
        if (fresh.Count > 0) _idle.PushRange([.. fresh]);
    }

    public void Dispose()
    {
        _closing.Dispose();
        while (_idle.TryPop(out var kept)) _ = kept.Line.QuitAsync();
    }

    private sealed record Kept(SmtpLine Line, int Mails = 0)
    {
        private readonly long _since = Stopwatch.GetTimestamp();

        public bool IsFresh => Mails < MailsAtMost && Stopwatch.GetElapsedTime(_since) < IdleAtMost;
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
        .Append(System.Globalization.CultureInfo.InvariantCulture, $"Message-ID: {mail.MessageId}\nDate: {mail.At:R}\nFrom: {MailText.OneLine(mail.SenderName)}\nTo: {MailText.OneLine(mail.To)}\nSubject: {MailText.OneLine(mail.Subject)}\n\n")
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
