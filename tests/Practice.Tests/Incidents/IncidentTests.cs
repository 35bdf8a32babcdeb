using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PracticeApp.Attendance;
using PracticeApp.Booking;
using PracticeApp.Clients;
using PracticeApp.Engagements;
using PracticeApp.Incidents;
using PracticeApp.Money;
using PracticeApp.Platform;
using PracticeApp.Requests;
using PracticeApp.Tests.Attendance;
using PracticeApp.Tests.Money;

namespace PracticeApp.Tests.Incidents;

/// <summary>What did not go as agreed between Lejla and Emina: who writes, who reads, what follows.</summary>
public sealed class IncidentTests(Database database) : IClassFixture<Database>
{
    private const string Late = "We agreed on 15:00, the session began at 15:25.";

    private static async Task<(World World, Guid Session)> LateAsync(Database database)
    {
        var (world, session) = await AttendanceWorld.BookedAsync(database);
        world.Clock.Set(AttendanceWorld.Thursday.AddHours(5));
        return (world, session);
    }

    private static (string, string)[] Fields(string behaviour, params (string, string)[] more) =>
        [("Behaviour", behaviour), ("Input.On", "2026-03-19"), .. more];

    private static string Clause(Page page, string number) => page.FindAll("select[name='Input.Term'] option").First(o => o.GetAttribute("value")!.EndsWith($".c{number}", StringComparison.Ordinal)).GetAttribute("value")!;

    /// <summary>Emina says that Lejla came late.</summary>
    private static async Task<Page> SayAsync(World world, Guid session, string behaviour = Late, Breach breach = Breach.Late, string minutes = "25")
    {
        var page = await (await world.As(world.Emina)).GetAsync("/me/incidents/new");
        return await page.SubmitAsync("Write it down", Fields(behaviour, ("Term", Clause(page, "7")), ("Session", session.ToString()), ("Breach", breach.ToString()), ("LateMinutes", minutes)));
    }

    private static Guid IdOf(Page page) => Guid.Parse(page.Url.Segments[^1]);

    private static Task<Incident> RowAsync(World world, Guid id) => world.InDbAsync(world.Lejla, db => db.Incidents.AsNoTracking().Include(i => i.Answers).SingleAsync(i => i.Id == id));

