using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace PracticeApp.Enquiries;

/// <summary>One showing of the public form: its token makes it count once, its age and proof slow down machines.</summary>
public sealed record FormPass(Guid Token, DateTime MadeAt);

/// <summary>
/// Makes and checks the passes of public forms. Instead of asking people to prove that they are people, the page lets
/// their device do a second of arithmetic; without script a form that lay open long enough is believed, too.
/// </summary>
public sealed class FormPasses(IDataProtectionProvider protection, TimeProvider clock)
{
    private const int ProofBits = 15;
    private static readonly TimeSpan Valid = TimeSpan.FromHours(24);
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(20);

    public string Make(Guid practiceId)
    {
        Span<byte> bytes = stackalloc byte[24];
        Platform.Ids.New().TryWriteBytes(bytes);
        BitConverter.TryWriteBytes(bytes[16..], clock.GetUtcNow().UtcTicks);
        return WebEncoders.Base64UrlEncode(Protector(practiceId).Protect(bytes.ToArray()));
    }

    /// <summary>Null for a pass that is forged, of another practice, or older than a day.</summary>
    public FormPass? Read(Guid practiceId, string? pass)
    {
        if (string.IsNullOrEmpty(pass) || pass.Length > 500) return null;
        try
        {
            var bytes = Protector(practiceId).Unprotect(WebEncoders.Base64UrlDecode(pass));
            var read = new FormPass(new Guid(bytes.AsSpan(0, 16)), new DateTime(BitConverter.ToInt64(bytes, 16), DateTimeKind.Utc));
            return clock.GetUtcNow().UtcDateTime - read.MadeAt <= Valid ? read : null;
        }
        catch (Exception e) when (e is CryptographicException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Whether the device did its sum, or the form was open as long as a person takes.</summary>
    public bool IsSlowEnough(FormPass pass, string sealedPass, string? proof) =>
        Proves(sealedPass, proof) || clock.GetUtcNow().UtcDateTime - pass.MadeAt >= LongEnough;

    /// <summary>SHA-256 of "pass:proof" begins with <see cref="ProofBits"/> zero bits.</summary>
    internal static bool Proves(string pass, string? proof)
    {
        if (proof is not { Length: > 0 and <= 20 }) return false;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{pass}:{proof}"));
        return BitOperations.LeadingZeroCount(BitConverter.ToUInt32([hash[3], hash[2], hash[1], hash[0]])) >= ProofBits;
    }

    private IDataProtector Protector(Guid practiceId) => protection.CreateProtector("Practice.Forms", practiceId.ToString("N"));
}
