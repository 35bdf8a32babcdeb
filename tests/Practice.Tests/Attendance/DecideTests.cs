using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Agreements;
using PracticeApp.Attendance;
using PracticeApp.Booking;
using PracticeApp.Money;
using static PracticeApp.Tests.Attendance.AttendanceWorld;

namespace PracticeApp.Tests.Attendance;

public sealed class DecideTests(World world, Database database) : IClassFixture<World>
{
    private async Task<(Page Week, Guid Session)> MissedAsync()
    {
        var (session, _) = await world.NextAsync();
        await world.SettleAsync(session, Settlement.Absent);
        return (await (await world.As(world.Lejla)).GetAsync("/attendance"), session);
    }

    private async Task<Charge> ChargeAsync(Guid session) => Assert.Single(await world.ChargesAsync(session));

    private static string Form(Charge charge, string handler) => $"form[action*='handler={handler}']:has(input[value='{charge.Id}'])";

    [Fact]
    public async Task One_tap_confirms_and_one_takes_the_decision_back()
    {
        var (week, session) = await MissedAsync();
        var charge = await ChargeAsync(session);
        Assert.True(week.Says("absence without notice is 100% of the fee of 80") && week.Says("Confirm 80 KM"), week.Text);

        week = await week.SubmitAsync(Form(charge, "Confirm"));
        Assert.Equal((ChargeState.Confirmed, world.Lejla.UserId), ((await ChargeAsync(session)).State, (await ChargeAsync(session)).DecidedBy));

        await week.SubmitAsync(Form(charge, "Reopen"));
        Assert.Equal(ChargeState.Proposed, (await ChargeAsync(session)).State);
    }

    [Fact]
    public async Task What_was_decided_becomes_less_when_the_terms_say_so_and_never_more()
    {
        // What the others of this class did is too long ago to be counted with it.
        world.Clock.Advance(TimeSpan.FromDays(40));
        await world.AgreeAsync(world.Emina, Strict with { Repeats = new("6", 30, [50, 100]) });
        var (first, _) = await world.NextAsync();
        await world.SettleAsync(first, Settlement.Absent);
        var (second, _) = await world.NextAsync();
        await world.SettleAsync(second, Settlement.Absent);
        async Task<bool> DecideAsync(Guid session, Func<DecideCharge, Guid, Task<bool>> act) { var charge = await ChargeAsync(session); return await world.DoAsync(world.Lejla, s => act(s.GetRequiredService<DecideCharge>(), charge.Id)); }
        foreach (var session in new[] { first, second }) Assert.True(await DecideAsync(session, (d, id) => d.ConfirmAsync(id, CancellationToken.None)));
        Assert.Equal((40m, 80m), ((await ChargeAsync(first)).Amount, (await ChargeAsync(second)).Amount));

        Assert.True(await DecideAsync(first, (d, id) => d.WaiveAsync(id, "illness", CancellationToken.None)));
        var less = await ChargeAsync(second);
        Assert.Equal((40m, ChargeState.Confirmed, 40m), (less.Amount, less.State, less.Assessment!.Charge));
        Assert.Equal(1L, await world.ScalarAsync<long>($"select count(*) from audit_entries where act = 'charge.lowered' and subject_id = '{less.Id}'"));

        Assert.True(await DecideAsync(first, (d, id) => d.ReopenAsync(id, CancellationToken.None)));
        Assert.Equal(40m, (await ChargeAsync(second)).Amount);
        await world.AgreeAsync(world.Emina, Strict);
    }

    [Fact]
    public async Task One_tap_waives_with_a_reason_and_the_absence_is_excused()
    {
        var (week, session) = await MissedAsync();
        var charge = await ChargeAsync(session);

        week = await week.SubmitAsync(Form(charge, "Waive"), ("because", "illness"));

        Assert.True(week.Says("Waived: illness"), week.Text);
        Assert.Equal((ChargeState.Waived, "illness"), ((await ChargeAsync(session)).State, (await ChargeAsync(session)).WaivedBecause));
        Assert.Equal(AttendanceKind.Excused, (await world.PlaceAsync(session)).Attendance);

        await week.SubmitAsync(Form(charge, "Reopen"));
        Assert.Equal(AttendanceKind.NoShow, (await world.PlaceAsync(session)).Attendance);
        Assert.Equal((ChargeState.Proposed, 80m), ((await ChargeAsync(session)).State, (await ChargeAsync(session)).Amount));
    }

