using System.Collections.Immutable;
using PracticeApp.Shared;

namespace PracticeApp.Agreements;

/// <summary>Either a percent of the session's fee (0–100) or a fixed amount in the terms' currency; exactly one is set.</summary>
public sealed record Cost(decimal? Percent, decimal? Fixed)
{
    public static Cost OfPercent(decimal percent) => new(percent, null);

    public static Cost OfAmount(decimal amount) => new(null, amount);

    /// <summary>The amount for a fee: never above the fee, rounded down to the currency's smallest coin.</summary>
    public decimal Of(decimal fee, string currency) =>
        Currencies.RoundDown(Math.Clamp(Fixed ?? fee * (Percent ?? 0m) / 100m, 0m, fee), currency);

    /// <summary>The amount owed to the client: as <see cref="Of"/>, rounded up.</summary>
    public decimal OwedOf(decimal fee, string currency) =>
        Math.Min(fee, Currencies.RoundUp(Math.Clamp(Fixed ?? fee * (Percent ?? 0m) / 100m, 0m, fee), currency));
}

/// <param name="Amount">Price of one session in the terms' currency.</param>
/// <param name="PayWithinDays">Days after the session by which it is paid; 0 is the same day.</param>
public sealed record FeeTerms(string? Clause, decimal Amount, int PayWithinDays);

/// <param name="Minutes">Length of a session.</param>
/// <param name="ReviewEverySessions">The request is looked at together every N sessions; null is never by rule.</param>
public sealed record SessionTerms(string? Clause, int Minutes, int? ReviewEverySessions);

/// <summary>Notice of less than <paramref name="HoursBefore"/> hours before the start costs <paramref name="Cost"/>.</summary>
public sealed record NoticeTier(int HoursBefore, Cost Cost);

/// <summary>Tiers in any order; they are read as a running maximum, capped at the fee. None means cancelling is always free.</summary>
public sealed record CancellationTerms(string? Clause, ImmutableArray<NoticeTier> Tiers);

/// <summary>Absence without notice; in effect never cheaper than the dearest notice tier.</summary>
public sealed record AbsenceTerms(string? Clause, Cost Cost);

/// <param name="GraceMinutes">Minutes after the start during which somebody late is still expected.</param>
/// <param name="EndsOnTime">A session that begins late ends at its appointed time.</param>
public sealed record LatenessTerms(string? Clause, int GraceMinutes, bool EndsOnTime);

/// <summary>
/// Late cancellations and absences by occurrence: the n-th within <paramref name="WindowDays"/> days costs
/// <c>Percents[n-1]</c> percent of what it would cost otherwise; the last percent repeats.
/// </summary>
public sealed record RepeatTerms(string? Clause, int WindowDays, ImmutableArray<int> Percents);

/// <summary>The first <paramref name="Count"/> late cancellations in any <paramref name="PerDays"/> days are free.</summary>
public sealed record FreePassTerms(string? Clause, int Count, int PerDays, bool CoversAbsence);

public enum ReasonEffect
{
    /// <summary>The reason alone makes it free.</summary>
    Waives,
    /// <summary>The psychologist is asked whether it is free; no proof is demanded.</summary>
    Asks,
    /// <summary>The reason changes nothing.</summary>
    Never,
}

/// <param name="Key">A key such as <c>illness</c>; well-known keys have texts in every language, others are shown by <paramref name="Label"/>.</param>
public sealed record ReasonTerm(string Key, ReasonEffect Effect, string? Label);

/// <summary>Why a session may fall through without cost (force majeure and the practice's own list).</summary>
public sealed record ReasonTerms(string? Clause, ImmutableArray<ReasonTerm> Reasons)
{
    public ReasonEffect EffectOf(string? key) =>
        Reasons.FirstOrDefault(reason => reason.Key == key)?.Effect ?? ReasonEffect.Never;

    /// <summary>The practice's own wording of a reason, if it has one.</summary>
    public string? LabelOf(string? key) => Reasons.FirstOrDefault(reason => reason.Key == key)?.Label;
}

public enum EscalationAction { AskPrepayment, PauseOnlineBooking, InviteToTalk, OfferEnding }

public enum EscalationCount { Absences, LateCancellations, Both }

/// <param name="AfterEvents">It follows at the N-th event …</param>
/// <param name="WithinDays">… within M days.</param>
/// <param name="InARow">Only events with no kept session between them are counted together.</param>
public sealed record EscalationTerm(
    string? Clause, EscalationCount Counts, int AfterEvents, int WithinDays, bool InARow, EscalationAction Action);

public enum PrepaymentScope { FirstSession, Always }

public enum WhenUnpaid { ReleaseSlot, KeepAndRemind }

public sealed record PrepaymentTerms(string? Clause, PrepaymentScope Scope, int Percent, int HoursBefore, WhenUnpaid WhenUnpaid);

