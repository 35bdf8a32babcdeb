using System.Text.Json;
using PracticeApp.Platform;
using PracticeApp.Platform.Encryption;

namespace PracticeApp.Endings;

public enum EndingState { Draft, UnderNotice, Ended, CalledOff }

public enum ClosingAnswer { Open, Wanted, No }

/// <summary>Whom the client may turn to, as it will stand in the letter.</summary>
public sealed record Recommended(string Name, string Reach);

/// <summary>
/// The end of a course of work, from the first thought of either side to the letter. Nothing is final before it is decided,
/// and until its date the side that decided may call it off.
/// </summary>
public sealed class Ending : PracticeEntity
{
    private readonly List<EndingParty> _parties = [];

    public Guid EngagementId { get; private set; }
    public Guid PsychologistId { get; private set; }
    /// <summary>Seals the words: the engagement's key. What a party writes and their letter have the party's own.</summary>
    public Guid KeyId { get; private set; }
    /// <summary>The client who ends it; null where the psychologist does.</summary>
    public Guid? ByClientId { get; private set; }
    public EndingState State { get; private set; }
    public DateTime CreatedAt { get; private set; }
    /// <summary>The last day of the work, where the practice is.</summary>
    public DateOnly LastDay { get; private set; }
    /// <summary>Notice is not kept, by the psychologist's word.</summary>
    public bool NoticeWaived { get; private set; }
    public bool ClosingOffered { get; private set; }
    /// <summary>The psychologist's, told to the client.</summary>
    public Sealed Reason { get; private set; }
    /// <summary>For the letter, where the psychologist adds it.</summary>
    public Sealed WorkedOn { get; private set; }
    public Sealed Referrals { get; private set; }
    /// <summary>Entries of the directory behind <see cref="Referrals"/>.</summary>
    public Guid[] ContactIds { get; private set; } = [];
    public DateTime? DecidedAt { get; private set; }
    public Guid? DecidedBy { get; private set; }
    /// <summary>From this instant on it is over.</summary>
    public DateTime? EndsAt { get; private set; }
    public DateTime? EndedAt { get; private set; }
    public DateTime? CalledOffAt { get; private set; }
    public IReadOnlyList<EndingParty> Parties => _parties;

    private Ending() { }

    public Ending(Guid practiceId, Guid engagementId, Guid psychologistId, DataKey key, Guid? byClientId, DateOnly lastDay, DateTime createdAt) : base(practiceId) =>
        (EngagementId, PsychologistId, KeyId, ByClientId, LastDay, CreatedAt) = (engagementId, psychologistId, key.OwnerId, byClientId, lastDay, createdAt);

    public bool ByClient => ByClientId is not null;
    public bool IsDecided => State is EndingState.UnderNotice or EndingState.Ended;

    /// <summary>The first day on which it may end: the notice counts in whole days from the day it is given.</summary>
    public static DateOnly Earliest(DateOnly today, int noticeDays) => today.AddDays(noticeDays);

    /// <summary>The end of that day where the practice is; today is now.</summary>
    public static DateTime EndOf(DateOnly lastDay, DateOnly today, TimeZoneInfo zone, DateTime now)
    {
        if (lastDay <= today) return now;
        var local = lastDay.AddDays(1).ToDateTime(TimeOnly.MinValue);
        return TimeZoneInfo.ConvertTimeToUtc(zone.IsInvalidTime(local) ? local.AddHours(1) : local, zone);
    }

    public void Begin(DataKey key, string? reason, DateOnly lastDay, bool noticeWaived, bool closingOffered)
    {
        MustBeDraft();
        (LastDay, NoticeWaived, ClosingOffered) = (lastDay, noticeWaived, closingOffered);
        Reason = Seal(key, reason, "reason");
    }

    public void Plan(DataKey key, bool closingOffered, string? workedOn, IReadOnlyList<Recommended> referrals, IEnumerable<Guid> contactIds)
    {
        MustBeDraft();
        (ClosingOffered, ContactIds) = (closingOffered, [.. contactIds]);
        WorkedOn = Seal(key, workedOn, "worked_on");
        Referrals = referrals.Count == 0 ? default : key.Seal(JsonSerializer.Serialize(referrals), PlaceOf("referrals"));
    }

