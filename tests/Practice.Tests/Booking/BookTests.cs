using System.Net;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;
using PracticeApp.Tests.Agreements;
using PracticeApp.Booking;
using static PracticeApp.Tests.Booking.BookingWorld;

namespace PracticeApp.Tests.Booking;

/// <summary>A client books, moves, cancels and takes back through the pages, without script.</summary>
public sealed class BookTests(Database database) : IAsyncLifetime
{
    private World world = null!;

    public async ValueTask InitializeAsync() => world = await ReadyAsync(database);

    public ValueTask DisposeAsync() => world.DisposeAsync();

    private static string Slot(string time) => new SlotValue(Tuesday(time), MeetingPlace.Online).ToString();

    private async Task<Page> BookedAsync(Visitor emina, string time = "10:00")
    {
        var free = await emina.GetAsync("/book");
        var confirm = await free.Form($"button[value='{Slot(time)}']").SubmitAsync();
        return await confirm.SubmitAsync("Book, 80 KM");
    }

    [Fact]
    public async Task Kinds_and_prices_come_first_then_free_hours_by_day()
    {
        var page = await (await world.As(world.Emina)).GetAsync("/book");
        Assert.Equal("Book a session", page.Heading);
        Assert.True(page.Says("Individual session") && page.Says("80 KM") && page.Says("First talk") && page.Says("with Lejla Hadžić"), page.Text);
        Assert.Contains("Tuesday 17 March, 10:00, online", page.FindAll("button.slot").Select(b => b.GetAttribute("aria-label")));
        Assert.False(page.Says("Couple"), "a couple's session is not for one");
    }

    [Fact]
    public async Task Three_taps_book_a_session()
    {
        var emina = await world.As(world.Emina);
        var confirm = await (await emina.GetAsync("/book")).Form($"button[value='{Slot("10:00")}']").SubmitAsync();
        Assert.True(confirm.Says("Tuesday 17 March, 10:00–10:50") && confirm.Says("80 KM after the session"), confirm.Text);
        Assert.True(confirm.Says("Kept for you until 10:10"), confirm.Text);

        var done = await confirm.SubmitAsync("Book, 80 KM");
        Assert.Equal("/me/sessions", done.Path);
        Assert.True(done.Says("Booked for Tuesday 17 March, 10:00.") && done.Says("Take it back"), done.Text);
        Assert.Equal("Booked", await world.ScalarAsync<string>("select state from appointments"));
    }

    [Fact]
    public async Task What_cancelling_costs_stands_beside_the_button_with_its_clause()
    {
        var emina = await world.As(world.Emina);
        var thursday = new SlotValue(Slots.Local("2026-03-19 10:00"), MeetingPlace.Online);
        var confirm = await (await emina.GetAsync("/book")).Form($"button[value='{thursday}']").SubmitAsync();
        Assert.True(confirm.Says("Free until Wednesday 18 March, 10:00, then 40 KM. (clause 5, version 1)"), confirm.Text);
        Assert.True(confirm.Says("One late cancellation in 365 days is free"), confirm.Text);
        Assert.StartsWith("/agreements/", confirm.Link("clause 5, version 1").GetAttribute("href"));
    }

    [Fact]
    public async Task Where_no_agreement_is_signed_the_page_says_so_and_leads_to_it()
    {
        await world.OpenHoursAsync(world.Damir);
        var tarik = await world.As(world.Tarik);
        var nothing = await tarik.GetAsync($"/book?kind={world.Lipa.Individual}");
        Assert.True(nothing.Says("there is none yet") && nothing.FindAll("button.slot").Count == 0, nothing.Text);

        var id = await world.WaitingAgreementAsync(world.Tarik, Terms.Default(80, "BAM"));
        var waiting = await tarik.GetAsync($"/book?kind={world.Lipa.Individual}");
        Assert.True(waiting.Says("needs the signed agreement") && waiting.Says("Clause 4"), waiting.Text);
        Assert.Equal($"/agreements/{id}", waiting.Link("Read the agreement").GetAttribute("href"));
        Assert.NotEmpty((await tarik.GetAsync($"/book?kind={world.Lipa.FirstTalk}")).FindAll("button.slot"));
    }

