using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PracticeApp.Accounts;
using PracticeApp.Booking;
using PracticeApp.Clients;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Practices;
using static PracticeApp.Tests.Booking.BookingWorld;

namespace PracticeApp.Tests.Booking;

/// <summary>Two people can never hold one slot, whatever the code does.</summary>
public sealed class RaceTests(Database database)
{
    [Fact]
    public async Task Two_hundred_who_reach_for_one_slot_get_one_appointment_and_199_kind_answers()
    {
        await using var world = await World.StartAsync(database);
        await using var second = await App.StartAsync(world.Logins, world.Clock);
        await world.OpenHoursAsync(world.Lejla);
        var crowd = await CrowdAsync(world, 200);
        var slot = new SlotValue(Tuesday("10:00"), MeetingPlace.Online).ToString();
        var forms = new Form[crowd.Count];
        await Parallel.ForAsync(0, crowd.Count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
        {
            var (client, instance) = (crowd[i], i % 2 == 0 ? world.App : second);
            var page = await (await instance.SignedInAsync(client.UserId, client.PracticeId)).GetAsync($"/book?kind={world.Lipa.FirstTalk}");
            forms[i] = page.Form($"button[value='{slot}']");
        });

        var answers = await Task.WhenAll(forms.Select(f => f.SubmitAsync(follow: false)));

        Assert.Single(answers, a => a.Status == HttpStatusCode.Redirect);
        var told = answers.Where(a => a.Status == HttpStatusCode.OK).ToList();
        Assert.Equal(199, told.Count);
        Assert.All(told, a => Assert.True(a.Says("Tuesday 17 March, 10:00 was just taken.") && a.Says("The nearest free hours:"), a.Text));
        Assert.Equal(1, await world.ScalarAsync<long>("select count(*) from appointments"));
        Assert.Equal(2, await world.ScalarAsync<long>("select count(*) from occupancies"));
    }

    [Fact]
    public async Task Holds_bookings_and_moves_into_overlapping_times_leave_no_overlap()
    {
        await using var world = await World.StartAsync(database);
        await world.OpenHoursAsync(world.Lejla, from: "9:00", to: "12:00");
        await world.InDbAsync(world.Lejla, async db => (await db.BookingRules.SingleAsync(r => r.PsychologistId == world.Lejla.UserId)).Change(0, 60, SlotGrid.Quarter, null, null, null));
        var crowd = await CrowdAsync(world, 24);
        var random = new Random(7);
        var acts = crowd.Select(person => (person, times: Enumerable.Range(0, 3).Select(_ => Tuesday("9:00").AddMinutes(15 * random.Next(10))).ToArray())).ToList();

        var outcomes = await Task.WhenAll(acts.Select(async act =>
        {
            var booked = await BookFirstTalkAsync(world, act.person, act.times[0]);
            return booked.IsDone ? await world.MoveAsync(act.person, booked.AppointmentId, act.times[1]) : await BookFirstTalkAsync(world, act.person, act.times[2]);
        }));

        Assert.All(outcomes, o => Assert.True(o.Outcome is BookingOutcome.Done or BookingOutcome.Taken, o.Outcome.ToString()));
        Assert.Equal(0, await world.ScalarAsync<long>("select count(*) from occupancies a join occupancies b on a.resource_id = b.resource_id and a.id < b.id and a.starts_at < b.ends_at and b.starts_at < a.ends_at"));
        Assert.True(await world.ScalarAsync<long>("select count(*) from appointments where state = 'Booked'") >= 3);
    }