    public void Decide(DateTime endsAt, Guid by, DateTime now)
    {
        MustBeDraft();
        (State, DecidedAt, DecidedBy, EndsAt) = (EndingState.UnderNotice, now, by, endsAt);
    }

    /// <summary>The psychologist lets the client go sooner than the notice says.</summary>
    public void BringForward(DateOnly lastDay, DateTime endsAt)
    {
        if (State != EndingState.UnderNotice || endsAt > EndsAt) throw new InvalidOperationException("Only an end that is coming is brought forward.");
        (LastDay, EndsAt, NoticeWaived) = (lastDay, endsAt, true);
    }

    public void CallOff(DateTime now)
    {
        if (State != EndingState.UnderNotice) throw new InvalidOperationException("Only an end that is coming is called off.");
        (State, CalledOffAt) = (EndingState.CalledOff, now);
    }

    public void Finish(DateTime now)
    {
        if (State != EndingState.UnderNotice) throw new InvalidOperationException("Only what was decided is carried out.");
        (State, EndedAt) = (EndingState.Ended, now);
    }

    /// <summary>One party's part in it.</summary>
    public EndingParty Of(Guid clientId, Guid keyId)
    {
        if (_parties.Find(p => p.ClientId == clientId) is { } party) return party;
        _parties.Add(party = new EndingParty(this, clientId, keyId));
        return party;
    }

    public string? ReadReason(DataKey key) => Open(key, Reason, "reason");
    public string? ReadWorkedOn(DataKey key) => Open(key, WorkedOn, "worked_on");
    public IReadOnlyList<Recommended> ReadReferrals(DataKey key) => Open(key, Referrals, "referrals") is { } json ? JsonSerializer.Deserialize<Recommended[]>(json)! : [];

    private void MustBeDraft()
    {
        if (State != EndingState.Draft) throw new InvalidOperationException("What was decided is not changed.");
    }

    private Sealed Seal(DataKey key, string? text, string column) => string.IsNullOrWhiteSpace(text) ? default : key.Seal(text.Trim(), PlaceOf(column));
    private string? Open(DataKey key, Sealed value, string column) => value.IsEmpty ? null : key.Open(value, PlaceOf(column));
    private Place PlaceOf(string column) => new(PracticeId, "endings", column, Id);
}

/// <summary>What an ending is for one of the clients: their own words, their answer, their letter.</summary>
public sealed class EndingParty : PracticeEntity
{
    public Guid EndingId { get; private set; }
    public Guid ClientId { get; private set; }
    public Guid KeyId { get; private set; }
    public Sealed Reason { get; private set; }
    public ClosingAnswer Closing { get; private set; }
    /// <summary>The letter as it was written, an <see cref="EndingLetter"/>; never changed.</summary>
    public Sealed Letter { get; private set; }
    public DateTime? LetterAt { get; private set; }

    private EndingParty() { }

    internal EndingParty(Ending ending, Guid clientId, Guid keyId) : base(ending.PracticeId) => (EndingId, ClientId, KeyId) = (ending.Id, clientId, keyId);

    public void Say(DataKey key, string? reason) => Reason = string.IsNullOrWhiteSpace(reason) ? default : key.Seal(reason.Trim(), PlaceOf("reason"));
    public string? ReadReason(DataKey key) => Reason.IsEmpty ? null : key.Open(Reason, PlaceOf("reason"));

    public void Answer(ClosingAnswer closing) => Closing = closing;

    public void Write(DataKey key, EndingLetter letter, DateTime at)
    {
        if (LetterAt is not null) return;
        (Letter, LetterAt) = (key.Seal(JsonSerializer.Serialize(letter), PlaceOf("letter")), at);
    }

    public EndingLetter? ReadLetter(DataKey key) => Letter.IsEmpty ? null : JsonSerializer.Deserialize<EndingLetter>(key.Open(Letter, PlaceOf("letter")));

    private Place PlaceOf(string column) => new(PracticeId, "ending_parties", column, Id);
}
