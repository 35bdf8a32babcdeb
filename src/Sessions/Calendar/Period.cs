namespace PracticeApp.Sessions.Calendar;

public enum CalendarView { Day, Week, Month, Agenda, Rooms }

/// <summary>The days a view shows, with its neighbours.</summary>
public readonly record struct Period(CalendarView View, DateOnly Day)
{
    public const int AgendaDays = 14;

    public static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    /// <summary>A month is shown in whole weeks.</summary>
    public DateOnly First => View switch
    {
        CalendarView.Week => MondayOf(Day),
        CalendarView.Month => MondayOf(MonthStart),
        _ => Day,
    };

    public DateOnly Last => View switch
    {
        CalendarView.Week => First.AddDays(6),
        CalendarView.Month => MondayOf(MonthStart.AddMonths(1).AddDays(-1)).AddDays(6),
        CalendarView.Agenda => First.AddDays(AgendaDays - 1),
        _ => Day,
    };

    public IEnumerable<DateOnly> Days
    {
        get
        {
            var first = First;
            return Enumerable.Range(0, Last.DayNumber - first.DayNumber + 1).Select(first.AddDays);
        }
    }

    public DateOnly MonthStart => new(Day.Year, Day.Month, 1);
    public DateOnly Before => Step(-1);
    public DateOnly After => Step(1);

    public bool Holds(DateOnly day) => View == CalendarView.Month ? day.Year == Day.Year && day.Month == Day.Month : First <= day && day <= Last;

    private DateOnly Step(int by) => View switch
    {
        CalendarView.Week => First.AddDays(7 * by),
        CalendarView.Month => MonthStart.AddMonths(by),
        CalendarView.Agenda => Day.AddDays(AgendaDays * by),
        _ => Day.AddDays(by),
    };
}