    private async Task<string> StrongerAsync(Guid session) =>
        $"form[action*='handler=Stronger']:has(input[value='{await world.ScalarAsync<Guid>($"select id from assessed_events where appointment_id = '{session}'")}'])";

    [Fact]
    public async Task Force_majeure_waives_with_one_tap_and_one_sentence_if_one_likes()
    {
        var (week, session) = await MissedAsync();
        week = await week.SubmitAsync(await StrongerAsync(session), ("words", "The bridge was under water."));
        Assert.True(week.Says("Waived: something stronger than both") && week.Says("The bridge was under water."), week.Text);
        Assert.Equal((ChargeState.Waived, "force-majeure"), ((await ChargeAsync(session)).State, (await ChargeAsync(session)).WaivedBecause));
        Assert.Equal(AttendanceKind.Excused, (await world.PlaceAsync(session)).Attendance);
        Assert.Equal(0L, await world.ScalarAsync<long>("select count(*) from assessed_events e where position('bridge' in e::text) > 0"));

        week = await week.SubmitAsync(Form(await ChargeAsync(session), "Reopen"));
        Assert.Equal((ChargeState.Proposed, 80m), ((await ChargeAsync(session)).State, (await ChargeAsync(session)).Amount));
        Assert.False(week.Says("The bridge was under water."), week.Text);

        var longer = await week.SubmitAsync(await StrongerAsync(session), ("words", new string('x', 301)));
        Assert.True(longer.Says("At most 300 characters") && longer.Html.Contains(new string('x', 301), StringComparison.Ordinal), longer.Text);
        Assert.Equal(ChargeState.Proposed, (await ChargeAsync(session)).State);
        // From the page of the session itself, and without a word.
        await (await (await world.As(world.Lejla)).GetAsync($"/attendance/{session}")).SubmitAsync(await StrongerAsync(session));
        Assert.Equal(ChargeState.Waived, (await ChargeAsync(session)).State);
    }

    [Fact]
    public async Task Force_majeure_gives_a_free_pass_back_and_can_be_taken_back()
    {
        var (own, first) = await BookedAsync(database, Strict with { FreePasses = new("7", 1, 365, true) });
        await using var _ = own;
        var second = await own.BookAsync(own.Emina, Thursday.AddDays(1));
        own.Clock.Set(Thursday.AddDays(2));
        await own.SettleAsync(first, Settlement.Absent);
        await own.SettleAsync(second, Settlement.Absent);
        Assert.Equal((0, 1), ((await own.ChargesAsync(first)).Count, (await own.ChargesAsync(second)).Count));
        var id = await own.ScalarAsync<Guid>($"select id from assessed_events where appointment_id = '{first}'");

        var week = await (await (await own.As(own.Lejla)).GetAsync("/attendance")).SubmitAsync($"form[action$='handler=Stronger']:has(input[value='{id}'])");
        Assert.Empty(await own.ChargesAsync(second));

        await week.SubmitAsync($"form[action$='handler=StrongerBack']:has(input[value='{id}'])");
        Assert.Equal(80m, Assert.Single(await own.ChargesAsync(second)).Amount);
    }

    [Fact]
    public async Task Force_majeure_also_waives_what_a_flag_holds_back()
    {
        var (own, session) = await BookedAsync(database);
        await using var _ = own;
        await own.FlagAsync();
        own.Clock.Set(Thursday.AddMinutes(20));
        await own.SettleAsync(session, Settlement.Absent);
        var week = await (await own.As(own.Lejla)).GetAsync("/attendance");
        Assert.True(week.Says("A safety flag is open"), week.Text);
        await week.SubmitAsync("form[action$='handler=Stronger']");

        await own.InDbAsync(own.Lejla, async db => (await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.SingleAsync(db.SafetyFlags)).Close(own.Lejla.UserId, own.Clock.Now, "safe"));
        own.Clock.Advance(TimeSpan.FromMinutes(5));
        await own.WatchAsync();
        Assert.Empty(await own.ChargesAsync(session));
    }

