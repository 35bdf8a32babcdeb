using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PracticeApp.Agreements;
using PracticeApp.Engagements;

namespace PracticeApp.Tests.Agreements;

/// <summary>The editor of templates, from the first change of a version to the agreement that is made from the next.</summary>
public sealed class TemplatePagesTests(Database database) : IAsyncLifetime
{
    private World _world = null!;
    private Visitor _lejla = null!;
    private string _editor = "";

    public async ValueTask InitializeAsync()
    {
        _world = await World.StartAsync(database);
        _lejla = await _world.As(_world.Lejla);
        var list = await (await _lejla.GetAsync("/settings/agreements")).SubmitAsync("Begin with the complete text");
        _editor = list.Link("/settings/agreements/").GetAttribute("href")!;
    }

    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    private Task<Page> OpenAsync(string query = "?in=en") => _lejla.GetAsync(_editor + query);

    private static string Clause(Page page, int number, string field) => page.FindAll($"[data-items=clause] > li [name$='.{field}']")[number - 1].GetAttribute("name")!;

    private static string Promise(Page page, int number) => page.FindAll("[data-items=promise] > li textarea")[number - 1].GetAttribute("name")!;

    private Task<T> DbAsync<T>(Func<PracticeDb, Task<T>> ask) => _world.InDbAsync(_world.Lejla, ask);

    private Task<AgreementTemplate> NewestAsync() => DbAsync(db => db.AgreementTemplates.AsNoTracking().OrderByDescending(t => t.Number).FirstAsync());

