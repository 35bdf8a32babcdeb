using System.Security.Cryptography;

namespace PracticeApp.Platform.Encryption;

/// <summary>Thirty-two secret bytes, pinned so that the collector leaves no copies, and wiped when disposed.</summary>
sealed class KeyBytes : IDisposable
{
    readonly byte[] bytes = GC.AllocateUninitializedArray<byte>(Envelope.KeyLength, pinned: true);
    bool wiped;

    KeyBytes() { }

    internal static KeyBytes Random()
    {
        var key = new KeyBytes();
        RandomNumberGenerator.Fill(key.bytes);
        return key;
    }

    internal static KeyBytes Derive(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> purpose)
    {
        var key = new KeyBytes();
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, key.bytes, salt: default, purpose);
        return key;
    }

    /// <summary>Takes the bytes over and wipes the array they came in.</summary>
    internal static KeyBytes TakeOver(byte[] source)
    {
        try
        {
            if (source.Length != Envelope.KeyLength) throw new BrokenSealException("The sealed value is not a key.");
            var key = new KeyBytes();
            source.CopyTo(key.bytes, 0);
            return key;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(source);
        }
    }

    internal ReadOnlySpan<byte> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(wiped, this);
            return bytes;
        }
    }

    public void Dispose()
    {
        wiped = true;
        CryptographicOperations.ZeroMemory(bytes);
    }
}
