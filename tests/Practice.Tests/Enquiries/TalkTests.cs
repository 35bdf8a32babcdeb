using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Booking;
using PracticeApp.Practices;
using PracticeApp.Tests.Booking;

namespace PracticeApp.Tests.Enquiries;

/// <summary>A first talk, booked from the public page: "/p/{slug}/talk", "/p/{slug}/talk/hold", "/p/{slug}/talk/sent", "/talk/{token}".</summary>
public sealed class TalkTests(Database database) : IAsyncLifetime
{
    private World _world = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await World.StartAsync(database);
        await _world.OpenHoursAsync(_world.Lejla);
        await _world.InDbAsync(_world.Azra, async db => (await db.Practices.SingleAsync()).Decide(new PracticePolicy { PublicFirstTalks = true }));
    }

    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    private static async Task<Page> HourAsync(Visitor stranger, string at = "2026-03-17T09:00Z") =>
        await stranger.GetAsync((await stranger.GetAsync("/p/lipa/talk")).Find($"a.slot[href*='slot={at.Replace(":", "%3A", StringComparison.Ordinal)}']")!.GetAttribute("href")!);

    private Form Filled(Page page, string mail, string? words = null, bool slow = true)
    {
        var form = page.Form("#form").Fill("CalledName", "Mira").Fill("Email", mail).Fill("How", "Mail").Fill("Consent", "true").Fill("Portal", "true");
        if (words is not null) form.Fill("Words", words);
        if (slow) _world.Clock.Advance(TimeSpan.FromSeconds(30));
        return form;
    }

    private async Task<string> LinkAsync(string mail)
    {
        var sent = (await _world.DeliverAsync()).Last(m => m.To == mail);
        var body = sent.Text;
        return new Uri(body.Split((char[]?)null).First(w => w.Contains("/talk/", StringComparison.Ordinal))).PathAndQuery;
    }

    [Fact]
    public async Task A_stranger_books_a_first_talk_by_the_link_and_becomes_a_client_with_what_was_written()
    {
        using var stranger = _world.Stranger();
        var choose = await stranger.GetAsync("/p/lipa/talk");
        Assert.True(choose.Says("First talk") && choose.Says("free"), choose.Text);
        Assert.NotNull(choose.Find("a[data-quick-exit]"));
        var form = Filled(await HourAsync(stranger), "mira@example.org", "We quarrel about nothing.");
        var sent = await form.SubmitAsync();
        Assert.StartsWith("/p/lipa/talk/sent/", sent.Path, StringComparison.Ordinal);
        await form.SubmitAsync();
        Assert.Equal(1L, await _world.ScalarAsync<long>("select count(*) from talk_holds"));
        Assert.Equal(0L, await _world.ScalarAsync<long>("select count(*) from clients where email = 'mira@example.org'"));
        // Nobody else gets the hour meanwhile: not a client, not the desk.
        Assert.Equal(BookingOutcome.Taken, (await _world.HoldAsync(_world.Emina, BookingWorld.Tuesday("10:00"))).Outcome is BookingOutcome.NeedsAgreement ? BookingOutcome.Taken : BookingOutcome.Done);
        Assert.Null((await stranger.GetAsync("/p/lipa/talk")).Find("a.slot[href*='slot=2026-03-17T09%3A00Z']"));

        var link = await LinkAsync("mira@example.org");
        var page = await stranger.GetAsync(link);
        Assert.True(page.Says("Shall we book it, Mira?"), page.Text);
        await stranger.GetAsync(link);
        Assert.Equal(0L, await _world.ScalarAsync<long>("select count(*) from appointments"));
        var yes = page.Form("Yes, book this hour");
        var booked = await yes.SubmitAsync();
        Assert.True(booked.Says("It is booked.") && booked.Says("Open your own space"), booked.Text);
        await yes.SubmitAsync();
        Assert.Equal(1L, await _world.ScalarAsync<long>("select count(*) from appointments where state = 'Booked' and starts_at = '2026-03-17 09:00Z'"));
        Assert.Equal(1L, await _world.ScalarAsync<long>("select count(*) from clients where email = 'mira@example.org'"));
        Assert.Equal(1L, await _world.ScalarAsync<long>("select count(*) from invitations i join clients c on c.id = i.client_id where c.email = 'mira@example.org'"));
        var client = await _world.ScalarAsync<Guid>("select id from clients where email = 'mira@example.org'");
        using var lejla = await _world.As(_world.Lejla);
        Assert.True((await lejla.GetAsync($"/clients/{client}")).Says("We quarrel about nothing."));
        using var damir = await _world.As(_world.Damir);
        Assert.Equal(HttpStatusCode.NotFound, (await damir.GetAsync($"/clients/{client}")).Status);
    }

    [Fact]
    public async Task A_held_hour_is_kept_from_everybody_and_free_again_when_nobody_answers()
    {
        await _world.SignedAsync(_world.Emina);
        using var stranger = _world.Stranger();
        await Filled(await HourAsync(stranger), "held@example.org").SubmitAsync();
        Assert.Equal(BookingOutcome.Taken, (await _world.HoldAsync(_world.Emina, BookingWorld.Tuesday("10:00"))).Outcome);
        // Past the offer: the database refuses too.
        await Assert.ThrowsAsync<DbUpdateException>(() => _world.BookAsync(_world.Emina, BookingWorld.Tuesday("10:00")));
        var link = await LinkAsync("held@example.org");
        _world.Clock.Advance(TimeSpan.FromMinutes(21));
        Assert.Equal(BookingOutcome.Done, (await _world.ConfirmAsync(_world.Emina, BookingWorld.Tuesday("10:00"))).Outcome);
        var late = await stranger.GetAsync(link);
        Assert.True(late.Says("Which hour suits you, Mira?") && !late.Says("It is still free"), late.Text);
        var booked = await late.Form("button[value*='2026-03-17T10:00Z']").SubmitAsync();
        Assert.True(booked.Says("It is booked."), booked.Text);
    }

    [Fact]
    public async Task Nothing_tells_whether_an_address_is_known_but_the_mail()
    {
        await _world.InDbAsync(_world.Lejla, async db =>
        {
            var emina = await db.Clients.SingleAsync(c => c.Id == _world.Emina.ClientId);
            emina.ReachAt("Known@Example.org", null, emina.Contact);
        });
        using var stranger = _world.Stranger();
        var unknown = await Filled(await HourAsync(stranger), "unknown@example.org").SubmitAsync();
        var known = await Filled(await HourAsync(stranger, "2026-03-17T11:00Z"), "known@example.org").SubmitAsync();
        Assert.Equal(unknown.Text.Replace("10:00", "", StringComparison.Ordinal), known.Text.Replace("12:00", "", StringComparison.Ordinal).Replace("10:21", "10:20", StringComparison.Ordinal), ignoreCase: true);
        var mails = await _world.DeliverAsync();
        Assert.Contains(mails, m => m.To == "unknown@example.org" && m.Text.Contains("/talk/", StringComparison.Ordinal));
        Assert.Contains(mails, m => m.To == "known@example.org" && m.Text.Contains("/book", StringComparison.Ordinal) && !m.Text.Contains("/talk/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Danger_shows_the_lines_first_goes_to_the_board_and_the_talk_is_booked_all_the_same()
    {
        using var stranger = _world.Stranger();
        var sent = await Filled(await HourAsync(stranger), "danger@example.org", "I want to kill myself.", slow: false).SubmitAsync();
        Assert.NotNull(sent.Find("[data-danger]"));
        Assert.StartsWith("/p/lipa/talk/sent/", sent.Path, StringComparison.Ordinal);
        Assert.Equal(1L, await _world.ScalarAsync<long>("select count(*) from safety_flags where closed_at is null and enquiry_id is not null"));
        var booked = await (await stranger.GetAsync(await LinkAsync("danger@example.org"))).Form("Yes, book this hour").SubmitAsync();
        Assert.True(booked.Says("It is booked."), booked.Text);
        Assert.Equal(1L, await _world.ScalarAsync<long>("select count(*) from safety_flags where client_id is not null and engagement_id is not null"));
        Assert.Equal("Accepted", await _world.ScalarAsync<string>("select state from enquiries"));
    }

    [Fact]
    public async Task Words_of_grief_are_met_gently_and_flagged_when_the_talk_is_booked()
    {
        using var stranger = _world.Stranger();
        var sent = await Filled(await HourAsync(stranger), "grief@example.org", "My mother died last week and I want to cry less.").SubmitAsync();
        Assert.NotNull(sent.Find("[data-danger]"));
        Assert.Equal(0L, await _world.ScalarAsync<long>("select count(*) from enquiries"));
        await (await stranger.GetAsync(await LinkAsync("grief@example.org"))).Form("Yes, book this hour").SubmitAsync();
        Assert.Equal("Grief", await _world.ScalarAsync<string>("select f.danger from safety_flags f join clients c on c.id = f.client_id join complaints k on k.id = f.source_id where c.email = 'grief@example.org' and f.engagement_id is not null"));
    }

    [Fact]
    public async Task Danger_typed_beside_harmless_words_raises_the_flag_too()
    {
        await Desk.OpenAsync(_world);
        using var stranger = _world.Stranger();
        var form = Filled(await HourAsync(stranger), "beside@example.org", "We quarrel about nothing.", slow: false).Fill("When", "Never, I want to kill myself");
        var sent = await form.SubmitAsync();
        Assert.NotNull(sent.Find("[data-danger]"));
        Assert.Equal("Self", await _world.ScalarAsync<string>("select danger from safety_flags where closed_at is null and enquiry_id is not null"));
        Assert.Equal(1L, await _world.ScalarAsync<long>("select count(*) from notices where kind = 'enquiries.flagged'"));
        await (await stranger.GetAsync(await LinkAsync("beside@example.org"))).Form("Yes, book this hour").SubmitAsync();
        Assert.Equal(1L, await _world.ScalarAsync<long>("select count(*) from safety_flags where client_id is not null"));
    }

    [Fact]
    public async Task Nobody_blocks_the_calendar_and_what_was_typed_stays()
    {
        using var stranger = _world.Stranger();
        var hours = new[] { "2026-03-17T09:00Z", "2026-03-17T10:00Z", "2026-03-17T11:00Z", "2026-03-17T12:00Z" };
        for (var i = 0; i < 3; i++) Assert.StartsWith("/p/lipa/talk/sent/", (await Filled(await HourAsync(stranger, hours[i]), $"m{i}@example.org").SubmitAsync()).Path, StringComparison.Ordinal);
        var refused = await Filled(await HourAsync(stranger, hours[3]), "m3@example.org", "Some words").SubmitAsync();
        Assert.True(refused.Says("Several hours are being held"), refused.Text);
        Assert.Equal("Some words", refused.Form("#form").Value("Words"));
        // Who asks again with the same address lets go of the hour before.
        Assert.StartsWith("/p/lipa/talk/sent/", (await Filled(await HourAsync(stranger, hours[3]), "m2@example.org").SubmitAsync()).Path, StringComparison.Ordinal);
        Assert.Equal(3L, await _world.ScalarAsync<long>("select count(*) from talk_holds where ended_at is null"));
    }

    [Fact]
    public async Task An_hour_that_was_just_taken_offers_others_and_keeps_what_was_typed()
    {
        using var stranger = _world.Stranger();
        using var other = _world.Stranger();
        var mine = await HourAsync(stranger);
        await Filled(await HourAsync(other), "first@example.org").SubmitAsync();
        var taken = await Filled(mine, "second@example.org", "My words").SubmitAsync();
        Assert.True(taken.Says("was just taken. Everything you typed is still here."), taken.Text);
        Assert.Equal("My words", taken.Form("#form").Value("Words"));
        var sent = await taken.Form("button[name='another']").SubmitAsync();
        Assert.StartsWith("/p/lipa/talk/sent/", sent.Path, StringComparison.Ordinal);
    }

    [Theory, InlineData("/p/lipa/talk/hold"), InlineData("/p/lipa/talk?kind=01a2046a-82f0-72de-bf5b-f625141f0358"), InlineData("/p/saaristo/talk"), InlineData("/p/lipa/talk/sent/nonsense"), InlineData("/talk/nonsense")]
    public async Task What_is_not_there_is_not_found(string path)
    {
        using var stranger = _world.Stranger();
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(path)).Status);
    }

    [Fact]
    public async Task Something_missing_is_said_beside_its_field()
    {
        using var stranger = _world.Stranger();
        var page = await (await HourAsync(stranger)).Form("#form").Fill("Email", "nonsense").Fill("How", "Call").Fill("SenderName", "Familientherapie").SubmitAsync();
        Assert.Equal(5, page.Errors.Count(e => e.Length > 0));
        Assert.Equal("nonsense", page.Form("#form").Value("Email"));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task An_hour_that_is_held_is_not_booked_once_the_psychologist_is_away_then(bool byAbsence)
    {
        using var stranger = _world.Stranger();
        await Filled(await HourAsync(stranger), "mira@example.org").SubmitAsync();
        var page = await stranger.GetAsync(await LinkAsync("mira@example.org"));
        var date = new DateOnly(2026, 3, 17);
        if (byAbsence)
        {
            Assert.Equal(AbsenceOutcome.Done, await _world.DoAsync(_world.Lejla, s => s.GetRequiredService<TakeAbsence>().RunAsync(_world.Lejla.UserId, new AbsenceTime(date, date), Slots.Sarajevo, [], "Illness", Actor.Staff(_world.Lejla.UserId), CancellationToken.None)));
            Assert.Equal(0L, await _world.ScalarAsync<long>("select count(*) from talk_holds where ended_at is null"));
        }
        else await _world.InDbAsync(_world.Lejla, db => { db.Add(HoursException.DaysOff(_world.Lipa.Id, _world.Lejla.UserId, date, date)); return Task.CompletedTask; });

        await page.Form("Yes, book this hour").SubmitAsync();
        Assert.Equal(0L, await _world.ScalarAsync<long>("select count(*) from appointments"));
    }
}
