using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
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
    /// <summary>452 to the mail itself.</summary>
    RefuseTheMailForNow,
    /// <summary>550 to the sender.</summary>
    RefuseTheSender,
    /// <summary>421 to the sender, and the line is closed.</summary>
    CloseTheService,
    /// <summary>Takes a second for each answer.</summary>
    Slow,
    /// <summary>Takes the mail, then the line breaks before the answer.</summary>
    CutAfterTheDot,
    /// <summary>Never answers.</summary>
    Silent,
}

/// <param name="Text">The whole mail.</param>
public sealed record SmtpArrival(string MessageId, string Recipient, DateTime At, string Text);

/// <summary>A small mail server on this machine that keeps what it took and can misbehave.</summary>
public sealed class SmtpSink : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<SmtpArrival> _taken = new();
    private readonly ConcurrentDictionary<TcpClient, bool> _lines = new();
    private readonly bool _keep;
    private readonly X509Certificate2? _certificate;
    private int _count;
    private long _last;
    private TcpListener _listener;
    private Task _accepting;
    private int _greeted;

    /// <param name="port">0: a free one.</param>
    /// <param name="keep">Whether mails are kept, or only counted.</param>
    /// <param name="certificate">With one, STARTTLS is offered.</param>
    public SmtpSink(int port = 0, bool keep = true, X509Certificate2? certificate = null)
    {
        (_keep, _certificate) = (keep, certificate);
        _listener = new(IPAddress.Loopback, port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync(_listener);
    }

    public int Port { get; }
    /// <summary>Decides for each recipient.</summary>
    public Func<string, SmtpMood> Mood { get; set; } = _ => SmtpMood.Accept;
    /// <summary>What the sender is answered: accepted, refused, or that the service closes.</summary>
    public SmtpMood Sender { get; set; }
    /// <summary>Called for every mail that was taken, before it is answered.</summary>
    public Action<SmtpArrival>? Arrived { get; set; }
    public IReadOnlyList<SmtpArrival> Arrivals => [.. _taken];
    public int Count => _count;
    public bool IsBusyWithin(TimeSpan time) => Volatile.Read(ref _last) is var last and > 0 && Stopwatch.GetElapsedTime(last) < time;
    /// <summary>Every mail that was taken, whole.</summary>
    public IReadOnlyList<string> Taken => [.. _taken.Select(a => a.Text)];
    public IReadOnlyList<string> MessageIds => [.. _taken.Select(a => a.MessageId)];
    /// <summary>What whoever signs in must know; null: anything will do.</summary>
    public string? Password { get; init; }
    /// <summary>The last who signed in, as it was said.</summary>
    public string SignedIn { get; private set; } = "";
    /// <summary>Connections that were opened.</summary>
    public int Lines => _greeted;

    public static string Header(string mail, string name) =>
        mail.Split("\r\n").First(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))[(name.Length + 1)..].Trim();

    /// <summary>Refuses connections and breaks those that are open, until <see cref="ComeBack"/>.</summary>
    public async Task GoAwayAsync()
    {
        _listener.Stop();
        await _accepting;
        foreach (var line in _lines.Keys) line.Close();
    }

    public void ComeBack()
    {
        _listener = new(IPAddress.Loopback, Port);
        _listener.Start();
        _accepting = AcceptAsync(_listener);
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true) _ = ServeAsync(await listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        _lines[client] = true;
        Interlocked.Increment(ref _greeted);
        client.NoDelay = true;
        try
        {
            Stream stream = client.GetStream();
            var reader = new StreamReader(stream, Encoding.Latin1);
            async Task SayAsync(string line, SmtpMood mood = SmtpMood.Accept)
            {
                if (mood == SmtpMood.Silent) await Task.Delay(Timeout.Infinite, _stop.Token);
                if (mood == SmtpMood.Slow) await Task.Delay(1000, _stop.Token);
                await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), _stop.Token);
            }
            var recipient = "";
            await SayAsync("220 sink");
            while (await reader.ReadLineAsync(_stop.Token) is { } line)
            {
                switch (line.Split(' ', ':')[0].ToUpperInvariant())
                {
                    case "EHLO": await SayAsync($"250-sink\r\n250-PIPELINING\r\n250-AUTH PLAIN LOGIN{(_certificate is not null && stream is not SslStream ? "\r\n250-STARTTLS" : "")}\r\n250 8BITMIME"); break;
                    case "STARTTLS":
                        await SayAsync("220 go on");
                        var secured = new SslStream(stream);
                        await secured.AuthenticateAsServerAsync(_certificate!);
                        (stream, reader) = (secured, new StreamReader(secured, Encoding.Latin1));
                        break;
                    case "AUTH":
                        SignedIn = Encoding.UTF8.GetString(Convert.FromBase64String(line.Split(' ')[^1]));
                        await SayAsync(Password is null || SignedIn.EndsWith("\0" + Password, StringComparison.Ordinal) ? "235 welcome" : "535 no");
                        break;
                    case "HELO" or "RSET" or "NOOP": await SayAsync("250 ok"); break;
                    case "MAIL":
                        var mood = Sender;
                        await SayAsync(mood switch { SmtpMood.RefuseTheSender => "550 not you", SmtpMood.CloseTheService => "421 come again", _ => "250 ok" });
                        if (mood == SmtpMood.CloseTheService) return;
                        break;
                    case "RCPT":
                        recipient = line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
                        await SayAsync(Mood(recipient) switch { SmtpMood.RefuseForGood => "550 no such box", SmtpMood.RefuseForNow => "451 later", _ => "250 ok" }, Mood(recipient));
                        break;
                    case "DATA":
                        await SayAsync("354 go on");
                        var mail = await DataAsync(reader);
                        if (Mood(recipient) == SmtpMood.RefuseTheMailForNow)
                        {
                            await SayAsync("452 no room");
                            break;
                        }
                        var arrival = new SmtpArrival(Header(mail, "Message-ID"), recipient, TimeProvider.System.GetUtcNow().UtcDateTime, mail);
                        Interlocked.Increment(ref _count);
                        Volatile.Write(ref _last, Stopwatch.GetTimestamp());
                        if (_keep) _taken.Enqueue(arrival);
                        Arrived?.Invoke(arrival);
                        if (Mood(recipient) == SmtpMood.CutAfterTheDot) return;
                        await SayAsync("250 taken", Mood(recipient));
                        break;
                    case "QUIT": await SayAsync("221 bye"); return;
                    default: await SayAsync("502 unknown"); break;
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
        {
            // The other side went away, or the test is over.
        }
        finally
        {
            _lines.TryRemove(client, out bool _);
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
