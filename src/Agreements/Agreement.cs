using PracticeApp.Platform;
using PracticeApp.Platform.Encryption;
using PracticeApp.Practices;

namespace PracticeApp.Agreements;

public enum AgreementState { Draft, Sent, Viewed, SignedByClient, InForce, Superseded, Ended, Declined, Expired }

/// <summary>What became of an act on an agreement.</summary>
public enum ActOutcome
{
    Done,
    /// <summary>It was done before; nothing has changed.</summary>
    Already,
    /// <summary>What was on the page is not what was sent.</summary>
    OtherText,
    /// <summary>A minor would sign alone, and nobody has said that they may.</summary>
    NeedsGuardian,
    /// <summary>It can no longer be done: another version took its place, it was declined, has ended or run out.</summary>
    Closed,
}

/// <summary>A document of clauses and responsibility terms between a psychologist and the parties of an engagement.</summary>
public sealed class Agreement : PracticeEntity
{
    private readonly List<AgreementParty> _parties = [];

    public Guid EngagementId { get; private set; }
    /// <summary>The psychologist's user id; a handover needs a new agreement.</summary>
    public Guid PsychologistId { get; private set; }
    public Guid TemplateId { get; private set; }
    /// <summary>Seals the words: the engagement's key. Its destruction is erasure; hashes stay.</summary>
    public Guid KeyId { get; private set; }
    /// <summary>The version within its engagement, 1 for the first.</summary>
    public int Number { get; private set; }
    public AgreementState State { get; private set; }
    public string Language { get; private set; } = "en";
    /// <summary>The machine-readable part, canonical JSON of <see cref="Agreements.Terms"/>; frozen when it is sent.</summary>
    public string TermsJson { get; private set; } = "{}";
    /// <summary>The words of this one agreement in the form of a template, placeholders included; empty where they are the template's. Frozen when it is sent.</summary>
    public Sealed Words { get; private set; }
    /// <summary>The sealed <see cref="CanonicalText"/>; empty in a draft, frozen when it is sent.</summary>
    public Sealed Document { get; private set; }
    /// <summary>SHA-256 of the canonical text: what is signed.</summary>
    public byte[]? DocumentHash { get; private set; }
    public DateTime CreatedAt { get; private set; }
    public DateTime? SentAt { get; private set; }
    public DateTime? ExpiresAt { get; private set; }
    public DateTime? ViewedAt { get; private set; }
    public DateTime? SignedAt { get; private set; }
    public DateTime? InForceAt { get; private set; }
    /// <summary>When it was superseded, ended, declined or ran out.</summary>
    public DateTime? EndedAt { get; private set; }
    /// <summary>How often the parties were reminded of it.</summary>
    public int FollowUps { get; private set; }
    /// <summary>When they are reminded next; null is not any more.</summary>
    public DateTime? NextFollowUpAt { get; private set; }
    public IReadOnlyList<AgreementParty> Parties => _parties;

    private Agreement() { }

    public Agreement(Guid practiceId, Guid engagementId, Guid psychologistId, Guid templateId, Guid keyId, int number, string language, Terms terms, DateTime createdAt)
        : base(practiceId) =>
        (EngagementId, PsychologistId, TemplateId, KeyId, Number, Language, TermsJson, CreatedAt) =
            (engagementId, psychologistId, templateId, keyId, number, language, terms.ToJson(), createdAt);

    public Terms Terms => Terms.Parse(TermsJson);
    public Place DocumentPlace => new(PracticeId, "agreements", "document", Id);
    public Place WordsPlace => new(PracticeId, "agreements", "words", Id);
    public bool HasOwnWords => !Words.IsEmpty;
    public bool WaitsForClient => State is AgreementState.Sent or AgreementState.Viewed;
    /// <summary>It has been signed by everybody, whatever became of it since.</summary>
    public bool WasInForce => InForceAt is not null;

    public string Open(DataKey key) => key.Open(Document, DocumentPlace);

    public string OpenWords(DataKey key) => key.Open(Words, WordsPlace);

    /// <summary>Agrees on other terms than the template's.</summary>
    public void Change(Terms terms)
    {
        if (State != AgreementState.Draft) throw new InvalidOperationException("Only a draft is changed.");
        TermsJson = terms.ToJson();
    }

    /// <param name="markdown">The form that <see cref="AgreementText.Parse"/> reads; null goes back to the template's words.</param>
    public void Reword(string? markdown, DataKey key)
    {
        if (State != AgreementState.Draft) throw new InvalidOperationException("Only a draft is changed.");
        Words = markdown is null ? default : key.Seal(markdown, WordsPlace);
    }

    /// <summary>Freezes words and terms for good and lays them before the parties.</summary>
    public void Send(AgreementDocument document, DataKey key, IEnumerable<Guid> clientIds) =>
        Send(document, key, clientIds.Distinct().Select(c => new Signer(c, SignerRole.Client)), FollowUpRule.Default);

