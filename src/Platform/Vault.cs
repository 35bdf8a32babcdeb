using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform.Encryption;

namespace PracticeApp.Platform;

/// <summary>Opened practice keys, for the life of the process.</summary>
public sealed class PracticeKeys(MasterKey master)
{
    private readonly ConcurrentDictionary<(Guid Practice, int Version), PracticeKey> _open = new();

    internal async Task<PracticeKey> CurrentAsync(PracticeDb db, DateTime now, CancellationToken ct)
    {
        var practice = db.Current.PracticeId;
        // The first key of a practice may have been made in this very unit of work.
        var row = db.PracticeKeys.Local.MaxBy(k => k.KeyVersion) ?? await db.PracticeKeys.OrderByDescending(k => k.KeyVersion).FirstOrDefaultAsync(ct);
        if (row is null)
        {
            var fresh = PracticeKey.New(practice);
            db.PracticeKeys.Add(new PracticeKeyRow(practice, fresh.Version, master.Wrap(fresh).Bytes, now));
            return fresh;
        }
        return Open(practice, row);
    }

    internal async Task<PracticeKey> VersionAsync(PracticeDb db, int version, CancellationToken ct)
    {
        var practice = db.Current.PracticeId;
        if (_open.TryGetValue((practice, version), out var open)) return open;
        return Open(practice, await db.PracticeKeys.AsNoTracking().SingleAsync(k => k.KeyVersion == version, ct));
    }

    private PracticeKey Open(Guid practice, PracticeKeyRow row) =>
        _open.GetOrAdd((practice, row.KeyVersion), _ => master.Unwrap(new Sealed(row.Wrapped), practice, row.KeyVersion));
}

/// <summary>
/// Opens people's data keys for one unit of work. Seal and open texts with the key and the <see cref="Place"/> of the row:
/// <c>(await vault.KeyAsync(client.KeyId)).Open(complaint.Text, complaint.TextPlace)</c>.
/// </summary>
public sealed class Vault(PracticeDb db, PracticeKeys practiceKeys, TimeProvider clock) : IDisposable
{
    private readonly Dictionary<Guid, DataKey> _open = [];

    /// <summary>A new person's key; its row is saved with the caller's next save.</summary>
    public async Task<DataKey> NewKeyAsync(CancellationToken ct = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var practiceKey = await practiceKeys.CurrentAsync(db, now, ct);
        var key = DataKey.New(db.Current.PracticeId, Ids.New());
        db.DataKeys.Add(new DataKeyRow(key.PracticeId, key.OwnerId, practiceKey.Version, practiceKey.Wrap(key).Bytes, now));
        return _open[key.OwnerId] = key;
    }

    /// <exception cref="KeyDestroyedException">The person's data were erased.</exception>
    public async Task<DataKey> KeyAsync(Guid keyId, CancellationToken ct = default)
    {
        if (_open.TryGetValue(keyId, out var open)) return open;
        var row = await db.DataKeys.AsNoTracking().SingleAsync(k => k.Id == keyId, ct);
        if (row.Wrapped is null) throw new KeyDestroyedException(keyId);
        var practiceKey = await practiceKeys.VersionAsync(db, row.PracticeKeyVersion, ct);
        return _open[keyId] = practiceKey.Unwrap(new Sealed(row.Wrapped), keyId, row.KeyVersion);
    }

    public void Dispose()
    {
        foreach (var key in _open.Values) key.Dispose();
        _open.Clear();
    }
}

public sealed class KeyDestroyedException(Guid keyId) : Exception($"The data key {keyId} was destroyed: its words are erased.");
