using Microsoft.EntityFrameworkCore;
using Npgsql;
using PracticeApp.Clients;
using PracticeApp.Platform;
using PracticeApp.Privacy;
using PracticeApp.Reminders;
using Quartz;

namespace PracticeApp.Agreements;

/// <summary>
/// Makes the PDF of every agreement that everybody has signed. Reads in one transaction, draws outside any, stores in
/// another; after a crash the agreement is simply still due, and two instances at once store one document.
/// </summary>
[DisallowConcurrentExecution]
public sealed class SealAgreements(
    NpgsqlDataSource database, UnderPractice underPractice, PublicAddress address, TimeProvider clock, ILogger<SealAgreements> log) : IJob
{
    private const int BatchSize = 50;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await RunAsync(cancellationToken);

    /// <returns>How many were sealed.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var done = 0;
        foreach (var (practice, agreement) in await DueAsync(ct))
        {
            try
            {
                if (await SealAsync(practice, agreement, ct)) done++;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // One that cannot be sealed must not hold up the others; it stays due and is found by ./run check.
                log.LogError(e, "Agreement {Agreement} could not be sealed", agreement);
            }
        }

        return done;
    }

    private async Task<List<(Guid Practice, Guid Agreement)>> DueAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand("select practice_id, id from agreements_to_seal($1)");
        command.Parameters.Add(new() { Value = BatchSize });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var due = new List<(Guid, Guid)>();
        while (await reader.ReadAsync(ct)) due.Add((reader.GetGuid(0), reader.GetGuid(1)));
        return due;
    }

    private async Task<bool> SealAsync(Guid practice, Guid id, CancellationToken ct)
    {
        var (canonical, acts) = await AsPsychologistAsync(practice, id, async (agreement, services, stop) =>
        {
            var chain = await services.GetRequiredService<PracticeDb>().SignedChainAsync(agreement, stop);
            var key = await services.GetRequiredService<Vault>().KeyAsync(agreement.KeyId, stop);
            return (agreement.Open(key), chain.ConvertAll(a => a.Open(key)));
        }, ct);
        var pdf = AgreementPdf.Draw(canonical, acts, $"{address.Value}/verify");
        return await AsPsychologistAsync(practice, id, async (agreement, services, stop) =>
        {
            var db = services.GetRequiredService<PracticeDb>();
            await db.LockAsync(agreement, stop);
            if (await db.SealedDocuments.AnyAsync(d => d.AgreementId == id, stop)) return false;
            var key = await services.GetRequiredService<Vault>().KeyAsync(agreement.KeyId, stop);
            var now = clock.GetUtcNow().UtcDateTime;
            db.SealedDocuments.Add(new SealedDocument(agreement, pdf, key, now));
            services.GetRequiredService<Audit>().Record("agreement.sealed", "agreement", id);
            foreach (var party in agreement.Parties)
            {
                AgreementNotices.ToClient(db, await db.Clients.SingleAsync(c => c.Id == party.ClientId, stop), "agreements.sealed", address, now);
            }

            await db.SaveChangesAsync(stop);
            return true;
        }, ct);
    }

    /// <summary>The words are open to the psychologist alone, so the work is done in their name.</summary>
    private Task<T> AsPsychologistAsync<T>(Guid practice, Guid id, Func<Agreement, IServiceProvider, CancellationToken, Task<T>> work, CancellationToken ct) =>
        underPractice.RunAsync(practice, async (services, stop) =>
        {
            var db = services.GetRequiredService<PracticeDb>();
            var agreement = await db.ActAsPsychologistAsync(id, stop);
            return await work(agreement, services, stop);
        }, ct);
}

/// <summary>What sealing and checking have in common.</summary>
internal static class SealedReading
{
    /// <summary>Opens an agreement in a job or a command in the name of the psychologist of its engagement.</summary>
    public static async Task<Agreement> ActAsPsychologistAsync(this PracticeDb db, Guid id, CancellationToken ct)
    {
        var agreement = await db.Agreements.Include(a => a.Parties).SingleAsync(a => a.Id == id, ct);
        var psychologist = await db.Engagements.Where(e => e.Id == agreement.EngagementId).Select(e => e.PsychologistId).SingleAsync(ct);
        db.Current.SignIn(psychologist, Guid.Empty, "", [Role.Psychologist]);
        await db.TellAsync(ct);
        return agreement;
    }

    /// <summary>The acts up to the last signature, in their order: what the sealed document is about.</summary>
    public static async Task<List<AgreementAct>> SignedChainAsync(this PracticeDb db, Agreement agreement, CancellationToken ct)
    {
        var acts = await db.AgreementActs.AsNoTracking().Where(a => a.AgreementId == agreement.Id).OrderBy(a => a.Number).ToListAsync(ct);
        return [.. acts.Take(1 + acts.FindIndex(a => a.Kind is ActKind.Countersigned or ActKind.SignedOnPaper))];
    }
}
