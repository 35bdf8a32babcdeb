using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace PracticeApp.Platform;

/// <summary>One text message, ready to hand over. Nothing in it tells what it is about.</summary>
/// <param name="Id">The same for every attempt, so that a gateway can tell a repeat.</param>
public sealed record TextMessage(Guid Id, string To, string SenderName, string Text, DateTime At);

/// <summary>The edge of the process towards people's phones.</summary>
public interface ITextChannel
{
    /// <exception cref="PermanentMailException">The number or the message is refused for good.</exception>
    /// <exception cref="ChannelAwayException">No message can be handed over at the moment.</exception>
    Task SendAsync(TextMessage message, CancellationToken ct);
}

/// <summary>Posts to whatever SMS gateway is configured, signed so that the gateway can tell that it is us.</summary>
public sealed partial class TextGateway(IOptions<PracticeOptions> options) : ITextChannel, IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(12), Tolerance = TimeSpan.FromMinutes(5);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(options.Value.Text.TimeoutSeconds) })
    {
        Timeout = TimeSpan.FromSeconds(options.Value.Text.TimeoutSeconds),
    };

    public async Task SendAsync(TextMessage message, CancellationToken ct)
    {
        var gateway = options.Value.Text;
        if (string.IsNullOrWhiteSpace(gateway.Url)) throw new RefusedForNowException("No gateway for text messages is configured.");
        var body = Body(gateway, message);
        using var request = new HttpRequestMessage(HttpMethod.Post, gateway.Url) { Content = new StringContent(body, Encoding.UTF8, gateway.ContentType) };
        request.Headers.Add("Idempotency-Key", message.Id.ToString("N"));
        if (gateway.Secret is { Length: > 0 } secret)
        {
            var at = new DateTimeOffset(message.At).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            request.Headers.Add("X-Timestamp", at);
            request.Headers.Add("X-Signature", "sha256=" + Signature(secret, at, body));
        }
        if (gateway.Header?.Split(':', 2) is [var name, var value]) request.Headers.TryAddWithoutValidation(name.Trim(), value.Trim());
        try
        {
            using var answer = await _http.SendAsync(request, ct);
            if (!answer.IsSuccessStatusCode) throw Meaning(answer, message.At);
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError)
        {
            throw new ChannelAwayException(e.Message, e);
        }
        catch (TaskCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException($"No answer from the gateway within {gateway.TimeoutSeconds} s.", e);
        }
    }

    /// <summary>HMAC-SHA256 over "timestamp.body", in small hexadecimal.</summary>
    internal static string Signature(string secret, string timestamp, string body) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{timestamp}.{body}")));

    /// <summary>Whether the gateway said this, and lately: signed as we sign what goes out.</summary>
    public static bool IsVouchedFor(TextOptions gateway, string? timestamp, string? signature, string body, DateTimeOffset now) =>
        gateway.Secret is { Length: > 0 } secret && signature is not null
        && long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && Math.Abs(now.ToUnixTimeSeconds() - seconds) <= Tolerance.TotalSeconds
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), Encoding.UTF8.GetBytes("sha256=" + Signature(secret, timestamp, body)));

    /// <summary>Only "this message is wrong" is final; a refused key or too many requests concern every message and pass.</summary>
    private static Exception Meaning(HttpResponseMessage answer, DateTime now)
    {
        var said = $"The gateway answered {(int)answer.StatusCode}.";
        var wait = answer.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - now : null;
        return answer.StatusCode switch
        {
            HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => new PermanentMailException(said),
            HttpStatusCode.Unauthorized or HttpStatusCode.PaymentRequired or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.TooManyRequests => new ChannelAwayException(said, null, Bounded(wait)),
            _ when wait is not null => new ChannelAwayException(said, null, Bounded(wait)),
            _ => new RefusedForNowException(said),
        };
    }

    private static TimeSpan? Bounded(TimeSpan? wait) => wait > LongestWait ? LongestWait : wait;

    internal static string Body(TextOptions gateway, TextMessage message)
    {
        var json = gateway.ContentType.Contains("json", StringComparison.OrdinalIgnoreCase);
        string Escaped(string value) => json ? JsonEncodedText.Encode(value).ToString() : Uri.EscapeDataString(value);
        return Placeholder().Replace(gateway.Body, match => Escaped(match.Value switch
        {
            "{to}" => message.To,
            "{from}" => message.SenderName,
            "{text}" => message.Text,
            _ => message.Id.ToString("N"),
        }));
    }

    [GeneratedRegex(@"\{(to|from|text|id)\}")]
    private static partial Regex Placeholder();

    public void Dispose() => _http.Dispose();
}

public static class MessageChannels
{
    /// <summary>By SMTP and a gateway, or into the outbox folder.</summary>
    public static void AddMessageChannels(this IServiceCollection services, PracticeOptions options)
    {
        if (options.Mail == "smtp")
        {
            services.AddSingleton<IMailChannel, SmtpMail>();
            services.AddSingleton<ITextChannel, TextGateway>();
        }
        else
        {
            services.AddSingleton<OutboxFolder>();
            services.AddSingleton<IMailChannel>(s => s.GetRequiredService<OutboxFolder>());
            services.AddSingleton<ITextChannel>(s => s.GetRequiredService<OutboxFolder>());
        }
    }
}
