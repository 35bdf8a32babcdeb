using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using PracticeApp.Platform;
using Quartz;

namespace PracticeApp.Privacy;

/// <summary>The form of an audit row over which its chain is computed; documented in docs/security.md.</summary>
public static class AuditChain
{
    public static readonly byte[] Genesis = SHA256.HashData("practice audit chain"u8);

    /// <summary>SHA-256 over the previous hash and the row: fields in this order, each as its length and UTF-8 bytes.</summary>
    public static byte[] Next(byte[] previous, AuditEntry e)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous);
        string?[] fields =
        [
            e.PracticeId.ToString(), e.Id.ToString(), e.At.ToString("yyyy-MM-ddTHH:mm:ss.ffffff", System.Globalization.CultureInfo.InvariantCulture),
            e.UserId?.ToString(), e.Act, e.Subject, e.SubjectId?.ToString(), e.ClientId?.ToString(), e.Address, e.Why,
        ];
        foreach (var field in fields)
        {
            var bytes = Encoding.UTF8.GetBytes(field ?? "");
            hash.AppendData(BitConverter.GetBytes(field is null ? -1 : bytes.Length));
            hash.AppendData(bytes);
        }
        return hash.GetHashAndReset();
    }
}

/// <summary>Chains audit rows that have been committed, one sealer at a time per practice, and writes each new head outside the table.</summary>
[DisallowConcurrentExecution]
public sealed class SealAudit(NpgsqlDataSource database, UnderPractice underPractice, AuditAnchor anchor) : IJob
{
    private const int BatchSize = 500;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await RunAsync(cancellationToken);

    public async Task RunAsync(CancellationToken ct)
    {
        var practices = new List<Guid>();
        await using (var command = database.CreateCommand("select practice_id from practices_with_unsealed_audit()"))
        await using (var reader = await command.ExecuteReaderAsync(ct))
            while (await reader.ReadAsync(ct)) practices.Add(reader.GetGuid(0));
        foreach (var practice in practices)
            while (await SealBatchAsync(practice, ct) == BatchSize) { }
    }

    private async Task<int> SealBatchAsync(Guid practice, CancellationToken ct)
    {
        var (count, number, hash) = await underPractice.RunAsync(practice, async (services, stop) =>
        {
            var db = services.GetRequiredService<PracticeDb>();
            await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({"audit/" + practice}, 0))", stop);
            var head = await db.AuditSeals.AsNoTracking().OrderByDescending(s => s.Number).FirstOrDefaultAsync(stop);
            var (number, hash) = head is null ? (0L, AuditChain.Genesis) : (head.Number, head.Hash);
            var entries = await db.AuditEntries.AsNoTracking().Where(e => !db.AuditSeals.Any(s => s.EntryId == e.Id))
                .OrderBy(e => e.At).ThenBy(e => e.Id).Take(BatchSize).ToListAsync(stop);
            foreach (var entry in entries)
            {
                hash = AuditChain.Next(hash, entry);
                db.AuditSeals.Add(new AuditSeal(practice, ++number, entry.Id, hash));
            }
            await db.SaveChangesAsync(stop);
            return (entries.Count, number, hash);
        }, ct);
        if (count > 0) await anchor.WriteAsync(practice, number, hash, ct);
        return count;
    }
}

/// <summary>The heads of the chains, outside the database: one line for each head in {data}/audit-anchor.log, and in the log.</summary>
public sealed class AuditAnchor(IOptions<PracticeOptions> options, TimeProvider clock, ILogger<AuditAnchor> log)
{
    public string Path => System.IO.Path.Combine(options.Value.DataDirectory, "audit-anchor.log");

    public async Task WriteAsync(Guid practice, long number, byte[] hash, CancellationToken ct)
    {
        Directory.CreateDirectory(options.Value.DataDirectory);
        await File.AppendAllTextAsync(Path, $"{clock.GetUtcNow():O} {practice} {number} {Convert.ToHexStringLower(hash)}\n", ct);
        log.LogInformation("Audit chain of {Practice} sealed to {Number}: {Hash}", practice, number, Convert.ToHexStringLower(hash));
    }

    /// <summary>The farthest anchored head of each practice.</summary>
    public async Task<Dictionary<Guid, (long Number, string Hash)>> ReadAsync(CancellationToken ct)
    {
        var heads = new Dictionary<Guid, (long, string)>();
        if (!File.Exists(Path)) return heads;
        foreach (var line in await File.ReadAllLinesAsync(Path, ct))
            if (line.Split(' ') is [_, var practice, var number, var hash])
            {
                var head = (Number: long.Parse(number, System.Globalization.CultureInfo.InvariantCulture), hash);
                // Two sealers may write their lines in either order: the farthest head counts.
                if (!heads.TryGetValue(Guid.Parse(practice), out var known) || known.Item1 < head.Number) heads[Guid.Parse(practice)] = head;
            }
        return heads;
    }
}

/// <summary>Recomputes a practice's chain from its rows: edits, deletions, reorders and a cut tail are all found.</summary>
public sealed class CheckAudit(UnderPractice underPractice, AuditAnchor anchor)
{
    /// <returns>What is wrong; nothing when the chain holds.</returns>
    public async Task<string?> RunAsync(Guid practice, CancellationToken ct)
    {
        var heads = await anchor.ReadAsync(ct);
        return await underPractice.RunAsync(practice, async (services, stop) =>
        {
            var db = services.GetRequiredService<PracticeDb>();
            var entries = await db.AuditEntries.AsNoTracking().ToDictionaryAsync(e => e.Id, stop);
            var (hash, expected) = (AuditChain.Genesis, 1L);
            var anchoredHashSeen = !heads.TryGetValue(practice, out var anchored);
            await foreach (var seal in db.AuditSeals.AsNoTracking().OrderBy(s => s.Number).AsAsyncEnumerable().WithCancellation(stop))
            {
                if (seal.Number != expected++) return $"a link is missing before {seal.Number}";
                if (!entries.TryGetValue(seal.EntryId, out var entry)) return $"the row of link {seal.Number} is gone";
                hash = AuditChain.Next(hash, entry);
                if (!hash.AsSpan().SequenceEqual(seal.Hash)) return $"the row of link {seal.Number} was changed";
                if (!anchoredHashSeen && seal.Number == anchored.Number)
                {
                    if (Convert.ToHexStringLower(seal.Hash) != anchored.Hash) return $"link {seal.Number} is not the one that was anchored";
                    anchoredHashSeen = true;
                }
            }
            return anchoredHashSeen ? null : $"the chain ends at {expected - 1}, but {anchored.Number} was anchored";
        }, ct);
    }
}
