using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PracticeApp.Accounts;
using PracticeApp.Booking;
using PracticeApp.Platform;
using PracticeApp.Practices;

namespace PracticeApp.Bench;

/// <summary>
/// Free slots: 30 days of one psychologist without a database, and the first free ones with any of 50 who work with a theme,
/// from opening the unit of work to the answer. Every psychologist has five sessions a day for 90 days, in ten shared rooms.
/// </summary>
internal static class SlotsBench
{
    private const int Psychologists = 50;
    private const double PureLimit = 2, AnyLimit = 50;
    private static readonly DateTime s_now = new(2026, 11, 23, 5, 0, 0, DateTimeKind.Utc);

    public static async Task<int> RunAsync()
    {
        var lines = new List<(string What, double Limit, double P50, double P99)>();
        foreach (var grid in Enum.GetValues<SlotGrid>()) lines.Add(await MeasuredAsync($"30 days of one psychologist, grid {grid}, pure", PureLimit, 400, Pure(grid)));
        var folder = Directory.CreateTempSubdirectory("practice-bench-").FullName;
        try
        {
            await MeasureDatabaseAsync(folder, lines);
        }
        finally
        {
            NpgsqlConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
        Console.WriteLine($"\n{Environment.ProcessorCount} cores, everything on one machine\n\n| what | limit ms | p50 ms | p99 ms |\n|---|---|---|---|");
        foreach (var (what, limit, p50, p99) in lines)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {(limit > 0 ? limit : "–")} | **{p50:0.00}** | {p99:0.00} |"));
        return lines.Exists(l => l.Limit > 0 && l.P50 > l.Limit) ? 1 : 0;
    }

    private static Func<Task<int>> Pure(SlotGrid grid)
    {
        var (zone, room) = (TimeZoneInfo.FindSystemTimeZoneById("Europe/Sarajevo"), Ids.New());
        var workdays = Enumerable.Range(1, 5).Select(d => (DayOfWeek)d).ToList();
        var availability = new Availability
        {
            Zone = zone,
            Rules = new SlotRules(TimeSpan.FromHours(12), 60, grid, 7, 30),
            Hours = [.. workdays.Select(d => new WeeklyHours(d, new(8, 0), new(16, 0), SlotPlace.InRoom(room))), .. workdays.Select(d => new WeeklyHours(d, new(16, 0), new(20, 0), SlotPlace.Online))],
            Breaks = [.. workdays.Select(d => new WeeklyBreak(d, new(12, 0), new(13, 0)))],
            Changes = [new DayOff(new(2026, 12, 7), new(2026, 12, 9)), new TimeOff(new(2026, 12, 2), new(9, 0), new(11, 0))],
            Busy = [.. Enumerable.Range(0, 30).SelectMany(d => new[] { 8, 10, 13, 15, 17 }.Select(h => new Busy(s_now.Date.AddDays(d).AddHours(h), s_now.Date.AddDays(d).AddHours(h + 1)))),
                .. Enumerable.Range(0, 30).SelectMany(d => new[] { 9, 11, 14 }.Select(h => new Busy(s_now.Date.AddDays(d).AddHours(h), s_now.Date.AddDays(d).AddHours(h + 1), room)))],
        };
        var search = new SlotSearch(Ids.New(), TimeSpan.FromMinutes(50), TimeSpan.FromMinutes(10), s_now, s_now, s_now.AddDays(30));
        return () => Task.FromResult(SlotFinder.Find(availability, search).Count);
    }

    private static async Task MeasureDatabaseAsync(string folder, List<(string, double, double, double)> lines)
    {
        await using var app = await Program.BuildAsync(
            [$"--Practice:DataDirectory={folder}", "--Practice:Demo=false", "--Practice:Jobs=false", "--Logging:LogLevel:Default=Warning"],
            services => services.AddSingleton<TimeProvider>(new StandingClock()));
        var (practice, theme) = await SettleAsync(app.Services);
        await using (var postgres = await EmbeddedPostgres.StartAsync(Installation.Root(), folder, null, CancellationToken.None)) await BookAsync(postgres.SuperuserConnectionString("practice"));

        async Task<int> AskAsync(Func<OfferedSlots, List<Guid>, SessionKind, Task<int>> ask)
        {
            await using var scope = app.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<PracticeDb>();
            await db.OpenAsync(practice);
            var kind = await db.SessionKinds.AsNoTracking().SingleAsync(k => k.Form == SessionForm.Individual);
            var people = await db.PsychologistProfiles.Where(p => p.ThemeIds.Contains(theme) && p.TakesNewClients).Select(p => p.UserId).ToListAsync();
            if (people.Count != Psychologists) throw new InvalidOperationException("Not everybody was found.");
            return await ask(scope.ServiceProvider.GetRequiredService<OfferedSlots>(), people, kind);
        }

        lines.Add(await MeasuredAsync("the first three free slots with any of 50 psychologists by theme", AnyLimit, 200,
            () => AskAsync(async (offered, people, kind) => (await offered.FirstAsync(people, kind, [], s_now, s_now.AddDays(60), 3, CancellationToken.None)).Count)));
        lines.Add(await MeasuredAsync("all free slots of 50 psychologists in 14 days", 0, 100,
            () => AskAsync(async (offered, people, kind) => (await offered.FindAsync(people, kind, [], s_now, s_now.AddDays(14), CancellationToken.None)).Count)));
        lines.Add(await MeasuredAsync("all free slots of one psychologist in 30 days", 0, 200,
            () => AskAsync(async (offered, people, kind) => (await offered.FindAsync(new SlotWish(people[0], kind, []), s_now, s_now.AddDays(30), CancellationToken.None)).Count)));
    }

    private static async Task<(Guid Practice, Guid Theme)> SettleAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PracticeDb>();
        var practice = new Practice("bench", "Bench", "BA", "Europe/Sarajevo", "en", "EUR", s_now);
        await db.OpenAsync(practice.Id);
        db.Add(practice);
        await db.SaveChangesAsync();
        var theme = new Theme(practice.Id, "fears", null, 0);
        var rooms = Enumerable.Range(1, 10).Select(i => new Room(practice.Id, $"Room {i}")).ToList();
        db.Add(theme);
        db.AddRange(rooms);
        db.AddRange(SessionKind.Defaults(practice.Id, "EUR", 80, 120));
        for (var i = 0; i < Psychologists; i++)
        {
            var email = $"p{i}@example.org";
            var user = new AppUser { Email = email, NormalizedEmail = email.ToUpperInvariant(), UserName = email, NormalizedUserName = email.ToUpperInvariant(), SecurityStamp = "-" };
            db.Add(user);
            db.Add(new Membership(practice.Id, user.Id, $"Psychologist {i}", email, [Role.Psychologist], "en", "Europe/Sarajevo", s_now));
            db.Add(new PsychologistProfile(practice.Id, user.Id, "", ["en"], [theme.Id]));
            var rules = new BookingRules(practice.Id, user.Id);
            rules.Change(12, 60, SlotGrid.Half, 7, 30, 8);
            db.Add(rules);
            for (var day = DayOfWeek.Monday; day <= DayOfWeek.Friday; day++)
            {
                db.Add(new WorkingHours(practice.Id, user.Id, day, new(9, 0), new(17, 0), MeetingPlace.Room, rooms[i % rooms.Count].Id));
                db.Add(new WorkingHours(practice.Id, user.Id, day, new(17, 0), new(20, 0), MeetingPlace.Online));
                db.Add(WorkingHours.Break(practice.Id, user.Id, day, new(12, 0), new(13, 0)));
            }
        }
        await db.SaveChangesAsync();
        await db.CommitAsync();
        return (practice.Id, theme.Id);
    }

