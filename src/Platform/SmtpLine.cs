using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace PracticeApp.Platform;

/// <summary>
/// One connection to a mail server (RFC 5321): TLS, from the start or by STARTTLS, where it is asked for and never without it then,
/// signing in, and several commands in one go where the server can take that.
/// </summary>
internal sealed class SmtpLine : IAsyncDisposable
{
    private const int TlsFromTheStart = 465, LongestReply = 64 * 1024;

    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[4096];
    private readonly HashSet<string> _offers = new(StringComparer.OrdinalIgnoreCase);
    private Stream _stream;
    private int _from, _until;

    private SmtpLine(Socket socket) => (_socket, _stream) = (socket, new NetworkStream(socket, ownsSocket: true));

    /// <summary>Whether anything of the present mail may have been taken.</summary>
    public bool HasHandedOver { get; private set; }

    /// <summary>The other side has said nothing and not gone.</summary>
    public bool IsQuiet
    {
        get
        {
            try
            {
                return _from == _until && !_socket.Poll(0, SelectMode.SelectRead);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return false;
            }
        }
    }

    /// <param name="trust">For tests, whose certificates nobody has signed.</param>
    /// <exception cref="ChannelAwayException">There is no getting in.</exception>
    public static async Task<SmtpLine> OpenAsync(SmtpOptions smtp, RemoteCertificateValidationCallback? trust, CancellationToken ct)
    {
        // Without NoDelay every mail waits for acknowledgements that come late.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        SmtpLine? line = null;
        try
        {
            await socket.ConnectAsync(smtp.Host, smtp.Port, ct);
            line = new SmtpLine(socket);
            await line.GreetAsync(smtp, trust, ct);
            return line;
        }
        catch (Exception e)
        {
            if (line is null) socket.Dispose();
            else await line.DisposeAsync();
            throw e is OperationCanceledException or ChannelAwayException ? e : new ChannelAwayException(e.Message, e);
        }
    }

    private async Task GreetAsync(SmtpOptions smtp, RemoteCertificateValidationCallback? trust, CancellationToken ct)
    {
        if (smtp.Tls && smtp.Port == TlsFromTheStart) await SecureAsync(smtp, trust, ct);
        Expect(await ReplyAsync(ct), 220);
        await HelloAsync(ct);
        if (smtp.Tls && smtp.Port != TlsFromTheStart)
        {
            if (!_offers.Contains("STARTTLS")) throw new ChannelAwayException("The mail server offers no TLS.");
            Expect(await AskAsync("STARTTLS", ct), 220);
            // What was said before the line was secured, somebody else may have said.
            if (_from != _until) throw new ChannelAwayException("The mail server spoke before TLS had begun.");
            await SecureAsync(smtp, trust, ct);
            await HelloAsync(ct);
        }
        if (smtp.User is { Length: > 0 } user) await SignInAsync(user, smtp.Password ?? "", ct);
    }

    /// <param name="content">Whole lines, each ended by CR LF.</param>
    public async Task SendAsync(string from, string to, string content, CancellationToken ct)
    {
        HasHandedOver = false;
        var eight = to.All(char.IsAscii) ? "" : _offers.Contains("SMTPUTF8") ? " SMTPUTF8" : throw new PermanentMailException("The mail server takes no such letters in an address.");
        string[] commands = [$"MAIL FROM:<{from}>{eight}", $"RCPT TO:<{to}>", "DATA"];
        if (_offers.Contains("PIPELINING")) await WriteAsync(string.Join("\r\n", commands) + "\r\n", ct);
        for (var i = 0; i < commands.Length; i++)
        {
            if (!_offers.Contains("PIPELINING")) await WriteAsync(commands[i] + "\r\n", ct);
            var reply = await ReplyAsync(ct);
            if (reply.Code != (i == 2 ? 354 : 250) && !(i == 1 && reply.Code == 251)) throw Refused(reply, ofRecipient: i == 1);
        }
        HasHandedOver = true;
        await WriteAsync(content.Replace("\r\n.", "\r\n..", StringComparison.Ordinal) + ".\r\n", ct);
        if (await ReplyAsync(ct) is { Code: not 250 } other) throw Refused(other, ofRecipient: false);
    }

