using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Options;
using PracticeApp.Platform;

namespace PracticeApp.Tests.Platform;

/// <summary>What leaves for the mail server and the gateway, and how their answers are taken.</summary>
public sealed class ChannelTests
{
    private static readonly DateTime s_at = new(2026, 3, 16, 9, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task Mails_share_a_few_connections()
    {
        await using var sink = new SmtpSink();
        using var smtp = Smtp(sink);
        await Parallel.ForEachAsync(Enumerable.Range(0, 60), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, ct) => await smtp.SendAsync(Mail($"n{i}@example.org"), ct));

        Assert.Equal(60, sink.MessageIds.Distinct().Count());
        Assert.InRange(sink.Lines, 1, 4);
    }

    [Fact]
    public async Task A_connection_is_given_up_after_trouble()
    {
        await using var sink = new SmtpSink { Mood = to => to.StartsWith("no", StringComparison.Ordinal) ? SmtpMood.RefuseForGood : SmtpMood.Accept };
        using var smtp = Smtp(sink);
        await smtp.SendAsync(Mail("a@example.org"), CancellationToken.None);
        await Assert.ThrowsAsync<PermanentMailException>(() => smtp.SendAsync(Mail("no@example.org"), CancellationToken.None));
        await smtp.SendAsync(Mail("b@example.org"), CancellationToken.None);

        Assert.Equal(["a@example.org", "b@example.org"], sink.Arrivals.Select(a => a.Recipient));
        Assert.Equal(2, sink.Lines);
    }

