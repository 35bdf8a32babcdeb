using System.Net;
using PracticeApp.Booking;
using PracticeApp.Platform;
using PracticeApp.Tests.Platform;
using static PracticeApp.Tests.Booking.BookingWorld;

namespace PracticeApp.Tests.Booking;

/// <summary>The secret address of one's own calendar, and the file that comes with a confirmation.</summary>
public sealed class FeedTests(Database database) : IAsyncLifetime
{
    private World world = null!;

    public async ValueTask InitializeAsync() => world = await ReadyAsync(database);

    public ValueTask DisposeAsync() => world.DisposeAsync();

    private static async Task<Page> MadeAsync(Visitor visitor) => await (await visitor.GetAsync("/account/calendar")).SubmitAsync("Make an address");

    private static string Address(Page page) => new Uri(page.FindAll("#feed").Single().GetAttribute("value")!).PathAndQuery;

    private async Task<IReadOnlyList<ReadEvent>> ReadAsync(string address) => CalendarReader.Read((await world.Stranger().GetAsync(address)).Html);

    private async Task BookAsync(Visitor emina, string time = "10:00")
    {
        var slot = new SlotValue(Tuesday(time), MeetingPlace.Online).ToString();
        var confirm = await (await emina.GetAsync("/book")).Form($"button[value='{slot}']").SubmitAsync();
        await confirm.SubmitAsync("Book, 80 KM");
    }

    [Fact]
    public async Task Both_find_the_hour_in_their_own_calendars_without_names_kinds_or_places()
    {
        var (emina, lejla) = (await world.As(world.Emina), await world.As(world.Lejla));
        await BookAsync(emina);
        var (mine, hers) = (await ReadAsync(Address(await MadeAsync(emina))), await ReadAsync(Address(await MadeAsync(lejla))));

        Assert.Equal(("Appointment", Tuesday("10:00"), "CONFIRMED", 0), (mine[0].Title, mine[0].Starts.ToUniversalTime(), mine[0].Status, mine[0].Sequence));
        Assert.Equal("Session", hers[0].Title);
        Assert.Equal(mine[0].Uid, hers[0].Uid);
        Assert.Null(mine[0].Place);
    }

    [Fact]
    public async Task Moving_and_cancelling_change_the_same_event()
    {
        var emina = await world.As(world.Emina);
        await BookAsync(emina);
        var address = Address(await MadeAsync(emina));
        var before = (await ReadAsync(address))[0];

        world.Clock.Advance(TimeSpan.FromMinutes(5));
        var later = new SlotValue(Tuesday("12:00"), MeetingPlace.Online);
        var chosen = await (await (await emina.GetAsync("/me/sessions")).FollowAsync("Move")).Form($"button[value='{later}']").SubmitAsync();
        await chosen.Form("button.btn-act").SubmitAsync();
        var moved = (await ReadAsync(address))[0];
        Assert.Equal((before.Uid, 1, Tuesday("12:00"), "CONFIRMED"), (moved.Uid, moved.Sequence, moved.Starts.ToUniversalTime(), moved.Status));

        world.Clock.Advance(TimeSpan.FromMinutes(5));
        await (await (await emina.GetAsync("/me/sessions")).FollowAsync("Cancel")).Form("button.btn-stop").SubmitAsync();
        var cancelled = (await ReadAsync(address))[0];
        Assert.Equal((before.Uid, 2, "CANCELLED"), (cancelled.Uid, cancelled.Sequence, cancelled.Status));

        // After a month nobody needs to be told any more.
        world.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Empty(await ReadAsync(address));
    }

    [Fact]
    public async Task The_psychologist_may_have_names_in_it_and_take_them_out_again()
    {
        await BookAsync(await world.As(world.Emina));
        var page = await MadeAsync(await world.As(world.Lejla));
        var address = Address(page);

        var shown = await page.Form("form[action$='Names']").Fill("Names", "true").SubmitAsync();
        Assert.True(shown.Says("From now on the names stand in it."), shown.Text);
        Assert.Equal("Emina Hodžić", (await ReadAsync(address))[0].Title);
        await shown.Form("form[action$='Names']").Fill("Names", "false").SubmitAsync();
        Assert.Equal("Session", (await ReadAsync(address))[0].Title);
    }

