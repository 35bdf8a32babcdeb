using System.Collections.Immutable;
using PracticeApp.Engagements;
using PracticeApp.Platform.Encryption;

namespace PracticeApp.Agreements;

/// <summary>Somebody of an agreement that was made earlier: their client row (null for the psychologist), account and name.</summary>
public sealed record PastSigner(Guid? ClientId, Guid Account, string Name);

/// <summary>
/// An agreement whose acts lie in the past, as complete and checkable as one made through the pages: for the
/// demonstration year and for what is brought from elsewhere. Rows are inserted as they are returned.
/// </summary>
/// <param name="Witness">What stands as address of every act.</param>
public sealed record PastAgreement(
    AgreementTemplate Template, Engagement Engagement, AgreementSetting Setting, DataKey Key, PastSigner Psychologist,
    IReadOnlyList<PastSigner> Clients, string Witness)
{
    /// <param name="signedAt">Null: it still waits for the client.</param>
    /// <param name="inForceAt">Null: it still waits for the psychologist.</param>
    public (Agreement Agreement, List<AgreementAct> Acts) Make(
        int number, string language, Terms terms, string consent, DateTime sentAt, DateTime? signedAt, DateTime? inForceAt)
    {
        var agreement = new Agreement(Engagement.PracticeId, Engagement.Id, Engagement.PsychologistId, Template.Id, Engagement.KeyId, number, language, terms, sentAt);
        var text = Placeholders.Fill(Template.In(language), TermsInWords.Values(terms, Setting, language));
        agreement.Send(
            new AgreementDocument(agreement.Id, number, language, Setting.PracticeName, Psychologist.Name, [.. Clients.Select(c => c.Name)], sentAt, text,
                TermsCard.Of(terms, language), terms.ToJson()),
            Key, Clients.Select(c => c.ClientId!.Value));

        var acts = new List<AgreementAct>();
        Add(agreement, acts, ActKind.Sent, Psychologist, sentAt);
        if (signedAt is not { } signed) return (agreement, acts);
        foreach (var client in Clients)
        {
            agreement.Sign(client.ClientId!.Value, agreement.DocumentHash!, signed);
            Sign(agreement, acts, ActKind.Signed, client, text.InitialledByClient, consent, signed);
        }

        if (inForceAt is not { } inForce) return (agreement, acts);
        agreement.Countersign(agreement.DocumentHash!, inForce);
        Sign(agreement, acts, ActKind.Countersigned, Psychologist, text.InitialledByPsychologist, consent, inForce);
        return (agreement, acts);
    }

    /// <summary>It gives way to a newer one; call before that one is in force.</summary>
    public void Supersede(Agreement agreement, List<AgreementAct> acts, DateTime at)
    {
        agreement.Supersede(at);
        Add(agreement, acts, ActKind.Superseded, Psychologist, at);
    }

    private void Sign(Agreement agreement, List<AgreementAct> acts, ActKind kind, PastSigner who, IEnumerable<ResponsibilityTerm> terms, string consent, DateTime at)
    {
        var letters = string.Concat(who.Name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(3).Select(n => n[0]));
        Add(agreement, acts, ActKind.Initialled, who, at, act => act with { Initials = [.. terms.Select(t => new Initials(t.Number, letters))] });
        Add(agreement, acts, kind, who, at, act => act with { Consent = consent, TypedName = who.Name });
    }

    private void Add(Agreement agreement, List<AgreementAct> acts, ActKind kind, PastSigner who, DateTime at, Func<Act, Act>? more = null)
    {
        var witnessed = new Witnessed(who.ClientId is null ? "psychologist" : "client", who.Name, who.Account, "", Witness, "");
        var act = new Act(agreement.Id, acts.Count + 1, kind, at, witnessed, agreement.DocumentHash!);
        acts.Add(new AgreementAct(agreement, more?.Invoke(act) ?? act, acts.LastOrDefault()?.Hash ?? agreement.DocumentHash!, who.ClientId, Key));
    }
}
