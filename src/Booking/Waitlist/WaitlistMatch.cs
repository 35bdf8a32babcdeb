using PracticeApp.Reminders;

namespace PracticeApp.Booking;

/// <summary>Somebody on the waitlist, as far as it matters for whose turn it is.</summary>
/// <param name="IsNamed">They asked for this psychologist, not for any of theirs.</param>
/// <param name="LastSessionAt">Null: there was none yet.</param>
public sealed record Waiting(
    Guid WishId, Guid ClientId, Guid EngagementId, IReadOnlyCollection<Guid> KindIds, bool IsNamed, MeetingPlace? Place, WeekTimes Times,
    TimeZoneInfo Zone, DateOnly Until, TimeSpan Notice, DateTime Since, DateTime? LastSessionAt);

/// <summary>A time that could be offered.</summary>
/// <param name="Fills">With its buffer it takes exactly the time that became free.</param>
public sealed record OpenSlot(Guid KindId, Slot Slot, bool Fills);

public sealed record WaitlistTurn(Waiting Who, OpenSlot What);

/// <summary>
/// Whose turn it is. Pure; reads no clock. Only who wished for the kind, the place, the day and the part of the day, whose last
/// day has not passed and who hears of it early enough comes into question. Among these goes first
/// <list type="number">
/// <item>whose wish fits better: it takes the whole of the freed time, then: this psychologist was asked for by name;</item>
/// <item>who waits longer;</item>
/// <item>whose last session is longer ago, and before them who had none yet.</item>
/// </list>
/// What remains equal is decided by the earlier time, then by the wish's identifier, so that every instance decides alike.
/// </summary>
public static class WaitlistMatch
{
    public static IEnumerable<WaitlistTurn> InTurn(IEnumerable<Waiting> waiting, IReadOnlyCollection<OpenSlot> slots, DateTime now) =>
        from who in waiting
        from what in slots
        where Suits(who, what, now)
        orderby what.Fills descending, who.IsNamed descending, who.Since, who.LastSessionAt ?? DateTime.MinValue, what.Slot.StartUtc, who.WishId
        select new WaitlistTurn(who, what);

    private static bool Suits(Waiting who, OpenSlot what, DateTime now)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(what.Slot.StartUtc, who.Zone);
        return who.KindIds.Contains(what.KindId)
            && (who.Place is null || who.Place == what.Slot.Place.Kind)
            && who.Times.Has(local)
            && DateOnly.FromDateTime(local) <= who.Until
            && what.Slot.StartUtc - now >= who.Notice;
    }
}

/// <summary>How long an offer stands. Pure.</summary>
public static class OfferLength
{
    public static readonly TimeSpan Least = TimeSpan.FromMinutes(15);

    /// <summary>
    /// The practice's length, counted outside the quiet hours; never longer than half the time until <paramref name="noticeEnds"/>, but
    /// at least <see cref="Least"/>.
    /// </summary>
    /// <param name="noticeEnds">From then on it is too late to book, for the psychologist or for this client.</param>
    /// <returns>Null when not even the least is left.</returns>
    public static DateTime? Until(DateTime now, TimeSpan length, DateTime noticeEnds, QuietHours quiet)
    {
        var left = noticeEnds - now;
        if (left < Least) return null;
        var most = left / 2 > Least ? left / 2 : Least;
        length = length < Least ? Least : length;
        var until = Awake(now, length < most ? length : most, quiet);
        return until - now > most ? now + most : until;
    }

    private static DateTime Awake(DateTime now, TimeSpan length, QuietHours quiet)
    {
        const int Step = 5;
        var at = now;
        for (var counted = TimeSpan.Zero; counted < length; at = at.AddMinutes(Step))
            if (!quiet.Has(at)) counted += TimeSpan.FromMinutes(Step);
        return at;
    }
}
