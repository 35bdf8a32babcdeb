using System.Globalization;

namespace PracticeApp.Booking;

/// <summary>A public holiday, or a day that is kept like one.</summary>
/// <param name="Key">Its name: the text "Holiday.key".</param>
/// <param name="Only">The part of the country that keeps it, as the text "Holiday.Only.key"; null for all of it.</param>
/// <param name="IsCalculated">By the calendar; the sighting of the moon may differ by a day.</param>
public sealed record Holiday(DateOnly Day, string Key, string? Only = null, bool IsCalculated = false);

/// <summary>The holidays of a country in a year. Pure.</summary>
public static class Holidays
{
    public const int FirstYear = 2000, LastYear = 2070;

    public static readonly IReadOnlyList<string> Countries = ["AT", "BA", "DE", "EE", "FI", "GB", "HR", "ME", "RS", "SE", "SI", "US"];

    /// <returns>In order of days; empty for a country that is not known.</returns>
    public static IReadOnlyList<Holiday> Of(string country, int year)
    {
        if (year is < FirstYear or > LastYear) return [];
        var y = new Year(year);
        var days = country switch
        {
            "FI" => [y.On(1, 1, "new-year"), y.On(1, 6, "epiphany"), .. y.EasterDays("good-friday", "easter", "easter-monday", "ascension", "pentecost"), y.On(5, 1, "may-day"),
                y.Friday(6, 19, "midsummer-eve"), y.Saturday(6, 20, "midsummer"), y.Saturday(10, 31, "all-saints"), y.On(12, 6, "independence"), .. y.Christmas(eve: true)],
            "SE" => [y.On(1, 1, "new-year"), y.On(1, 6, "epiphany"), .. y.EasterDays("good-friday", "easter", "easter-monday", "ascension", "pentecost"), y.On(5, 1, "may-day"), y.On(6, 6, "national-day"),
                y.Friday(6, 19, "midsummer-eve"), y.Saturday(6, 20, "midsummer"), y.Saturday(10, 31, "all-saints"), .. y.Christmas(eve: true), y.On(12, 31, "new-years-eve")],
            "EE" => [y.On(1, 1, "new-year"), y.On(2, 24, "independence"), .. y.EasterDays("good-friday", "easter", "pentecost"), y.On(5, 1, "may-day"), y.On(6, 23, "victory"), y.On(6, 24, "midsummer"),
                y.On(8, 20, "restoration"), .. y.Christmas(eve: true)],
            "DE" => [y.On(1, 1, "new-year"), .. y.EasterDays("good-friday", "easter-monday", "ascension", "whit-monday"), y.On(5, 1, "may-day"), y.On(10, 3, "unity"), .. y.Christmas()],
            "AT" => [y.On(1, 1, "new-year"), y.On(1, 6, "epiphany"), .. y.EasterDays("easter-monday", "ascension", "whit-monday", "corpus-christi"), y.On(5, 1, "may-day"), y.On(8, 15, "assumption"),
                y.On(10, 26, "national-day"), y.On(11, 1, "all-saints"), y.On(12, 8, "immaculate"), .. y.Christmas()],
            "SI" => [y.On(1, 1, "new-year"), y.On(1, 2, "new-year"), y.On(2, 8, "culture"), .. y.EasterDays("easter", "easter-monday", "pentecost"), y.On(4, 27, "uprising"), y.On(5, 1, "may-day"), y.On(5, 2, "may-day"),
                y.On(6, 25, "statehood"), y.On(8, 15, "assumption"), y.On(10, 31, "reformation"), y.On(11, 1, "all-saints"), y.On(12, 25, "christmas"), y.On(12, 26, "independence-unity")],
            "HR" => [y.On(1, 1, "new-year"), y.On(1, 6, "epiphany"), .. y.EasterDays("easter", "easter-monday", "corpus-christi"), y.On(5, 1, "may-day"), y.On(5, 30, "statehood"), y.On(6, 22, "antifascist"),
                y.On(8, 5, "homeland"), y.On(8, 15, "assumption"), y.On(11, 1, "all-saints"), y.On(11, 18, "remembrance"), .. y.Christmas()],
            "RS" => y.WithMondays([y.On(1, 1, "new-year"), y.On(1, 2, "new-year"), y.On(2, 15, "statehood"), y.On(2, 16, "statehood"), y.On(5, 1, "may-day"), y.On(5, 2, "may-day"), y.On(11, 11, "armistice")],
                [y.On(1, 7, "orthodox-christmas"), .. y.OrthodoxEaster()]),
            "ME" => y.WithMondays([y.On(1, 1, "new-year"), y.On(1, 2, "new-year"), y.On(5, 1, "may-day"), y.On(5, 2, "may-day"), y.On(5, 21, "independence"), y.On(5, 22, "independence"),
                y.On(7, 13, "statehood"), y.On(7, 14, "statehood"), y.On(11, 13, "njegos"), y.On(11, 14, "njegos")], [y.On(1, 7, "orthodox-christmas"), .. y.OrthodoxEaster()]),
            "BA" => y.WithMondays([y.On(1, 1, "new-year"), y.On(1, 2, "new-year"), y.On(5, 1, "may-day"), y.On(5, 2, "may-day")],
                [y.On(1, 7, "orthodox-christmas"), y.On(3, 1, "independence") with { Only = "fbih" }, y.On(5, 9, "victory-day") with { Only = "rs" }, y.On(11, 21, "dayton") with { Only = "rs" },
                    y.On(11, 25, "statehood") with { Only = "fbih" }, y.On(12, 25, "christmas"), .. y.EasterDays("easter-monday"), .. y.OrthodoxEaster(), .. y.Bajram()]),
            "GB" => y.WithWeekdays([y.On(1, 1, "new-year"), y.On(1, 2, "second-january") with { Only = "scotland" }, y.On(3, 17, "saint-patrick") with { Only = "northern-ireland" }, .. y.EasterDays("good-friday"),
                .. y.EasterDays("easter-monday").Select(h => h with { Only = "not-scotland" }), y.Monday(5, 1, "early-may"), y.Monday(5, 25, "spring"), y.On(7, 12, "boyne") with { Only = "northern-ireland" },
                y.Monday(8, 1, "summer") with { Only = "scotland" }, y.Monday(8, 25, "summer") with { Only = "not-scotland" }, y.On(11, 30, "saint-andrew") with { Only = "scotland" },
                y.On(12, 25, "christmas"), y.On(12, 26, "boxing")]),
            "US" => y.Observed([y.On(1, 1, "new-year"), y.Monday(1, 15, "king"), y.Monday(2, 15, "washington"), y.Monday(5, 25, "memorial"), y.On(6, 19, "juneteenth"), y.On(7, 4, "independence"),
                y.Monday(9, 1, "labor"), y.Monday(10, 8, "columbus"), y.On(11, 11, "veterans"), y.Thursday(11, 22, "thanksgiving"), y.On(12, 25, "christmas")]),
            _ => Array.Empty<Holiday>(),
        };
        return [.. days.OrderBy(h => h.Day).ThenBy(h => h.Key, StringComparer.Ordinal)];
    }

