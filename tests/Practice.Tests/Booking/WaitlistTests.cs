using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Booking;
using PracticeApp.Clients;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Reminders;

namespace PracticeApp.Tests.Booking;

/// <summary>What becomes free is kept for one after the other of those who wait; each test has a day of its own.</summary>
public sealed class WaitlistTests(WaitlistWorld town) : IClassFixture<WaitlistWorld>
{
    private World World => town.World;

    [Fact]
    public async Task A_cancelled_time_is_kept_for_whoever_waits_longest_and_one_link_books_it()
    {
        var (day, cast) = await town.DayAsync("Ana", "Boris", "Cora");
        await town.WishAsync(cast[1], waitsDays: 2);
        await town.WishAsync(cast[2], waitsDays: 9);
        var session = await town.BookedAsync(cast[0], day.AddHours(10));
        await World.CancelAsync(cast[0], session);
        await town.RunAsync();
        Assert.Equal(0, await town.CountAsync("slot_offers where starts_at = '{0:O}'", day.AddHours(10)));

        World.Clock.Advance(TimeSpan.FromMinutes(4));
        await town.RunAsync();
        await town.RunAsync();
        var mail = Assert.Single(await World.DeliverAsync(), m => m.Subject.Contains("kept", StringComparison.Ordinal));
        Assert.Equal(cast[2].Email, mail.To);
        Assert.DoesNotContain("session", mail.Subject + mail.Text, StringComparison.OrdinalIgnoreCase);
        Assert.False(await IsFreeAsync(cast[1], day.AddHours(10)));

        var link = Mailbox.Link(mail);
        var page = await World.Stranger().GetAsync(link);
        await World.Stranger().GetAsync(link);
        Assert.True(page.Says("Yes, book it for") && page.Says("10:00–10:50") && page.Says("80"), page.Text);
        Assert.False(page.Says("Lejla"), page.Text);
        Assert.Equal(1, await town.CountAsync("slot_offers where state = 'Open' and starts_at = '{0:O}'", day.AddHours(10)));
        var home = await (await World.As(cast[2])).GetAsync("/me");
        Assert.NotNull(home.Find("a[href^='/me/waitlist/']"));

        var yes = await page.SubmitAsync("Yes, book it");
        Assert.True(yes.Says("The time is yours."), yes.Text);
        var sessions = await (await World.As(cast[2])).GetAsync("/me/sessions");
        Assert.True(sessions.Says("10:00–10:50"), sessions.Text);
        Assert.Equal("Booked", await World.ScalarAsync<string>($"select ended_why from waitlist_wishes where client_id = '{cast[2].ClientId}'"));
        Assert.True((await World.Stranger().GetAsync(yes.Link("Move or cancel it").GetAttribute("href")!)).Says("10:00–10:50"));
        Assert.Equal(1, await town.CountAsync("audit_entries where act = 'offer.accepted' and client_id = '{0}'", cast[2].ClientId));

        // Second thoughts: she waits on, and the time goes to the next.
        await (await sessions.Form("form[action*='TakeBack']").SubmitAsync()).Visitor.GetAsync("/me/waitlist");
        await town.RunAsync();
        Assert.Equal(1, await town.CountAsync("waitlist_wishes where ended_at is null and client_id = '{0}'", cast[2].ClientId));
        Assert.Equal(day.AddHours(10), (await town.OpenOfferAsync(cast[1])).StartsAt);
        Assert.True((await World.Stranger().GetAsync(link)).Says("does not take place any more"));
    }