    /// <summary>
    /// Holds that are confirmed or left, moves, cancellings that are taken back, rooms, and series that are booked, moved and
    /// cancelled, on two instances at once, all in three days: whoever is told "done" has the time, and nobody shares it.
    /// </summary>
    [Fact]
    public async Task Two_hundred_acts_of_all_kinds_on_two_instances_leave_one_holder_for_every_minute()
    {
        await using var world = await World.StartAsync(database);
        await using var second = await App.StartAsync(world.Logins, world.Clock);
        await world.OpenHoursAsync(world.Lejla, from: "9:00", to: "16:00");
        await world.OpenHoursAsync(world.Lejla, MeetingPlace.Room, world.Lipa.Rooms[0], "9:00", "16:00");
        await world.InDbAsync(world.Lejla, async db => (await db.BookingRules.SingleAsync(r => r.PsychologistId == world.Lejla.UserId)).Change(0, 60, SlotGrid.Quarter, null, null, null));
        var crowd = await CrowdAsync(world, 40);
        var random = new Random(11);
        var acts = Enumerable.Range(0, 200).Select(i => (Client: crowd[random.Next(crowd.Count)], What: i % 8, At: Tuesday("9:00").AddDays(random.Next(3)).AddMinutes(15 * random.Next(24)),
            Then: Tuesday("9:00").AddDays(random.Next(3)).AddMinutes(15 * random.Next(24)))).ToList();

        var outcomes = new BookingOutcome[acts.Count];
        await Parallel.ForAsync(0, acts.Count, new ParallelOptions { MaxDegreeOfParallelism = 40 }, async (i, _) =>
        {
            var (client, what, at, then) = acts[i];
            outcomes[i] = await ActAsync(world, i % 2 == 0 ? world.App : second, client, what, at, then);
        });

        Assert.All(outcomes, o => Assert.True(o is BookingOutcome.Done or BookingOutcome.Taken or BookingOutcome.Gone, o.ToString()));
        Assert.Contains(BookingOutcome.Done, outcomes);
        Assert.Contains(BookingOutcome.Taken, outcomes);
        Assert.Equal(0, await world.ScalarAsync<long>("select count(*) from occupancies a join occupancies b on a.resource_id = b.resource_id and a.id < b.id and a.starts_at < b.ends_at and b.starts_at < a.ends_at"));
        // Whatever is booked has all its time: psychologist, client and, where there is one, room; nothing else has any for good.
        Assert.Equal(0, await world.ScalarAsync<long>("""
            select count(*) from appointments a where a.state = 'Booked' and (select count(*) from occupancies o
                where o.appointment_id = a.id and o.expires_at is null and o.starts_at = a.starts_at) <> case when a.room_id is null then 2 else 3 end
            """));
        Assert.Equal(0, await world.ScalarAsync<long>("select count(*) from occupancies o join appointments a on a.id = o.appointment_id where o.expires_at is null and a.state <> 'Booked'"));
        Assert.True(await world.ScalarAsync<long>("select count(*) from appointments where state = 'Booked'") >= 10);
    }