    /// <summary>Easter Sunday of the western churches, by the anonymous Gregorian rule.</summary>
    public static DateOnly Easter(int year)
    {
        var (a, b, c) = (year % 19, year / 100, year % 100);
        var h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
        var l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
        var m = (a + 11 * h + 22 * l) / 451;
        var n = h + l - 7 * m + 114;
        return new DateOnly(year, n / 31, n % 31 + 1);
    }

    /// <summary>Easter Sunday of the orthodox churches: Meeus's Julian rule, told in the calendar on the wall.</summary>
    public static DateOnly OrthodoxEaster(int year)
    {
        var d = (19 * (year % 19) + 15) % 30;
        var n = d + (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7 + 114;
        return DateOnly.FromDateTime(new JulianCalendar().ToDateTime(year, n / 31, n % 31 + 1, 0, 0, 0, 0));
    }

    private sealed class Year(int year)
    {
        public Holiday On(int month, int day, string key) => new(new DateOnly(year, month, day), key);

        public Holiday Friday(int month, int day, string key) => First(DayOfWeek.Friday, month, day, key);
        public Holiday Monday(int month, int day, string key) => First(DayOfWeek.Monday, month, day, key);
        public Holiday Thursday(int month, int day, string key) => First(DayOfWeek.Thursday, month, day, key);
        public Holiday Saturday(int month, int day, string key) => First(DayOfWeek.Saturday, month, day, key);

        private Holiday First(DayOfWeek weekday, int month, int day, string key)
        {
            var on = new DateOnly(year, month, day);
            return new Holiday(on.AddDays(((int)weekday - (int)on.DayOfWeek + 7) % 7), key);
        }

        public IEnumerable<Holiday> EasterDays(params string[] keys) => keys.Select(key => new Holiday(Easter(year).AddDays(key switch
        {
            "good-friday" => -2, "easter-monday" => 1, "ascension" => 39, "pentecost" => 49, "whit-monday" => 50, "corpus-christi" => 60, _ => 0,
        }), key));

        public IEnumerable<Holiday> OrthodoxEaster() => new[] { ("orthodox-good-friday", -2), ("orthodox-easter", 0), ("orthodox-easter-monday", 1) }
            .Select(d => new Holiday(Holidays.OrthodoxEaster(year).AddDays(d.Item2), d.Item1));

        public IEnumerable<Holiday> Christmas(bool eve = false) => [.. eve ? [On(12, 24, "christmas-eve")] : Array.Empty<Holiday>(), On(12, 25, "christmas"), On(12, 26, "second-christmas")];

        /// <summary>What falls on a Sunday moves to the next day that is no holiday; holidays of the churches do not move.</summary>
        public Holiday[] WithMondays(Holiday[] state, Holiday[] other)
        {
            var all = state.Concat(other).ToList();
            foreach (var holiday in state.Where(h => h.Day.DayOfWeek == DayOfWeek.Sunday))
            {
                var day = holiday.Day.AddDays(1);
                while (all.Exists(h => h.Day == day && h.Only is null)) day = day.AddDays(1);
                all.Add(new Holiday(day, "instead"));
            }
            return [.. all];
        }

        /// <summary>For what falls on a weekend the next weekday that is no holiday is free as well.</summary>
        public Holiday[] WithWeekdays(Holiday[] days)
        {
            var all = days.ToList();
            foreach (var holiday in days.Where(h => h.Day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday))
            {
                var day = holiday.Day.AddDays(1);
                while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || all.Exists(h => h.Day == day && (h.Only is null || h.Only == holiday.Only))) day = day.AddDays(1);
                all.Add(new Holiday(day, "instead-weekend", holiday.Only));
            }
            return [.. all];
        }

        /// <summary>For a Saturday the Friday before it is free, for a Sunday the Monday after it.</summary>
        public Holiday[] Observed(Holiday[] days) => [.. days, .. days.Where(h => h.Day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
            .Select(h => new Holiday(h.Day.AddDays(h.Day.DayOfWeek == DayOfWeek.Sunday ? 1 : -1), "instead-weekend"))];

        /// <summary>Both Bajrams with their second days; there may be three in a year.</summary>
        public IEnumerable<Holiday> Bajram()
        {
            var islamic = new UmAlQuraCalendar();
            var first = islamic.GetYear(new DateTime(year, 1, 1));
            return from hijri in Enumerable.Range(first, 3)
                   from feast in new[] { (Month: 10, Day: 1, Key: "ramazan-bajram"), (Month: 12, Day: 10, Key: "kurban-bajram") }
                   from second in new[] { 0, 1 }
                   let day = DateOnly.FromDateTime(islamic.ToDateTime(hijri, feast.Month, feast.Day, 0, 0, 0, 0)).AddDays(second)
                   where day.Year == year
                   select new Holiday(day, feast.Key, null, true);
        }
    }
}
