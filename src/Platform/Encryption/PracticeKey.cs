namespace PracticeApp.Platform.Encryption;

/// <summary>
/// A practice's key: wraps the keys of its clients and seals nothing else. A new version is made when it is rotated;
/// the clients' keys are then rewrapped one by one, and no data is touched.
/// </summary>
public sealed class PracticeKey : IDisposable
{
    readonly KeyBytes key;

    internal PracticeKey(KeyBytes key, Guid practiceId, int version) => (this.key, PracticeId, Version) = (key, practiceId, version);

    public Guid PracticeId { get; }

    /// <summary>Stands in every key this one wraps (<see cref="Sealed.KeyVersion"/>).</summary>
    public int Version { get; }

    public static PracticeKey New(Guid practiceId, int version = 1) => new(KeyBytes.Random(), practiceId, version);

    /// <summary>Wraps a client's key for storage, bound to practice, owner and the key's own version.</summary>
    /// <exception cref="ArgumentException">The key belongs to another practice.</exception>
    public Sealed Wrap(DataKey dataKey)
    {
        if (dataKey.PracticeId != PracticeId) throw new ArgumentException("The key belongs to another practice.", nameof(dataKey));
        return Envelope.Seal(key.Span, Version, dataKey.Secret, PlaceOf(dataKey.OwnerId, dataKey.Version));
    }

    /// <summary>Opens a client's key. <paramref name="version"/> is the client key's own version.</summary>
    /// <exception cref="BrokenSealException">Changed, moved to another owner, practice or version, or wrapped by another practice key.</exception>
    public DataKey Unwrap(Sealed wrapped, Guid ownerId, int version) =>
        new(KeyBytes.TakeOver(Envelope.Open(key.Span, Version, wrapped, PlaceOf(ownerId, version))), PracticeId, ownerId, version);

    /// <summary>The same client's key under the practice's next key.</summary>
    public Sealed Rewrap(Sealed wrapped, Guid ownerId, int version, PracticeKey next)
    {
        using var dataKey = Unwrap(wrapped, ownerId, version);
        return next.Wrap(dataKey);
    }

    internal ReadOnlySpan<byte> Secret => key.Span;

    Place PlaceOf(Guid ownerId, int version) => new(PracticeId, "data_keys", $"v{version}", ownerId);

    public void Dispose() => key.Dispose();
}
