using Microsoft.EntityFrameworkCore;
using Npgsql;
using PracticeApp.Platform;
using PracticeApp.Platform.Encryption;

namespace PracticeApp.Agreements;

/// <summary>
/// Recomputes what every agreement that was signed rests on: the words against the hash that was signed, the terms against
/// the words, the acts against their chain, the PDF against its seal.
/// </summary>
public sealed class CheckSealedDocuments(UnderPractice underPractice, TimeProvider clock)
{
    private static readonly TimeSpan SealedWithin = TimeSpan.FromMinutes(10);

    /// <returns>What is wrong, a line for each agreement; nothing where everything holds.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(Guid practice, CancellationToken ct)
    {
        var ids = await underPractice.RunAsync(practice, (services, stop) => services.GetRequiredService<PracticeDb>().Agreements
            .Where(a => a.State != AgreementState.Draft).OrderBy(a => a.CreatedAt).Select(a => a.Id).ToListAsync(stop), ct);
        var problems = new List<string>();
        foreach (var id in ids)
        {
            if (await CheckAsync(practice, id, ct) is { } problem) problems.Add($"agreement {id}: {problem}");
        }

        return problems;
    }

    private Task<string?> CheckAsync(Guid practice, Guid id, CancellationToken ct) => underPractice.RunAsync(practice, async (services, stop) =>
    {
        var db = services.GetRequiredService<PracticeDb>();
        var agreement = await db.ActAsPsychologistAsync(id, stop);
        var acts = await db.AgreementActs.AsNoTracking().Where(a => a.AgreementId == id).OrderBy(a => a.Number).ToListAsync(stop);
        var scan = await db.PaperScans.AsNoTracking().SingleOrDefaultAsync(s => s.AgreementId == id, stop);
        var sealedDocument = await db.SealedDocuments.AsNoTracking().SingleOrDefaultAsync(d => d.AgreementId == id, stop);
        try
        {
            var key = await services.GetRequiredService<Vault>().KeyAsync(agreement.KeyId, stop);
            return Words(agreement, key) ?? Chain(agreement, acts, key) ?? Scan(scan, acts, key) ?? Seal(sealedDocument, agreement, key);
        }
        catch (KeyDestroyedException)
        {
            return null; // Erased: the hashes stand, and nothing else is left to compare them with.
        }
        catch (Exception e) when (e is BrokenSealException or FormatException)
        {
            return e.Message;
        }
    }, ct);

    private static string? Words(Agreement agreement, DataKey key)
    {
        var canonical = agreement.Open(key);
        if (!CanonicalText.Hash(canonical).AsSpan().SequenceEqual(agreement.DocumentHash)) return "the words are not those that were sent";
        var document = CanonicalText.Read(canonical);
        return !document.Terms.Equals(agreement.Terms) ? "the terms are not those of the words"
            : document.AgreementId != agreement.Id || document.Version != agreement.Number ? "the words are those of another agreement"
            : null;
    }

    private static string? Chain(Agreement agreement, List<AgreementAct> acts, DataKey key)
    {
        var texts = acts.ConvertAll(a => a.Open(key));
        if (EvidenceChain.FirstBroken(agreement.DocumentHash!, texts) is { } broken) return $"act {broken} does not hold in the chain";
        for (var i = 0; i < acts.Count; i++)
        {
            if (!EvidenceChain.Hash(texts[i]).AsSpan().SequenceEqual(acts[i].Hash)) return $"act {i + 1} was changed";
        }

        var signed = acts.Count(a => a.Kind == ActKind.Signed);
        return agreement.WasInForce && !acts.Exists(a => a.Kind == ActKind.SignedOnPaper)
            && (signed < agreement.Parties.Count(p => p.Signs) || !acts.Exists(a => a.Kind == ActKind.Countersigned))
            ? "a signature is missing"
            : null;
    }

    private static string? Scan(PaperScan? scan, List<AgreementAct> acts, DataKey key)
    {
        if (acts.Find(a => a.Kind == ActKind.SignedOnPaper) is not { } act) return null;
        if (scan is null) return "the scan is missing";
        var said = EvidenceChain.Values(act.Open(key), "Scan").SingleOrDefault();
        return CanonicalText.Hex(System.Security.Cryptography.SHA256.HashData(scan.Open(key))) == said ? null : "the scan was changed";
    }

    private string? Seal(SealedDocument? document, Agreement agreement, DataKey key) => document is null
        ? agreement.InForceAt < clock.GetUtcNow().UtcDateTime - SealedWithin ? "it is signed and was never sealed" : null
        : System.Security.Cryptography.SHA256.HashData(document.Open(key)).AsSpan().SequenceEqual(document.Sha256) ? null : "the PDF was changed";
}

/// <summary>The public question: is this file, byte by byte, one that was sealed here?</summary>
public sealed class FindSealed(NpgsqlDataSource database)
{
    /// <param name="sha256">Hash of the file: 32 bytes.</param>
    public async Task<bool> KnowsAsync(byte[] sha256, CancellationToken ct)
    {
        await using var command = database.CreateCommand("select exists (select 1 from sealed_document_by_hash($1))");
        command.Parameters.Add(new() { Value = sha256 });
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }
}
