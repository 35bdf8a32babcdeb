using System.Net;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;
using PracticeApp.Attendance;
using PracticeApp.Booking;
using PracticeApp.Money;
using static PracticeApp.Tests.Attendance.AttendanceWorld;

namespace PracticeApp.Tests.Attendance;

public sealed class SettleTests(World world, Database database) : IClassFixture<World>
{
    private static string Path(Guid session) => $"/attendance/{session}";

    private async Task<(Page Page, Guid Session)> AfterGraceAsync()
    {
        var (session, _) = await world.NextAsync();
        return (await (await world.As(world.Lejla)).GetAsync(Path(session)), session);
    }

    [Fact]
    public async Task One_tap_says_it_took_place_and_the_fee_is_owed_by_its_clause()
    {
        var (before, session) = await AfterGraceAsync();

        var page = await before.SubmitAsync("Was here");

        Assert.True(page.Says("Took place"));
        var charge = Assert.Single(await world.ChargesAsync(session));
        Assert.Equal((ChargeKind.Session, ChargeState.Confirmed, 80m, "3"), (charge.Kind, charge.State, charge.Amount, charge.Clause));
        Assert.Equal(world.Lejla.UserId, charge.DecidedBy);
    }

    [Fact]
    public async Task Absence_is_only_proposed_with_clause_and_words()
    {
        var (before, session) = await AfterGraceAsync();

        var page = await before.SubmitAsync("Did not come");

        Assert.True(page.Says("80 KM") && page.Says("clause 6, version 1") && page.Says("absence without notice is 100% of the fee"), page.Text);
        var charge = Assert.Single(await world.ChargesAsync(session));
        Assert.Equal((ChargeKind.Absence, ChargeState.Proposed, 80m, "6"), (charge.Kind, charge.State, charge.Amount, charge.Clause));
        Assert.Equal(AttendanceKind.NoShow, (await world.PlaceAsync(session)).Attendance);
    }

    [Fact]
    public async Task One_tap_makes_it_undone()
    {
        var (before, session) = await AfterGraceAsync();

        var page = await before.SubmitAsync("Did not come");

        await page.SubmitAsync("Undo");

        Assert.Null((await world.PlaceAsync(session)).Attendance);
        Assert.Empty(await world.ChargesAsync(session));
        Assert.Equal(0L, await world.ScalarAsync<long>($"select count(*) from assessed_events where appointment_id = '{session}'"));
    }