    public void Send(AgreementDocument document, DataKey key, IEnumerable<Signer> signers, FollowUpRule rule)
    {
        if (State != AgreementState.Draft) throw new InvalidOperationException("Only a draft is sent.");
        var canonical = CanonicalText.Write(document);
        (Document, DocumentHash, TermsJson) = (key.Seal(canonical, DocumentPlace), CanonicalText.Hash(canonical), document.TermsJson);
        (State, SentAt, ExpiresAt) = (AgreementState.Sent, document.SentAt, document.SentAt.AddDays(rule.WaitsDays));
        NextFollowUpAt = rule.Times > 0 ? document.SentAt.AddDays(rule.FirstAfterDays) : null;
        _parties.AddRange(signers.Select(s => new AgreementParty(PracticeId, Id, s)));
    }

    public ActOutcome View(DateTime now)
    {
        if (!WaitsForClient || now >= ExpiresAt) return ActOutcome.Closed;
        if (State == AgreementState.Viewed) return ActOutcome.Already;
        (State, ViewedAt) = (AgreementState.Viewed, now);
        return ActOutcome.Done;
    }

    /// <param name="shown">Hash of the document that was on the page.</param>
    public ActOutcome Sign(Guid clientId, byte[] shown, DateTime now)
    {
        var party = _parties.Single(p => p.ClientId == clientId && p.Signs);
        if (party.SignedAt is not null) return ActOutcome.Already;
        if (!WaitsForClient || now >= ExpiresAt) return ActOutcome.Closed;
        if (!IsShown(shown)) return ActOutcome.OtherText;
        party.Sign(now);
        ViewedAt ??= now;
        if (IsSignedByAll) (State, SignedAt, NextFollowUpAt) = (AgreementState.SignedByClient, now, null);
        return ActOutcome.Done;
    }

    /// <summary>A minor says that they agree; their guardian's signature is what counts.</summary>
    public ActOutcome Assent(Guid clientId, byte[] shown, DateTime now)
    {
        var party = _parties.Single(p => p.ClientId == clientId && !p.Signs);
        if (party.SignedAt is not null) return ActOutcome.Already;
        if (!MayAssent(now)) return ActOutcome.Closed;
        if (!IsShown(shown)) return ActOutcome.OtherText;
        party.Sign(now);
        return ActOutcome.Done;
    }

    /// <summary>Whether this party's word is still waited for on the page.</summary>
    public bool IsOpenFor(AgreementParty party, DateTime now) =>
        party.SignedAt is null && (party.Signs ? WaitsForClient && now < ExpiresAt : MayAssent(now));

    /// <summary>Everybody has signed on one sheet of paper, which the psychologist holds; the psychologist too.</summary>
    public ActOutcome SignOnPaper(DateTime now)
    {
        if (WasInForce) return ActOutcome.Already;
        if (!WaitsForClient && State != AgreementState.SignedByClient) return ActOutcome.Closed;
        foreach (var party in _parties.Where(p => p.Signs && p.SignedAt is null)) party.Sign(now);
        (State, SignedAt, NextFollowUpAt) = (AgreementState.SignedByClient, SignedAt ?? now, null);
        return ActOutcome.Done;
    }

    public bool IsSignedByAll => _parties.TrueForAll(p => !p.Signs || p.SignedAt is not null);

    public ActOutcome Decline(DateTime now)
    {
        if (State == AgreementState.Declined) return ActOutcome.Already;
        if (!WaitsForClient) return ActOutcome.Closed;
        Close(AgreementState.Declined, now);
        return ActOutcome.Done;
    }

    /// <summary>What countersigning would come to, now.</summary>
    public ActOutcome MayCountersign(byte[] shown) =>
        WasInForce ? ActOutcome.Already
        : State != AgreementState.SignedByClient ? ActOutcome.Closed
        : IsShown(shown) ? ActOutcome.Done : ActOutcome.OtherText;

    /// <summary>The psychologist's signature puts it in force.</summary>
    public void Countersign(byte[] shown, DateTime now)
    {
        if (MayCountersign(shown) != ActOutcome.Done) throw new InvalidOperationException("It cannot be countersigned.");
        (State, InForceAt) = (AgreementState.InForce, now);
    }

    /// <summary>It waited for too long.</summary>
    public ActOutcome Expire(DateTime now)
    {
        if (State == AgreementState.Expired) return ActOutcome.Already;
        if (!WaitsForClient || now < ExpiresAt) return ActOutcome.Closed;
        Close(AgreementState.Expired, now);
        return ActOutcome.Done;
    }

    /// <summary>The parties are reminded now; after a standstill once, not once for each time that was missed.</summary>
    public void FollowUp(DateTime now, FollowUpRule rule)
    {
        FollowUps++;
        NextFollowUpAt = FollowUps < rule.Times && now.AddDays(rule.EveryDays) < ExpiresAt ? now.AddDays(rule.EveryDays) : null;
    }