    private static async Task<BookingOutcome> ActAsync(World world, App instance, Person client, int what, DateTime at, DateTime then)
    {
        Task<T> AsClientAsync<T>(Func<IServiceProvider, Task<T>> act) => world.DoAsync(instance, client, act);
        Task<T> AsLejlaAsync<T>(Func<IServiceProvider, PracticeDb, Engagement, SessionKind, Task<T>> act) => world.DoAsync(instance, world.Lejla, async services =>
        {
            var db = services.GetRequiredService<PracticeDb>();
            return await act(services, db, await db.OwnEngagements().Include(e => e.Parties).SingleAsync(e => e.Id == client.EngagementId), await db.SessionKinds.SingleAsync(k => k.Id == world.Lipa.FirstTalk));
        });
        Task<BookingResult> BookedAsync(bool confirm = true) => AsClientAsync(services => FirstTalkAsync(world, services, client, at, confirm));
        var (actor, staff) = (Actor.Client(client.ClientId, client.UserId), Actor.Staff(world.Lejla.UserId));
        switch (what)
        {
            case 0:
                return (await BookedAsync(confirm: false)).Outcome;
            case 1 or 2:
                return (await BookedAsync()).Outcome;
            case 3:
                var booked = await BookedAsync();
                return !booked.IsDone ? booked.Outcome : (await AsClientAsync(s => s.GetRequiredService<MoveAppointment>().RunAsync(booked.AppointmentId, then, MeetingPlace.Online, null, actor, CancellationToken.None))).Outcome;
            case 4:
                var left = await BookedAsync();
                if (!left.IsDone) return left.Outcome;
                await AsClientAsync(s => s.GetRequiredService<CancelAppointment>().RunAsync(left.AppointmentId, actor, null, CancellationToken.None));
                return await AsClientAsync(s => s.GetRequiredService<TakeBack>().RunAsync(left.AppointmentId, actor, CancellationToken.None));
            case 5:
                return (await AsLejlaAsync((s, _, engagement, kind) => s.GetRequiredService<BookSession>().BookAsync(engagement, kind, new Slot(at, at + kind.Length, SlotPlace.InRoom(world.Lipa.Rooms[0])), staff, CancellationToken.None))).Outcome;
            default:
                var slots = Enumerable.Range(0, 3).Select(d => at.Date.AddDays(-(int)at.DayOfWeek + 2 + d) + at.TimeOfDay).ToList();
                var series = await AsLejlaAsync((s, _, engagement, kind) => s.GetRequiredService<SeriesActs>().BookAsync(engagement, kind, 1, [.. slots.Select(start => new Slot(start, start + kind.Length, SlotPlace.Online))], staff, CancellationToken.None));
                if (!series) return BookingOutcome.Taken;
                return await AsLejlaAsync(async (s, db, engagement, kind) =>
                {
                    var own = await db.Appointments.AsNoTracking().Include(a => a.Participants).Where(a => a.EngagementId == engagement.Id && a.SeriesId != null && a.State == AppointmentState.Booked).ToListAsync();
                    var resources = own.SelectMany(a => a.Resources);
                    var acts = s.GetRequiredService<SeriesActs>();
                    var done = what == 6
                        ? await acts.CancelAsync([.. own.Select(a => a.Id)], resources, "illness", staff, CancellationToken.None)
                        : await acts.MoveAsync(own.ToDictionary(a => a.Id, a => new Slot(a.StartsAt.AddMinutes(30), a.EndsAt.AddMinutes(30), SlotPlace.Online)), resources, staff, CancellationToken.None);
                    return done ? BookingOutcome.Done : BookingOutcome.Taken;
                });
        }
    }