    [Fact]
    public async Task Who_says_no_is_asked_nothing_and_not_offered_it_again()
    {
        var (day, cast) = await town.DayAsync("Dino", "Edin", "Filip");
        await town.WishAsync(cast[1], waitsDays: 9);
        await town.WishAsync(cast[2], waitsDays: 2);
        await town.FreedAsync(cast[0], day.AddHours(10));
        var first = await town.OpenOfferAsync(cast[1]);
        var page = await (await World.As(cast[1])).GetAsync($"/me/waitlist/{first.Id}");
        await page.SubmitAsync("No, keep me on the list");
        await town.RunAsync();

        var next = await town.OpenOfferAsync(cast[2]);
        Assert.Equal(day.AddHours(10), next.StartsAt);
        Assert.Null(await World.ScalarAsync<string>($"select ended_why from waitlist_wishes where client_id = '{cast[1].ClientId}'"));
        await (await (await World.As(cast[2])).GetAsync($"/me/waitlist/{next.Id}")).SubmitAsync("No, take me off the list");
        await town.RunAsync();
        Assert.Equal("ByClient", await World.ScalarAsync<string>($"select ended_why from waitlist_wishes where client_id = '{cast[2].ClientId}'"));
        Assert.Equal("Declined Declined", await town.StatesAsync(day.AddHours(10)));
        Assert.True(await IsFreeAsync(cast[0], day.AddHours(10)));
    }

    [Fact]
    public async Task What_runs_out_goes_to_the_next_without_a_gap_and_whoever_comes_late_is_told_kindly()
    {
        var (day, cast) = await town.DayAsync("Goran", "Hana", "Ivo");
        await town.WishAsync(cast[1], waitsDays: 9);
        await town.WishAsync(cast[2], waitsDays: 2);
        await town.FreedAsync(cast[0], day.AddHours(10));
        var first = await town.OpenOfferAsync(cast[1]);
        Assert.Equal(World.Clock.Now.AddHours(4), first.ExpiresAt);
        var link = Mailbox.Link((await World.DeliverAsync()).Single(m => m.To == cast[1].Email));

        World.Clock.Set(first.ExpiresAt);
        Assert.False(await IsFreeAsync(cast[0], day.AddHours(10)));
        var late = await World.Stranger().GetAsync(link);
        Assert.True(late.Says("This time is gone") && late.Says("Free near it"), late.Text);
        await town.RunAsync();
        Assert.Equal(day.AddHours(10), (await town.OpenOfferAsync(cast[2])).StartsAt);
        Assert.True((await World.Stranger().GetAsync(link)).Says("This time is gone"));
        Assert.Equal("Expired Open", await town.StatesAsync(day.AddHours(10)));
    }

    [Fact]
    public async Task Nobody_is_kept_a_time_who_cannot_hear_of_it()
    {
        var (day, cast) = await town.DayAsync("Sevda", "Tinka", "Ursula");
        await town.WishAsync(cast[1], waitsDays: 9);
        await town.WishAsync(cast[2], waitsDays: 2);
        await World.InDbAsync(World.Lejla, async db =>
        {
            // Mail to one comes back; the other is left in peace until noon.
            (await db.Clients.SingleAsync(c => c.Id == cast[1].ClientId)).MailFails(World.Clock.Now);
            (await db.Clients.SingleAsync(c => c.Id == cast[2].ClientId)).WishReminders(new ReminderChoice { QuietFrom = new(20, 0), QuietUntil = new(12, 0) });
        });
        await town.FreedAsync(cast[0], day.AddHours(10));
        Assert.Equal("", await town.StatesAsync(day.AddHours(10)));

        World.Clock.Advance(TimeSpan.FromHours(3));
        await town.RunAsync();
        Assert.Equal(day.AddHours(10), (await town.OpenOfferAsync(cast[2])).StartsAt);
    }

    [Fact]
    public async Task Nobody_is_told_at_night_and_nobody_by_a_way_that_is_not_safe()
    {
        var (day, cast) = await town.DayAsync("Jasna", "Kenan", "Luka");
        await town.WishAsync(cast[1], waitsDays: 9);
        await town.WishAsync(cast[2], waitsDays: 2);
        await World.InDbAsync(World.Lejla, async db =>
        {
            var kenan = await db.Clients.SingleAsync(c => c.Id == cast[1].ClientId);
            kenan.ReachAt(kenan.Email, null, new ContactRules { Mail = false });
        });
        var night = day.AddDays(-3).AddHours(23);
        World.Clock.Set(night.AddHours(-1));
        var session = await town.BookedAsync(cast[0], day.AddHours(10));
        await World.CancelAsync(cast[0], session);
        World.Clock.Set(night);
        await town.RunAsync();
        Assert.Equal("", await town.StatesAsync(day.AddHours(10)));

        World.Clock.Set(night.AddHours(9));
        await town.RunAsync();
        var offer = await town.OpenOfferAsync(cast[2]);
        Assert.Equal(cast[2].Email, Assert.Single(await World.DeliverAsync(), m => m.Subject.Contains("kept", StringComparison.Ordinal)).To);
        World.Clock.Set(offer.ExpiresAt);
        await town.RunAsync();
        Assert.Equal("Expired", await town.StatesAsync(day.AddHours(10)));
    }

