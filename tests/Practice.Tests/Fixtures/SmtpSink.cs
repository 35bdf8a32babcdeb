using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PracticeApp.Tests;

/// <summary>What a mail server may do with one mail.</summary>
public enum SmtpMood
{
    Accept,
    /// <summary>550 to the recipient.</summary>
    RefuseForGood,
    /// <summary>451 to the recipient.</summary>
    RefuseForNow,
    /// <summary>Takes the mail, then the line breaks before the answer.</summary>
    CutAfterTheDot,
    /// <summary>Never answers the greeting.</summary>
    Silent,
}

/// <summary>A small mail server on this machine that keeps what it took and can misbehave.</summary>
public sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _taken = new();
    private readonly Task _accepting;

    public SmtpSink()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;
    /// <summary>Decides for each recipient.</summary>
    public Func<string, SmtpMood> Mood { get; set; } = _ => SmtpMood.Accept;
    /// <summary>Every mail that was taken, whole.</summary>
    public IReadOnlyList<string> Taken => [.. _taken];
    public IReadOnlyList<string> MessageIds => [.. _taken.Select(mail => Header(mail, "Message-ID"))];

    public static string Header(string mail, string name) =>
        mail.Split("\r\n").First(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))[(name.Length + 1)..].Trim();

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.Latin1);
            Task SayAsync(string line) => stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), _stop.Token).AsTask();
            var recipient = "";
            await SayAsync("220 sink");
            while (await reader.ReadLineAsync(_stop.Token) is { } line)
            {
                switch (line.Split(' ', ':')[0].ToUpperInvariant())
                {
                    case "EHLO" or "HELO" or "MAIL" or "RSET" or "NOOP": await SayAsync("250 ok"); break;
                    case "RCPT":
                        recipient = line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
                        if (Mood(recipient) == SmtpMood.Silent) await Task.Delay(Timeout.Infinite, _stop.Token);
                        await SayAsync(Mood(recipient) switch { SmtpMood.RefuseForGood => "550 no such box", SmtpMood.RefuseForNow => "451 later", _ => "250 ok" });
                        break;
                    case "DATA":
                        await SayAsync("354 go on");
                        _taken.Enqueue(await DataAsync(reader));
                        if (Mood(recipient) == SmtpMood.CutAfterTheDot) return;
                        await SayAsync("250 taken");
                        break;
                    case "QUIT": await SayAsync("221 bye"); return;
                    default: await SayAsync("502 unknown"); break;
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The other side went away, or the test is over.
        }
    }

    private async Task<string> DataAsync(StreamReader reader)
    {
        var mail = new StringBuilder();
        // What breaks off before the dot was not taken.
        while (await reader.ReadLineAsync(_stop.Token) is var line && line != ".") mail.Append(line ?? throw new IOException("The mail broke off.")).Append("\r\n");
        return mail.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }
}
