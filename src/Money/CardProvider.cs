using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using PracticeApp.Platform;

namespace PracticeApp.Money;

/// <summary>
/// The provider that takes cards, reached by a link. What goes there and what comes from there is signed with a shared secret; that money
/// came in is believed of a signed message alone, never of somebody's browser.
/// </summary>
public sealed class CardProvider
{
    public const string SignatureHeader = "Practice-Signature";
    private const int ShortestSecret = 32;

    private readonly PublicAddress _address;
    private readonly LinkTokens _tokens;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _tolerance;
    private string _url;
    private byte[] _secret;

    public CardProvider(IOptions<PracticeOptions> options, PublicAddress address, LinkTokens tokens, TimeProvider clock)
    {
        var card = options.Value.Card;
        if (card.Url.Length > 0 && card.Secret.Length < ShortestSecret) throw new InvalidOperationException($"Practice:Card:Secret has at least {ShortestSecret} characters.");
        (_address, _tokens, _clock, _tolerance) = (address, tokens, clock, TimeSpan.FromMinutes(card.ToleranceMinutes));
        (_url, _secret) = (card.Url, Encoding.UTF8.GetBytes(card.Secret));
    }

    public bool IsOn => _url.Length > 0;
    /// <summary>The one of the demo, which takes no money.</summary>
    public bool IsPretended { get; private set; }
    /// <summary>What people are told where they are going.</summary>
    public string Host => new Uri(Url.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal)).Host;
    // The own address is known only once the app listens.
    private string Url => IsPretended ? _address.Value + _url : _url;

    /// <summary>Shows the demo's own provider, where no other is configured.</summary>
    public void Pretend(string path)
    {
        if (IsOn) return;
        (IsPretended, _secret) = (true, RandomNumberGenerator.GetBytes(32));
        _url = $"{path}?reference={{reference}}&amount={{amount}}&currency={{currency}}&return={{return}}&time={{time}}&signature={{signature}}";
    }

    /// <summary>Where this attempt is paid.</summary>
    public string LinkFor(CardAttempt attempt, string language)
    {
        var back = $"{_address.Value}/card/{_tokens.Make(CardReturnModel.Purpose, attempt.PracticeId, attempt.Id, attempt.ClientId, _clock.GetUtcNow().UtcDateTime.AddDays(1))}?lang={language}";
        var (amount, time) = (Write(attempt.Amount), Now().ToString(CultureInfo.InvariantCulture));
        var values = new Dictionary<string, string>
        {
            ["reference"] = attempt.Reference, ["amount"] = amount, ["currency"] = attempt.Currency, ["language"] = language, ["return"] = back, ["time"] = time,
            ["signature"] = Sign(attempt.Reference, amount, attempt.Currency, back, time),
        };
        return values.Aggregate(Url, (url, value) => url.Replace($"{{{value.Key}}}", Uri.EscapeDataString(value.Value), StringComparison.Ordinal));
    }

    public static string Write(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>Over these parts, each on a line of its own.</summary>
    public string Sign(params string[] parts) => Hash(string.Join('\n', parts));

    public bool IsSigned(string? signature, params string[] parts) => Same(signature, Sign(parts));

    /// <summary>The header of a message: "t=1763850000,v1=" and the HMAC over time, a point and the body as it is.</summary>
    public string Vouch(string body)
    {
        var time = Now().ToString(CultureInfo.InvariantCulture);
        return $"t={time},v1={Hash($"{time}.{body}")}";
    }

    /// <summary>Whether the provider said this, and lately.</summary>
    public bool IsVouchedFor(string? header, string body)
    {
        if (header is null || header.Length > 200) return false;
        var parts = header.Split(',').Select(p => p.Split('=', 2)).Where(p => p.Length == 2).ToLookup(p => p[0].Trim(), p => p[1].Trim());
        var time = parts["t"].FirstOrDefault();
        return long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && Math.Abs(Now() - seconds) <= _tolerance.TotalSeconds
            && Same(parts["v1"].FirstOrDefault(), Hash($"{time}.{body}"));
    }

    private long Now() => _clock.GetUtcNow().ToUnixTimeSeconds();

    private string Hash(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(text)));

    private static bool Same(string? given, string right) => given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(right));
}