    [Fact]
    public async Task A_client_says_what_the_psychologist_did_and_both_read_it_with_clause_and_version()
    {
        var (world, session) = await LateAsync(database);
        await using var _ = world;
        var said = await SayAsync(world, session);
        Assert.True(said.Says(Late) && said.Says("7.") && said.Says("version 1"), said.ToString());
        Assert.StartsWith("/agreements/", said.Link("In the agreement, version 1").GetAttribute("href"), StringComparison.Ordinal);
        Assert.EndsWith("#t7", said.Link("In the agreement, version 1").GetAttribute("href"), StringComparison.Ordinal);

        var lejla = await world.As(world.Lejla);
        var list = await lejla.GetAsync("/incidents");
        Assert.Contains("Emina Hodžić", list.Text, StringComparison.Ordinal);
        Assert.True((await lejla.GetAsync(said.Path)).Says(Late));
        var mail = Assert.Single(await world.DeliverAsync(), m => m.To == world.Lejla.Email);
        Assert.DoesNotContain("Emina", mail.Subject + mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("15:25", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_else_finds_it_at_any_address()
    {
        var (world, session) = await LateAsync(database);
        await using var _ = world;
        var id = IdOf(await SayAsync(world, session));
        foreach (var person in new[] { world.Damir, world.Tarik, world.Sanela, world.Azra, world.Nora, world.Mikko, world.Aino })
        {
            var visitor = await world.As(person);
            Assert.True((await visitor.GetAsync($"/incidents/{id}")).Status == HttpStatusCode.NotFound, person.Name);
            if (person.Roles.Contains(Role.Psychologist)) Assert.DoesNotContain("Emina", (await visitor.GetAsync("/incidents")).Text, StringComparison.Ordinal);
            else Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync("/incidents")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"/incidents/new?client={world.Emina.ClientId}")).Status);
        }

        Assert.DoesNotContain("15:25", (await (await world.As(world.Tarik)).GetAsync("/me/incidents")).Text, StringComparison.Ordinal);
        Assert.Contains("/sign-in", (await world.Stranger().GetWithoutFollowingAsync($"/incidents/{id}")).Response.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_database_itself_keeps_it_from_everybody_but_the_two()
    {
        var (world, session) = await LateAsync(database);
        await using var _ = world;
        var id = IdOf(await SayAsync(world, session));
        await (await (await world.As(world.Lejla)).GetAsync($"/incidents/{id}")).SubmitAsync("Answer", ("Answer.Text", "I am sorry."));
        // A grant opens the words of the work, not this.
        await world.InDbAsync(world.Lejla, db => Task.FromResult(db.Add(new AccessGrant(world.Lipa.Id, world.Emina.EngagementId, world.Nora.UserId, GrantReason.Supervision, world.Lejla.UserId, world.Clock.Now.AddDays(-1), world.Clock.Now.AddDays(9)))));
        foreach (var person in world.Everybody)
        {
            var seen = await world.InDbAsync(person, async db => (await db.Incidents.IgnoreQueryFilters().CountAsync(), await db.IncidentAnswers.IgnoreQueryFilters().CountAsync()));
            Assert.True(seen == (person == world.Lejla || person == world.Emina ? (1, 1) : (0, 0)), $"{person.Name}: {seen}");
        }
    }

    [Fact]
    public async Task The_other_party_of_a_couple_does_not_see_it()
    {
        await using var world = await World.StartAsync(database);
        await world.AgreeAsync(world.Emina, AttendanceWorld.Strict);
        // Tarik joins the work as the other one of a couple.
        await world.InDbAsync(world.Lejla, async db => (await db.Engagements.Include(e => e.Parties).SingleAsync(e => e.Id == world.Emina.EngagementId)).Join(world.Tarik.ClientId));
        var lejla = await world.As(world.Lejla);
        var form = await lejla.GetAsync($"/incidents/new?client={world.Emina.ClientId}");
        var read = await form.SubmitAsync("Write it down", ("Behaviour", "The telephone rang three times and was answered."), ("Input.On", "2026-03-16"), ("Term", Clause(form, "8")));
        Assert.Equal(HttpStatusCode.OK, read.Status);
        var id = IdOf(read);
        Assert.Equal(HttpStatusCode.OK, (await (await world.As(world.Emina)).GetAsync($"/incidents/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await world.As(world.Tarik)).GetAsync($"/incidents/{id}")).Status);
        Assert.Equal(0, await world.InDbAsync(world.Tarik, db => db.Incidents.CountAsync()));
    }

    [Fact]
    public async Task Nobody_writes_one_in_another_s_name_or_changes_what_stands()
    {
        var (world, session) = await LateAsync(database);
        await using var _ = world;
        var id = IdOf(await SayAsync(world, session));
        Task Sql(Person person, string sql) => world.InDbAsync(person, db => db.Database.ExecuteSqlRawAsync(sql));
        foreach (var sql in new[]
        {
            $"update incidents set behaviour = '\\x00' where id = '{id}'", $"update incidents set happened_at = now() where id = '{id}'", $"delete from incidents where id = '{id}'",
            $"update incidents set withdrawn_at = now() where id = '{id}'",
        })
            Assert.Equal(PostgresErrorCodes.RestrictViolation, (await Assert.ThrowsAsync<PostgresException>(() => Sql(world.Lejla, sql))).SqlState);
        Assert.Equal(PostgresErrorCodes.RestrictViolation, (await Assert.ThrowsAsync<PostgresException>(() => Sql(world.Emina, $"update incidents set credited_at = now() where id = '{id}'"))).SqlState);
        var other = $"insert into incidents select (jsonb_populate_record(i, jsonb_build_object('id', gen_random_uuid(), 'form_token', gen_random_uuid(), 'author_id', '{world.Emina.UserId}'))).* from incidents i where i.id = '{id}'";
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => Sql(world.Lejla, other))).SqlState);
    }

    [Fact]
    public async Task Wording_about_the_person_is_pointed_out_once_and_kept_the_second_time()
    {
        var (world, session) = await LateAsync(database);
        await using var _ = world;
        var first = await SayAsync(world, session, "She was rude and came late.");
        Assert.True(first.Says("speaks of the person") && first.Says("“rude”"), first.ToString());
        Assert.Equal(0, await world.ScalarAsync<long>("select count(*) from incidents"));
        Assert.Equal("She was rude and came late.", first.Form("Keep it as it is").Value("Behaviour").Trim());
        var kept = await first.SubmitAsync("Keep it as it is");
        Assert.StartsWith("/incidents/", kept.Path, StringComparison.Ordinal);

        var other = await (await (await world.As(world.Lejla)).GetAsync(kept.Path)).SubmitAsync("Answer", ("Answer.Text", "You always say that."));
        Assert.True(other.Says("“you always”"), other.ToString());
        Assert.True((await other.SubmitAsync("Keep it as it is")).Says("You always say that."));
    }

    [Theory]
    [InlineData("ru", "Она грубая.", "грубая")]
    [InlineData("bs", "Bila je bezobrazna.", "bezobrazna")]
    [InlineData("fi", "Hän oli töykeä.", "töykeä")]
    public async Task While_typing_the_words_are_looked_at_in_every_language(string language, string text, string found)
    {
        var (world, session) = await LateAsync(database);
        await using var _ = world;
        var emina = await world.As(world.Emina, language);
        var page = await emina.GetAsync($"/me/incidents/new?lang={language}");
        var form = page.Form("main form[data-submit-once]").Fill("Behaviour", text);
        var answer = await emina.PostAsync("/me/incidents/new?handler=Look&part=behaviour", [.. form.Sent()]);
        Assert.Contains(found, answer.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<html", answer.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_credit_is_reckoned_by_the_clause_and_given_once()
    {
        var (world, session) = await LateAsync(database);
        await using var _ = world;
        await world.SettleAsync(session, Settlement.Present);
        await world.InvoiceAsync(world.Emina);
        var id = IdOf(await SayAsync(world, session));
        var emina = await (await world.As(world.Emina)).GetAsync($"/incidents/{id}");
        // 25 % of 80 KM by clause 7.
        Assert.True(emina.Says("20 KM") && emina.Says("clause 7, version 1") && emina.Says("Lejla Hadžić confirms it"), emina.ToString());
        Assert.Empty(emina.FindAll("form[action*='Credit']"));

        var lejla = await world.As(world.Lejla);
        var page = await lejla.GetAsync($"/incidents/{id}");
        var presses = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ => await (await (await world.As(world.Lejla)).GetAsync($"/incidents/{id}")).SubmitAsync("Credit 20")).Select(async t => { try { return await t; } catch (InvalidOperationException) { return null; } }));
        Assert.Contains(presses, p => p is not null);
        var charges = await world.ChargesAsync(session);
        Assert.Equal(-20m, Assert.Single(charges, c => c.Kind == ChargeKind.Credit).Amount);
        Assert.Equal(80m, Assert.Single(charges, c => c.Kind == ChargeKind.Session).Amount);
        // What the invoice said is corrected by a credit note, and both stand to be invoiced anew.
        Assert.Equal(-80m, (await world.InDbAsync(world.Lejla, db => db.IssuedDocuments.SingleAsync(d => d.Kind == DocumentKind.CreditNote))).Total);
        Assert.Equal(60m, Assert.Single(await world.InvoiceAsync(world.Emina)).Total);
        Assert.Equal(25, (await world.PlaceAsync(session)).PsychologistLateMinutes);
        Assert.NotNull((await RowAsync(world, id)).CreditedAt);
        Assert.True((await lejla.GetAsync($"/incidents/{id}")).Says("20 KM credited"));
    }

    [Fact]
    public async Task What_attendance_has_credited_is_not_credited_again()
    {
        var (world, session) = await LateAsync(database);
        await using var _ = world;
        await world.SettleAsync(session, Settlement.ILate, 25);
        var id = IdOf(await SayAsync(world, session));
        var page = await (await world.As(world.Lejla)).GetAsync($"/incidents/{id}");
        Assert.True(page.Says("20 KM credited"), page.ToString());
        Assert.False(await world.DoAsync(world.Lejla, async s => await s.GetRequiredService<CreditIncident>().GiveAsync(await s.GetRequiredService<PracticeDb>().Incidents.SingleAsync(i => i.Id == id), CancellationToken.None)));
        Assert.Single(await world.ChargesAsync(session), c => c.Kind == ChargeKind.Credit);
    }

    [Fact]
    public async Task A_session_nobody_noted_is_credited_whole_when_the_psychologist_did_not_come()
    {
        var (world, session) = await LateAsync(database);
        await using var _ = world;
        var id = IdOf(await SayAsync(world, session, "I waited for forty minutes and nobody came.", Breach.Absent, ""));
        await (await (await world.As(world.Lejla)).GetAsync($"/incidents/{id}")).SubmitAsync("Credit 80");
        Assert.Equal(AttendanceKind.PsychologistAbsent, (await world.PlaceAsync(session)).Attendance);
        Assert.Equal(-80m, Assert.Single(await world.ChargesAsync(session)).Amount);
    }

    [Fact]
    public async Task The_client_of_another_gives_no_credit_and_the_client_not_to_herself()
    {
        var (world, session) = await LateAsync(database);
        await using var _ = world;
        var id = IdOf(await SayAsync(world, session));
        var emina = await world.As(world.Emina);
        var token = (await emina.GetAsync($"/incidents/{id}")).Form("Answer").Value("__RequestVerificationToken");
        Assert.Equal(HttpStatusCode.NotFound, (await emina.PostAsync($"/incidents/{id}?handler=Credit", ("__RequestVerificationToken", token))).Status);
        Assert.Empty(await world.ChargesAsync(session));
    }

    [Fact]
    public async Task The_term_is_chosen_from_the_agreement_that_was_in_force_then()
    {
        var (world, session) = await LateAsync(database);
        await using var _ = world;
        var emina = await world.As(world.Emina);
        var page = await emina.GetAsync("/me/incidents/new");
        var before = await page.SubmitAsync("Write it down", ("Behaviour", Late), ("Input.On", "2026-03-01"), ("Term", Clause(page, "7")));
        Assert.Contains("No agreement was in force at that time. Please look at the day again.", before.Errors);
        Assert.Equal(Late, before.Form("Write it down").Value("Behaviour").Trim());

        world.Clock.Set(world.Clock.Now.AddDays(10));
        await world.AgreeAsync(world.Emina, AttendanceWorld.Strict with { Psychologist = AttendanceWorld.Strict.Psychologist with { GraceMinutes = 5 } });
        emina = await world.As(world.Emina);
        var two = await emina.GetAsync("/me/incidents/new");
        Assert.Contains("version 1, since", two.Html, StringComparison.Ordinal);
        var newest = Clause(two, "7");
        var wrong = await two.SubmitAsync("Write it down", ("Behaviour", Late), ("Input.On", "2026-03-19"), ("Term", newest));
        Assert.Contains("Version 1 was in force at that time. Please choose from it.", wrong.Errors);
        var future = await two.SubmitAsync("Write it down", ("Behaviour", Late), ("Input.On", "2027-03-19"), ("Term", newest));
        Assert.Contains("Please choose a day and time that have passed.", future.Errors);
    }

    [Fact]
    public async Task Words_of_danger_raise_a_flag_and_show_the_lines_at_once()
    {
        var (world, session) = await LateAsync(database);
        await using var _ = world;
        var page = await SayAsync(world, session, "Nobody came and I want to kill myself.", Breach.Other, "");
        Assert.NotNull(page.Find("[data-danger]"));
        Assert.Equal(1, await world.ScalarAsync<long>("select count(*) from safety_flags where source = 'incidents.behaviour'"));
    }

    [Fact]
    public async Task Only_the_author_withdraws_and_it_stays()
    {
        var (world, session) = await LateAsync(database);
        await using var _ = world;
        var id = IdOf(await SayAsync(world, session));
        var lejla = await (await world.As(world.Lejla)).GetAsync($"/incidents/{id}");
        Assert.Empty(lejla.FindAll("form[action*='Withdraw']"));
        Assert.Equal(HttpStatusCode.NotFound, (await lejla.Visitor.PostAsync($"/incidents/{id}?handler=Withdraw", ("__RequestVerificationToken", lejla.Form("Answer").Value("__RequestVerificationToken")), ("Withdraw.Why", "no"))).Status);
        var emina = await (await world.As(world.Emina)).GetAsync($"/incidents/{id}");
        var empty = await emina.SubmitAsync("Withdraw it", ("Withdraw.Why", ""));
        Assert.Contains("Please say why.", empty.Errors);
        var gone = await empty.SubmitAsync("Withdraw it", ("Withdraw.Why", "I had the wrong hour."));
        Assert.True(gone.Says("Withdrawn by Emina Hodžić") && gone.Says("I had the wrong hour.") && gone.Says(Late), gone.ToString());
    }

    [Fact]
    public async Task The_same_form_sent_twice_is_one_and_tells_once()
    {
        var (world, session) = await LateAsync(database);
        await using var _ = world;
        var page = await (await world.As(world.Emina)).GetAsync("/me/incidents/new");
        var form = page.Form("Write it down");
        foreach (var (name, value) in Fields(Late, ("Term", Clause(page, "7")))) form.Fill(name, value);
        await Task.WhenAll(form.SubmitAsync(), form.SubmitAsync(), form.SubmitAsync());
        Assert.Equal(1, await world.ScalarAsync<long>("select count(*) from incidents"));
        Assert.Equal(1, await world.ScalarAsync<long>("select count(*) from notices where kind = 'incidents.psychologist'"));
    }

    [Fact]
    public async Task Both_sides_reach_it_from_the_agreement_and_from_the_client_s_page()
    {
        var (world, _) = await LateAsync(database);
        await using var __ = world;
        var agreement = await world.InDbAsync(world.Lejla, db => db.Agreements.Select(a => a.Id).SingleAsync());
        var emina = await world.As(world.Emina);
        Assert.Equal("Something did not go as agreed", (await (await emina.GetAsync($"/agreements/{agreement}")).FollowAsync("Something did not go as agreed")).Heading);
        Assert.Equal("What did not go as agreed", (await (await emina.GetAsync("/me")).FollowAsync("Something did not go as agreed")).Heading);
        var lejla = await world.As(world.Lejla);
        Assert.Equal("Something did not go as agreed", (await (await lejla.GetAsync($"/agreements/{agreement}")).FollowAsync("Something did not go as agreed")).Heading);
        var mine = await (await lejla.GetAsync($"/clients/{world.Emina.ClientId}")).FollowAsync("Something did not go as agreed");
        var about = await mine.FollowAsync("What I did or did not do");
        Assert.NotNull(about.Find("[name='Input.Breach']"));
        Assert.Null(mine.Find("[name='Input.Breach']"));
    }

    [Fact]
    public async Task Who_may_not_be_reached_by_mail_gets_none()
    {
        await using var world = await World.StartAsync(database);
        await world.AgreeAsync(world.Emina, AttendanceWorld.Strict);
        await world.InDbAsync(world.Lejla, async db => { var c = await db.Clients.SingleAsync(x => x.Id == world.Emina.ClientId); c.ReachAt(c.Email, c.Phone, new ContactRules { Mail = false }); });
        var form = await (await world.As(world.Lejla)).GetAsync($"/incidents/new?client={world.Emina.ClientId}");
        await form.SubmitAsync("Write it down", ("Behaviour", "Did not come and did not write."), ("Input.On", "2026-03-16"), ("Term", Clause(form, "6")));
        Assert.DoesNotContain(await world.DeliverAsync(), m => m.To == world.Emina.Email);
        Assert.Contains("6.", (await (await world.As(world.Emina)).GetAsync("/me/incidents")).Text, StringComparison.Ordinal);
    }
}
