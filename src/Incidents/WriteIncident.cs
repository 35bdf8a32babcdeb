using Microsoft.EntityFrameworkCore;
using Npgsql;
using PracticeApp.Agreements;
using PracticeApp.Platform;
using PracticeApp.Privacy;
using PracticeApp.Requests;

namespace PracticeApp.Incidents;

/// <summary>Keeps what one of the two recorded or answered, screens what a client wrote, and tells the other.</summary>
public sealed class WriteIncident(PracticeDb db, Vault vault, ScreenText screen, TellOfIncident tell, Audit audit, TimeProvider clock)
{
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task<(Incident, Danger)> RunAsync(
        Agreement agreement, TermChosen term, Guid clientId, Side by, Side about, IncidentInput input, DateTime happenedAt, CancellationToken ct)
    {
        if (await db.Incidents.SingleOrDefaultAsync(i => i.FormToken == input.FormToken, ct) is { } already) return (already, Danger.None);
        var keyId = await db.Clients.Where(c => c.Id == clientId).Select(c => c.KeyId).SingleAsync(ct);
        var incident = new Incident(db.Current.PracticeId, agreement.EngagementId, clientId, agreement.PsychologistId, await vault.KeyAsync(keyId, ct), db.Current.UserId,
            by, about, agreement.Id, term, happenedAt, Now, input.FormToken, input.Behaviour!, input.Followed);
        if (input.Session is { } session) incident.In(session, about == Side.Psychologist ? input.Breach : Breach.Other, input.LateMinutes);
        db.Incidents.Add(incident);
        var danger = Danger.None;
        if (by == Side.Client)
        {
            danger = await ScreenAsync("incidents.behaviour", incident.Id, input.Behaviour, incident, ct) | await ScreenAsync("incidents.followed", incident.Id, input.Followed, incident, ct);
        }

        await tell.WriteAsync(incident, by, ct);
        audit.Record("incident.recorded", "incident", incident.Id, clientId);
        return await SaveOnceAsync(ct) ? (incident, danger) : (await db.Incidents.AsNoTracking().SingleAsync(i => i.FormToken == input.FormToken, ct), danger);
    }

    public async Task<Danger> AnswerAsync(Incident incident, Side by, string text, Guid formToken, CancellationToken ct)
    {
        if (incident.Answers.Any(a => a.FormToken == formToken)) return Danger.None;
        var answer = incident.Answer(await vault.KeyAsync(incident.KeyId, ct), db.Current.UserId, by, text, Now, formToken);
        var danger = by == Side.Client ? await ScreenAsync("incident_answers", answer.Id, text, incident, ct) : Danger.None;
        await tell.WriteAsync(incident, by, ct);
        audit.Record("incident.answered", "incident", incident.Id, incident.ClientId);
        await SaveOnceAsync(ct);
        return danger;
    }

    /// <summary>By its author alone; it stays, with that said.</summary>
    public async Task WithdrawAsync(Incident incident, string why, CancellationToken ct)
    {
        if (incident.IsWithdrawn) return;
        incident.Withdraw(await vault.KeyAsync(incident.KeyId, ct), why, Now);
        if (incident.By == Side.Client) await ScreenAsync("incidents.withdrawn_why", incident.Id, why, incident, ct);
        await tell.WriteAsync(incident, incident.By, ct);
        audit.Record("incident.withdrawn", "incident", incident.Id, incident.ClientId);
        await db.SaveChangesAsync(ct);
    }

    private Task<Danger> ScreenAsync(string source, Guid id, string? text, Incident incident, CancellationToken ct) =>
        string.IsNullOrWhiteSpace(text) ? Task.FromResult(Danger.None)
            : screen.RunAsync(source, id, text, Languages.Current, null, incident.EngagementId, incident.ClientId, ct);

    /// <summary>The same form twice: the first one counts, and nobody is told twice.</summary>
    private async Task<bool> SaveOnceAsync(CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "incident_sent_once" or "incident_answered_once" })
        {
            db.ChangeTracker.Clear();
            return false;
        }
    }
}