    [Fact]
    public async Task A_client_is_never_asked_for_names_and_cannot_get_any()
    {
        var emina = await world.As(world.Emina);
        await BookAsync(emina);
        var form = (await emina.GetAsync("/account/calendar")).Form("Make an address");
        form.Element.InnerHtml += "<input type=hidden name=Names value=true>";
        var page = await form.SubmitAsync();
        Assert.Empty(page.FindAll("[name=Names]"));
        Assert.Equal("Appointment", (await ReadAsync(Address(page)))[0].Title);
    }

    [Fact]
    public async Task An_address_that_was_revoked_made_anew_or_guessed_is_dead()
    {
        var emina = await world.As(world.Emina);
        var page = await MadeAsync(emina);
        var first = Address(page);
        var second = Address(await page.SubmitAsync("Make a new address"));
        Assert.Equal(HttpStatusCode.NotFound, (await world.Stranger().GetAsync(first)).Status);
        Assert.Equal(HttpStatusCode.OK, (await world.Stranger().GetAsync(second)).Status);

        var revoked = await (await emina.GetAsync("/account/calendar")).SubmitAsync("Revoke the address");
        Assert.True(revoked.Says("The address is revoked."), revoked.Text);
        foreach (var dead in new[] { second, "/feed/x.ics", $"/feed/{new string('A', 200)}.ics", second.Replace("feed/", "feed/A", StringComparison.Ordinal) })
            Assert.Equal(HttpStatusCode.NotFound, (await world.Stranger().GetAsync(dead)).Status);
    }

    [Fact]
    public async Task Who_has_left_the_practice_reads_nothing_any_more()
    {
        var address = Address(await MadeAsync(await world.As(world.Lejla)));
        await world.InDbAsync(world.Lejla, async db =>
            (await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.SingleAsync(db.Memberships, m => m.UserId == world.Lejla.UserId)).Disable());

        Assert.Equal(HttpStatusCode.NotFound, (await world.Stranger().GetAsync(address)).Status);
    }

    [Fact]
    public async Task A_program_that_asks_again_is_told_that_nothing_changed()
    {
        var address = Address(await MadeAsync(await world.As(world.Emina)));
        using var http = new HttpClient { BaseAddress = world.App.Address };
        using var first = await http.GetAsync(address, TestContext.Current.CancellationToken);
        http.DefaultRequestHeaders.IfNoneMatch.Add(first.Headers.ETag!);

        Assert.Equal("text/calendar; charset=utf-8", first.Content.Headers.ContentType!.ToString());
        Assert.Equal(HttpStatusCode.NotModified, (await http.GetAsync(address, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task The_confirmation_brings_the_hour_along_and_the_cancellation_takes_it_away()
    {
        var emina = await world.As(world.Emina);
        await BookAsync(emina);
        world.Clock.Advance(TimeSpan.FromMinutes(3));
        var booked = CalendarReader.Read((await world.DeliverAsync()).Single(m => m.To == world.Emina.Email).Calendar!).Single();
        Assert.Equal(("Appointment", Tuesday("10:00"), "CONFIRMED", 0), (booked.Title, booked.Starts.ToUniversalTime(), booked.Status, booked.Sequence));
        Assert.Equal(booked.Uid, (await ReadAsync(Address(await MadeAsync(emina))))[0].Uid);

        await (await (await emina.GetAsync("/me/sessions")).FollowAsync("Cancel")).Form("button.btn-stop").SubmitAsync();
        world.Clock.Advance(TimeSpan.FromMinutes(3));
        var cancelled = CalendarReader.Read((await world.DeliverAsync()).Single(m => m.To == world.Emina.Email).Calendar!).Single();
        Assert.Equal((booked.Uid, 1, "CANCELLED"), (cancelled.Uid, cancelled.Sequence, cancelled.Status));
    }
}
