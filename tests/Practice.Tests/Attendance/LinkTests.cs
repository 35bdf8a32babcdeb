using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Agreements;
using PracticeApp.Booking;
using PracticeApp.Clients;
using PracticeApp.Platform;
using PracticeApp.Tests.Booking;
using static PracticeApp.Tests.Attendance.AttendanceWorld;

namespace PracticeApp.Tests.Attendance;

public sealed class LinkTests(Database database) : IAsyncLifetime
{
    private World _world = null!;
    private Guid _session;

    public async ValueTask InitializeAsync()
    {
        (_world, _session) = await BookedAsync(database, at: new DateTime(2026, 3, 19, 13, 0, 0, DateTimeKind.Utc));
        await _world.OpenHoursAsync(_world.Lejla);
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    private static readonly DateTime Start = new(2026, 3, 19, 13, 0, 0, DateTimeKind.Utc);

    /// <summary>The address in the reminder, as it arrives.</summary>
    private async Task<string> AddressAsync(int hoursBefore = 27)
    {
        _world.Clock.Set(Start.AddHours(-hoursBefore));
        return Mailbox.Link((await _world.DeliverAsync())[^1]).Split('?')[0];
    }

    private string Token(Guid? clientId = null, string purpose = PlanReminders.LinkPurpose, Guid? practice = null, DateTime? expires = null) =>
        _world.Services.GetRequiredService<LinkTokens>().Make(purpose, practice ?? _world.Lipa.Id, _session, clientId ?? _world.Emina.ClientId, expires ?? Start.AddMinutes(50));

    private Task<Appointment> AppointmentAsync() =>
        _world.InDbAsync(_world.Lejla, db => db.Appointments.AsNoTracking().Include(a => a.Participants).SingleAsync(a => a.Id == _session));

    private async Task<string> RowsAsync() => string.Join('|', await Task.WhenAll(new[] { "appointments", "appointment_participants", "appointment_moves", "charges", "assessed_events", "notices" }
        .Select(table => _world.ScalarAsync<string>($"select coalesce(md5(string_agg(t::text, '' order by t::text)), '') from {table} t"))));

    [Fact]
    public async Task Opening_it_says_what_it_costs_and_changes_nothing()
    {
        var address = await AddressAsync();
        var before = await RowsAsync();

        var page = await _world.Stranger().GetAsync(address);
        foreach (var next in new[] { "/cancel", "/move", "?handler=Confirm", "?handler=TakeBack" }) await _world.Stranger().GetAsync(address + next);

        Assert.True(page.Says("Thursday 19 March, 14:00–14:50"), page.Text);
        Assert.True(page.Says("Moving now is free of charge (clause 5, version 1): it is free until 24 h before the start."), page.Text);
        Assert.True(page.Says("Cancelling now is free of charge (clause 5, version 1): it is free until 24 h before the start."), page.Text);
        Assert.Equal(before, await RowsAsync());
    }

    [Fact]
    public async Task Confirming_is_one_tap_and_pressing_twice_is_once()
    {
        var page = await _world.Stranger().GetAsync(await AddressAsync());

        var confirmed = await page.SubmitAsync("I will come");
        await page.SubmitAsync("I will come");

        Assert.True(confirmed.Says("You have confirmed."), confirmed.Text);
        Assert.Equal(_world.Clock.Now, (await AppointmentAsync()).Participants[0].ConfirmedAt);
    }

    [Fact]
    public async Task Cancelling_late_says_its_price_on_the_button_and_takes_a_reason()
    {
        var address = await AddressAsync();
        _world.Clock.Set(Start.AddHours(-5));
        var page = await (await _world.Stranger().GetAsync(address)).FollowAsync("Go on to cancelling");
        Assert.True(page.Says("Cancelling now costs 40 KM (clause 5, version 1): with less than 24 h before the start it is 50% of the fee of 80 KM."), page.Text);

        var done = await page.SubmitAsync("Cancel, 40 KM", ("Reason", "illness"));

        Assert.True(done.Says("This appointment is cancelled.") && done.Says("40 KM (clause 5, version 1)"), done.Text);
        var appointment = await AppointmentAsync();
        Assert.Equal((AppointmentState.Cancelled, "illness", _world.Emina.ClientId), (appointment.State, appointment.CancelReason, appointment.CancelledByClientId));
    }

    [Fact]
    public async Task For_a_few_minutes_it_can_be_taken_back()
    {
        var address = await AddressAsync();
        var done = await (await _world.Stranger().GetAsync(address + "/cancel")).SubmitAsync("Cancel, free of charge");

        var back = await done.SubmitAsync("Take it back");
        Assert.Equal(AppointmentState.Booked, (await AppointmentAsync()).State);
        Assert.True(back.Says("I will come"), back.Text);

        done = await (await _world.Stranger().GetAsync(address + "/cancel")).SubmitAsync("Cancel, free of charge");
        _world.Clock.Advance(TimeSpan.FromMinutes(4));
        var late = await done.SubmitAsync("Take it back");
        Assert.True(late.Says("The minutes for taking it back are over."), late.Text);
        Assert.Equal(AppointmentState.Cancelled, (await AppointmentAsync()).State);
    }

    [Fact]
    public async Task Nobody_pays_more_than_the_button_said()
    {
        var address = await AddressAsync();
        _world.Clock.Set(Start.AddHours(-24));
        var page = await _world.Stranger().GetAsync(address + "/cancel");
        _world.Clock.Advance(TimeSpan.FromMinutes(1));

        var answer = await page.SubmitAsync("Cancel, free of charge", ("Reason", "work"));

        Assert.True(answer.Says("By now it costs 40 KM. Nothing has been done yet"), answer.Text);
        Assert.Equal(AppointmentState.Booked, (await AppointmentAsync()).State);
        Assert.True(answer.Find("input[value=work]")!.HasAttribute("checked"));
        await answer.SubmitAsync("Cancel, 40 KM");
        Assert.Equal(AppointmentState.Cancelled, (await AppointmentAsync()).State);
    }

    [Fact]
    public async Task Moving_shows_the_free_hours_and_moves()
    {
        var page = await _world.Stranger().GetAsync(await AddressAsync() + "/move");
        Assert.True(page.Says("Moving now is free of charge"), page.Text);

        var done = await page.SubmitAsync("Move, free of charge", ("Slot", "2026-03-20T10:00Z|Online"));

        Assert.True(done.Says("Friday 20 March, 11:00–11:50"), done.Text);
        Assert.Equal(new DateTime(2026, 3, 20, 10, 0, 0, DateTimeKind.Utc), (await AppointmentAsync()).StartsAt);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-03-20T10:00Z")]
    [InlineData("2026-03-20T10:00Z|Moon")]
    [InlineData("2026-03-20T10:17Z|Online")]
    [InlineData("1900-01-01T10:00Z|Online")]
    [InlineData("9999-12-31T23:59Z|Room")]
    public async Task A_time_that_is_not_offered_is_refused_in_words(string slot)
    {
        var page = await _world.Stranger().GetAsync(await AddressAsync() + "/move");

        var answer = await page.Form("Move, free of charge").Smuggle("Input.Slot", slot).SubmitAsync();

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.NotEmpty(answer.Find("#slot-error")!.TextContent.Trim());
        Assert.Equal(Start, (await AppointmentAsync()).StartsAt);
    }

    [Fact]
    public async Task A_forged_a_foreign_and_an_expired_link_open_nothing()
    {
        var stranger = _world.Stranger();
        foreach (var token in new[]
        {
            "nonsense", Token()[..^3] + "AAA", Token(purpose: "invitation"), Token(clientId: _world.Tarik.ClientId), Token(practice: _world.Saaristo.Id),
            Token(expires: _world.Clock.Now), new string('a', 2000),
        })
        {
            var page = await stranger.GetAsync($"/a/{token}");
            Assert.Equal(HttpStatusCode.NotFound, page.Status);
            Assert.False(page.Says("Emina") || page.Says("19 March"), page.Text);
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/a/{token}/cancel")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/a/{token}/move")).Status);
        }
    }

    [Fact]
    public async Task When_its_time_has_come_nothing_can_be_done_any_more()
    {
        var address = await AddressAsync();
        var cancel = await _world.Stranger().GetAsync(address + "/cancel");
        _world.Clock.Set(Start.AddMinutes(1));

        var page = await cancel.SubmitAsync("Cancel, free of charge");

        Assert.True(page.Says("This time is past."), page.Text);
        Assert.Equal(AppointmentState.Booked, (await AppointmentAsync()).State);
        Assert.Empty(page.FindAll("main form"));
    }

    [Fact]
    public async Task The_page_bears_the_safe_name_and_tells_no_more_than_the_mail()
    {
        await _world.InDbAsync(_world.Lejla, async db => (await db.Clients.SingleAsync(c => c.Id == _world.Emina.ClientId))
            .ReachAt(_world.Emina.Email, null, new ContactRules { Mail = true, SenderName = "Book club" }));
        var address = await AddressAsync();

        foreach (var part in new[] { "", "/cancel", "/move" })
        {
            var page = await _world.Stranger().GetAsync(address + part);
            Assert.Contains("Book club", page.Html, StringComparison.Ordinal);
            foreach (var telling in new[] { "Lipa", "Lejla", "psycholog", "therap", "session", "Individual" })
                Assert.DoesNotContain(telling, page.Html, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData("ru", "Отмена сейчас бесплатна (пункт 5, версия 1)")]
    [InlineData("bs", "Otkazivanje je sada besplatno (tačka 5, verzija 1)")]
    [InlineData("fi", "Peruminen nyt on maksutonta (kohta 5, versio 1)")]
    public async Task It_speaks_the_readers_language(string language, string words)
    {
        var page = await _world.Stranger(language).GetAsync($"/a/{Token()}");

        Assert.True(page.Says(words), page.Text);
    }

    [Fact]
    public async Task Of_two_at_once_one_cancels_and_the_other_sees_it()
    {
        var address = await AddressAsync();
        var pages = new[] { await _world.Stranger().GetAsync(address + "/cancel"), await _world.Stranger().GetAsync(address + "/cancel") };

        var answers = await Task.WhenAll(pages.Select(p => p.SubmitAsync("Cancel, free of charge")));

        Assert.All(answers, a => Assert.True(a.Says("This appointment is cancelled."), a.Text));
        Assert.Equal(1L, await _world.ScalarAsync<long>("select count(*) from audit_entries where act = 'appointment.cancelled'"));
    }
}
