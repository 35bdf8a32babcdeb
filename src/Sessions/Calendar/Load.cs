namespace PracticeApp.Sessions.Calendar;

/// <summary>Sessions planned against the limit somebody set; no limit: null.</summary>
public readonly record struct Load(int Booked, int? Limit)
{
    public bool IsOver => Booked > Limit;
    public bool IsFull => Booked == Limit;
    /// <summary>How far the bar is filled, 0 to 100.</summary>
    public int Filled => Limit is not { } limit ? 0 : limit == 0 ? (Booked > 0 ? 100 : 0) : Math.Min(100, Booked * 100 / limit);
}