    [Fact]
    public async Task Work_that_ends_ends_the_offer_too()
    {
        var (day, cast) = await town.DayAsync("Mara", "Nikola");
        await town.WishAsync(cast[1]);
        await town.FreedAsync(cast[0], day.AddHours(10));
        var offer = await town.OpenOfferAsync(cast[1]);
        await World.InDbAsync(World.Lejla, async db => (await db.Engagements.SingleAsync(e => e.Id == cast[1].EngagementId)).EndOn(day));
        var refused = await (await (await World.As(cast[1])).GetAsync($"/me/waitlist/{offer.Id}")).SubmitAsync("Yes, book it");
        Assert.True(refused.Says("has ended or ends before this time"), refused.Text);
        await town.RunAsync();
        Assert.Equal("Withdrawn", await town.StatesAsync(day.AddHours(10)));
        Assert.DoesNotContain(await World.DeliverAsync(), m => m.To == cast[1].Email);
        Assert.True(await IsFreeAsync(cast[0], day.AddHours(10)));
    }

    [Fact]
    public async Task A_moved_session_and_extra_hours_free_time_as_well()
    {
        var (day, cast) = await town.DayAsync("Omar", "Petar", "Rada");
        await town.WishAsync(cast[1], waitsDays: 9);
        var session = await town.BookedAsync(cast[0], day.AddHours(10));
        Assert.Equal(BookingOutcome.Done, (await World.MoveAsync(cast[0], session, day.AddHours(15))).Outcome);
        World.Clock.Advance(TimeSpan.FromMinutes(4));
        await town.RunAsync();
        Assert.Equal(day.AddHours(10), (await town.OpenOfferAsync(cast[1])).StartsAt);

        await town.WishAsync(cast[2], waitsDays: 5);
        await World.InDbAsync(World.Lejla, db =>
        {
            db.Add(HoursException.ExtraHours(World.Lipa.Id, World.Lejla.UserId, DateOnly.FromDateTime(day.AddHours(12)), new TimeOnly(19, 0), new TimeOnly(20, 0), MeetingPlace.Online, null));
            return Task.CompletedTask;
        });
        await town.RunAsync();
        Assert.Equal("19:00", BookingWorld.Clock((await town.OpenOfferAsync(cast[2])).StartsAt));
    }

    [Fact]
    public async Task A_client_says_when_they_could_come_changes_it_and_ends_it()
    {
        var (_, cast) = await town.DayAsync("Sara");
        var visitor = await World.As(cast[0]);
        var book = await visitor.GetAsync("/book?kind=" + town.Kind);
        Assert.NotNull(book.Link("Tell us when you could come"));

        var empty = await (await visitor.GetAsync("/me/waitlist")).Form("Put me on the list").SubmitAsync();
        Assert.Contains("Please tick at least one time.", empty.Errors);
        var saved = await (await visitor.GetAsync("/me/waitlist")).Form("Put me on the list").Fill("Kinds", town.Kind.ToString()).Fill("Times", "0").Fill("Times", "20").Fill("Notice", "48").SubmitAsync();
        Assert.True(saved.Says("Saved. When such a time becomes free"), saved.Text);
        Assert.Equal(1 | 1 << 20, await World.ScalarAsync<int>($"select times from waitlist_wishes where client_id = '{cast[0].ClientId}'"));
        var changed = await saved.Form("Save the change").Untick("Times", "20").SubmitAsync();
        Assert.Equal(1, await World.ScalarAsync<int>($"select times from waitlist_wishes where client_id = '{cast[0].ClientId}'"));

        var list = await (await World.As(World.Lejla)).GetAsync("/waitlist");
        Assert.True(list.Says("Sara") && list.Says("Mon: morning") && list.Says("2 days before"), list.Text);
        Assert.True((await changed.SubmitAsync("Take me off the list")).Says("You are off the list."));
        Assert.False((await (await World.As(World.Lejla)).GetAsync("/waitlist")).Find("td") is not null && (await (await World.As(World.Lejla)).GetAsync("/waitlist")).FindAll("th a").Any(a => a.TextContent == "Sara"));
    }

