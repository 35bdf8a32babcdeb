using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PracticeApp.Agreements;
using PracticeApp.Booking;
using PracticeApp.Clients;
using PracticeApp.Endings;
using PracticeApp.Engagements;
using PracticeApp.Money;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Requests;
using PracticeApp.Tests.Attendance;
using PracticeApp.Tests.Booking;
using PracticeApp.Tests.Platform;

namespace PracticeApp.Tests.Endings;

/// <summary>How the work of Lejla and Emina ends: from either side, with notice, once. It is Monday 16 March 2026, 10:00 in Sarajevo.</summary>
public sealed class EndingTests(Database database) : IClassFixture<Database>
{
    private async Task<World> AgreedAsync(Terms? terms = null)
    {
        var world = await World.StartAsync(database);
        await world.OpenHoursAsync(world.Lejla);
        await world.AgreeAsync(world.Emina, terms ?? AttendanceWorld.Strict);
        return world;
    }

    private static readonly Terms NoNotice = AttendanceWorld.Strict with { Ending = AttendanceWorld.Strict.Ending with { NoticeDays = 0 } };

    private static void Check(byte[] pdf) => Assert.Equal(0, PdfTool.Run("qpdf", pdf, "--check", "FILE").Exit);

    private static string Text(byte[] pdf) => string.Join(' ', PdfTool.TextOf(pdf).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static Task JobAsync(World world) => world.Services.GetRequiredService<CarryOutEndings>().RunAsync(CancellationToken.None);

    /// <summary>Emina goes through the steps up to the last; its page.</summary>
    private static async Task<Page> ToLastAsync(World world, string? lastDay = null, string reason = "", Person? person = null)
    {
        var first = await (await world.As(person ?? world.Emina)).GetAsync("/me/ending");
        var fields = new List<(string, string)> { ("Reason", reason) };
        if (lastDay is not null) fields.Add(("LastDay", lastDay));
        var second = await first.SubmitAsync("Go on", [.. fields]);
        if (second.Errors.Count > 0) return second;
        return await second.SubmitAsync("To the last step", second.Find("[name=Closing]") is null ? [] : [("Closing", "No")]);
    }

    private static async Task<Page> LejlaToLastAsync(World world, string reason = "We have reached what we set out for.", string? lastDay = null, bool waive = false, string workedOn = "")
    {
        var first = await (await world.As(world.Lejla)).GetAsync($"/endings/new?client={world.Emina.ClientId}");
        var fields = new List<(string, string)> { ("Reason", reason) };
        if (lastDay is not null) fields.Add(("LastDay", lastDay));
        if (waive) fields.Add(("Waive", "true"));
        var second = await first.SubmitAsync("Go on", [.. fields]);
        return second.Errors.Count > 0 ? second : await second.SubmitAsync("To the last step", ("WorkedOn", workedOn));
    }

    private static Task<Ending> RowAsync(World world) => world.InDbAsync(world.Lejla, db => db.Endings.AsNoTracking().Include(e => e.Parties).Where(e => e.State != EndingState.Draft).SingleAsync());

    private static Task<Engagement> EngagementAsync(World world) => world.InDbAsync(world.Lejla, db => db.Engagements.AsNoTracking().SingleAsync(e => e.Id == world.Emina.EngagementId));

    [Fact]
    public async Task The_client_ends_without_a_word_of_why_and_is_let_go_after_the_notice()
    {
        await using var world = await AgreedAsync();
        var first = await (await world.As(world.Emina)).GetAsync("/me/ending");
        Assert.True(first.Says("14 days of notice") && first.Says("30 March 2026") && first.Says("clause 15, version 1"), first.ToString());
        var last = await ToLastAsync(world);
        Assert.True(last.Says("The work ends with 30 March 2026") && last.Says("Lejla Hadžić is told"), last.ToString());
        Assert.True((await EngagementAsync(world)).IsOpen);
        var decided = await last.SubmitAsync("End it on");
        Assert.True(decided.Says("The work ends on 30 March 2026."), decided.ToString());

        var ending = await RowAsync(world);
        // The end of the last day in Sarajevo, where summer time began the day before.
        Assert.Equal(new DateTime(2026, 3, 30, 22, 0, 0, DateTimeKind.Utc), ending.EndsAt);
        await JobAsync(world);
        Assert.True((await EngagementAsync(world)).IsOpen);
        Assert.Equal(AgreementState.InForce, await world.InDbAsync(world.Lejla, db => db.Agreements.Select(a => a.State).SingleAsync()));

        world.Clock.Set(ending.EndsAt!.Value.AddSeconds(1));
        await JobAsync(world);
        await JobAsync(world);
        Assert.Equal(ending.EndsAt, (await EngagementAsync(world)).EndedAt);
        Assert.Equal(AgreementState.Ended, await world.InDbAsync(world.Lejla, db => db.Agreements.Select(a => a.State).SingleAsync()));
        var act = await world.DoAsync(world.Lejla, async s =>
        {
            var agreement = await s.GetRequiredService<PracticeDb>().Agreements.SingleAsync();
            return (await s.GetRequiredService<ReadAgreement>().ActsAsync(agreement, CancellationToken.None))[^1];
        });
        Assert.Contains("Act: Ended", act, StringComparison.Ordinal);
        Assert.Contains("Ended by the client.", act, StringComparison.Ordinal);
        Assert.Equal(EndingState.Ended, (await RowAsync(world)).State);
        Assert.Equal(1, await world.ScalarAsync<long>("select count(*) from notices where kind = 'endings.ended-client'"));
    }

    [Fact]
    public async Task The_psychologist_ends_today_when_the_notice_is_waived_and_both_fetch_the_letter()
    {
        await using var world = await AgreedAsync();
        var soon = await LejlaToLastAsync(world, lastDay: "2026-03-16");
        Assert.Contains("The notice allows 30 March 2026 at the earliest.", soon.Errors);
        Assert.Equal("We have reached what we set out for.", soon.Form("Go on").Value("Reason").Trim());
        var last = await LejlaToLastAsync(world, lastDay: "2026-03-16", waive: true, workedOn: "Sleeping through the night again.");
        Assert.True(last.Says("What follows when you press") && last.Says("Sleeping through the night again."), last.ToString());
        var decided = await last.SubmitAsync("End it on");
        Assert.True(decided.Says("It is being carried out"), decided.ToString());
        await JobAsync(world);

        var emina = await world.As(world.Emina);
        var mine = await emina.GetAsync("/me/ending");
        Assert.True(mine.Says("The work ended on 16 March 2026.") && mine.Says("We have reached what we set out for."), mine.ToString());
        Assert.Equal(decided.Path, (await (await world.As(world.Lejla)).GetAsync($"/clients/{world.Emina.ClientId}")).Link("The end of the work").GetAttribute("href"));
        var pdf = await mine.FollowAsync("Your letter (PDF)");
        var hers = await (await (await world.As(world.Lejla)).GetAsync(decided.Path)).FollowAsync("The letter to Emina Hodžić (PDF)");
        Assert.Equal(pdf.Bytes, hers.Bytes);
        Check(pdf.Bytes);
        var text = Text(pdf.Bytes);
        foreach (var words in new[] { "Dear Emina", "Lejla Hadžić", "Sleeping through the night again.", "Nothing is open.", "16 March 2036", "124" }) Assert.Contains(words, text, StringComparison.Ordinal);
        Assert.DoesNotContain("reached what we set out", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ru", "Спасибо за доверие")]
    [InlineData("bs", "Hvala vam na povjerenju")]
    [InlineData("fi", "Kiitos luottamuksestasi")]
    public async Task The_letter_speaks_the_client_s_language(string language, string words)
    {
        await using var world = await AgreedAsync(NoNotice);
        await world.InDbAsync(world.Lejla, async db => (await db.Clients.SingleAsync(c => c.Id == world.Emina.ClientId)).Prefer(language, "Europe/Sarajevo"));
        await (await LejlaToLastAsync(world)).SubmitAsync("End it on");
        await JobAsync(world);
        var id = (await RowAsync(world)).Id;
        var pdf = await (await world.As(world.Lejla)).GetAsync($"/endings/{id}/letter/{world.Emina.ClientId}");
        Check(pdf.Bytes);
        Assert.Contains(words, Text(pdf.Bytes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_psychologist_ends_nobody_pays_for_what_falls_away()
    {
        await using var world = await AgreedAsync();
        var tomorrow = await world.BookAsync(world.Emina, world.Clock.Now.AddHours(20));
        var later = await world.BookAsync(world.Emina, world.Clock.Now.AddDays(20));
        var last = await LejlaToLastAsync(world, lastDay: "2026-03-16", waive: true);
        Assert.True(last.Says("credited") && !last.Says("to pay"), last.ToString());
        await last.SubmitAsync("End it on");
        foreach (var id in new[] { tomorrow, later }) Assert.Equal(AppointmentState.Cancelled, (await world.AppointmentAsync(id)).State);
        world.Clock.Set(world.Clock.Now.AddMinutes(10));
        await world.WatchAsync();
        Assert.All(await world.ChargesAsync(tomorrow), c => Assert.True(c.Amount < 0));
        Assert.Empty(await world.ChargesAsync(later));
        Assert.Equal(2, (await world.DeliverAsync()).Count(m => m.To == world.Emina.Email && m.Subject.Contains("cancel", StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task When_the_client_ends_the_cost_by_clause_stands_beside_the_button_and_is_what_follows()
    {
        await using var world = await AgreedAsync(NoNotice);
        var tomorrow = await world.BookAsync(world.Emina, world.Clock.Now.AddHours(20));
        var later = await world.BookAsync(world.Emina, world.Clock.Now.AddDays(20));
        var last = await ToLastAsync(world, "2026-03-16");
        Assert.True(last.Says("40 KM") && last.Says("clause 5, version 1") && last.Says("free"), last.ToString());
        await last.SubmitAsync("End it on");
        world.Clock.Set(world.Clock.Now.AddMinutes(10));
        await world.WatchAsync();
        await JobAsync(world);
        Assert.Equal(40m, Assert.Single(await world.ChargesAsync(tomorrow)).Amount);
        Assert.Empty(await world.ChargesAsync(later));
    }

    [Fact]
    public async Task Two_sides_that_end_at_once_make_one_ending()
    {
        await using var world = await AgreedAsync();
        var (emina, lejla) = (await ToLastAsync(world, reason: "It is enough."), await LejlaToLastAsync(world));
        await Task.WhenAll(emina.SubmitAsync("End it on"), lejla.SubmitAsync("End it on"), emina.SubmitAsync("End it on"), lejla.SubmitAsync("End it on"));
        Assert.Equal(1, await world.ScalarAsync<long>("select count(*) from endings where state = 'UnderNotice'"));
        Assert.Equal(1, await world.ScalarAsync<long>("select count(*) from endings where state = 'Draft'"));
        Assert.True((await (await world.As(world.Emina)).GetAsync("/me/ending")).Says("The work ends on 30 March 2026."));
        // The database would not take a second one either.
        var second = await Assert.ThrowsAsync<PostgresException>(() => world.InDbAsync(world.Lejla, db => db.Database.ExecuteSqlRawAsync(
            "insert into endings select (jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid()))).* from endings e where e.state = 'UnderNotice'")));
        Assert.Equal(PostgresErrorCodes.UniqueViolation, second.SqlState);
    }

    [Fact]
    public async Task Whoever_comes_second_is_shown_what_stands()
    {
        await using var world = await AgreedAsync();
        var lejla = await LejlaToLastAsync(world);
        await (await ToLastAsync(world, reason: "I have found somebody nearer.")).SubmitAsync("End it on");
        var told = await lejla.SubmitAsync("End it on");
        Assert.True(told.Says("The other side has ended the work already.") && told.Says("I have found somebody nearer."), told.ToString());
    }

    [Fact]
    public async Task Only_the_side_that_decided_calls_it_off_and_both_are_told()
    {
        await using var world = await AgreedAsync();
        await (await ToLastAsync(world)).SubmitAsync("End it on");
        var id = (await RowAsync(world)).Id;
        var lejla = await (await world.As(world.Lejla)).GetAsync($"/endings/{id}");
        Assert.Empty(lejla.FindAll("form[action*='CallOff']"));
        Assert.Equal(HttpStatusCode.NotFound, (await lejla.Visitor.PostAsync($"/endings/{id}?handler=CallOff", ("__RequestVerificationToken", lejla.Form("End it then").Value("__RequestVerificationToken")))).Status);
        await world.DeliverAsync();
        var off = await (await (await world.As(world.Emina)).GetAsync("/me/ending")).SubmitAsync("I have changed my mind");
        Assert.True(off.Says("The work goes on."), off.ToString());
        Assert.Null((await EngagementAsync(world)).EndsAt);
        var mails = await world.DeliverAsync();
        Assert.Contains(mails, m => m.To == world.Lejla.Email);
        Assert.Contains(mails, m => m.To == world.Emina.Email);
        world.Clock.Set(world.Clock.Now.AddDays(40));
        await JobAsync(world);
        Assert.True((await EngagementAsync(world)).IsOpen);
        // It may be begun anew.
        Assert.NotNull((await (await world.As(world.Emina)).GetAsync("/me/ending")).Find("[name='Input.LastDay']"));
    }

    [Fact]
    public async Task The_psychologist_lets_the_client_go_sooner()
    {
        await using var world = await AgreedAsync();
        var session = await world.BookAsync(world.Emina, world.Clock.Now.AddHours(20));
        await (await ToLastAsync(world)).SubmitAsync("End it on");
        Assert.Equal(AppointmentState.Booked, (await world.AppointmentAsync(session)).State);
        var page = await (await world.As(world.Lejla)).GetAsync($"/endings/{(await RowAsync(world)).Id}");
        Assert.NotEmpty((await page.SubmitAsync("End it then", ("Sooner", "2026-04-20"))).Errors);
        await page.SubmitAsync("End it then", ("Sooner", "2026-03-16"));
        Assert.Equal(AppointmentState.Cancelled, (await world.AppointmentAsync(session)).State);
        world.Clock.Set(world.Clock.Now.AddMinutes(10));
        await world.WatchAsync();
        Assert.Empty(await world.ChargesAsync(session));
        await JobAsync(world);
        Assert.False((await EngagementAsync(world)).IsOpen);
    }

    [Fact]
    public async Task Requests_that_are_open_are_closed_with_the_reason_and_money_and_agreement_stay_readable()
    {
        await using var world = await AgreedAsync(NoNotice);
        var (request, _) = await world.DoAsync(world.Lejla, async s =>
        {
            var (db, key) = (s.GetRequiredService<PracticeDb>(), await s.GetRequiredService<Vault>().KeyAsync(world.Emina.KeyId));
            var r = new ClientRequest(world.Lipa.Id, world.Emina.EngagementId, world.Emina.ClientId, world.Emina.KeyId, world.Clock.Now);
            r.Word(key, "I want to sleep through the night", "en", WordedBy.ClientAlone, world.Emina.UserId, world.Clock.Now);
            db.Add(r);
            var charge = new Charge(world.Lipa.Id, world.Emina.EngagementId, world.Emina.ClientId, null, ChargeKind.Other, 60m, "BAM", null, "14", world.Clock.Now);
            charge.Confirm(world.Lejla.UserId, world.Clock.Now);
            db.Add(charge);
            return (r.Id, 0);
        });
        await (await ToLastAsync(world, "2026-03-16")).SubmitAsync("End it on");
        await JobAsync(world);
        var state = await world.InDbAsync(world.Lejla, db => db.ClientRequests.Where(r => r.Id == request).Select(r => r.State).SingleAsync());
        Assert.Equal(RequestState.Closed, state);

        var emina = await world.As(world.Emina);
        Assert.True((await emina.GetAsync("/me/money")).Says("60 KM"));
        Assert.Equal(HttpStatusCode.OK, (await (await emina.GetAsync("/me/agreement")).Visitor.GetAsync("/me/agreement")).Status);
        Assert.Contains("60 KM is open. Please pay it by 23 March 2026", Text((await emina.GetAsync($"/me/ending/{(await RowAsync(world)).Id}/letter")).Bytes), StringComparison.Ordinal);
        var book = await emina.GetAsync("/book");
        Assert.True(book.Says("The work with Lejla Hadžić has ended"), book.ToString());
        Assert.Equal("/p/lipa", book.Link("Write to us").GetAttribute("href"));
        Assert.True((await emina.GetAsync($"/book?with={world.Emina.EngagementId}")).Says("has ended"));
        Assert.True((await emina.GetAsync("/me")).Says("The work ended on 16 March 2026."));
    }

    [Fact]
    public async Task After_the_last_day_nothing_is_offered_or_booked()
    {
        await using var world = await AgreedAsync();
        await (await ToLastAsync(world)).SubmitAsync("End it on");
        Assert.True((await world.HoldAsync(world.Emina, Slots.Local("2026-03-27 10:00"))).IsDone);
        Assert.Equal(BookingOutcome.Ended, (await world.HoldAsync(world.Emina, Slots.Local("2026-03-31 10:00"))).Outcome);
        var book = await (await world.As(world.Emina)).GetAsync("/book?from=2026-03-28");
        Assert.Contains("2026-03-30", book.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("2026-03-31T", book.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_in_danger_sees_the_lines_on_every_step_and_the_psychologist_a_warning()
    {
        await using var world = await AgreedAsync();
        var second = await (await (await world.As(world.Emina)).GetAsync("/me/ending")).SubmitAsync("Go on", ("Reason", "I want to kill myself, so there is no use."));
        Assert.NotNull(second.Find("[data-danger]"));
        var last = await second.SubmitAsync("To the last step", ("Closing", "No"));
        Assert.NotNull(last.Find("[data-danger]"));
        Assert.NotNull((await last.SubmitAsync("End it on")).Find("[data-danger]"));
        Assert.NotNull((await (await world.As(world.Emina)).GetAsync("/me/ending?step=1")).Find("[data-danger]"));
        Assert.True((await (await world.As(world.Lejla)).GetAsync($"/endings/{(await RowAsync(world)).Id}")).Says("A sign of danger is open."));
    }

    [Fact]
    public async Task A_draft_is_its_writer_s_alone_in_the_pages_and_in_the_database()
    {
        await using var world = await AgreedAsync();
        var draft = await LejlaToLastAsync(world, reason: "Not for Emina yet.");
        Assert.False((await (await world.As(world.Emina)).GetAsync("/me/ending")).Says("Not for Emina yet."));
        await ToLastAsync(world, reason: "Not for Lejla yet.");
        Assert.Equal(1, await world.InDbAsync(world.Emina, db => db.Endings.CountAsync()));
        Assert.Equal(1, await world.InDbAsync(world.Lejla, db => db.Endings.CountAsync()));
        Assert.Equal(0, await world.InDbAsync(world.Lejla, db => db.EndingParties.CountAsync()));
        var path = draft.Path.Split('?')[0];
        foreach (var person in new[] { world.Damir, world.Emina, world.Tarik, world.Sanela, world.Azra, world.Nora, world.Mikko })
        {
            Assert.True((await (await world.As(person)).GetAsync(path)).Status == HttpStatusCode.NotFound, person.Name);
            if (person != world.Emina) Assert.Equal((0, 0), await world.InDbAsync(person, async db => (await db.Endings.CountAsync(), await db.EndingParties.CountAsync())));
        }
    }

    [Fact]
    public async Task Letters_and_reasons_of_a_couple_are_each_one_s_own()
    {
        await using var world = await AgreedAsync(NoNotice);
        await world.InDbAsync(world.Lejla, async db => (await db.Engagements.Include(e => e.Parties).SingleAsync(e => e.Id == world.Emina.EngagementId)).Join(world.Tarik.ClientId));
        await (await ToLastAsync(world, "2026-03-16", "Only for Lejla.")).SubmitAsync("End it on");
        await JobAsync(world);
        var id = (await RowAsync(world)).Id;
        var tarik = await world.As(world.Tarik);
        var page = await tarik.GetAsync($"/me/ending?for={world.Emina.EngagementId}");
        Assert.True(page.Says("The work ended on") && !page.Says("Only for Lejla."), page.ToString());
        Assert.Contains("Dear Tarik", Text((await tarik.GetAsync($"/me/ending/{id}/letter")).Bytes), StringComparison.Ordinal);
        Assert.Contains("Dear Emina", Text((await (await world.As(world.Emina)).GetAsync($"/me/ending/{id}/letter")).Bytes), StringComparison.Ordinal);
        Assert.Equal(1, await world.InDbAsync(world.Tarik, db => db.EndingParties.CountAsync()));
        foreach (var person in new[] { world.Damir, world.Azra, world.Mikko }) Assert.Equal(HttpStatusCode.NotFound, (await (await world.As(person)).GetAsync($"/endings/{id}/letter/{world.Emina.ClientId}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await world.As(world.Aino)).GetAsync($"/me/ending/{id}/letter")).Status);
    }

    [Fact]
    public async Task What_was_decided_and_written_is_not_changed_by_sql()
    {
        await using var world = await AgreedAsync(NoNotice);
        await (await ToLastAsync(world, "2026-03-16", "Reason.")).SubmitAsync("End it on");
        Task<PostgresException> Refused(string sql) => Assert.ThrowsAsync<PostgresException>(() => world.InDbAsync(world.Lejla, db => db.Database.ExecuteSqlRawAsync(sql)));
        Assert.Equal(PostgresErrorCodes.RestrictViolation, (await Refused("update endings set decided_by = gen_random_uuid()")).SqlState);
        Assert.Equal(PostgresErrorCodes.RestrictViolation, (await Refused("update endings set ends_at = ends_at + interval '9 days'")).SqlState);
        await JobAsync(world);
        Assert.Equal(PostgresErrorCodes.RestrictViolation, (await Refused("update ending_parties set letter = '\\x00'")).SqlState);
        Assert.Equal(PostgresErrorCodes.RestrictViolation, (await Refused("delete from ending_parties")).SqlState);
        Assert.Equal(PostgresErrorCodes.RestrictViolation, (await Refused("update endings set state = 'CalledOff'")).SqlState);
    }

    [Fact]
    public async Task A_draft_is_resumed_changed_and_thrown_away()
    {
        await using var world = await AgreedAsync();
        await ToLastAsync(world, "2026-04-02", "First thoughts.");
        var emina = await world.As(world.Emina);
        Assert.True((await emina.GetAsync("/me/ending")).Says("The last day is 2 April 2026."));
        var first = await emina.GetAsync("/me/ending?step=1");
        Assert.Equal("First thoughts.", first.Form("Go on").Value("Reason").Trim());
        Assert.True((await first.SubmitAsync("Go on", ("LastDay", "2026-04-10"))).Says("The last day is 10 April 2026."));
        await (await emina.GetAsync("/me/ending")).SubmitAsync("I do not want to end it");
        Assert.Equal(0, await world.ScalarAsync<long>("select count(*) from endings"));
    }

    [Fact]
    public async Task Recommended_people_stand_in_the_letter_as_the_directory_had_them()
    {
        await using var world = await AgreedAsync(NoNotice);
        var contact = await world.InDbAsync(world.Lejla, db =>
        {
            var c = new ReferralContact(world.Lipa.Id, "Dr. Selma Arnaut", ContactKind.Psychiatrist, "psychiatrist", "slow to answer", []).At(phone: "+387 33 111 222");
            db.Add(c);
            return Task.FromResult(c.Id);
        });
        var second = await (await (await world.As(world.Lejla)).GetAsync($"/endings/new?client={world.Emina.ClientId}")).SubmitAsync("Go on", ("Reason", "We agreed on it."));
        await (await second.SubmitAsync("To the last step", ("Contacts", contact.ToString()))).SubmitAsync("End it on");
        await JobAsync(world);
        var text = Text((await (await world.As(world.Emina)).GetAsync($"/me/ending/{(await RowAsync(world)).Id}/letter")).Bytes);
        Assert.Contains("Dr. Selma Arnaut, +387 33 111 222", text, StringComparison.Ordinal);
        Assert.DoesNotContain("slow to answer", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_closing_session_is_offered_by_the_terms_and_booked_in_the_usual_way()
    {
        await using var world = await AgreedAsync();
        await (await LejlaToLastAsync(world)).SubmitAsync("End it on");
        var mine = await (await world.As(world.Emina)).GetAsync("/me/ending");
        var wanted = await mine.SubmitAsync("Say so", ("Closing", "Wanted"));
        Assert.Equal($"/book?with={world.Emina.EngagementId}", wanted.Link("Choose a time").GetAttribute("href"));
        Assert.True((await (await world.As(world.Lejla)).GetAsync($"/endings/{(await RowAsync(world)).Id}")).Says("Emina Hodžić would like a closing session"));
    }

    [Fact]
    public void The_notice_counts_whole_days_and_the_last_day_ends_where_the_practice_is()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Sarajevo");
        var today = new DateOnly(2026, 3, 16);
        Assert.Equal(new DateOnly(2026, 3, 30), Ending.Earliest(today, 14));
        Assert.Equal(World.Start, Ending.EndOf(today, today, zone, World.Start));
        Assert.Equal(new DateTime(2026, 3, 17, 23, 0, 0, DateTimeKind.Utc), Ending.EndOf(today.AddDays(1), today, zone, World.Start));
    }
}