    /// <summary>16,000 sessions, past the rules that tie each to a client: this asks only for time.</summary>
    private static async Task BookAsync(string superuser)
    {
        await using var source = NpgsqlDataSource.Create(superuser);
        await using var command = source.CreateCommand(
            """
            set session_replication_role = replica;
            create temp table booked as
            select gen_random_uuid() as id, m.practice_id, m.user_id, (array_agg(h.room_id) over (partition by m.user_id))[1] as room_id, d::date + make_interval(hours => hour) as starts_at
            from memberships m join lateral (select room_id from working_hours w where w.psychologist_id = m.user_id and room_id is not null limit 1) h on true,
                generate_series(timestamp '2026-11-23', timestamp '2027-02-20', interval '1 day') d, unnest(array[8, 9, 10, 13, 14]) hour where extract(isodow from d) < 6;
            insert into occupancies (practice_id, id, appointment_id, "of", resource_id, starts_at, ends_at)
            select practice_id, gen_random_uuid(), id, 'Psychologist', user_id, starts_at at time zone 'UTC', (starts_at + interval '1 hour') at time zone 'UTC' from booked;
            insert into occupancies (practice_id, id, appointment_id, "of", resource_id, starts_at, ends_at)
            select distinct on (room_id, starts_at) practice_id, gen_random_uuid(), id, 'Room', room_id, starts_at at time zone 'UTC', (starts_at + interval '1 hour') at time zone 'UTC' from booked;
            insert into appointments (practice_id, id, engagement_id, psychologist_id, kind_id, place, starts_at, ends_at, buffer_minutes, original_starts_at, state, final_at, last_act, changed_at, changes, booked_at, moves, price, currency, on_minimal_terms, prepayment_releases, join_room)
            select practice_id, id, gen_random_uuid(), user_id, gen_random_uuid(), 'Room', starts_at at time zone 'UTC', (starts_at + interval '50 minutes') at time zone 'UTC', 10, starts_at at time zone 'UTC', 'Booked', now(), 'Booked', now(), 0, now(), 0, 80, 'EUR', false, false, md5(random()::text) from booked;
            analyze;
            """);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<(string, double, double, double)> MeasuredAsync(string what, double limit, int times, Func<Task<int>> ask)
    {
        for (var i = 0; i < times / 4 + 50; i++) if (await ask() == 0) throw new InvalidOperationException($"Nothing was found: {what}.");
        var taken = new double[times];
        for (var i = 0; i < times; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await ask();
            taken[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        Array.Sort(taken);
        return (what, limit, taken[times / 2], taken[times * 99 / 100]);
    }

    private sealed class StandingClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => s_now;
    }
}
