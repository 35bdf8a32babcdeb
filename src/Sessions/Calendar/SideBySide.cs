namespace PracticeApp.Sessions.Calendar;

/// <summary>A lane in a column, counted from 0, and how many there are beside each other.</summary>
public readonly record struct Lane(int Index, int Of);

/// <summary>Lays what overlaps beside each other; what touches nothing keeps the whole width.</summary>
public static class SideBySide
{
    /// <summary>As many lanes as can still be read.</summary>
    public const int Most = 6;

    /// <returns>A lane for each span, in the order of the spans.</returns>
    public static IReadOnlyList<Lane> Lay(IReadOnlyList<(int From, int To)> spans)
    {
        var lanes = new Lane[spans.Count];
        var together = new List<int>();
        var ends = new List<int>();
        void Close()
        {
            foreach (var i in together) lanes[i] = new Lane(lanes[i].Index % Most, Math.Min(ends.Count, Most));
            together.Clear();
            ends.Clear();
        }
        foreach (var i in Enumerable.Range(0, spans.Count).OrderBy(i => spans[i].From).ThenByDescending(i => spans[i].To))
        {
            if (together.Count > 0 && ends.Max() <= spans[i].From) Close();
            var lane = ends.FindIndex(end => end <= spans[i].From);
            if (lane < 0)
            {
                lane = ends.Count;
                ends.Add(spans[i].To);
            }
            else ends[lane] = spans[i].To;
            lanes[i] = new Lane(lane, 0);
            together.Add(i);
        }
        Close();
        return lanes;
    }
}
