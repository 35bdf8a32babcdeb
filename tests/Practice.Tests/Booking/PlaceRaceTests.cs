using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Accounts;
using PracticeApp.Booking;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Practices;

namespace PracticeApp.Tests.Booking;

/// <summary>Places in groups and times that are kept for somebody, reached for on two instances at once: one holder each, and whoever comes late is told kindly.</summary>
public sealed class PlaceRaceTests(TwoInstances two) : IClassFixture<TwoInstances>
{
    private WaitlistWorld Town => two.Town;
    private World World => two.Town.World;

    [Fact]
    public async Task The_last_places_of_a_group_go_to_as_many_as_there_are()
    {
        var (day, cast) = await Town.DayAsync([.. Enumerable.Range(0, 30).Select(i => $"Reach{i}")]);
        var (_, date) = await GroupAsync(World.Lejla, day.AddHours(10), seats: 4);
        var forms = new Form[cast.Count];
        await Parallel.ForAsync(0, cast.Count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
            forms[i] = (await (await two.At(i).SignedInAsync(cast[i].UserId, cast[i].PracticeId)).GetAsync($"/book/group/{date}")).Form("form[data-submit-once]"));

        // Everybody presses twice.
        var answers = await Task.WhenAll(forms.Concat(forms).Select(f => f.SubmitAsync(follow: false)));

        Assert.All(answers, a => Assert.True(a.Status == HttpStatusCode.Redirect || a.Says("There is no place left"), a.ToString()));
        Assert.Equal(4, answers.Take(30).Zip(answers.Skip(30)).Count(a => a.First.Status == HttpStatusCode.Redirect || a.Second.Status == HttpStatusCode.Redirect));
        Assert.Equal("1 2 3 4", await SeatsAsync(date));
        Assert.Equal(4, await Town.CountAsync("occupancies where \"of\" = 'Participant' and starts_at = '{0:O}'", day.AddHours(10)));
        Assert.Equal(4, await Town.CountAsync("(select distinct p.client_id from appointments a join appointment_participants p on p.appointment_id = a.id where a.meeting_id = '{0}' and a.state = 'Booked') as holders", date));
    }

