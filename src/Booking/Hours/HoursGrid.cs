namespace PracticeApp.Booking;

/// <summary>The week as a picture: one cell for each half hour of each day.</summary>
/// <param name="Week">Monday first.</param>
public sealed record HoursGrid(IReadOnlyList<IReadOnlyList<TypedHours>> Week, IReadOnlyList<Room> Rooms, IReadOnlyList<SessionKind> Kinds)
{
    private const int UsualFirst = 7, UsualLast = 20;

    public int First => Math.Min(UsualFirst, Week.SelectMany(d => d).Select(h => h.From.Hour).DefaultIfEmpty(UsualFirst).Min());
    public int Last => Math.Max(UsualLast, Week.SelectMany(d => d).Select(h => h.To <= h.From ? 24 : h.To.Hour + (h.To.Minute > 0 ? 1 : 0)).DefaultIfEmpty(UsualLast).Max());

    /// <summary>Minutes after midnight at which the rows begin.</summary>
    public IEnumerable<int> Rows => Enumerable.Range(First * 2, (Last - First) * 2).Select(half => half * 30);

    /// <summary>How a cell is drawn: what lies over its first half the most.</summary>
    public string? Css(int day, int minute)
    {
        var over = Week[day].Where(h => Minutes(h.From) < minute + 30 && minute < Until(h)).ToList();
        if (over.Exists(h => h.IsBreak)) return "hg-break";
        return over is [var one, ..] ? one.Place switch { { Kind: MeetingPlace.Online } => "hg-online", { RoomId: { } room } => $"hg-room{RoomNumber(room) % 5}", _ => "hg-person" } : null;
    }

    public int RoomNumber(Guid room) => Math.Max(0, Rooms.ToList().FindIndex(r => r.Id == room));

    private static int Minutes(TimeOnly time) => time.Hour * 60 + time.Minute;
    private static int Until(TypedHours h) => Minutes(h.To) + (h.To <= h.From ? 24 * 60 : 0);
}