    /// <summary>
    /// Only what is said of the recipient is final. A refused sender, a full server or box, and what a policy forbids (5.7: relaying,
    /// signing in) concerns others too and passes.
    /// </summary>
    private static Exception Refused((int Code, string Text) reply, bool ofRecipient)
    {
        var said = $"{reply.Code} {reply.Text}";
        return reply.Code is 421 or 530 or 535 ? new ChannelAwayException(said)
            : ofRecipient && reply.Code is >= 500 and not (503 or 552) && !reply.Text.StartsWith("5.7.", StringComparison.Ordinal) ? new PermanentMailException(said)
            : new RefusedForNowException(said);
    }

    private async Task HelloAsync(CancellationToken ct)
    {
        var reply = await AskAsync("EHLO practice", ct);
        Expect(reply, 250);
        _offers.Clear();
        foreach (var line in reply.Text.Split('\n').Skip(1))
        {
            _offers.Add(line.Split(' ')[0]);
            if (line.StartsWith("AUTH", StringComparison.OrdinalIgnoreCase)) foreach (var way in line.Split(' ', '=').Skip(1)) _offers.Add("AUTH " + way);
        }
    }

    private async Task SignInAsync(string user, string password, CancellationToken ct)
    {
        static string Encoded(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
        if (_offers.Contains("AUTH PLAIN") || !_offers.Contains("AUTH LOGIN"))
        {
            Expect(await AskAsync("AUTH PLAIN " + Encoded($"\0{user}\0{password}"), ct), 235);
            return;
        }
        Expect(await AskAsync("AUTH LOGIN", ct), 334);
        Expect(await AskAsync(Encoded(user), ct), 334);
        Expect(await AskAsync(Encoded(password), ct), 235);
    }

    private async Task SecureAsync(SmtpOptions smtp, RemoteCertificateValidationCallback? trust, CancellationToken ct)
    {
        var secured = new SslStream(_stream, leaveInnerStreamOpen: false);
        _stream = secured;
        try
        {
            await secured.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = smtp.Host, RemoteCertificateValidationCallback = trust }, ct);
        }
        catch (AuthenticationException e)
        {
            throw new ChannelAwayException($"TLS with the mail server fails: {e.Message}", e);
        }
    }

    private static void Expect((int Code, string Text) reply, int code)
    {
        if (reply.Code != code) throw new ChannelAwayException($"{reply.Code} {reply.Text}");
    }

    private async Task<(int Code, string Text)> AskAsync(string command, CancellationToken ct)
    {
        await WriteAsync(command + "\r\n", ct);
        return await ReplyAsync(ct);
    }

    private async Task WriteAsync(string text, CancellationToken ct)
    {
        await _stream.WriteAsync(Encoding.UTF8.GetBytes(text), ct);
        await _stream.FlushAsync(ct);
    }

    /// <summary>The lines of one reply, without their codes.</summary>
    private async Task<(int Code, string Text)> ReplyAsync(CancellationToken ct)
    {
        var said = new StringBuilder();
        while (said.Length < LongestReply)
        {
            var line = await LineAsync(ct);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code)) break;
            if (line.Length > 4) said.Append(line, 4, line.Length - 4);
            if (line.Length == 3 || line[3] != '-') return (code, said.ToString());
            said.Append('\n');
        }
        throw new IOException("The mail server does not speak SMTP.");
    }

    private async Task<string> LineAsync(CancellationToken ct)
    {
        var line = new StringBuilder();
        while (line.Length < LongestReply)
        {
            if (_from == _until)
            {
                (_from, _until) = (0, await _stream.ReadAsync(_buffer, ct));
                if (_until == 0) throw new IOException("The mail server closed the connection.");
            }
            var end = Array.IndexOf(_buffer, (byte)'\n', _from, _until - _from);
            line.Append(Encoding.Latin1.GetString(_buffer, _from, (end < 0 ? _until : end) - _from));
            _from = end < 0 ? _until : end + 1;
            if (end >= 0) return line.ToString().TrimEnd('\r');
        }
        throw new IOException("The mail server does not speak SMTP.");
    }

    /// <summary>Without waiting for an answer: there may be nobody to give one.</summary>
    public async Task QuitAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        try
        {
            await WriteAsync("QUIT\r\n", limit.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // It is gone already.
        }
        await DisposeAsync();
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