    [Fact]
    public async Task Places_given_up_are_offered_and_taken_once_each_while_others_press_for_them()
    {
        var (day, cast) = await Town.DayAsync([.. Enumerable.Range(0, 12).Select(i => $"Place{i}")]);
        var (kind, date) = await GroupAsync(World.Lejla, day.AddHours(10), seats: 3, cast[0], cast[1], cast[2]);
        var others = cast.Skip(6).ToList();
        Task GiveUpAsync(Person client) => World.DoAsync(client, async services => await services.GetRequiredService<CancelAppointment>().RunAsync(
            await World.ScalarAsync<Guid>($"select a.id from appointments a join appointment_participants p on p.appointment_id = a.id where a.meeting_id = '{date}' and p.client_id = '{client.ClientId}'"),
            Actor.Client(client.ClientId, client.UserId), null, CancellationToken.None));
        Task<List<SlotOffer>> OpenAsync() => World.InDbAsync(World.Lejla, db => db.SlotOffers.AsNoTracking().Where(o => o.State == OfferState.Open && o.StartsAt == day.AddHours(10)).ToListAsync());

        // Two places of one date, two who wait: each is kept one.
        foreach (var client in cast.Skip(3).Take(2)) await WishAsync(client, kind);
        foreach (var client in cast.Take(2)) await GiveUpAsync(client);
        World.Clock.Advance(TimeSpan.FromMinutes(4));
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => two.RunAsync(i))));
        var open = await OpenAsync();
        Assert.Equal([1, 2], open.Select(o => o.Seat).Order());
        var yes = new List<Form>();
        foreach (var offer in open)
            for (var i = 0; i < 4; i++) yes.Add((await two.At(i).Visitor().GetAsync(Town.LinkOf(offer))).Form("Yes, book it"));
        var answers = yes.Select(f => f.SubmitAsync()).ToList();
        var rivals = others.Select((person, i) => Task.Run(() => JoinAsync(two.At(i), person, date))).ToList();
        Assert.All(await Task.WhenAll(answers), p => Assert.True(p.Says("The time is yours."), p.ToString()));
        Assert.All(await Task.WhenAll(rivals), r => Assert.Equal(BookingOutcome.Taken, r.Outcome));
        Assert.Equal("1 2 3", await SeatsAsync(date));

        // The last is given up: either the job keeps it for who waits, or one of the others was quicker.
        await WishAsync(cast[5], kind);
        await GiveUpAsync(cast[2]);
        World.Clock.Advance(TimeSpan.FromMinutes(4));
        var runs = Enumerable.Range(0, 6).Select(i => Task.Run(() => two.RunAsync(i))).ToList();
        var joined = await Task.WhenAll(others.Select((person, i) => Task.Run(() => JoinAsync(two.At(i), person, date))));
        await Task.WhenAll(runs);
        Assert.All(joined, r => Assert.True(r.Outcome is BookingOutcome.Done or BookingOutcome.Taken, r.Outcome.ToString()));
        Assert.Equal(1, joined.Count(r => r.IsDone) + (await OpenAsync()).Count);
    }

    [Fact]
    public async Task A_kept_time_is_accepted_once_whoever_else_books_it_and_however_often_it_is_pressed()
    {
        var (day, cast) = await Town.DayAsync("Kept0", "Kept1", "Kept2", "Kept3");
        await Town.WishAsync(cast[1], waitsDays: 9);
        await Town.WishAsync(cast[2], waitsDays: 2);
        await World.CancelAsync(cast[0], await Town.BookedAsync(cast[0], day.AddHours(10)));
        World.Clock.Advance(TimeSpan.FromMinutes(4));
        // With the job on two instances, somebody books besides: either has it, never both.
        var runs = Enumerable.Range(0, 6).Select(i => Task.Run(() => two.RunAsync(i))).ToList();
        var besides = Task.Run(() => BookAsync(two.At(1), cast[3], day.AddHours(10)));
        await Task.WhenAll(runs);
        if ((await besides).IsDone)
        {
            Assert.Equal("", await Town.StatesAsync(day.AddHours(10)));
            await World.CancelAsync(cast[3], (await besides).AppointmentId);
            World.Clock.Advance(TimeSpan.FromMinutes(4));
            await two.RunAsync(0);
        }
        Assert.Equal("Open", await Town.StatesAsync(day.AddHours(10)));

        var link = Town.LinkOf(await Town.OpenOfferAsync(cast[1]));
        var forms = new List<Form>();
        for (var i = 0; i < 12; i++) forms.Add((await two.At(i).Visitor().GetAsync(link)).Form("Yes, book it"));
        var answers = forms.Select(f => f.SubmitAsync()).ToList();
        var others = Enumerable.Range(0, 8).Select(i => Task.Run(() => BookAsync(two.At(i), cast[2 + i % 2], day.AddHours(10)))).ToList();
        Assert.All(await Task.WhenAll(answers), p => Assert.True(p.Says("The time is yours."), p.ToString()));
        Assert.All(await Task.WhenAll(others), r => Assert.Equal((BookingOutcome.Taken, true), (r.Outcome, r.Nearest.Count > 0)));
        Assert.Equal(1, await BookedAtAsync(day.AddHours(10)));
        Assert.Equal("Accepted", await Town.StatesAsync(day.AddHours(10)));
        Assert.Equal(1, await Town.CountAsync("audit_entries where act = 'offer.accepted' and client_id = '{0}'", cast[1].ClientId));
    }

    [Fact]
    public async Task Two_to_whom_one_stretch_was_offered_say_yes_at_once()
    {
        var (day, cast) = await Town.DayAsync("Both0", "Both1", "Both2", "Both3");
        await Town.WishAsync(cast[2], waitsDays: 9);
        await Town.WishAsync(cast[3], waitsDays: 2);
        foreach (var i in new[] { 0, 1 }) await World.CancelAsync(cast[i], await Town.BookedAsync(cast[i], day.AddHours(10 + i)));
        World.Clock.Advance(TimeSpan.FromMinutes(4));
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => two.RunAsync(i))));
        var (first, second) = (await Town.OpenOfferAsync(cast[2]), await Town.OpenOfferAsync(cast[3]));
        Assert.NotEqual(first.StartsAt, second.StartsAt);

        var forms = new List<Form>();
        for (var i = 0; i < 6; i++) forms.Add((await two.At(i / 2).Visitor().GetAsync(Town.LinkOf(i % 2 == 0 ? first : second))).Form("Yes, book it"));
        // Each of them reaches for the other's as well.
        var crossed = new[] { (cast[2], second.StartsAt), (cast[3], first.StartsAt) }.Select((x, i) => Task.Run(() => BookAsync(two.At(i), x.Item1, x.StartsAt))).ToList();
        Assert.All(await Task.WhenAll(forms.Select(f => f.SubmitAsync())), p => Assert.True(p.Says("The time is yours."), p.ToString()));
        Assert.All(await Task.WhenAll(crossed), r => Assert.Equal(BookingOutcome.Taken, r.Outcome));
        Assert.Equal((1, 1), (await BookedAtAsync(first.StartsAt), await BookedAtAsync(second.StartsAt)));
    }

    [Fact]
    public async Task An_offer_that_runs_out_while_yes_is_pressed_is_accepted_or_goes_on_never_both()
    {
        for (var round = 0; round < 4; round++)
        {
            var (day, cast) = await Town.DayAsync($"Late{round}a", $"Late{round}b", $"Late{round}c", $"Late{round}d");
            await Town.WishAsync(cast[1], waitsDays: 9);
            await Town.WishAsync(cast[2], waitsDays: 2);
            await Town.FreedAsync(cast[0], day.AddHours(10));
            var offer = await Town.OpenOfferAsync(cast[1]);
            var forms = new List<Form>();
            for (var i = 0; i < 4; i++) forms.Add((await two.At(i).Visitor().GetAsync(Town.LinkOf(offer))).Form("Yes, book it"));
            World.Clock.Set(offer.ExpiresAt.AddMilliseconds(-1));

            var answers = forms.Select(f => f.SubmitAsync()).ToList();
            var runs = Enumerable.Range(0, 4).Select(i => Task.Run(async () =>
            {
                if (i == round % 3) World.Clock.Set(offer.ExpiresAt.AddSeconds(1));
                await two.RunAsync(i);
            })).ToList();
            var besides = Enumerable.Range(0, 2).Select(i => Task.Run(() => BookAsync(two.At(i), cast[3], day.AddHours(10)))).ToList();
            var told = await Task.WhenAll(answers);
            await Task.WhenAll(runs);
            World.Clock.Set(offer.ExpiresAt.AddSeconds(2));
            await two.RunAsync(1);

            Assert.All(told, p => Assert.True(p.Says("The time is yours.") || (p.Says("This time is gone") && p.Says("still on the list")), p.ToString()));
            var accepted = told.Any(p => p.Says("The time is yours."));
            Assert.True(told.All(p => p.Says("The time is yours.") == accepted), string.Join('\n', told.AsEnumerable()));
            Assert.All(await Task.WhenAll(besides), r => Assert.Equal(BookingOutcome.Taken, r.Outcome));
            Assert.Equal(accepted ? "Accepted" : "Expired Open", await Town.StatesAsync(day.AddHours(10)));
            Assert.Equal(accepted ? 1 : 0, await BookedAtAsync(day.AddHours(10)));
        }
    }

    /// <summary>Dates are planned for everybody, and the group ends, while each of its members books something else: nobody waits for whoever waits for them.</summary>
    [Fact]
    public async Task A_group_is_planned_and_ends_while_all_its_members_book()
    {
        var (day, cast) = await Town.DayAsync([.. Enumerable.Range(0, 8).Select(i => $"Knot{i}")]);
        // Came to the practice after her clients, so that queueing in order takes them first.
        var zora = new Person("Zora", "zora@example.org", Guid.Empty, World.Lipa.Id, [Role.Psychologist]);
        var engagements = await World.InDbAsync(World.Lejla, async db =>
        {
            var user = new AppUser { Email = zora.Email, NormalizedEmail = zora.Email.ToUpperInvariant(), UserName = zora.Email, NormalizedUserName = zora.Email.ToUpperInvariant(), SecurityStamp = "z" };
            zora = zora with { UserId = user.Id };
            db.AddRange(user, new Membership(World.Lipa.Id, user.Id, zora.Name, zora.Email, [Role.Psychologist], "en", "Europe/Sarajevo", World.Clock.Now));
            await db.SaveChangesAsync();
            var works = cast.Select(c => { var work = new Engagement(World.Lipa.Id, EngagementKind.Individual, zora.UserId, c.KeyId, World.Clock.Now); work.Join(c.ClientId); return work; }).ToList();
            db.AddRange(works);
            return works.ConvertAll(w => w.Id);
        });
        await World.OpenHoursAsync(zora, to: "18:00", weekend: true);
        var members = cast.Select((c, i) => c with { EngagementId = engagements[i], PsychologistId = zora.UserId }).ToList();
        Assert.All(members, m => Assert.True(m.ClientId.CompareTo(zora.UserId) < 0));
        var (_, date) = await GroupAsync(zora, day.AddHours(10), seats: 8, [.. members]);
        var group = await World.ScalarAsync<Guid>($"select group_id from appointments where id = '{date}'");

        async Task BesideAsync(DateTime day, Func<GroupActs, Task> act)
        {
            var booked = members.Select((m, i) => Task.Run(() => BookAsync(two.At(i), m, day.AddHours(9 + i)))).ToList();
            await World.DoAsync(two.At(0), zora, async services => { await act(services.GetRequiredService<GroupActs>()); return true; });
            Assert.All(await Task.WhenAll(booked), r => Assert.True(r.Outcome is BookingOutcome.Done or BookingOutcome.Taken, r.Outcome.ToString()));
        }
        var next = day.AddDays(7);
        await BesideAsync(day.AddDays(1), acts => acts.PlanAsync(group, [new Slot(next.AddHours(10), next.AddHours(11), SlotPlace.Online)], CancellationToken.None));
        Assert.Equal(8, await Town.CountAsync("appointments where state = 'Booked' and meeting_id is not null and starts_at = '{0:O}'", next.AddHours(10)));
        await BesideAsync(day.AddDays(2), acts => acts.EndAsync(group, "illness", CancellationToken.None));
        Assert.Equal(0, await Town.CountAsync("appointments where state = 'Booked' and (group_id = '{0}' or meeting_id = '{1}')", group, date));
    }

    private async Task<(Guid Kind, Guid Date)> GroupAsync(Person psychologist, DateTime start, int seats, params Person[] members)
    {
        var kind = await World.InDbAsync(psychologist, db =>
        {
            var circle = new SessionKind(World.Lipa.Id, new LocalizedName { En = "Circle", Ru = "Круг", Bs = "Krug", Fi = "Piiri" }, 60, 10, 40, "BAM", WhoMayBook.OwnClients, false, 10, SessionForm.Group);
            db.Add(circle);
            return Task.FromResult(circle.Id);
        });
        return (kind, await World.DoAsync(psychologist, async services =>
        {
            var (acts, db) = (services.GetRequiredService<GroupActs>(), services.GetRequiredService<PracticeDb>());
            var group = await acts.FoundAsync(psychologist.UserId, await db.SessionKinds.SingleAsync(k => k.Id == kind), "Tuesdays", seats, CancellationToken.None);
            foreach (var member in members) await acts.AddAsync(group.Id, member.EngagementId, member.ClientId, CancellationToken.None);
            Assert.True(await acts.PlanAsync(group.Id, [new Slot(start, start.AddMinutes(60), SlotPlace.Online)], CancellationToken.None));
            return await db.Appointments.Where(a => a.GroupId == group.Id).Select(a => a.Id).SingleAsync();
        }));
    }

    private Task WishAsync(Person client, Guid kind) => World.InDbAsync(World.Lejla, db =>
    {
        var wish = new WaitlistWish(World.Lipa.Id, client.ClientId, World.Clock.Now.AddDays(-1));
        wish.Want(World.Lejla.UserId, [kind], null, WeekTimes.All, DateOnly.FromDateTime(World.Clock.Now).AddDays(60), 24);
        db.Add(wish);
        return Task.CompletedTask;
    });

    private Task<BookingResult> JoinAsync(App instance, Person client, Guid date) => World.DoAsync(instance, client, services =>
        services.GetRequiredService<GroupActs>().JoinAsync(date, client.EngagementId, client.ClientId, Actor.Client(client.ClientId, client.UserId), CancellationToken.None));

    private Task<BookingResult> BookAsync(App instance, Person client, DateTime start) => World.DoAsync(instance, client, async services =>
    {
        var db = services.GetRequiredService<PracticeDb>();
        var engagement = await db.EngagementsAsParty().Include(e => e.Parties).SingleAsync(e => e.Id == client.EngagementId);
        return await services.GetRequiredService<BookSession>().ConfirmAsync(engagement, await db.SessionKinds.SingleAsync(k => k.Id == Town.Kind), client.ClientId, start, MeetingPlace.Online, 80, CancellationToken.None);
    });

    private async Task<string> SeatsAsync(Guid date) => await World.ScalarAsync<string>($"select coalesce(string_agg(seat::text, ' ' order by seat), '') from appointments where meeting_id = '{date}' and state = 'Booked'") ?? "";

    private Task<long> BookedAtAsync(DateTime start) => Town.CountAsync("appointments where state = 'Booked' and starts_at = '{0:O}'", start);
}

/// <summary>The waitlist's world with a second instance of the app on its database.</summary>
public sealed class TwoInstances(Database database) : IAsyncLifetime
{
    private App _second = null!;

    public WaitlistWorld Town { get; } = new(database);

    /// <summary>One after the other.</summary>
    public App At(int i) => i % 2 == 0 ? Town.World.App : _second;

    public Task RunAsync(int i) => At(i).Services.GetRequiredService<OfferFreedTime>().RunAsync(CancellationToken.None);

    public async ValueTask InitializeAsync()
    {
        await Town.InitializeAsync();
        _second = await App.StartAsync(Town.World.Logins, Town.World.Clock);
    }

    public async ValueTask DisposeAsync()
    {
        if (_second is not null) await _second.DisposeAsync();
        await Town.DisposeAsync();
    }
}