    [Fact]
    public async Task Staff_write_down_a_wish_see_whose_turn_it_is_and_take_an_offer_back()
    {
        var (day, cast) = await town.DayAsync("Tea", "Una", "Vedran");
        var sanela = await World.As(World.Sanela);
        await (await sanela.GetAsync($"/waitlist/for?client={cast[1].ClientId}")).Form("Save").Fill("Kinds", town.Kind.ToString()).Fill("Times", WeekTimes.Field(day.AddHours(12).DayOfWeek, PartOfDay.Morning).ToString(System.Globalization.CultureInfo.InvariantCulture)).SubmitAsync();
        await town.WishAsync(cast[2], waitsDays: 0);
        var asked = await sanela.GetAsync($"/waitlist?who={World.Lejla.UserId}&day={day.AddHours(12):yyyy-MM-dd}&time=10:00");
        Assert.Equal(["Una", "Vedran"], asked.FindAll("#next ~ div ol a").Select(a => a.TextContent));

        await town.FreedAsync(cast[0], day.AddHours(10));
        var offer = await town.OpenOfferAsync(cast[1]);
        var list = await sanela.GetAsync($"/waitlist?who={World.Lejla.UserId}");
        Assert.True(list.Says("then Vedran"), list.Text);
        await list.Form("Take back").SubmitAsync();
        await town.RunAsync();
        Assert.Equal("Withdrawn Open", await town.StatesAsync(day.AddHours(10)));
        Assert.True((await World.Stranger().GetAsync(town.LinkOf(offer))).Says("This time is gone"));
    }

