using System.Buffers.Binary;
using System.Security.Cryptography;

namespace PracticeApp.Platform.Encryption;

/// <summary>
/// The installation's key: wraps the practices' keys and protects the Data Protection key ring. Thirty-two bytes from a
/// file or from configuration; a separate key is derived from it for each purpose (HKDF-SHA256, RFC 5869).
/// </summary>
public sealed class MasterKey : IDisposable
{
    static readonly Place KeyRing = new(Guid.Empty, "data_protection_keys", "xml", Guid.Empty);
    readonly KeyBytes wrapping, checking, ring;
    readonly int version;

    MasterKey(ReadOnlySpan<byte> secret)
    {
        wrapping = KeyBytes.Derive(secret, "practice:wrap"u8);
        checking = KeyBytes.Derive(secret, "practice:check"u8);
        ring = KeyBytes.Derive(secret, "practice:ring"u8);
        using var naming = KeyBytes.Derive(secret, "practice:id"u8);
        version = BinaryPrimitives.ReadInt32BigEndian(naming.Span);
    }

    /// <summary>Names the key in logs and errors without revealing it: eight hexadecimal digits.</summary>
    public string Id => IdOf(version);

    /// <summary>Thirty-two bytes to keep in the database and to <see cref="Verify"/> at every start.</summary>
    public byte[] CheckValue => checking.Span.ToArray();

    /// <summary>Reads the key from a file, or makes one (mode 0600) if there is none. Two processes at once agree on one key.</summary>
    /// <exception cref="InvalidOperationException">The file holds no key, or others may read it.</exception>
    public static MasterKey FromFile(string path)
    {
        if (!File.Exists(path)) Create(path);
        const UnixFileMode TooOpen = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.GroupWrite;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & TooOpen) != 0)
            throw new InvalidOperationException($"The master key file {path} is open to other users of this machine; set its mode to 0600.");
        return FromBase64(File.ReadAllText(path));
    }

    /// <summary>Reads the key from a setting: base64 of exactly 32 bytes.</summary>
    /// <exception cref="InvalidOperationException">Not base64, or not 32 bytes; the message does not repeat it.</exception>
    public static MasterKey FromBase64(string text)
    {
        var secret = new byte[text.Length];
        try
        {
            return Convert.TryFromBase64String(text.Trim(), secret, out var length) && length == Envelope.KeyLength
                ? new MasterKey(secret.AsSpan(0, length))
                : throw new InvalidOperationException("The master key must be base64 of exactly 32 bytes.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <summary>A new key as base64, for whoever keeps it in a setting and not in a file.</summary>
    public static string Generate()
    {
        Span<byte> secret = stackalloc byte[Envelope.KeyLength];
        RandomNumberGenerator.Fill(secret);
        var text = Convert.ToBase64String(secret);
        CryptographicOperations.ZeroMemory(secret);
        return text;
    }

    /// <summary>Compares with the check value kept in the database.</summary>
    /// <exception cref="WrongMasterKeyException">This is not the key the database was sealed with.</exception>
    public void Verify(ReadOnlySpan<byte> storedCheckValue)
    {
        if (!CryptographicOperations.FixedTimeEquals(checking.Span, storedCheckValue)) throw new WrongMasterKeyException(Id);
    }

    /// <summary>Wraps a practice's key for storage, bound to the practice and the key's own version.</summary>
    public Sealed Wrap(PracticeKey practiceKey) =>
        Envelope.Seal(wrapping.Span, version, practiceKey.Secret, PlaceOf(practiceKey.PracticeId, practiceKey.Version));

    /// <summary>Opens a practice's key. <paramref name="version"/> is the practice key's own version.</summary>
    /// <exception cref="WrongMasterKeyException">It was wrapped by another master key.</exception>
    /// <exception cref="BrokenSealException">Changed, or moved to another practice or version.</exception>
    public PracticeKey Unwrap(Sealed wrapped, Guid practiceId, int version) =>
        new(KeyBytes.TakeOver(Open(wrapping, wrapped, PlaceOf(practiceId, version))), practiceId, version);

    /// <summary>The same practice's key under the installation's next master key.</summary>
    public Sealed Rewrap(Sealed wrapped, Guid practiceId, int version, MasterKey next)
    {
        using var practiceKey = Unwrap(wrapped, practiceId, version);
        return next.Wrap(practiceKey);
    }

    /// <summary>Whether this master key wrapped it, as far as its header says.</summary>
    public bool Wrapped(Sealed value) => value.KeyVersion == version;

    internal Sealed SealRing(ReadOnlySpan<byte> xml) => Envelope.Seal(ring.Span, version, xml, KeyRing);

    internal byte[] OpenRing(Sealed value) => Open(ring, value, KeyRing);

    byte[] Open(KeyBytes key, Sealed value, Place place) => Wrapped(value)
        ? Envelope.Open(key.Span, version, value, place)
        : throw new WrongMasterKeyException(Id, IdOf(value.KeyVersion));

    static Place PlaceOf(Guid practiceId, int version) => new(practiceId, "practice_keys", $"v{version}", practiceId);

    static string IdOf(int version) => $"{version:x8}";

    static void Create(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
        // Whoever makes the draft makes the key; a whole file appears under its name or none does. Whoever comes second waits for it.
        var draft = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        for (var tries = 0; tries < 500 && !File.Exists(path); tries++)
        {
            try
            {
                using (var file = new FileStream(draft, options))
                {
                    file.Write(System.Text.Encoding.ASCII.GetBytes(Generate()));
                    file.Flush(flushToDisk: true);
                }
                if (File.Exists(path)) File.Delete(draft);
                else File.Move(draft, path);
                return;
            }
            catch (IOException) when (File.Exists(draft) || File.Exists(path))
            {
                Thread.Sleep(10);
            }
        }
        if (!File.Exists(path)) throw new InvalidOperationException($"{draft} is left from a start that broke off while it made the master key; delete it and start again.");
    }

    public void Dispose()
    {
        wrapping.Dispose();
        checking.Dispose();
        ring.Dispose();
    }
}
