using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Agreements;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Privacy;
using PracticeApp.Requests;
using Quartz;

namespace PracticeApp.Endings;

/// <summary>Carries out endings whose date has come. Run twice or by two instances at once, each is carried out once.</summary>
[DisallowConcurrentExecution]
public sealed class CarryOutEndings(DueRows rows) : IJob
{
    private const int BatchSize = 100;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await RunAsync(cancellationToken);

    public Task RunAsync(CancellationToken ct) =>
        rows.EachAsync("endings_due", BatchSize, (services, id, stop) => services.GetRequiredService<CarryOut>().RunAsync(id, stop), ct);
}

/// <summary>One ending, under its practice and in the name of its psychologist: sessions, agreement, requests, letters, messages.</summary>
public sealed class CarryOut(
    PracticeDb db, Vault vault, EndingTerms terms, DecideEnding decide, WriteLetter write, RecordAct record, TellOfEnding tell, Audit audit, TimeProvider clock, IStringLocalizer<Texts> t)
{
    public async Task RunAsync(Guid id, CancellationToken ct)
    {
        await ActAsPsychologistAsync(id, ct);
        var engagementId = await db.Endings.Where(e => e.Id == id).Select(e => e.EngagementId).SingleAsync(ct);
        var engagement = await db.LockEngagementAsync(engagementId, ct);
        var ending = await db.Endings.Include(e => e.Parties).SingleAsync(e => e.Id == id, ct);
        var now = clock.GetUtcNow().UtcDateTime;
        if (ending.State != EndingState.UnderNotice || ending.EndsAt is not { } endsAt || endsAt > now) return;

        // What was booked meanwhile by other ways falls away too.
        await decide.CancelAfterAsync(engagement, endsAt, byClient: null, ct, nothingFollows: true);
        var agreed = await terms.OfAsync(engagement.Id, ct);
        var psychologist = await db.Memberships.AsNoTracking().Where(m => m.UserId == engagement.PsychologistId).Select(m => m.Name).SingleAsync(ct);
        await EndAgreementsAsync(engagement, ending, psychologist, now, ct);
        await CloseRequestsAsync(engagement, ending, now, ct);
        engagement.End(endsAt);
        ending.Finish(now);

        var key = await vault.KeyAsync(ending.KeyId, ct);
        var (workedOn, referrals) = (ending.ReadWorkedOn(key), ending.ReadReferrals(key));
        var ids = engagement.Parties.Where(p => p.Role == PartyRole.Client).Select(p => p.ClientId).ToList();
        foreach (var client in await db.Clients.AsNoTracking().Where(c => ids.Contains(c.Id)).ToListAsync(ct))
        {
            var letter = await write.ForAsync(engagement, client, psychologist, agreed, endsAt, workedOn, referrals, ct);
            ending.Of(client.Id, client.KeyId).Write(await vault.KeyAsync(client.KeyId, ct), letter, now);
            audit.Record("ending.carried-out", "ending", id, client.Id);
        }

        await tell.WriteAsync(engagement, ending, "ended", except: null, ct);
        await db.SaveChangesAsync(ct);
    }

    private async Task ActAsPsychologistAsync(Guid id, CancellationToken ct)
    {
        var psychologist = await db.Database.SqlQuery<Guid>($"""select id as "Value" from psychologist_of_ending({id})""").SingleAsync(ct);
        db.Current.SignIn(psychologist, Guid.Empty, "", [Role.Psychologist]);
        await db.TellAsync(ct);
    }

    private async Task EndAgreementsAsync(Engagement engagement, Ending ending, string psychologist, DateTime now, CancellationToken ct)
    {
        var who = await WitnessAsync(ending, psychologist, ct);
        var open = await db.Agreements.Include(a => a.Parties).Where(a => a.EngagementId == engagement.Id && (a.State == AgreementState.InForce
            || a.State == AgreementState.Sent || a.State == AgreementState.Viewed || a.State == AgreementState.SignedByClient)).ToListAsync(ct);
        foreach (var agreement in open)
        {
            await db.LockAsync(agreement, ct);
            if (agreement.EndedAt is not null) continue;
            var inForce = agreement.State == AgreementState.InForce;
            if (inForce) agreement.End(now);
            else agreement.Supersede(now);
            var reason = Languages.In(agreement.Language, () => t[ending.ByClient ? "Act.ByClient" : "Act.ByPsychologist"].Value);
            await record.RunAsync(agreement, RecordAct.Of(inForce ? ActKind.Ended : ActKind.Withdrawn, now) with { Who = who, Reason = reason }, ending.ByClientId, ct);
        }
    }

    /// <summary>Whoever decided; the evidence of how they were signed in is in the audit of that moment.</summary>
    private async Task<Witnessed> WitnessAsync(Ending ending, string psychologist, CancellationToken ct)
    {
        var name = ending.ByClientId is { } client ? await db.Clients.Where(c => c.Id == client).Select(c => c.Name).SingleAsync(ct) : psychologist;
        return new Witnessed(ending.ByClient ? "client" : "psychologist", name, ending.DecidedBy ?? Guid.Empty, "", "", "");
    }

    private async Task CloseRequestsAsync(Engagement engagement, Ending ending, DateTime now, CancellationToken ct)
    {
        RequestState[] over = [RequestState.Reached, RequestState.Reshaped, RequestState.Closed, RequestState.Referred, RequestState.SetAsideTogether];
        foreach (var request in await db.ClientRequests.Include(r => r.Changes).Where(r => r.EngagementId == engagement.Id && !over.Contains(r.State)).ToListAsync(ct))
        {
            var language = await db.Clients.Where(c => engagement.Parties.Select(p => p.ClientId).Contains(c.Id) && (request.ClientId == null || c.Id == request.ClientId))
                .Select(c => c.Language).FirstAsync(ct);
            request.End(await vault.KeyAsync(request.KeyId, ct), RequestState.Closed, null, null, Languages.In(language, () => t["Request.Why"].Value), ending.DecidedBy ?? engagement.PsychologistId, now);
        }
    }
}
