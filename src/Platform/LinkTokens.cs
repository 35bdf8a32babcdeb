using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace PracticeApp.Platform;

/// <summary>What a signed link carries: a practice, a row of it, and for whom it acts.</summary>
public sealed record LinkToken(Guid PracticeId, Guid SubjectId, Guid? ClientId);

/// <summary>Signed, single-purpose, expiring links for people who are not signed in. Following one shows; only a post acts.</summary>
public sealed class LinkTokens(IDataProtectionProvider protection, TimeProvider clock)
{
    // Of the few purposes there are; making one takes as long as protecting with it.
    private readonly ConcurrentDictionary<string, IDataProtector> _protectors = new();

    /// <param name="purpose">What the link is for; a token made for one purpose is unreadable for another.</param>
    public string Make(string purpose, Guid practiceId, Guid subjectId, Guid? clientId, DateTime expiresAt)
    {
        Span<byte> bytes = stackalloc byte[56];
        practiceId.TryWriteBytes(bytes);
        subjectId.TryWriteBytes(bytes[16..]);
        (clientId ?? Guid.Empty).TryWriteBytes(bytes[32..]);
        BitConverter.TryWriteBytes(bytes[48..], expiresAt.Ticks);
        return Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlEncode(Protector(purpose).Protect(bytes.ToArray()));
    }

    /// <summary>Null for a token that is forged, of another purpose, or expired.</summary>
    public LinkToken? Read(string purpose, string? token)
    {
        if (string.IsNullOrEmpty(token) || token.Length > 1000) return null;
        try
        {
            var bytes = Protector(purpose).Unprotect(Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlDecode(token));
            if (bytes.Length != 56 || new DateTime(BitConverter.ToInt64(bytes, 48), DateTimeKind.Utc) <= clock.GetUtcNow().UtcDateTime) return null;
            var client = new Guid(bytes.AsSpan(32, 16));
            return new LinkToken(new Guid(bytes.AsSpan(0, 16)), new Guid(bytes.AsSpan(16, 16)), client == Guid.Empty ? null : client);
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private IDataProtector Protector(string purpose) => _protectors.GetOrAdd(purpose, name => protection.CreateProtector("Practice.Links", name));
}
