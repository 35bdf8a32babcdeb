using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Agreements;

/// <summary>Adds an act of the signed-in user to an agreement's chain of evidence. The agreement is locked by the caller.</summary>
public sealed class RecordAct(PracticeDb db, Vault vault, Current current, Audit audit, IHttpContextAccessor http)
{
    private const int LongestBrowser = 300;

    /// <param name="what">The act; its number, witness and document are filled in here.</param>
    /// <param name="clientId">The party who acts; null for the psychologist.</param>
    public async Task RunAsync(Agreement agreement, Act what, Guid? clientId, CancellationToken ct)
    {
        var last = db.AgreementActs.Local.Where(a => a.AgreementId == agreement.Id).MaxBy(a => a.Number)
            ?? await db.AgreementActs.Where(a => a.AgreementId == agreement.Id).OrderByDescending(a => a.Number).FirstOrDefaultAsync(ct);
        var act = what with { AgreementId = agreement.Id, Number = (last?.Number ?? 0) + 1, DocumentHash = agreement.DocumentHash! };
        if (what.Who == Nobody) act = act with { Who = await WitnessAsync(agreement, clientId, ct) };
        var key = await vault.KeyAsync(agreement.KeyId, ct);
        db.AgreementActs.Add(new AgreementAct(agreement, act, last?.Hash ?? agreement.DocumentHash!, clientId, key));
        audit.Record($"agreement.{act.Kind}".ToLowerInvariant(), "agreement", agreement.Id, clientId);
    }

    /// <summary>What happens by itself at this moment.</summary>
    public static Act OfSystem(ActKind kind, DateTime at, string practice) => Of(kind, at) with { Who = Witnessed.System(practice) };

    /// <summary>An act of this kind at this moment, by whoever is signed in.</summary>
    public static Act Of(ActKind kind, DateTime at) => new(Guid.Empty, 0, kind, at, Nobody, []);

    /// <summary>Stands for the signed-in user until the act is recorded.</summary>
    private static readonly Witnessed Nobody = new("", "", Guid.Empty, "", "", "");

    private async Task<Witnessed> WitnessAsync(Agreement agreement, Guid? clientId, CancellationToken ct)
    {
        var role = agreement.Parties.FirstOrDefault(p => p.ClientId == clientId)?.Role;
        var relation = role != SignerRole.Guardian ? null
            : await db.EngagementParties.Where(p => p.EngagementId == agreement.EngagementId && p.ClientId == clientId).Select(p => p.Relation).SingleOrDefaultAsync(ct);
        var signIn = await db.SignIns.AsNoTracking().SingleOrDefaultAsync(s => s.Id == current.SignInId, ct);
        var browser = http.HttpContext?.Request.Headers.UserAgent.ToString() ?? "";
        return new Witnessed(
            clientId is null ? "psychologist" : role switch { SignerRole.Guardian => "guardian", SignerRole.Minor => "minor", _ => "client" },
            current.Name,
            current.UserId,
            signIn is null ? "" : $"password, {CanonicalText.Instant(signIn.At)}",
            current.Address ?? "",
            browser.Length > LongestBrowser ? browser[..LongestBrowser] : browser,
            relation);
    }
}