    [Fact]
    public async Task The_database_refuses_a_second_row_for_the_same_time_past_all_code()
    {
        await using var world = await ReadyAsync(database);
        var id = (await world.ConfirmAsync(world.Emina, Tuesday("10:00"))).AppointmentId;
        var twin = $"""
            insert into occupancies (practice_id, id, appointment_id, "of", resource_id, starts_at, ends_at)
            select practice_id, gen_random_uuid(), appointment_id, "of", resource_id, starts_at + interval '59 minutes', ends_at + interval '59 minutes' from occupancies where appointment_id = '{id}' limit 1
            """;
        var refused = await Assert.ThrowsAsync<PostgresException>(() => world.ScalarAsync<object>(twin));
        Assert.Equal(("23P01", "occupancies_never_overlap"), (refused.SqlState, refused.ConstraintName));
        await world.ScalarAsync<object>(twin.Replace("59 minutes", "60 minutes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_client_is_not_with_two_psychologists_at_once()
    {
        await using var world = await ReadyAsync(database);
        await world.ConfirmAsync(world.Emina, Tuesday("10:00"));
        var engagement = await world.InDbAsync(world.Damir, db =>
        {
            var second = new Engagement(world.Lipa.Id, EngagementKind.Individual, world.Damir.UserId, world.Emina.KeyId, world.Clock.Now);
            second.Join(world.Emina.ClientId);
            db.Add(second);
            return Task.FromResult(second.Id);
        });
        Task<BookingResult> AtAsync(string time) => world.DoAsync(world.Damir, async services =>
        {
            var db = services.GetRequiredService<PracticeDb>();
            var found = await db.OwnEngagements().Include(e => e.Parties).SingleAsync(e => e.Id == engagement);
            var kind = await db.SessionKinds.SingleAsync(k => k.Id == world.Lipa.Individual);
            return await services.GetRequiredService<BookSession>().BookAsync(found, kind, new Slot(Tuesday(time), Tuesday(time).AddMinutes(50), SlotPlace.Online), Actor.Staff(world.Damir.UserId), CancellationToken.None);
        });
        Assert.Equal(BookingOutcome.Taken, (await AtAsync("10:30")).Outcome);
        Assert.Equal(BookingOutcome.Done, (await AtAsync("11:00")).Outcome);
    }

    [Fact]
    public async Task A_room_is_given_once_and_the_next_free_one_is_found()
    {
        await using var world = await World.StartAsync(database);
        foreach (var (psychologist, client) in new[] { (world.Lejla, world.Emina), (world.Damir, world.Tarik) })
        {
            await world.OpenHoursAsync(psychologist, MeetingPlace.Room, world.Lipa.Rooms[0]);
            await world.SignedAsync(client);
        }
        await world.InDbAsync(world.Damir, db => { db.Add(new WorkingHours(world.Lipa.Id, world.Damir.UserId, DayOfWeek.Tuesday, Slots.T("10:00"), Slots.T("11:00"), MeetingPlace.Room, world.Lipa.Rooms[1])); return Task.CompletedTask; });

        Assert.True((await world.ConfirmAsync(world.Emina, Tuesday("10:00"), MeetingPlace.Room)).IsDone);
        Assert.True((await world.ConfirmAsync(world.Emina, Tuesday("12:00"), MeetingPlace.Room)).IsDone);
        var damirs = await world.ConfirmAsync(world.Tarik, Tuesday("10:00"), MeetingPlace.Room);
        Assert.Equal(world.Lipa.Rooms[1], (await world.AppointmentAsync(damirs.AppointmentId)).RoomId);
        Assert.Equal(BookingOutcome.Taken, (await world.HoldAsync(world.Tarik, Tuesday("12:00"), MeetingPlace.Room)).Outcome);
    }

    private static Task<BookingResult> BookFirstTalkAsync(World world, Person person, DateTime start) => world.DoAsync(person, services => FirstTalkAsync(world, services, person, start));

    private static async Task<BookingResult> FirstTalkAsync(World world, IServiceProvider services, Person person, DateTime start, bool confirm = true)
    {
        var (db, book) = (services.GetRequiredService<PracticeDb>(), services.GetRequiredService<BookSession>());
        var engagement = await db.EngagementsAsParty().Include(e => e.Parties).SingleAsync(e => e.Id == person.EngagementId);
        var kind = await db.SessionKinds.SingleAsync(k => k.Id == world.Lipa.FirstTalk);
        return confirm
            ? await book.ConfirmAsync(engagement, kind, person.ClientId, start, MeetingPlace.Online, kind.Price, CancellationToken.None)
            : await book.HoldAsync(engagement, kind, person.ClientId, start, MeetingPlace.Online, CancellationToken.None);
    }

    /// <summary>Clients of Lejla, each with an account of their own.</summary>
    private static Task<List<Person>> CrowdAsync(World world, int size) => world.DoAsync(world.Lejla, async services =>
    {
        var (db, vault, crowd) = (services.GetRequiredService<PracticeDb>(), services.GetRequiredService<Vault>(), new List<Person>());
        for (var i = 0; i < size; i++)
        {
            var (name, email) = ($"Client {i}", $"client{i}@example.org");
            var user = new AppUser { Email = email, NormalizedEmail = email.ToUpperInvariant(), UserName = email, NormalizedUserName = email.ToUpperInvariant(), SecurityStamp = $"{i}" };
            var key = await vault.NewKeyAsync();
            var client = new Client(world.Lipa.Id, name, name, email, null, new ContactRules { Mail = true }, "en", "Europe/Sarajevo", "BA", key.OwnerId, world.Clock.Now);
            client.OpenPortal(user.Id);
            var engagement = new Engagement(world.Lipa.Id, EngagementKind.Individual, world.Lejla.UserId, key.OwnerId, world.Clock.Now);
            engagement.Join(client.Id);
            db.AddRange(user, client, engagement, new Membership(world.Lipa.Id, user.Id, name, email, [Role.Client], "en", "Europe/Sarajevo", world.Clock.Now));
            crowd.Add(new Person(name, email, user.Id, world.Lipa.Id, [Role.Client], client.Id, engagement.Id, key.OwnerId, world.Lejla.UserId));
        }
        return crowd;
    });
}
