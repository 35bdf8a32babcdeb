namespace PracticeApp.Sessions;

/// <summary>A stretch between two sessions.</summary>
/// <param name="IsLunch">Long enough to eat, at midday.</param>
public sealed record Gap(DateTime From, DateTime To, bool IsLunch)
{
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan ShortestLunch = TimeSpan.FromMinutes(40), LongestLunch = TimeSpan.FromHours(2);
    private static readonly TimeOnly LunchFrom = new(11, 30), LunchTo = new(14, 30);

    /// <summary>The stretch before each session, by the session's place in the day; shorter ones are no rest and not told.</summary>
    public static IReadOnlyDictionary<int, Gap> Between(IReadOnlyList<(DateTime From, DateTime To)> sessions, TimeZoneInfo zone)
    {
        var gaps = new Dictionary<int, Gap>();
        var lunched = false;
        for (var i = 1; i < sessions.Count; i++)
        {
            var (from, to) = (sessions.Take(i).Max(s => s.To), sessions[i].From);
            if (to - from < Shortest) continue;
            var start = TimeOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(from, zone));
            var lunch = !lunched && to - from >= ShortestLunch && to - from <= LongestLunch && start >= LunchFrom && start <= LunchTo;
            lunched |= lunch;
            gaps[i] = new Gap(from, to, lunch);
        }
        return gaps;
    }
}
