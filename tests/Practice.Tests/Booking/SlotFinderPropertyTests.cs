using PracticeApp.Booking;
using static PracticeApp.Tests.Booking.Slots;

namespace PracticeApp.Tests.Booking;

/// <summary>Thousands of made-up psychologists; the seed is in the message, so that a failure can be run again.</summary>
public sealed class SlotFinderPropertyTests
{
    private static readonly string[] zones = ["Europe/Sarajevo", "Europe/Helsinki", "Australia/Lord_Howe", "America/St_Johns", "Asia/Kathmandu", "Pacific/Kiritimati", "UTC"];
    private static readonly string[] days = ["2026-03-28", "2026-10-24", "2028-02-28", "2026-12-31", "2027-07-03", "2026-04-04", "2026-10-03"];
    private static readonly Guid[] rooms = [new("00000000-0000-0000-0000-00000000000a"), new("00000000-0000-0000-0000-00000000000b")];

    private static (Availability, SlotSearch) Invent(int seed)
    {
        var r = new Random(seed);
        var zone = Zone(zones[r.Next(zones.Length)]);
        var day = D(days[r.Next(days.Length)]);
        var from = Utc($"{day:yyyy-MM-dd}").AddMinutes(r.Next(48 * 60));
        TimeOnly Time() => new(r.Next(24), r.Next(12) * 5);
        DateOnly Near() => day.AddDays(r.Next(-2, 5));
        SlotPlace Where() => r.Next(3) switch { 0 => SlotPlace.Online, 1 => SlotPlace.InRoom(rooms[0]), _ => SlotPlace.InRoom(rooms[1]) };
        Guid[]? Kinds() => r.Next(4) switch { 0 => [rooms[0]], 1 => [Individual, rooms[0]], _ => null };
        T[] Some<T>(int most, Func<T> make, int least = 0) => [.. Enumerable.Range(0, r.Next(least, most + 1)).Select(_ => make())];
        int? Limit() => r.Next(4) == 0 ? r.Next(4) : null;

        var grids = Enum.GetValues<SlotGrid>();
        return (new Availability
        {
            Zone = zone,
            Rules = new SlotRules(TimeSpan.FromMinutes(r.Next(600)), r.Next(4), grids[r.Next(grids.Length)], Limit(), Limit(), Limit(), TimeSpan.FromMinutes(r.Next(1, 90))),
            Hours = Some(16, () => new WeeklyHours((DayOfWeek)r.Next(7), Time(), Time(), Where(), r.Next(5) == 0 ? Near() : null, r.Next(5) == 0 ? Near() : null, Kinds()), 6),
            Breaks = Some(8, () => { var at = Time(); return new WeeklyBreak((DayOfWeek)r.Next(7), at, at.AddMinutes(1 + r.Next(90)), r.Next(3) == 0 ? Near() : null); }),
            Changes = [.. Some<DayChange>(1, () => new DayOff(Near(), Near())), .. Some<DayChange>(1, () => new TimeOff(Near(), Time(), Time())), .. Some<DayChange>(3, () => new ExtraHours(Near(), Time(), Time(), Where(), Kinds()))],
            Busy = Some(6, () => { var at = from.AddMinutes(r.Next(-300, 2000)); return new Busy(at, at.AddMinutes(r.Next(120)), r.Next(3) == 0 ? rooms[r.Next(2)] : null); }),
            Booked = Some(5, () => { var at = from.AddMinutes(r.Next(-2000, 4000)); return new TakenSession(at, at.AddMinutes(r.Next(1, 90))); }),
            Rooms = rooms.Where(_ => r.Next(3) == 0).ToDictionary(room => room, _ => new RoomOpening(Zone(zones[r.Next(zones.Length)]),
                Some(9, () => new OpenHours((DayOfWeek)r.Next(7), Time(), Time())), Some(1, Near))),
        }, new SlotSearch(Individual, TimeSpan.FromMinutes(r.Next(1, 100)), TimeSpan.FromMinutes(r.Next(20)), from.AddMinutes(-r.Next(500)), from, from.AddMinutes(r.Next(1, 1800)), r.Next(3) == 0 ? [Where(), Where()] : null));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Whatever_the_hours_the_minute_walker_finds_the_same(int part)
    {
        var offered = 0;
        for (var seed = part * 300; seed < (part + 1) * 300; seed++)
        {
            var (a, search) = Invent(seed);
            var (found, expected) = (SlotFinder.Find(a, search), SlotOracle.Find(a, search));
            Assert.True(expected.SetEquals(found) && found.Count == expected.Count, $"seed {seed}: {Times(found, a.Zone)} but the walker found {Times(expected.OrderBy(s => s.StartUtc), a.Zone)}");
            offered += found.Count;
        }
        Assert.True(offered > 1000, $"only {offered} slots were compared");
    }

    [Fact]
    public void A_window_cut_in_two_holds_the_same_slots()
    {
        for (var seed = 0; seed < 2000; seed++)
        {
            var (a, search) = Invent(seed);
            var middle = search.FromUtc + (search.UntilUtc - search.FromUtc) / 2;
            var halves = SlotFinder.Find(a, search with { UntilUtc = middle }).Concat(SlotFinder.Find(a, search with { FromUtc = middle }));
            Assert.True(SlotFinder.Find(a, search).ToHashSet().SetEquals(halves), $"seed {seed}");
        }
    }

    [Fact]
    public void No_slot_meets_taken_time_and_all_come_in_order()
    {
        for (var seed = 0; seed < 2000; seed++)
        {
            var (a, search) = Invent(seed);
            var slots = SlotFinder.Find(a, search);
            Assert.DoesNotContain(slots, s => a.Busy.Any(b => b.StartUtc < b.EndUtc && b.StartUtc < s.EndUtc + search.BufferAfter && s.StartUtc < b.EndUtc && (b.RoomId is null || b.RoomId == s.Place.RoomId)));
            if (a.Rules.Grid != SlotGrid.Full) Assert.Equal(slots.OrderBy(s => s.StartUtc).ThenBy(s => s.Place), slots);
        }
    }

    [Fact]
    public void Booking_one_slot_never_frees_another()
    {
        for (var seed = 0; seed < 1000; seed++)
        {
            var (a, search) = Invent(seed);
            if (a.Rules.Grid == SlotGrid.Full || SlotFinder.Find(a, search) is not [.., var last] before) continue;
            var after = SlotFinder.Find(a with { Busy = [.. a.Busy, new(last.StartUtc, last.EndUtc + search.BufferAfter)] }, search);
            Assert.True(after.Count < before.Count && after.All(before.Contains), $"seed {seed}");
        }
    }
}