    [Fact]
    public async Task A_time_that_was_just_taken_is_said_kindly_with_the_nearest_free_hours()
    {
        var emina = await world.As(world.Emina);
        var free = await emina.GetAsync("/book");
        await world.InDbAsync(world.Lejla, db => { db.Add(HoursException.TimeOff(world.Lipa.Id, world.Lejla.UserId, Slots.D("2026-03-17"), Slots.T("10:00"), Slots.T("11:00"))); return Task.CompletedTask; });
        var page = await free.Form($"button[value='{Slot("10:00")}']").SubmitAsync();
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.True(page.Says("Tuesday 17 March, 10:00 was just taken.") && page.Says("The nearest free hours:"), page.Text);
        var instead = await page.Form("Tuesday 17 March, 11:00").SubmitAsync();
        Assert.True(instead.Says("11:00–11:50"), instead.Text);
    }

    [Fact]
    public async Task One_tap_takes_a_booking_back_and_no_mail_goes_out()
    {
        var emina = await world.As(world.Emina);
        var back = await (await BookedAsync(emina)).SubmitAsync("Take it back");
        Assert.True(back.Says("Everything is as it was before."), back.Text);
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Empty(await world.DeliverAsync());
        Assert.Contains((await emina.GetAsync("/book")).FindAll("button.slot"), b => b.GetAttribute("value") == Slot("10:00"));
    }

    [Fact]
    public async Task When_it_is_final_the_client_and_the_psychologist_are_told_without_names_or_kinds()
    {
        await BookedAsync(await world.As(world.Emina));
        world.Clock.Advance(TimeSpan.FromMinutes(3));
        var mails = await world.DeliverAsync();
        var told = Assert.Single(mails, m => m.To == world.Emina.Email);
        Assert.Contains("Tuesday 17 March, 10:00", told.Text, StringComparison.Ordinal);
        Assert.StartsWith("/a/", Mailbox.Link(told));
        var psychologist = Assert.Single(mails, m => m.To == world.Lejla.Email);
        Assert.DoesNotContain("Emina", psychologist.Text + psychologist.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain("ndividual", told.Text + told.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Moving_says_its_price_first_and_can_be_taken_back()
    {
        var emina = await world.As(world.Emina);
        var move = await (await BookedAsync(emina)).FollowAsync("Move");
        Assert.True(move.Says("Moving it now costs") || move.Says("Moving"), move.Text);
        var chosen = await move.Form($"button[value='{Slot("12:00")}']").SubmitAsync();
        Assert.True(chosen.Says("Tuesday 17 March, 10:00–10:50") && chosen.Says("Tuesday 17 March, 12:00–12:50"), chosen.Text);
        var done = await chosen.Form("button.btn-act").SubmitAsync();
        Assert.True(done.Says("Moved to Tuesday 17 March, 12:00."), done.Text);
        Assert.True(done.Says("You moved it from Tuesday 17 March, 10:00 to Tuesday 17 March, 12:00"), done.Text);
        var back = await done.SubmitAsync("Take it back");
        Assert.True(back.Says("10:00–10:50") && !back.Says("12:00–12:50"), back.Text);
    }

    [Fact]
    public async Task Cancelling_late_names_price_and_clause_before_the_tap()
    {
        await world.AgreeAsync(world.Emina, Terms.Default(80, "BAM") with { FreePasses = null });
        var emina = await world.As(world.Emina);
        await BookedAsync(emina);
        world.Clock.Set(Tuesday("8:00"));
        var cancel = await (await (await world.As(world.Emina)).GetAsync("/me/sessions")).FollowAsync("Cancel");
        Assert.True(cancel.Says("40 KM") && cancel.Says("clause 5"), cancel.Text);
        var done = await cancel.SubmitAsync("Cancel, 40 KM", ("Because", "illness"));
        Assert.True(done.Says("Cancelled: Tuesday 17 March, 10:00."), done.Text);
        Assert.Equal("illness", await world.ScalarAsync<string>("select cancel_reason from appointments"));
    }

    [Fact]
    public async Task Times_are_shown_by_the_readers_clock()
    {
        await world.InDbAsync(world.Emina, async db => (await db.Memberships.SingleAsync(m => m.UserId == world.Emina.UserId)).Prefer("en", "America/New_York"));
        var page = await (await world.As(world.Emina)).GetAsync("/book");
        Assert.Contains("Tuesday 17 March, 5:00, online", page.FindAll("button.slot").Select(b => b.GetAttribute("aria-label")));
        Assert.True(page.Says("For Lejla Hadžić it is now 10:00, for you 5:00."), page.Text);
    }
}
