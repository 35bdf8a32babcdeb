using System.Net;
using PracticeApp.Booking;
using static PracticeApp.Tests.Booking.BookingWorld;

namespace PracticeApp.Tests.Booking;

/// <summary>Who may not, and what nobody sends by accident.</summary>
public sealed class BookingAccessTests(Database database) : IAsyncLifetime
{
    private World world = null!;
    private Guid id;

    public async ValueTask InitializeAsync()
    {
        world = await ReadyAsync(database);
        id = (await world.ConfirmAsync(world.Emina, Tuesday("10:00"))).AppointmentId;
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    private string[] OwnPages => [$"/me/sessions/{id}/move", $"/me/sessions/{id}/cancel", $"/book?with={world.Emina.EngagementId}", $"/book/confirm?with={world.Emina.EngagementId}&kind={world.Lipa.Individual}&slot=2026-03-17T11:00Z/Online"];
    private string[] StaffPages => [$"/calendar/{id}", $"/calendar/{id}/move", $"/calendar/{id}/cancel", $"/calendar?who={world.Lejla.UserId}", $"/calendar/new?who={world.Lejla.UserId}", $"/hours?who={world.Lejla.UserId}", $"/hours/days?who={world.Lejla.UserId}", $"/settings/kind/{world.Lipa.Individual}"];

    [Fact]
    public async Task The_other_practice_finds_nothing_anywhere()
    {
        foreach (var (person, pages) in new[] { (world.Aino, OwnPages), (world.Mikko, StaffPages) })
        {
            var visitor = await world.As(person);
            foreach (var path in pages) Assert.Equal((path, HttpStatusCode.NotFound), (path, (await visitor.GetAsync(path)).Status));
        }
    }

    [Fact]
    public async Task Another_client_finds_nothing_of_hers()
    {
        var tarik = await world.As(world.Tarik);
        foreach (var path in OwnPages) Assert.Equal((path, HttpStatusCode.NotFound), (path, (await tarik.GetAsync(path)).Status));
        foreach (var path in StaffPages.Append("/settings/kinds")) Assert.Equal((path, HttpStatusCode.NotFound), (path, (await tarik.GetAsync(path)).Status));
        foreach (var handler in new[] { "TakeBack", "Confirm" })
        {
            var form = (await tarik.GetAsync("/book")).Find("input[name=__RequestVerificationToken]")?.GetAttribute("value") ?? "";
            var answer = await tarik.PostAsync($"/me/sessions?handler={handler}", ("id", id.ToString()), ("__RequestVerificationToken", form));
            Assert.Contains(answer.Status, new[] { HttpStatusCode.NotFound, HttpStatusCode.BadRequest });
        }
        Assert.Equal(AppointmentState.Booked, (await world.AppointmentAsync(id)).State);
    }

    [Fact]
    public async Task Who_is_not_signed_in_is_led_to_the_sign_in_page()
    {
        foreach (var path in new[] { "/book", "/me/sessions", "/calendar", "/hours", "/settings/kinds" })
            Assert.StartsWith("/sign-in", (await world.Stranger().GetAsync(path)).Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-03-17T09:00Z")]
    [InlineData("2026-03-17T09:00Z/Moon")]
    [InlineData("9999-12-31T23:59Z/Online")]
    [InlineData("0001-01-01T00:00Z/Room")]
    [InlineData("'; drop table appointments; --")]
    public async Task A_slot_that_is_none_books_nothing_and_breaks_nothing(string slot)
    {
        var emina = await world.As(world.Emina);
        var token = (await emina.GetAsync("/book")).Find("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        foreach (var path in new[] { "/book", $"/me/sessions/{id}/move", $"/book/confirm?with={world.Emina.EngagementId}&kind={world.Lipa.Individual}&slot={Uri.EscapeDataString(slot)}" })
        {
            var answer = await emina.PostAsync(path, ("slot", slot), ("to", slot), ("price", "80"), ("__RequestVerificationToken", token));
            Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.NotFound, $"{path}: {answer.Status}");
        }
        Assert.Equal(1, await world.ScalarAsync<long>("select count(*) from appointments"));
    }

    [Theory]
    [InlineData("/book?with=nonsense&kind=nonsense&from=nonsense")]
    [InlineData("/book?from=9999-12-31")]
    [InlineData("/book?from=0001-01-01")]
    [InlineData("/me/sessions?handler=nonsense")]
    public async Task Strange_addresses_still_show_the_page(string path) =>
        Assert.Equal(HttpStatusCode.OK, (await (await world.As(world.Emina)).GetAsync(path)).Status);

    [Fact]
    public async Task Fifty_identical_posts_confirm_one_session()
    {
        var emina = await world.As(world.Emina);
        var slot = new SlotValue(Tuesday("14:00"), MeetingPlace.Online).ToString();
        var confirm = await (await emina.GetAsync("/book")).Form($"button[value='{slot}']").SubmitAsync();
        var form = confirm.Form("Book, 80 KM");
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => form.SubmitAsync(follow: false)));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Redirect, a.Status));
        Assert.Equal(2, await world.ScalarAsync<long>("select count(*) from appointments"));
        world.Clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(2, (await world.DeliverAsync()).Count(m => m.To == world.Emina.Email));
    }
}