    [Fact]
    public async Task Many_taps_at_once_settle_once()
    {
        var (session, _) = await world.NextAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => world.SettleAsync(session, i % 2 == 0 ? Settlement.Present : Settlement.Absent)));

        Assert.Equal((1, 11), (outcomes.Count(o => o == SettleOutcome.Done), outcomes.Count(o => o == SettleOutcome.AlreadySettled)));
        Assert.Single(await world.ChargesAsync(session));
    }

    [Fact]
    public async Task The_second_of_two_tabs_is_told_and_changes_nothing()
    {
        var (one, session) = await AfterGraceAsync();
        var two = await one.Visitor.GetAsync(Path(session));
        await one.SubmitAsync("Was here");

        var page = await two.SubmitAsync("Did not come");

        Assert.True(page.Says("settled a moment ago") && page.Says("Took place"), page.Text);
        Assert.Equal(AttendanceKind.Attended, (await world.PlaceAsync(session)).Attendance);
    }

    [Fact]
    public async Task Nobody_is_absent_before_the_minutes_of_grace_are_over()
    {
        var (session, start) = await world.NextAsync(minutes: -1);
        Assert.Equal(SettleOutcome.TooEarly, await world.SettleAsync(session, Settlement.Present));
        world.Clock.Set(start.AddMinutes(14));

        var page = await (await world.As(world.Lejla)).GetAsync(Path(session));

        Assert.True(page.Says("Was here"));
        Assert.DoesNotContain(page.FindAll("button"), b => b.GetAttribute("value") is "Absent" or "Excused");
        Assert.Equal(SettleOutcome.TooEarly, await world.SettleAsync(session, Settlement.Absent));
        Assert.Equal(SettleOutcome.Done, await world.SettleAsync(session, Settlement.Late, 12));
    }

    [Theory]
    [InlineData(Settlement.ILate, 10, 80, 0)]
    [InlineData(Settlement.ILate, 11, 80, 20)]
    [InlineData(Settlement.MyFault, 0, 0, 80)]
    [InlineData(Settlement.Excused, 0, 0, 0)]
    [InlineData(Settlement.Late, 30, 80, 0)]
    public async Task Each_answer_has_what_the_terms_say(Settlement settlement, int minutes, decimal charged, decimal credited)
    {
        var (session, _) = await world.NextAsync(40);

        await world.SettleAsync(session, settlement, minutes);

        var charges = await world.ChargesAsync(session);
        Assert.Equal((charged, -credited), (charges.Where(c => c.Amount > 0).Sum(c => c.Amount), charges.Where(c => c.Amount < 0).Sum(c => c.Amount)));
        Assert.All(charges, c => Assert.Equal(ChargeState.Confirmed, c.State));
    }

    [Fact]
    public async Task Without_a_signed_agreement_absence_costs_nothing()
    {
        await using var unsigned = await World.StartAsync(database);
        var session = await unsigned.BookAsync(unsigned.Emina, Thursday);
        unsigned.Clock.Set(Thursday.AddMinutes(40));

        await unsigned.SettleAsync(session, Settlement.Absent);

        Assert.Empty(await unsigned.ChargesAsync(session));
        var page = await (await unsigned.As(unsigned.Lejla)).GetAsync(Path(session));
        Assert.True(page.Says("Nothing is charged (no signed agreement)"), page.Text);
    }

    [Fact]
    public async Task While_a_safety_flag_is_open_nothing_is_proposed()
    {
        var (endangered, session) = await BookedAsync(database);
        await using var _ = endangered;
        await endangered.FlagAsync();
        endangered.Clock.Set(Thursday.AddMinutes(40));

        await endangered.SettleAsync(session, Settlement.Absent);

        Assert.Empty(await endangered.ChargesAsync(session));
        Assert.True((await (await endangered.As(endangered.Lejla)).GetAsync(Path(session))).Says("A safety flag is open: nothing is proposed."));
    }

    [Fact]
    public async Task Nobody_else_finds_the_session()
    {
        var (_, session) = await AfterGraceAsync();
        foreach (var person in new[] { world.Damir, world.Azra, world.Emina, world.Sanela, world.Mikko })
        {
            var visitor = await world.As(person);
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(Path(session))).Status);
            Assert.NotEqual(HttpStatusCode.OK, (await visitor.PostAsync(Path(session), ("clientId", world.Emina.ClientId.ToString()), ("settlement", "Present"))).Status);
        }
        Assert.Null((await world.PlaceAsync(session)).Attendance);
    }

    [Theory]
    [InlineData("settlement", "Nonsense")]
    [InlineData("settlement", "77")]
    [InlineData("minutes", "0")]
    [InlineData("minutes", "ten")]
    [InlineData("minutes", "999999999999")]
    [InlineData("clientId", "not-an-id")]
    [InlineData("clientId", "0198a201-0000-7000-8000-000000000000")]
    public async Task Senseless_input_changes_nothing_and_is_answered_in_words(string field, string value)
    {
        var (page, session) = await AfterGraceAsync();
        var token = page.Find("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var fields = new Dictionary<string, string>
        {
            ["clientId"] = world.Emina.ClientId.ToString(), ["settlement"] = "Late", ["minutes"] = "5", ["__RequestVerificationToken"] = token, [field] = value,
        };

        var answer = await page.Visitor.PostAsync(Path(session), [.. fields.Select(f => (f.Key, f.Value))]);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.NotNull(answer.Find("[role=status]"));
        Assert.Null((await world.PlaceAsync(session)).Attendance);
    }

    [Fact]
    public async Task Whoever_is_led_astray_stays_in_the_house()
    {
        var (page, session) = await AfterGraceAsync();
        var form = page.Form("Was here");
        ((AngleSharp.Html.Dom.IHtmlInputElement)form.Element.QuerySelector("[name=back]")!).Value = "https://elsewhere.example/";

        Assert.Equal(Path(session), (await form.SubmitAsync()).Path);
    }
}
