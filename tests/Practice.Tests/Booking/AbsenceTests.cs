using System.Net;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Booking;
using PracticeApp.Clients;

namespace PracticeApp.Tests.Booking;

/// <summary>A psychologist is away; every test has a week of its own.</summary>
public sealed class AbsenceTests(AbsenceTests.AtWork work) : IClassFixture<AbsenceTests.AtWork>
{
    public sealed class AtWork(Database database) : IAsyncLifetime
    {
        public World World { get; private set; } = null!;

        public async ValueTask InitializeAsync() => World = await BookingWorld.ReadyAsync(database);

        public ValueTask DisposeAsync() => World.DisposeAsync();
    }

    private readonly World world = work.World;

    private async Task<Guid> BookedAsync(string local)
    {
        var result = await world.ConfirmAsync(world.Emina, Slots.Local(local));
        Assert.True(result.IsDone, result.Outcome.ToString());
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        await world.DeliverAsync();
        return result.AppointmentId;
    }

    private static async Task<Page> PreviewAsync(Visitor who, string first, string last = "", string from = "", string to = "") =>
        await (await who.GetAsync("/hours/absence")).SubmitAsync("Show what that cancels", ("First", first), ("Last", last), ("From", from), ("To", to), ("Reason", "Illness"));

    private Task<string?> StatesAsync(string day) => world.ScalarAsync<string>($"select string_agg(state, ' ' order by starts_at) from appointments where starts_at::date = '{day}'");

    private Task<long> OffAsync(string day) => world.ScalarAsync<long>($"select count(*) from hours_exceptions where first <= '{day}' and last >= '{day}'");

    [Fact]
    public async Task What_it_cancels_is_shown_first_then_each_client_is_told_once_with_times_that_can_be_booked()
    {
        await BookedAsync("2026-03-24 10:00");
        await BookedAsync("2026-03-25 11:00");
        var lejla = await world.As(world.Lejla);
        var preview = await PreviewAsync(lejla, "2026-03-24", "2026-03-25");
        Assert.True(preview.Says("This cancels 2 sessions") && preview.Says("Emina Hodžić") && preview.Says("If you cancel:"), preview.Text);
        Assert.Equal(("Booked", 0L), (await StatesAsync("2026-03-24"), await OffAsync("2026-03-24")));

        var confirm = preview.Form("Be away and cancel 2 sessions");
        var done = await confirm.SubmitAsync();
        Assert.True(done.Says("The absence is noted") && done.Says("2 sessions were cancelled") && !done.Says("Please ring"), done.Text);
        Assert.Equal(("Cancelled", "Cancelled", 1L), (await StatesAsync("2026-03-24"), await StatesAsync("2026-03-25"), await OffAsync("2026-03-25")));

        var mail = Assert.Single(await world.DeliverAsync(), m => m.To == world.Emina.Email);
        var links = mail.Text.Split('\n').Where(l => l.Contains("/book/confirm", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, links.Count);
        Assert.Contains("24 March", mail.Text, StringComparison.Ordinal);
        Assert.Contains("25 March", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Illness", mail.Text, StringComparison.Ordinal);
        var offer = await (await world.As(world.Emina)).GetAsync(new Uri(links[0].Trim()).PathAndQuery);
        Assert.Equal(HttpStatusCode.OK, offer.Status);

        var again = await confirm.SubmitAsync();
        Assert.True(again.Says("2 sessions were cancelled"), again.Text);
        Assert.Equal((1L, 0), (await OffAsync("2026-03-24"), (await world.DeliverAsync()).Count));
    }

    [Fact]
    public async Task What_was_booked_meanwhile_is_not_cancelled_unseen()
    {
        await BookedAsync("2026-03-31 10:00");
        var preview = await PreviewAsync(await world.As(world.Lejla), "2026-03-31");
        await BookedAsync("2026-03-31 12:00");
        var again = await preview.SubmitAsync("Be away and cancel 1 session");
        Assert.True(again.Says("Something changed meanwhile") && again.Says("This cancels 2 sessions"), again.Text);
        Assert.Equal(("Booked Booked", 0L), (await StatesAsync("2026-03-31"), await OffAsync("2026-03-31")));
    }

    [Fact]
    public async Task Who_cannot_be_mailed_is_listed_for_a_call()
    {
        await BookedAsync("2026-04-07 10:00");
        await ContactAsync(new ContactRules { Mail = false, Call = true, When = "after five" });
        try
        {
            var preview = await PreviewAsync(await world.As(world.Lejla), "2026-04-07");
            Assert.True(preview.Says("no mail: please ring"), preview.Text);
            var done = await preview.SubmitAsync("Be away and cancel 1 session");
            Assert.True(done.Says("Please ring") && done.Says("+387 61 234 567") && done.Says("after five"), done.Text);
            Assert.Empty(await world.DeliverAsync());
        }
        finally
        {
            await ContactAsync(new ContactRules { Mail = true });
        }
    }

    private Task ContactAsync(ContactRules rules) => world.InDbAsync(world.Lejla, async db =>
    {
        var client = await db.Clients.SingleAsync(c => c.Id == world.Emina.ClientId);
        client.ReachAt(client.Email, client.Phone, rules);
    });

    [Fact]
    public async Task Part_of_a_day_leaves_the_rest()
    {
        await BookedAsync("2026-04-14 10:00");
        await BookedAsync("2026-04-14 15:00");
        var preview = await PreviewAsync(await world.As(world.Lejla), "2026-04-14", "", "09:00", "12:00");
        var done = await preview.SubmitAsync("Be away and cancel 1 session");
        Assert.True(done.Says("9:00–12:00"), done.Text);
        Assert.Equal("Cancelled Booked", await StatesAsync("2026-04-14"));
        await world.DeliverAsync();
    }

    [Fact]
    public async Task Pressed_ten_times_at_once_it_is_done_once()
    {
        await BookedAsync("2026-04-21 10:00");
        var preview = await PreviewAsync(await world.As(world.Lejla), "2026-04-21");
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => preview.Form("Be away and cancel 1 session").SubmitAsync(follow: false)));
        Assert.Equal(("Cancelled", 1L), (await StatesAsync("2026-04-21"), await OffAsync("2026-04-21")));
        Assert.Single(await world.DeliverAsync());
    }