/// <param name="HighestUnpaid">With more than this unpaid the client cannot book online; 0 is "only when paid"; null is no limit.</param>
/// <param name="SignedFromSession">A signed agreement is needed from session number N on; null is never.</param>
public sealed record BookingTerms(string? Clause, decimal? HighestUnpaid, int? SignedFromSession);

/// <param name="TimesPerAppointment">How often one appointment may be moved; null is any number.</param>
/// <param name="UntilHoursBefore">Until when moving is free.</param>
/// <param name="LateCost">Price of moving later than that; null counts as cancelling.</param>
public sealed record MovingTerms(string? Clause, int? TimesPerAppointment, int UntilHoursBefore, Cost? LateCost);

/// <summary>A rented room costs at least <paramref name="Amount"/> with less notice than this, though the hour itself be free.</summary>
public sealed record RoomTerms(string? Clause, decimal Amount, int HoursBefore);

/// <summary>When appointments are reminded of, in hours before the start; empty is none that way. The client's own wish and safe contact go before it.</summary>
public sealed record ReminderTerms(string? Clause, ImmutableArray<int> MailHours, ImmutableArray<int> TextHours);

/// <param name="Days">ISO days of the week, 1 is Monday.</param>
/// <param name="From">Local time of the practice.</param>
public sealed record ContactHours(ImmutableArray<int> Days, TimeOnly From, TimeOnly To);

/// <param name="Channels">Keys such as <c>messages</c>, <c>email</c>, <c>sms</c>, <c>phone</c>.</param>
/// <param name="PricePer15Minutes">Price per started quarter of an hour beyond the included minutes; null is not offered beyond them.</param>
/// <param name="AnswerWithinHours">Promised time to answer, counted in contact hours.</param>
public sealed record ContactTerms(
    string? Clause, ImmutableArray<string> Channels, ContactHours Hours, int MinutesPerWeek, decimal? PricePer15Minutes,
    int? AnswerWithinHours, EmergencyTerms Emergency);

/// <param name="CountsAs">What counts as an emergency: keys such as <c>danger-to-self</c>.</param>
/// <param name="Also">What else does, in the practice's own words.</param>
/// <param name="TurnTo">Where to turn then: numbers or names, besides the country's crisis contacts.</param>
public sealed record EmergencyTerms(string? Clause, ImmutableArray<string> CountsAs, ImmutableArray<string> Also, ImmutableArray<string> TurnTo);

public enum PricedPer { Piece, Started15Minutes, Hour }

/// <param name="Key">Such as <c>report</c>, <c>letter</c>, <c>third-party-call</c>.</param>
/// <param name="Label">The practice's own words for it.</param>
public sealed record ExtraWorkPrice(string Key, decimal Price, PricedPer Per, string? Label = null);

/// <param name="Revisions">How often the scope may be revised without a new agreement.</param>
public sealed record ScopeTerms(string? Clause, int Revisions, ImmutableArray<ExtraWorkPrice> ExtraWork);

/// <summary>What the client is given: a cost owed by the psychologist, or one free session.</summary>
public sealed record CreditTerm(Cost? Cost, bool FreeSession);

/// <param name="GraceMinutes">Lateness of the psychologist up to this is borne by both.</param>
/// <param name="Late">Owed when the psychologist is later than that.</param>
/// <param name="Absent">Owed when the psychologist does not come; the session itself is not charged.</param>
/// <param name="NoticeHours">Notice the psychologist owes for moving or cancelling.</param>
/// <param name="ShortNotice">Owed when that notice is not kept; null is nothing.</param>
/// <param name="HolidayNoticeDays">Notice the psychologist owes for holidays.</param>
public sealed record PsychologistTerms(
    string? Clause, int GraceMinutes, CreditTerm? Late, CreditTerm? Absent, int NoticeHours, CreditTerm? ShortNotice,
    int HolidayNoticeDays);

public sealed record EndingTerms(string? Clause, int NoticeDays, bool ClosingSessionOffered);

public enum SessionPlace { InPerson, Online }

/// <summary>What an override can take away.</summary>
public enum LiftedPart { Prepayment, Room, FreePasses, Repeats }

/// <summary>
/// What differs for one session kind (its id), one place, or one kind at one place. A part that is null stays as it is;
/// what is named in <paramref name="Without"/> is not agreed there.
/// </summary>
public sealed record TermsOverride(
    string? Kind, SessionPlace? Place, FeeTerms? Fee, SessionTerms? Session, CancellationTerms? Cancellation,
    AbsenceTerms? Absence, LatenessTerms? Lateness, MovingTerms? Moving, PrepaymentTerms? Prepayment, RoomTerms? Room,
    RepeatTerms? Repeats, FreePassTerms? FreePasses, PsychologistTerms? Psychologist, ImmutableArray<LiftedPart> Without)
{
    public static TermsOverride Of(string? kind, SessionPlace? place) =>
        new(kind, place, null, null, null, null, null, null, null, null, null, null, null, []);

    internal int Weight => (Kind is null ? 0 : 2) + (Place is null ? 0 : 1);
}