    [Fact]
    public async Task Nothing_that_somebody_typed_begins_a_header_or_a_command()
    {
        await using var sink = new SmtpSink();
        using var smtp = Smtp(sink);
        await smtp.SendAsync(Mail("emina@example.org") with { Subject = "Hello\r\nBcc: evil@example.org\u2028\u0085x", SenderName = "Us\r\nBcc: evil@example.org", Text = "one\r\n.\r\nRCPT TO:<evil@example.org>\r\n" }, CancellationToken.None);
        foreach (var address in new[] { "a@example.org\r\nRCPT TO:<evil@example.org>", "a@example.org>\nDATA", "a@example.org, evil@example.org", "nobody" })
            await Assert.ThrowsAsync<PermanentMailException>(() => smtp.SendAsync(Mail(address), CancellationToken.None));

        var mail = Assert.Single(sink.Arrivals);
        Assert.Equal("emina@example.org", mail.Recipient);
        var heads = mail.Text[..mail.Text.IndexOf("\r\n\r\n", StringComparison.Ordinal)];
        Assert.DoesNotContain("\nBcc:", heads, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_mail_that_may_be_refused_says_how_with_one_press()
    {
        await using var sink = new SmtpSink();
        using var smtp = Smtp(sink);
        await smtp.SendAsync(Mail("a@example.org") with { OptOut = "https://practice.example/stop/abc" }, CancellationToken.None);
        await smtp.SendAsync(Mail("b@example.org"), CancellationToken.None);

        Assert.Equal("<https://practice.example/stop/abc>", SmtpSink.Header(sink.Taken[0], "List-Unsubscribe"));
        Assert.Equal("List-Unsubscribe=One-Click", SmtpSink.Header(sink.Taken[0], "List-Unsubscribe-Post"));
        Assert.DoesNotContain("List-Unsubscribe", sink.Taken[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told_from_one_that_says_no()
    {
        await using var sink = new SmtpSink();
        using var smtp = Smtp(sink);
        await sink.GoAwayAsync();
        await Assert.ThrowsAsync<ChannelAwayException>(() => smtp.SendAsync(Mail("a@example.org"), CancellationToken.None));
        sink.ComeBack();
        sink.Sender = SmtpMood.CloseTheService;
        await Assert.ThrowsAsync<ChannelAwayException>(() => smtp.SendAsync(Mail("a@example.org"), CancellationToken.None));
        sink.Sender = SmtpMood.RefuseTheSender;
        await Assert.ThrowsAsync<RefusedForNowException>(() => smtp.SendAsync(Mail("a@example.org"), CancellationToken.None));
        sink.Sender = SmtpMood.Accept;
        sink.Mood = _ => SmtpMood.RefuseTheMailForNow;
        await Assert.ThrowsAsync<RefusedForNowException>(() => smtp.SendAsync(Mail("a@example.org"), CancellationToken.None));
        sink.Mood = _ => SmtpMood.Silent;
        await Assert.ThrowsAsync<TimeoutException>(() => smtp.SendAsync(Mail("a@example.org"), CancellationToken.None));
    }

    [Fact]
    public async Task A_server_that_takes_the_connection_and_says_nothing_does_not_hold_us()
    {
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        using var smtp = new SmtpMail(Options.Create(new PracticeOptions { Smtp = Of(((IPEndPoint)mute.LocalEndpoint).Port) }));
        var began = Stopwatch.GetTimestamp();

        await Assert.ThrowsAsync<ChannelAwayException>(() => smtp.SendAsync(Mail("a@example.org"), CancellationToken.None));

        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Over_TLS_one_signs_in_and_a_certificate_nobody_vouches_for_is_not_taken()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(s_at.AddYears(-5), s_at.AddYears(5));
        using var certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        await using var sink = new SmtpSink(certificate: certificate) { Password = "geheim" };
        var options = Of(sink.Port) with { Tls = true, User = "practice", Password = "geheim", TimeoutSeconds = 5 };
        using (var smtp = new SmtpMail(Options.Create(new PracticeOptions { Smtp = options }))) await Assert.ThrowsAsync<ChannelAwayException>(() => smtp.SendAsync(Mail("a@example.org"), CancellationToken.None));
        Assert.Equal("", sink.SignedIn);

        using (var smtp = new SmtpMail(Options.Create(new PracticeOptions { Smtp = options })) { Trust = (_, shown, _, _) => shown!.GetCertHashString() == certificate.GetCertHashString() }) await smtp.SendAsync(Mail("a@example.org"), CancellationToken.None);
        Assert.Equal(("\0practice\0geheim", 1), (sink.SignedIn, sink.Count));

        using (var smtp = new SmtpMail(Options.Create(new PracticeOptions { Smtp = options with { Password = "wrong" } })) { Trust = (_, shown, _, _) => shown!.GetCertHashString() == certificate.GetCertHashString() })
            Assert.StartsWith("535", (await Assert.ThrowsAsync<ChannelAwayException>(() => smtp.SendAsync(Mail("a@example.org"), CancellationToken.None))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_the_server_closed_meanwhile_is_made_anew()
    {
        await using var sink = new SmtpSink();
        using var smtp = Smtp(sink);
        await smtp.SendAsync(Mail("a@example.org"), CancellationToken.None);
        await sink.GoAwayAsync();
        sink.ComeBack();
        await smtp.SendAsync(Mail("b@example.org"), CancellationToken.None);

        Assert.Equal((2, 2), (sink.Count, sink.Lines));
    }

    [Theory]
    [InlineData("Ваша встреча в четверг, 26 марта, в 15:00, и ещё немного слов, чтобы строка была длинной 🌿🌿🌿")]
    [InlineData("Plain")]
    [InlineData("=?utf-8?B?trick?=")]
    public void A_subject_arrives_as_it_was_written_in_short_lines(string subject)
    {
        var text = MailText.Of(Mail("a@example.org") with { Subject = subject, Text = "четверг\n.\n", Html = "<p>четверг</p>", Calendar = "BEGIN:VCALENDAR" }, "mail@lipa.example");

        Assert.All(text.Split("\r\n"), line => Assert.True(line.Length <= 78 && line.All(char.IsAscii), line));
        var head = System.Text.RegularExpressions.Regex.Match(text, "Subject: (.*?)\r\n(?! )", System.Text.RegularExpressions.RegexOptions.Singleline).Groups[1].Value;
        var read = string.Concat(System.Text.RegularExpressions.Regex.Matches(head, "=\\?utf-8\\?B\\?(.*?)\\?=").Select(m => Encoding.UTF8.GetString(Convert.FromBase64String(m.Groups[1].Value))));
        Assert.Equal(subject, read.Length > 0 ? read : head);
        Assert.Contains(Convert.ToBase64String(Encoding.UTF8.GetBytes("<p>четверг</p>")), text, StringComparison.Ordinal);
        Assert.Contains("filename=\"appointment.ics\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_message_is_signed_and_named_and_the_gateway_is_left_alone_as_long_as_it_asks()
    {
        using var gateway = new HttpListener();
        var url = $"http://127.0.0.1:{FreePort()}/";
        gateway.Prefixes.Add(url);
        gateway.Start();
        using var texts = new TextGateway(Options.Create(new PracticeOptions { Text = new TextOptions { Url = url, Secret = "gateway-key", TimeoutSeconds = 5 } }));
        var message = new TextMessage(Ids.New(), "+38761000000", "Lipa", "Sutra u \"10\"", s_at);

        var sending = texts.SendAsync(message, CancellationToken.None);
        var (request, body) = await AnswerAsync(gateway, 202);
        await sending;
        Assert.Equal(message.Id.ToString("N"), request.Headers["Idempotency-Key"]);
        var stamp = request.Headers["X-Timestamp"]!;
        Assert.Equal(new DateTimeOffset(s_at).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), stamp);
        Assert.Equal("sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData("gateway-key"u8, Encoding.UTF8.GetBytes(stamp + "." + body))), request.Headers["X-Signature"]);

        sending = texts.SendAsync(message, CancellationToken.None);
        await AnswerAsync(gateway, 429, ("Retry-After", "90"));
        Assert.Equal(TimeSpan.FromSeconds(90), (await Assert.ThrowsAsync<ChannelAwayException>(() => sending)).Wait);
        sending = texts.SendAsync(message, CancellationToken.None);
        await AnswerAsync(gateway, 503, ("Retry-After", s_at.AddMinutes(10).ToString("R")));
        Assert.Equal(TimeSpan.FromMinutes(10), (await Assert.ThrowsAsync<ChannelAwayException>(() => sending)).Wait);
        sending = texts.SendAsync(message, CancellationToken.None);
        await AnswerAsync(gateway, 401);
        await Assert.ThrowsAsync<ChannelAwayException>(() => sending);
        sending = texts.SendAsync(message, CancellationToken.None);
        await AnswerAsync(gateway, 422);
        await Assert.ThrowsAsync<PermanentMailException>(() => sending);
        sending = texts.SendAsync(message, CancellationToken.None);
        await AnswerAsync(gateway, 500);
        await Assert.ThrowsAsync<RefusedForNowException>(() => sending);
        gateway.Stop();
        await Assert.ThrowsAsync<ChannelAwayException>(() => texts.SendAsync(message, CancellationToken.None));
    }

    [Fact]
    public async Task A_pace_lets_so_many_through_and_not_more()
    {
        var pace = new Pace(50);
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => pace.WaitAsync(CancellationToken.None)));
        Assert.True(Stopwatch.GetElapsedTime(began) >= TimeSpan.FromMilliseconds(290));
    }

    private static async Task<(HttpListenerRequest Request, string Body)> AnswerAsync(HttpListener gateway, int status, (string Name, string Value)? header = null)
    {
        var asked = await gateway.GetContextAsync().WaitAsync(TimeSpan.FromSeconds(10));
        using var reader = new StreamReader(asked.Request.InputStream);
        var body = await reader.ReadToEndAsync();
        asked.Response.StatusCode = status;
        if (header is { } h) asked.Response.AddHeader(h.Name, h.Value);
        asked.Response.Close();
        return (asked.Request, body);
    }

    private static Mail Mail(string to) => new($"<{Ids.New():N}@lipa.example>", to, "Lipa", "Hello", "Text", "<p>Text</p>", s_at);

    private static SmtpMail Smtp(SmtpSink sink) => new(Options.Create(new PracticeOptions { Smtp = Of(sink.Port) }));

    private static SmtpOptions Of(int port) => new() { Host = "127.0.0.1", Port = port, Tls = false, From = "mail@lipa.example", TimeoutSeconds = 1 };

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
