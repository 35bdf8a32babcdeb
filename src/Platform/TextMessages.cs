using System.Net;
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
    Task SendAsync(TextMessage message, CancellationToken ct);
}

/// <summary>Posts to whatever SMS gateway is configured.</summary>
public sealed partial class TextGateway(IOptions<PracticeOptions> options) : ITextChannel, IDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(options.Value.Text.TimeoutSeconds) };

    public async Task SendAsync(TextMessage message, CancellationToken ct)
    {
        var gateway = options.Value.Text;
        if (string.IsNullOrWhiteSpace(gateway.Url)) throw new PermanentMailException("No gateway for text messages is configured.");
        using var request = new HttpRequestMessage(HttpMethod.Post, gateway.Url)
        {
            Content = new StringContent(Body(gateway, message), Encoding.UTF8, gateway.ContentType),
        };
        if (gateway.Header?.Split(':', 2) is [var name, var value]) request.Headers.TryAddWithoutValidation(name.Trim(), value.Trim());
        using var answer = await _http.SendAsync(request, ct);
        if (answer.IsSuccessStatusCode) return;
        var said = $"The gateway answered {(int)answer.StatusCode}.";
        // Only "this message is wrong" is final; a refused key or too many requests pass.
        throw answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity
            ? new PermanentMailException(said)
            : new HttpRequestException(said, null, answer.StatusCode);
    }

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