    [Fact]
    public async Task The_first_change_makes_a_working_copy_and_the_published_version_stays()
    {
        Assert.True((await OpenAsync()).Says("This is version 1"));
        var page = await OpenAsync();
        var saved = await page.SubmitAsync("Save", (Clause(page, 3, "Text"), "A session costs {{fee}}. Speak with us about money."));

        Assert.True(saved.Says("Saved.") && saved.Says("You are changing the working copy"), saved.ToString());
        Assert.Equal("A session costs {{fee}}. Speak with us about money.", saved.Form("Save").Value(Clause(saved, 3, "Text")));
        Assert.True((await (await OpenAsync("?in=fi")).Visitor.GetAsync(_editor + "?in=fi")).Html.Contains("Yksi tapaaminen maksaa", StringComparison.Ordinal));
        Assert.Equal(2L, await _world.ScalarAsync<long>("select count(*) from agreement_templates"));
        Assert.Contains("If money becomes difficult", (await DbAsync(db => db.AgreementTemplates.SingleAsync(t => t.Number == 1))).Texts["en"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Saving_what_was_not_changed_makes_no_copy()
    {
        await (await OpenAsync()).SubmitAsync("Save");
        Assert.Equal(1L, await _world.ScalarAsync<long>("select count(*) from agreement_templates"));
    }

    [Fact]
    public async Task An_unknown_placeholder_is_named_beside_its_clause_and_nothing_typed_is_lost()
    {
        var page = await OpenAsync();
        var answer = await page.SubmitAsync("Save", (Clause(page, 3, "Text"), "It costs {{fe}}."), (Clause(page, 1, "Heading"), "Our work"));

        Assert.Equal(["{{fe}} stands for nothing. Please choose from the list of values."], answer.Errors);
        Assert.NotNull(answer.Find("#t3 .err"));
        Assert.Equal(("It costs {{fe}}.", "Our work"), (answer.Form("Save").Value(Clause(answer, 3, "Text")), answer.Form("Save").Value(Clause(answer, 1, "Heading"))));
        Assert.Equal(1L, await _world.ScalarAsync<long>("select count(*) from agreement_templates"));
        // Read aloud it is tied to its field.
        var field = answer.Find($"[name='{Clause(answer, 3, "Text")}']")!;
        Assert.Contains(answer.Find("#t3 .err")!.Id!, field.GetAttribute("aria-describedby"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clause_that_others_point_to_cannot_go_unnoticed()
    {
        var page = await OpenAsync();
        var without = await page.Form("#t15 [data-remove]").SubmitAsync();
        Assert.True(without.Says("Not saved yet."));
        var answer = await without.SubmitAsync("Save");
        Assert.Contains("{{clause.ending}}: the text has no clause of this kind (Ending and referral).", answer.Errors);

        var opening = answer.Form("Save").Value("Opening").Replace(" (clause {{clause.ending}})", "", StringComparison.Ordinal);
        var others = await answer.SubmitAsync("Save", ("Opening", opening));
        Assert.Contains(others.Errors, e => e.StartsWith("Suomi: there the text still names {{clause.ending}}", StringComparison.Ordinal));
        Assert.Equal(1L, await _world.ScalarAsync<long>("select count(*) from agreement_templates"));
    }

    [Fact]
    public async Task Clauses_move_in_all_languages_and_the_terms_go_with_them()
    {
        // The fee goes before the place.
        var moved = await (await OpenAsync()).Form("#t3 [data-move='-1']").SubmitAsync();
        Assert.Equal("The fee and how it is paid", moved.Form("Save").Value(Clause(moved, 2, "Heading")));
        await moved.SubmitAsync("Save");

        var copy = await NewestAsync();
        Assert.Equal((2, false), (copy.Number, copy.IsPublished));
        Assert.All(copy.Texts.Keys, l => Assert.Equal([ClauseKind.Services, ClauseKind.Fee, ClauseKind.Place], copy.In(l).Clauses.Take(3).Select(c => c.Kind)));
        Assert.Equal("Hinta ja maksaminen", copy.In("fi").Clauses[1].Heading);
        Assert.Equal(("2", "3"), (copy.Terms.Fee.Clause, copy.Terms.Session.Clause));
    }

    [Fact]
    public async Task A_new_clause_waits_for_its_translation_and_publishing_names_the_languages()
    {
        var page = await (await OpenAsync()).Form("Add a clause").SubmitAsync();
        var number = page.FindAll("[data-items=clause] > li").Count;
        Assert.Equal(17, number);
        await page.SubmitAsync("Save", (Clause(page, 17, "Heading"), "The cat"), (Clause(page, 17, "Text"), "There is a cat here."));
        var finnish = await OpenAsync("?in=fi");
        Assert.Contains("not yet translated", Fold(finnish.Find("#t17")!.TextContent), StringComparison.Ordinal);

        var refused = await (await OpenAsync()).SubmitAsync("Save and publish", ("Note", "A cat"));
        Assert.True(refused.Says("Not published yet") && refused.Says("Suomi: clauses 17") && refused.Says("Bosanski: clauses 17"), refused.ToString());
        foreach (var (language, words) in new[] { ("bs", "Mačka"), ("ru", "Кошка"), ("fi", "Kissa") })
        {
            var form = await OpenAsync($"?in={language}");
            await form.SubmitAsync("Save", (Clause(form, 17, "Heading"), words), (Clause(form, 17, "Text"), words));
        }

        var published = await (await OpenAsync()).SubmitAsync("Save and publish", ("Note", "A cat"));
        Assert.True(published.Says("Version 2 is published."), published.ToString());
        Assert.True((await _lejla.GetAsync(_editor + "/versions")).Says("A cat"));
    }

    [Fact]
    public async Task Only_the_languages_on_offer_must_be_complete()
    {
        var page = await OpenAsync();
        foreach (var language in new[] { "Suomi", "Русский", "Bosanski" }) page = await page.Form($"No longer offer: {language}").SubmitAsync();
        page = await OpenAsync();
        page = await page.Form("Add a promise").SubmitAsync();
        var published = await page.SubmitAsync("Save and publish", (Promise(page, 11), "We water the plants."), ("Note", "English only"));

        Assert.True(published.Says("Version 2 is published."), published.ToString());
        Assert.Equal(["en"], (await NewestAsync()).Texts.Keys);
        var prepare = await _lejla.GetAsync($"/agreements/new?client={_world.Emina.ClientId}");
        Assert.DoesNotContain("Suomi", prepare.Text, StringComparison.Ordinal);
        var token = prepare.Find("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var refused = await _lejla.PostAsync("/agreements/new", ("__RequestVerificationToken", token), ("client", $"{_world.Emina.ClientId}"), ("Input.Language", "fi"),
            ("Input.Kind", $"{_world.Lipa.Individual}"), ("Input.From", _editor.Split('/')[^1]));
        Assert.Equal(["“Sporazum o zajedničkom radu” is offered in: English."], refused.Errors);
    }

    [Fact]
    public async Task Of_two_who_save_the_second_is_told_and_keeps_what_was_typed()
    {
        var (mine, theirs) = (await OpenAsync(), await (await _world.As(_world.Damir)).GetAsync(_editor + "?in=en"));
        await theirs.SubmitAsync("Save", ("Title", "Theirs"));
        var told = await mine.SubmitAsync("Save", ("Title", "Mine"), (Clause(mine, 2, "Heading"), "Where"));

        Assert.True(told.Says("Somebody else has saved this meanwhile."), told.ToString());
        Assert.Equal(("Mine", "Where"), (told.Form("Save").Value("Title"), told.Form("Save").Value(Clause(told, 2, "Heading"))));
        Assert.Equal("Theirs", (await NewestAsync()).In("en").Title);
        await told.SubmitAsync("Save");
        Assert.Equal(("Mine", "Where"), ((await NewestAsync()).In("en").Title, (await NewestAsync()).In("en").Clauses[1].Heading));
    }

    [Fact]
    public async Task Where_others_have_moved_clauses_meanwhile_translations_stay_with_theirs()
    {
        var mine = await OpenAsync();
        var theirs = await (await _world.As(_world.Damir)).GetAsync(_editor + "?in=fi");
        await (await theirs.Form("#t3 [data-move='-1']").SubmitAsync()).SubmitAsync("Save");
        var told = await mine.SubmitAsync("Save", (Clause(mine, 3, "Text"), "{{fee}}"));
        await told.SubmitAsync("Save");

        var copy = await NewestAsync();
        Assert.Equal(["Mitä teemme yhdessä", "Paikka, aika ja kesto", "Hinta ja maksaminen"], copy.In("fi").Clauses.Take(3).Select(c => c.Heading));
        Assert.Equal("{{fee}}", copy.In("en").Clauses[2].Text);
    }

    [Fact]
    public async Task A_number_that_the_terms_decide_is_named_but_saved()
    {
        var page = await OpenAsync();
        var saved = await page.SubmitAsync("Save", (Clause(page, 5, "Text"), "You may cancel until 48 hours before."), (Clause(page, 3, "Text"), "It costs 80 KM."));

        Assert.True(saved.Says("Saved."), saved.ToString());
        Assert.Contains("The text says “48 hours”, the terms say something else. What later cancelling costs: 24 hours", Fold(saved.Find("#t5")!.TextContent), StringComparison.Ordinal);
        Assert.Contains("“80 KM” also stands in the terms (Price of a session)", Fold(saved.Find("#t3")!.TextContent), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_too_long_is_said_beside_its_field()
    {
        var page = await OpenAsync();
        var answer = await page.SubmitAsync("Save", (Clause(page, 2, "Heading"), new string('x', 161)), (Promise(page, 1), new string('y', 401)));

        Assert.Equal(2, answer.Errors.Count);
        Assert.Equal(161, answer.Form("Save").Value(Clause(answer, 2, "Heading")).Length);
    }

    [Fact]
    public async Task The_preview_is_what_the_client_later_sees()
    {
        // The agreement takes its price from the kind of session, the preview from the template.
        var preview = await OpenAsync("?in=bs");
        var id = await _world.SendAsync("bs");
        var seen = await (await _world.As(_world.Emina, "bs")).GetAsync($"/agreements/{id}");

        Assert.Equal(
            // Asking about a clause is for what was sent.
            seen.FindAll("[data-clause]").Select(c => { c.QuerySelector(".talk")?.Remove(); return Fold(c.InnerHtml); }),
            preview.FindAll(".phone [data-clause]").Select(c => Fold(c.InnerHtml)));
        Assert.Equal(seen.FindAll(".promise .say").Select(p => p.TextContent), preview.FindAll(".phone .promise .say").Select(p => p.TextContent));
        Assert.Equal(seen.Find("h1")!.TextContent, preview.Find(".phone-title")!.TextContent);
        Assert.NotEmpty(preview.FindAll(".phone .means figure svg"));
    }

    [Fact]
    public async Task The_preview_shows_what_is_typed_and_keeps_nothing()
    {
        _lejla.Headers["X-Requested-With"] = "fetch";
        var page = await OpenAsync();
        var shown = await page.Form("[data-preview-look]").Fill(Clause(page, 3, "Text"), "Now *this*, {{fe}} for {{fee}}.").SubmitAsync();

        Assert.Null(shown.Find("main"));
        Assert.Contains("Now this, {{fe}} for 80 KM.", Fold(shown.Find("#seen3")!.TextContent), StringComparison.Ordinal);
        Assert.Equal(["bs", "en", "ru", "fi"], shown.FindAll("details ul").Select(l => l.GetAttribute("lang")));
        Assert.Equal(1L, await _world.ScalarAsync<long>("select count(*) from agreement_templates"));
    }

    [Fact]
    public async Task Agreements_stay_with_their_version_and_are_counted()
    {
        await _world.AgreeAsync();
        var page = await OpenAsync();
        await page.SubmitAsync("Save and publish", ("Title", "Another title"), ("Note", "A new title"));
        var versions = await _lejla.GetAsync(_editor + "/versions");

        Assert.True(versions.Says("1 in force, 1 in all") && versions.Says("0 in force, 0 in all"), versions.ToString());
        Assert.Equal(["[removed: Agreement on working together end]"], versions.FindAll("del").Select(d => Fold(d.TextContent)));
        Assert.Equal(["[added: Another title end]"], versions.FindAll("ins").Select(d => Fold(d.TextContent)));
        Assert.Equal("Agreement on working together", (await (await _world.As(_world.Emina)).GetAsync($"/agreements/{await DbAsync(db => db.Agreements.Select(a => a.Id).SingleAsync())}")).Heading);
        var next = await _world.SendAsync();
        Assert.Equal("Another title", (await (await _world.As(_world.Emina)).GetAsync($"/agreements/{next}")).Heading);
    }

    [Fact]
    public async Task The_terms_are_changed_in_the_working_copy_and_their_sentences_compared()
    {
        var terms = await _lejla.GetAsync(_editor + "/terms");
        var saved = await terms.SubmitAsync("main form .deed button", ("Form.fee.payWithinDays", "3"));
        Assert.True(saved.Says("Saved."), saved.ToString());

        var versions = await _lejla.GetAsync(_editor + "/versions");
        Assert.True(versions.Says("Before: You pay within 7 days after the session.") && versions.Says("Now: You pay within 3 days after the session."), versions.ToString());
        Assert.Equal(7, (await DbAsync(db => db.AgreementTemplates.SingleAsync(t => t.Number == 1))).Terms.Fee.PayWithinDays);
    }

    [Fact]
    public async Task The_working_copy_is_discarded()
    {
        await (await OpenAsync()).SubmitAsync("Save", ("Title", "Gone soon"));
        var page = await (await OpenAsync()).SubmitAsync("Discard the working copy");

        Assert.True(page.Says("The working copy is gone."));
        Assert.Equal("Agreement on working together", page.Form("Save").Value("Title"));
    }

    [Fact]
    public async Task A_second_template_is_copied_published_chosen_and_retired()
    {
        var list = await _lejla.GetAsync("/settings/agreements");
        Assert.Contains("A template with this name exists already.", (await list.SubmitAsync("Add the template", ("Name", "Sporazum o zajedničkom radu"))).Errors);
        var editor = await list.SubmitAsync("Add the template", ("Name", "Couples"), ("From", _editor.Split('/')[^1]));
        Assert.True(editor.Says("Nothing of this template is published yet"), editor.ToString());
        Assert.False((await _lejla.GetAsync($"/agreements/new?client={_world.Emina.ClientId}")).Says("Couples"));
        await editor.SubmitAsync("Save and publish", ("Title", "For two"));

        var couples = editor.Url.AbsolutePath;
        _world.Clock.Advance(TimeSpan.FromMinutes(1));
        await (await _lejla.GetAsync(couples + "/versions")).SubmitAsync("Offer it first");
        var prepare = await _lejla.GetAsync($"/agreements/new?client={_world.Emina.ClientId}");
        Assert.Equal(couples.Split('/')[^1], prepare.Form("Show me the agreement").Value("From"));
        Assert.Equal("For two", (await prepare.SubmitAsync("Show me the agreement", ("Language", "en"), ("Kind", _world.Lipa.Individual.ToString()))).Heading);

        await (await _lejla.GetAsync(_editor + "/versions")).SubmitAsync("No longer use");
        Assert.False((await _lejla.GetAsync($"/agreements/new?client={_world.Emina.ClientId}")).Says("Template:"));
        Assert.True((await _lejla.GetAsync("/settings/agreements")).Says("no longer in use"));
    }

    [Fact]
    public async Task What_was_published_is_changed_and_deleted_by_nobody()
    {
        foreach (var sql in new[] { "update agreement_templates set note = 'x'", "update agreement_templates set terms_json = '{}'", "update agreement_templates set published_at = null", "delete from agreement_templates" })
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => _world.ScalarAsync<object>(sql));
            Assert.Equal(PostgresErrorCodes.RestrictViolation, refused.SqlState);
        }
    }

    [Fact]
    public async Task A_series_has_one_working_copy()
    {
        await (await OpenAsync()).SubmitAsync("Save", ("Title", "A copy"));
        var refused = await Assert.ThrowsAsync<PostgresException>(() => _world.ScalarAsync<object>(
            "insert into agreement_templates (practice_id, id, series_id, number, texts, terms_json, note, created_at) select practice_id, gen_random_uuid(), series_id, 9, texts, terms_json, '', created_at from agreement_templates where number = 1"));
        Assert.Equal("one_working_copy", refused.ConstraintName);
    }

    [Fact]
    public async Task Clients_operators_and_other_practices_find_nothing()
    {
        foreach (var person in new[] { _world.Emina, _world.Sanela, _world.Nora, _world.Mikko })
        {
            foreach (var place in new[] { _editor, _editor + "/versions", _editor + "/terms" })
                Assert.Equal(HttpStatusCode.NotFound, (await (await _world.As(person)).GetAsync(place)).Status);
        }

        Assert.Equal(HttpStatusCode.OK, (await (await _world.As(_world.Azra)).GetAsync(_editor)).Status);
        Assert.DoesNotContain(_editor, (await (await _world.As(_world.Mikko)).GetAsync("/settings/agreements")).Html, StringComparison.Ordinal);
    }

    private static string Fold(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
