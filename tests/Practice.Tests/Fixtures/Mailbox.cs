using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using PracticeApp.Platform;

namespace PracticeApp.Tests;

/// <summary>Receives every mail and text message the app sends; may be told to refuse.</summary>
public sealed partial class Mailbox : IMailChannel, ITextChannel
{
    private readonly ConcurrentQueue<Mail> _mails = new();

    private readonly ConcurrentQueue<TextMessage> _texts = new();

    public IReadOnlyList<TextMessage> Texts => [.. _texts];
    public IReadOnlyList<Mail> All => [.. _mails];
    /// <summary>Thrown at whoever sends, as long as it is set.</summary>
    public Exception? Trouble { get; set; }

    public IReadOnlyList<Mail> To(string address) => [.. _mails.Where(m => m.To.Equals(address, StringComparison.OrdinalIgnoreCase))];

    /// <summary>Path and query of the one link in a mail.</summary>
    public static string Link(Mail mail) => new Uri(Url().Match(mail.Text) is { Success: true } found ? found.Value.TrimEnd('.', ')') : throw new InvalidOperationException($"No link in: {mail.Text}")).PathAndQuery;

    public Task SendAsync(Mail mail, CancellationToken ct)
    {
        if (Trouble is not null) throw Trouble;
        _mails.Enqueue(mail);
        return Task.CompletedTask;
    }

    public Task SendAsync(TextMessage message, CancellationToken ct)
    {
        if (Trouble is not null) throw Trouble;
        _texts.Enqueue(message);
        return Task.CompletedTask;
    }

    [GeneratedRegex("https?://\\S+")]
    private static partial Regex Url();
}