    /// <summary>Not now: somebody looks after the client first, or nobody may be written to.</summary>
    public void FollowUpLater(DateTime at) => NextFollowUpAt = at < ExpiresAt ? at : null;

    public void StopFollowUps() => NextFollowUpAt = null;

    /// <summary>Another version has come into force, or was sent instead.</summary>
    public void Supersede(DateTime now) => Close(AgreementState.Superseded, now);

    public void End(DateTime now) => Close(AgreementState.Ended, now);

    private void Close(AgreementState state, DateTime now)
    {
        if (EndedAt is null) (State, EndedAt, NextFollowUpAt) = (state, now, null);
    }

    private bool MayAssent(DateTime now) => (WaitsForClient && now < ExpiresAt) || State == AgreementState.SignedByClient;

    private bool IsShown(byte[] shown) => DocumentHash is { } hash && hash.AsSpan().SequenceEqual(shown);
}

/// <summary>As what somebody stands in an agreement. A guardian signs for a minor; the minor may say yes.</summary>
public enum SignerRole { Client, Guardian, Minor }

/// <summary>Who is to sign, and as what.</summary>
public readonly record struct Signer(Guid ClientId, SignerRole Role);

/// <summary>How a practice follows up what was sent and not signed.</summary>
public sealed record FollowUpRule(int FirstAfterDays, int EveryDays, int Times, int WaitsDays)
{
    public static readonly FollowUpRule Default = Of(new());

    public static FollowUpRule Of(PracticePolicy policy) =>
        new(policy.FollowUpFirstDays, policy.FollowUpEveryDays, policy.FollowUps, policy.AgreementWaitsDays);
}

/// <summary>Somebody who stands in an agreement beside the psychologist; each acts for themselves alone.</summary>
public sealed class AgreementParty : PracticeEntity
{
    public Guid AgreementId { get; private set; }
    public Guid ClientId { get; private set; }
    public SignerRole Role { get; private set; }
    /// <summary>When they signed; of a minor, when they said yes.</summary>
    public DateTime? SignedAt { get; private set; }

    private AgreementParty() { }

    internal AgreementParty(Guid practiceId, Guid agreementId, Signer signer) : base(practiceId) =>
        (AgreementId, ClientId, Role) = (agreementId, signer.ClientId, signer.Role);

    public bool Signs => Role != SignerRole.Minor;

    internal void Sign(DateTime at) => SignedAt = at;
}

/// <summary>One link of the chain of evidence; the act itself is sealed, its hash is not. Never changed, never deleted.</summary>
public sealed class AgreementAct : PracticeEntity
{
    public Guid AgreementId { get; private set; }
    public Guid EngagementId { get; private set; }
    public Guid KeyId { get; private set; }
    public int Number { get; private set; }
    public ActKind Kind { get; private set; }
    public DateTime At { get; private set; }
    /// <summary>Who acted, where it was one of the parties.</summary>
    public Guid? ClientId { get; private set; }
    public Sealed Content { get; private set; }
    public byte[] Hash { get; private set; } = [];

    private AgreementAct() { }

    /// <param name="previous">Hash of the act before, or of the document.</param>
    public AgreementAct(Agreement agreement, Act act, byte[] previous, Guid? clientId, DataKey key) : base(agreement.PracticeId)
    {
        (AgreementId, EngagementId, KeyId) = (agreement.Id, agreement.EngagementId, agreement.KeyId);
        (Number, Kind, At, ClientId) = (act.Number, act.Kind, act.At, clientId);
        var text = EvidenceChain.Write(act, previous);
        (Content, Hash) = (key.Seal(text, ContentPlace), EvidenceChain.Hash(text));
    }

    public Place ContentPlace => new(PracticeId, "agreement_acts", "content", Id);

    public string Open(DataKey key) => key.Open(Content, ContentPlace);
}

/// <summary>The finished PDF of an agreement that everybody has signed. Never changed, never deleted.</summary>
public sealed class SealedDocument : PracticeEntity
{
    public Guid AgreementId { get; private set; }
    public Guid EngagementId { get; private set; }
    public Guid KeyId { get; private set; }
    public Sealed Content { get; private set; }
    /// <summary>SHA-256 of the file; the only thing the public verification looks at.</summary>
    public byte[] Sha256 { get; private set; } = [];
    public int Length { get; private set; }
    public DateTime SealedAt { get; private set; }

    private SealedDocument() { }

    public SealedDocument(Agreement agreement, byte[] pdf, DataKey key, DateTime sealedAt) : base(agreement.PracticeId)
    {
        (AgreementId, EngagementId, KeyId, SealedAt) = (agreement.Id, agreement.EngagementId, agreement.KeyId, sealedAt);
        (Content, Sha256, Length) = (key.SealBytes(pdf, ContentPlace), System.Security.Cryptography.SHA256.HashData(pdf), pdf.Length);
    }

    public Place ContentPlace => new(PracticeId, "sealed_documents", "content", Id);

    public byte[] Open(DataKey key) => key.OpenBytes(Content, ContentPlace);
}