    [Theory]
    [InlineData("2020-01-01", "", "", "", "This is past.")]
    [InlineData("2026-04-28", "2026-04-27", "", "", "The last day lies before the first.")]
    [InlineData("2026-04-28", "", "10:00", "", "Please give both times, or neither.")]
    [InlineData("2026-04-28", "2026-04-29", "10:00", "11:00", "Times are for part of one day.")]
    public async Task Half_an_absence_is_none(string first, string last, string from, string to, string message)
    {
        var page = await PreviewAsync(await world.As(world.Lejla), first, last, from, to);
        Assert.True(page.Says(message) && !page.Says("This cancels"), page.Text);
    }

    [Fact]
    public async Task Whose_absence_somebody_else_enters_is_told_once()
    {
        await BookedAsync("2026-04-09 10:00");
        var preview = await (await (await world.As(world.Azra)).GetAsync($"/hours/absence?who={world.Lejla.UserId}"))
            .SubmitAsync("Show what that cancels", ("First", "2026-04-09"), ("Last", "2026-04-10"), ("From", ""), ("To", ""), ("Reason", "Illness"));
        var confirm = preview.Form("Be away and cancel 1 session");
        await confirm.SubmitAsync();
        await confirm.SubmitAsync();
        var mail = Assert.Single(await world.DeliverAsync(), m => m.To == world.Lejla.Email);
        Assert.Contains("Your absence was entered: Thursday, 9 April 2026 – Friday, 10 April 2026. Sessions that were cancelled for it: 1.", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Emina", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_psychologist_and_an_admin_may()
    {
        var path = $"/hours/absence?who={world.Lejla.UserId}";
        foreach (var one in new[] { world.Damir, world.Sanela, world.Nora, world.Mikko }) Assert.Equal(HttpStatusCode.NotFound, (await (await world.As(one)).GetAsync(path)).Status);
        Assert.Equal(HttpStatusCode.OK, (await (await world.As(world.Azra)).GetAsync(path)).Status);
    }

    [Fact]
    public async Task Who_was_promised_to_hear_of_it_earlier_is_named_with_the_clause()
    {
        await BookedAsync("2026-03-26 10:00");
        await BookedAsync("2026-05-07 10:00");
        var soon = await PreviewAsync(await world.As(world.Lejla), "2026-03-26");
        Assert.True(soon.Says("Agreed: told 14 days ahead (clause 7)."), soon.Text);
        var later = await PreviewAsync(await world.As(world.Lejla), "2026-05-07");
        Assert.True(later.Says("This cancels 1 session") && !later.Says("Agreed:"), later.Text);
    }
}