    [Fact]
    public async Task Nobody_else_decides()
    {
        var (_, session) = await MissedAsync();
        var charge = await ChargeAsync(session);
        foreach (var person in new[] { world.Damir, world.Azra, world.Emina, world.Mikko })
        {
            var visitor = await world.As(person);
            var page = await visitor.GetAsync("/attendance");
            Assert.False(page.Status == HttpStatusCode.OK && page.Says("Emina"));
            var token = page.Find("input[name=__RequestVerificationToken]")?.GetAttribute("value") ?? "";
            foreach (var handler in new[] { "Confirm", "Waive", "Reopen" })
                Assert.NotEqual(HttpStatusCode.OK, (await visitor.PostAsync($"/attendance?handler={handler}", ("chargeId", charge.Id.ToString()), ("__RequestVerificationToken", token))).Status);
        }
        Assert.Equal(ChargeState.Proposed, (await ChargeAsync(session)).State);
    }

    [Fact]
    public async Task The_same_post_twice_decides_once_and_the_second_finds_nothing_to_decide()
    {
        var (week, session) = await MissedAsync();
        var charge = await ChargeAsync(session);
        await week.SubmitAsync(Form(charge, "Confirm"));

        Assert.Equal(HttpStatusCode.NotFound, (await week.SubmitAsync(Form(charge, "Confirm"))).Status);
        Assert.Equal(ChargeState.Confirmed, (await ChargeAsync(session)).State);
    }

    [Theory]
    [InlineData("?week=2026-13-45")]
    [InlineData("?week=9999-12-31")]
    [InlineData("?week=0001-01-01")]
    [InlineData("?week=%00")]
    public async Task A_senseless_week_is_this_week(string query)
    {
        var page = await (await world.As(world.Lejla)).GetAsync("/attendance" + query);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.True(page.Says("Attendance"));
    }

    [Fact]
    public async Task What_was_waived_counts_no_more_and_the_next_is_reckoned_anew()
    {
        var (repeating, first) = await BookedAsync(database, Strict with { Repeats = new("6", 180, [0, 25, 100]) });
        await using var _ = repeating;
        var second = await repeating.BookAsync(repeating.Emina, Thursday.AddDays(7));
        var third = await repeating.BookAsync(repeating.Emina, Thursday.AddDays(14));
        repeating.Clock.Set(Thursday.AddDays(15));
        foreach (var session in new[] { third, first, second }) await repeating.SettleAsync(session, Settlement.Absent);
        Assert.Empty(await repeating.ChargesAsync(first));
        var twenty = Assert.Single(await repeating.ChargesAsync(second));
        Assert.Equal((20m, 80m), (twenty.Amount, Assert.Single(await repeating.ChargesAsync(third)).Amount));

        var week = await (await repeating.As(repeating.Lejla)).GetAsync("/attendance?week=2026-03-26");
        await week.SubmitAsync(Form(twenty, "Waive"), ("because", "illness"));

        Assert.Equal(20m, Assert.Single(await repeating.ChargesAsync(third)).Amount);
    }

    [Fact]
    public async Task The_escalation_the_terms_name_is_shown_and_is_not_a_mark_on_the_person()
    {
        var (own, first) = await BookedAsync(database);
        await using var _ = own;
        var second = await own.BookAsync(own.Emina, Thursday.AddDays(1));
        own.Clock.Set(Thursday.AddDays(2));
        await own.SettleAsync(first, Settlement.Absent);
        await own.SettleAsync(second, Settlement.Absent);

        var page = await (await own.As(own.Lejla)).GetAsync("/attendance");

        Assert.Single(page.FindAll(".queue .state"), e => e.TextContent.Contains("The agreement says: talk about it together (clause 6)", StringComparison.Ordinal));
    }
}