    [Fact]
    public async Task What_is_not_ones_own_leads_nowhere()
    {
        var (day, cast) = await town.DayAsync("Xenia", "Yasin", "Zlata");
        await town.WishAsync(cast[1]);
        await town.FreedAsync(cast[0], day.AddHours(10));
        var offer = await town.OpenOfferAsync(cast[1]);
        Assert.Equal(HttpStatusCode.NotFound, (await (await World.As(cast[2])).GetAsync($"/me/waitlist/{offer.Id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await World.As(World.Aino)).GetAsync($"/me/waitlist/{offer.Id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await World.As(World.Damir)).GetAsync($"/waitlist/for?client={cast[1].ClientId}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await World.As(World.Damir)).GetAsync($"/waitlist?who={World.Lejla.UserId}")).Status);
        Assert.False((await (await World.As(World.Damir)).GetAsync("/waitlist")).Says("Yasin"));
        foreach (var token in new[] { town.LinkOf(offer, client: cast[2].ClientId), town.LinkOf(offer, purpose: PlanReminders.LinkPurpose), "/w/nonsense" })
            Assert.Equal(HttpStatusCode.NotFound, (await World.Stranger().GetAsync(token)).Status);
    }

    [Fact]
    public async Task One_offer_a_slot_and_one_a_client_say_the_constraints()
    {
        var (day, cast) = await town.DayAsync("Adi", "Bela");
        await town.WishAsync(cast[1]);
        await town.FreedAsync(cast[0], day.AddHours(10));
        var offer = await town.OpenOfferAsync(cast[1]);
        string Twin(string set) => $"insert into slot_offers select (jsonb_populate_record(o, {set}::jsonb || jsonb_build_object('id', gen_random_uuid()))).* from slot_offers o where id = '{offer.Id}'";
        async Task<string?> RefusedAsync(string sql) => (await Assert.ThrowsAsync<Npgsql.PostgresException>(() => World.ScalarAsync<object>(sql))).ConstraintName;
        Assert.Equal("one_offer_of_a_slot_to_a_client", await RefusedAsync(Twin("jsonb_build_object('state', 'Expired', 'appointment_id', (select id from appointments where id not in (select appointment_id from slot_offers) limit 1))")));
        Assert.Equal("one_open_offer_a_client", await RefusedAsync(Twin("jsonb_build_object('starts_at', o.starts_at + interval '1 day', 'appointment_id', (select id from appointments where id not in (select appointment_id from slot_offers) limit 1))")));
        Assert.Equal("one_open_offer_a_slot", await RefusedAsync(Twin($"jsonb_build_object('client_id', '{cast[0].ClientId}', 'appointment_id', (select id from appointments where id not in (select appointment_id from slot_offers) limit 1))")));
    }

    [Fact]
    public async Task Two_runs_make_one_offer_two_yeses_one_booking_and_who_books_besides_is_told()
    {
        var (day, cast) = await town.DayAsync("Ces", "Dea", "Eva");
        await town.WishAsync(cast[1], waitsDays: 9);
        await town.WishAsync(cast[2], waitsDays: 2);
        var session = await town.BookedAsync(cast[0], day.AddHours(10));
        await World.CancelAsync(cast[0], session);
        World.Clock.Advance(TimeSpan.FromMinutes(4));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(town.RunAsync)));
        Assert.Equal("Open", await town.StatesAsync(day.AddHours(10)));
        var offer = await town.OpenOfferAsync(cast[1]);

        var (link, visitors) = (town.LinkOf(offer), new List<Form>());
        for (var i = 0; i < 6; i++) visitors.Add((await World.Stranger().GetAsync(link)).Form("Yes, book it"));
        var answers = visitors.Select(f => f.SubmitAsync()).ToList();
        var others = Enumerable.Range(0, 4).Select(_ => town.TryBookAsync(cast[2], day.AddHours(10))).ToList();
        Assert.All(await Task.WhenAll(answers), p => Assert.True(p.Says("The time is yours."), p.Text));
        Assert.All(await Task.WhenAll(others), r => Assert.Equal((BookingOutcome.Taken, true), (r.Outcome, r.Nearest.Count > 0)));
        Assert.Equal(1, await town.CountAsync("appointments where state = 'Booked' and starts_at = '{0:O}'", day.AddHours(10)));
        Assert.Equal("Accepted", await town.StatesAsync(day.AddHours(10)));
    }

    [Fact]
    public async Task An_old_link_and_a_new_one_pressed_at_once_have_one_winner()
    {
        var (day, cast) = await town.DayAsync("Fata", "Gea", "Hari");
        await town.WishAsync(cast[1], waitsDays: 9);
        await town.WishAsync(cast[2], waitsDays: 2);
        await town.FreedAsync(cast[0], day.AddHours(10));
        var first = await town.OpenOfferAsync(cast[1]);
        var old = (await World.Stranger().GetAsync(town.LinkOf(first))).Form("Yes, book it");
        World.Clock.Set(first.ExpiresAt.AddSeconds(1));
        await town.RunAsync();
        var fresh = (await World.Stranger().GetAsync(town.LinkOf(await town.OpenOfferAsync(cast[2])))).Form("Yes, book it");

        var answers = await Task.WhenAll(old.SubmitAsync(), fresh.SubmitAsync());
        Assert.True(answers[0].Says("This time is gone") && answers[0].Says("Free near it"), answers[0].Text);
        Assert.True(answers[1].Says("The time is yours."), answers[1].Text);
        Assert.Equal(1, await town.CountAsync("appointments where state = 'Booked' and starts_at = '{0:O}'", day.AddHours(10)));
    }

    private Task<bool> IsFreeAsync(Person client, DateTime start) => World.DoAsync(client, async services =>
    {
        var db = services.GetRequiredService<PracticeDb>();
        var kind = await db.SessionKinds.SingleAsync(k => k.Id == town.Kind);
        return await services.GetRequiredService<OfferedSlots>().AtAsync(new SlotWish(World.Lejla.UserId, kind, [client.ClientId]), start, MeetingPlace.Online, CancellationToken.None) is not null;
    });

    [Theory, InlineData(true), InlineData(false)]
    public async Task What_is_offered_is_not_to_be_had_once_the_psychologist_is_away_then(bool byAbsence)
    {
        var (day, cast) = await town.DayAsync($"Xena{byAbsence}", $"Yara{byAbsence}");
        await town.WishAsync(cast[1]);
        await town.FreedAsync(cast[0], day.AddHours(10));
        var offer = await town.OpenOfferAsync(cast[1]);
        var date = DateOnly.FromDateTime(day.AddHours(10));
        if (byAbsence)
        {
            Assert.Equal(AbsenceOutcome.Done, await World.DoAsync(World.Lejla, s => s.GetRequiredService<TakeAbsence>().RunAsync(World.Lejla.UserId, new AbsenceTime(date, date), Slots.Sarajevo, [], "Illness", Actor.Staff(World.Lejla.UserId), CancellationToken.None)));
            Assert.Equal("Withdrawn", await town.StatesAsync(day.AddHours(10)));
        }
        else await World.InDbAsync(World.Lejla, db => { db.Add(HoursException.DaysOff(World.Lipa.Id, World.Lejla.UserId, date, date)); return Task.CompletedTask; });

        var answer = await World.DoAsync(cast[1], s => s.GetRequiredService<AnswerOffer>().AcceptAsync(offer.Id, Actor.Client(cast[1].ClientId, cast[1].UserId), null, CancellationToken.None));
        Assert.Equal(BookingOutcome.Taken, answer.Outcome);
        Assert.Equal(0, await town.CountAsync("appointments where state = 'Booked' and starts_at = '{0:O}'", day.AddHours(10)));
        await World.InDbAsync(World.Lejla, db => db.HoursExceptions.Where(x => x.First == date).ExecuteDeleteAsync());
    }
}

/// <summary>One world for all tests of the waitlist: Lejla works every day, a kind without agreement, and clients made as they are needed.</summary>
public sealed class WaitlistWorld(Database database) : IAsyncLifetime
{
    private static readonly TimeOnly s_morning = new(9, 0);
    private int _days;

    public World World { get; private set; } = null!;
    public Guid Kind { get; private set; }

    public async ValueTask InitializeAsync()
    {
        World = await World.StartAsync(database);
        await World.OpenHoursAsync(World.Lejla, to: "18:00", weekend: true);
        Kind = await World.InDbAsync(World.Lejla, db =>
        {
            var kind = new SessionKind(World.Lipa.Id, new LocalizedName { En = "Open session", Ru = "О", Bs = "O", Fi = "O" }, 50, 10, 80, "BAM", WhoMayBook.OwnClients, false, 9);
            db.Add(kind);
            return Task.FromResult(kind.Id);
        });
    }

    public ValueTask DisposeAsync() => World.DisposeAsync();

    /// <summary>It is 9:00, some days on; nobody waits any more. The day that comes back begins two days later at midnight in Sarajevo, in UTC.</summary>
    public async Task<(DateTime Day, IReadOnlyList<Person> Cast)> DayAsync(params string[] names)
    {
        await World.ScalarAsync<object>($"update waitlist_wishes set ended_at = now() where ended_at is null; update slot_offers set state = 'Withdrawn' where state = 'Open'; delete from occupancies; delete from freed_times; update appointments set state = 'TakenBack' where state = 'Offered'; update appointments set final_at = 'infinity'; update notices set state = 'Withdrawn' where state = 'Due'");
        var today = new DateOnly(2026, 3, 20).AddDays(++_days * 5);
        World.Clock.Set(LocalTime.ToUtc(today.ToDateTime(s_morning), Slots.Sarajevo));
        var cast = await World.DoAsync(World.Lejla, async services =>
        {
            var (db, vault, people) = (services.GetRequiredService<PracticeDb>(), services.GetRequiredService<Vault>(), new List<Person>());
            foreach (var name in names)
            {
                var email = $"{name}@example.org";
                var user = new PracticeApp.Accounts.AppUser { Email = email, NormalizedEmail = email.ToUpperInvariant(), UserName = email, NormalizedUserName = email.ToUpperInvariant(), SecurityStamp = name };
                var key = await vault.NewKeyAsync();
                var client = new Client(World.Lipa.Id, name, name, email, null, new ContactRules { Mail = true }, "en", "Europe/Sarajevo", "BA", key.OwnerId, World.Clock.Now);
                client.OpenPortal(user.Id);
                var engagement = new Engagement(World.Lipa.Id, EngagementKind.Individual, World.Lejla.UserId, key.OwnerId, World.Clock.Now);
                engagement.Join(client.Id);
                db.AddRange(user, client, engagement, new Membership(World.Lipa.Id, user.Id, name, email, [Role.Client], "en", "Europe/Sarajevo", World.Clock.Now));
                people.Add(new Person(name, email, user.Id, World.Lipa.Id, [Role.Client], client.Id, engagement.Id, key.OwnerId, World.Lejla.UserId));
            }
            return people;
        });
        return (LocalTime.ToUtc(today.AddDays(5).ToDateTime(default), Slots.Sarajevo), cast);
    }

    /// <summary>Any time, whoever it is, a day before.</summary>
    public Task WishAsync(Person client, int waitsDays = 1) => World.InDbAsync(World.Lejla, db =>
    {
        var wish = new WaitlistWish(World.Lipa.Id, client.ClientId, World.Clock.Now.AddDays(-waitsDays));
        wish.Want(World.Lejla.UserId, [Kind], null, WeekTimes.All, DateOnly.FromDateTime(World.Clock.Now).AddDays(60), 24);
        db.Add(wish);
        return Task.CompletedTask;
    });

    public Task<BookingResult> TryBookAsync(Person client, DateTime start) => World.DoAsync(client, async services =>
    {
        var db = services.GetRequiredService<PracticeDb>();
        var engagement = await db.EngagementsAsParty().Include(e => e.Parties).SingleAsync(e => e.Id == client.EngagementId);
        return await services.GetRequiredService<BookSession>().ConfirmAsync(engagement, await db.SessionKinds.SingleAsync(k => k.Id == Kind), client.ClientId, start, MeetingPlace.Online, 80, CancellationToken.None);
    });

    /// <summary>Staff give a client of Lejla's a place in a group's date.</summary>
    public Task<BookingResult> TryJoinAsync(Person staff, Guid meeting, Person client) => World.DoAsync(staff, services =>
        services.GetRequiredService<GroupActs>().JoinAsync(meeting, client.EngagementId, client.ClientId, Actor.Staff(staff.UserId), CancellationToken.None));

    public async Task<Guid> BookedAsync(Person client, DateTime start)
    {
        var result = await TryBookAsync(client, start);
        Assert.True(result.IsDone, result.Outcome.ToString());
        return result.AppointmentId;
    }

    /// <summary>Somebody had booked this time and cancelled; it is final and offered.</summary>
    public async Task FreedAsync(Person client, DateTime start)
    {
        await World.CancelAsync(client, await BookedAsync(client, start));
        World.Clock.Advance(TimeSpan.FromMinutes(4));
        await RunAsync();
    }

    public Task RunAsync() => World.Services.GetRequiredService<OfferFreedTime>().RunAsync(CancellationToken.None);

    public Task<SlotOffer> OpenOfferAsync(Person client) => World.InDbAsync(World.Lejla, db => db.SlotOffers.AsNoTracking().SingleAsync(o => o.ClientId == client.ClientId && o.State == OfferState.Open));

    public string LinkOf(SlotOffer offer, Guid? client = null, string purpose = TellOfOffer.LinkPurpose) =>
        "/w/" + World.Services.GetRequiredService<LinkTokens>().Make(purpose, offer.PracticeId, offer.Id, client ?? offer.ClientId, offer.StartsAt.AddMinutes(50));

    /// <summary>The states of all offers of this time, in the order they were made.</summary>
    public async Task<string> StatesAsync(DateTime start) => await World.ScalarAsync<string>($"select coalesce(string_agg(state, ' ' order by offered_at, state desc), '') from slot_offers where starts_at = '{start:O}'") ?? "";

    public Task<long> CountAsync(string from, params object[] values) => World.ScalarAsync<long>("select count(*) from " + string.Format(System.Globalization.CultureInfo.InvariantCulture, from, values));
}
