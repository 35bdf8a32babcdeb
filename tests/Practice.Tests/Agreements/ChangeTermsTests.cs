using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;
using PracticeApp.Agreements.Editing;
using PracticeApp.Platform;

namespace PracticeApp.Tests.Agreements;

public sealed class ChangeTermsTests(Database database) : IAsyncLifetime
{
    private World _world = null!;

    public async ValueTask InitializeAsync() => _world = await World.StartAsync(database);

    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task Keeping_what_stands_there_changes_nothing()
    {
        var id = await DraftAsync();
        var before = await TermsAsync(id);

        var answer = await (await OpenAsync(id)).SubmitAsync("Keep these terms");

        Assert.Equal($"/agreements/{id}", answer.Path);
        Assert.Equal(before, await TermsAsync(id));
    }

    [Theory]
    [MemberData(nameof(PublishedPracticesTests.Names), MemberType = typeof(PublishedPracticesTests))]
    public async Task Every_published_practice_can_be_entered(string name)
    {
        var id = await DraftAsync();
        var currency = (await TermsAsync(id)).Currency;
        var wanted = PublishedPracticesTests.All[name] with { Currency = currency };

        var answer = await (await EnterAsync(await OpenAsync(id), wanted)).SubmitAsync("Keep these terms");

        Assert.Equal($"/agreements/{id}", answer.Path);
        // Parts of clauses are numbered by nobody but a lawyer.
        var expected = System.Text.RegularExpressions.Regex.Replace(wanted.WithClausesOf(AgreementText.DefaultTemplate("en")).ToJson(), @"""clause"":""(\d+)\.\d+""", @"""clause"":""$1""");
        Assert.Equal(expected, (await TermsAsync(id)).ToJson());
    }

    [Fact]
    public async Task An_exception_for_a_kind_of_session_is_chosen_by_name_and_told_to_the_client()
    {
        var id = await DraftAsync();
        var kind = $"{_world.Lipa.Individual}";
        var wanted = await TermsAsync(id) is var terms ? terms with
        {
            Overrides = [TermsOverride.Of(kind, SessionPlace.Online) with { Absence = new("6", Cost.OfPercent(30)), Without = [LiftedPart.FreePasses] }],
        } : null!;

        var answer = await (await EnterAsync(await OpenAsync(id), wanted)).SubmitAsync("Keep these terms");

        Assert.Equal(wanted.ToJson(), (await TermsAsync(id)).ToJson());
        Assert.Contains(answer.FindAll(".means li"), li => li.TextContent.Contains("online: Not coming without a word costs", StringComparison.Ordinal));
        Assert.Contains(answer.FindAll(".means li"), li => li.TextContent.Contains("online: No late cancellation is free there.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("en", "Please write a number", "This goes from 0 to 120")]
    [InlineData("ru", "Напишите число", "Допустимо от 0 до 120")]
    [InlineData("bs", "Upišite broj", "Dozvoljeno je od 0 do 120")]
    [InlineData("fi", "Kirjoita luku", "Tähän käy 0–120")]
    public async Task What_stands_wrong_is_said_beside_its_field_and_everything_typed_stays(string language, string number, string range)
    {
        var id = await DraftAsync();
        var before = await TermsAsync(id);
        var visitor = await _world.As(_world.Lejla);
        var page = await visitor.GetAsync($"/agreements/{id}/terms?lang={language}");
        var form = page.Form("form[data-terms] .deed button").Fill("Form.fee.amount", "osamdeset").Fill("Form.fee.payWithinDays", "121").Fill("Form.ending.noticeDays", "21");

        var answer = await form.SubmitAsync();

        Assert.Contains(answer.Errors, e => e.StartsWith(number, StringComparison.Ordinal));
        Assert.Contains(answer.Errors, e => e.StartsWith(range, StringComparison.Ordinal));
        var again = answer.Form("form[data-terms] .deed button");
        Assert.Equal(("osamdeset", "121", "21"), (again.Value("Form.fee.amount"), again.Value("Form.fee.payWithinDays"), again.Value("Form.ending.noticeDays")));
        var field = answer.Find("#Form_fee_amount")!;
        Assert.Equal("true", field.GetAttribute("aria-invalid"));
        Assert.NotNull(answer.Document.GetElementById(field.GetAttribute("aria-describedby")!));
        Assert.Equal(before, await TermsAsync(id));
    }

    [Fact]
    public async Task A_row_comes_and_goes_without_script_and_the_hand_goes_on_there()
    {
        var page = await OpenAsync(await DraftAsync());
        var more = await page.Form("button[value='add cancellation.tiers']").Fill("Form.fee.amount", "not yet").SubmitAsync();

        Assert.Equal("not yet", more.Form("Keep these terms").Value("Form.fee.amount"));
        Assert.True(more.Find("#Form_cancellation_tiers_1__hoursBefore")!.HasAttribute("autofocus"));
        var less = await more.Form("button[value='remove cancellation.tiers[0]']").SubmitAsync();
        Assert.Null(less.Find("#Form_cancellation_tiers_1__hoursBefore"));
        Assert.Single(less.FindAll("[autofocus]"));
    }

    [Theory]
    [InlineData("en", "costs")]
    [InlineData("ru", "стоит")]
    [InlineData("bs", "košta")]
    [InlineData("fi", "maksaa")]
    public async Task What_it_means_is_shown_in_any_language_before_anything_is_saved(string language, string costs)
    {
        var id = await DraftAsync();
        var before = await TermsAsync(id);
        var page = await OpenAsync(id);

        var answer = await page.Form($"button[name='Form.card'][value={language}]").Fill("Form.fee.amount", "123,40").SubmitAsync();

        var card = answer.Find("#terms-card ul[lang]")!;
        Assert.Equal(language, card.GetAttribute("lang"));
        Assert.Contains(costs, card.TextContent, StringComparison.Ordinal);
        Assert.Contains(language == "en" ? "123.40" : "123,40", card.TextContent, StringComparison.Ordinal);
        Assert.Equal(before, await TermsAsync(id));
    }

    [Fact]
    public async Task Script_gets_the_part_that_changes()
    {
        var page = await OpenAsync(await DraftAsync());
        page.Visitor.Headers["X-Requested-With"] = "fetch";

        var card = await page.Form("button[data-terms-look]").SubmitAsync();
        var body = await page.Form("button[value='add escalations']").SubmitAsync();

        Assert.StartsWith("<div class=\"means\"", card.Html.TrimStart(), StringComparison.Ordinal);
        Assert.StartsWith("<section", body.Html.TrimStart(), StringComparison.Ordinal);
        Assert.DoesNotContain("<html", card.Html + body.Html, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ru")]
    [InlineData("bs")]
    [InlineData("fi")]
    public async Task Every_sentence_is_there_and_every_field_has_a_name(string language)
    {
        var page = await (await _world.As(_world.Lejla)).GetAsync($"/agreements/{await DraftAsync()}/terms?lang={language}");
        foreach (var act in new[] { "add repeats.percents", "add escalations", "add reasons.reasons", "add scope.extraWork", "add contact.emergency.also", "add contact.emergency.turnTo", "add overrides" })
        {
            page = await page.Form($"button[value='{act}']").SubmitAsync();
        }

        foreach (var part in new[] { "fee", "session", "cancellation", "absence", "lateness", "moving", "prepayment", "room", "freePasses", "repeats", "psychologist" })
        {
            page = await page.Form($"button[value='add overrides[0].{part}']").SubmitAsync();
        }

        var fields = page.FindAll("[data-terms-body] :is(input, select):not([type=hidden])");
        Assert.All(fields, field => Assert.True(field.GetAttribute("aria-label") is { Length: > 3 } || field.Closest("label")?.TextContent.Trim() is { Length: > 1 }, field.OuterHtml));
        Assert.Equal(fields.Count, fields.Select(f => f.Id).Distinct().Count());
        Assert.DoesNotMatch(@"\{\d|\b(Wrong|Psy|Tier|H|Every|Counts|Action|Effect|Per|Scope|Unpaid|Of|Ends|Covers|InARow|Override|Place)\.[A-Za-z]", page.Find("[data-terms-body]")!.TextContent);
        Assert.DoesNotContain(fields, f => f.GetAttribute("aria-label")?.Contains('{', StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task It_is_open_to_its_psychologist_alone_and_only_while_it_is_a_draft()
    {
        var id = await DraftAsync();
        foreach (var other in new[] { _world.Damir, _world.Azra, _world.Emina })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await (await _world.As(other)).GetAsync($"/agreements/{id}/terms")).Status);
        }

        var page = await OpenAsync(id);
        await (await (await _world.As(_world.Lejla)).GetAsync($"/agreements/{id}")).SubmitAsync("Send it");
        var sent = await TermsAsync(id);
        var late = await page.Form("Keep these terms").Fill("Form.fee.amount", "1").SubmitAsync();

        Assert.Equal($"/agreements/{id}", late.Path);
        Assert.Equal($"/agreements/{id}", (await OpenAsync(id)).Path);
        Assert.Equal(sent, await TermsAsync(id));
    }

    [Fact]
    public async Task Nobody_changes_the_currency_and_nonsense_breaks_nothing()
    {
        var id = await DraftAsync();
        var before = await TermsAsync(id);
        var form = (await OpenAsync(id)).Form("Keep these terms").Smuggle("Form.currency", "USD").Smuggle("Form.overrides[x].kind", "1").Smuggle("Form.escalations[9999].action", "7")
            .Smuggle("Form.", "x").Smuggle("Form.schemaVersion", "9");

        Assert.Equal($"/agreements/{id}", (await form.SubmitAsync()).Path);
        Assert.Equal(before, await TermsAsync(id));
    }

    private async Task<Guid> DraftAsync()
    {
        var draft = await (await (await _world.As(_world.Lejla)).GetAsync($"/agreements/new?client={_world.Emina.ClientId}"))
            .SubmitAsync("Show me the agreement", ("Language", "en"), ("Kind", _world.Lipa.Individual.ToString()));
        Assert.NotNull(draft.Link("Change the terms"));
        return Guid.Parse(draft.Url.Segments[^1]);
    }

    private async Task<Page> OpenAsync(Guid id) => await (await _world.As(_world.Lejla)).GetAsync($"/agreements/{id}/terms");

    private Task<Terms> TermsAsync(Guid id) =>
        _world.InDbAsync(_world.Lejla, async db => (await db.Agreements.AsNoTracking().SingleAsync(a => a.Id == id)).Terms);

    /// <summary>Presses and types as somebody does who wants these terms; what is hidden is left alone.</summary>
    private static async Task<Page> EnterAsync(Page page, Terms wanted)
    {
        var goal = TermsForm.Of(wanted);
        page = await RowsAsync(page, goal, "reasons.reasons", wanted.Reasons.Reasons.Length, i => goal[$"reasons.reasons[{i}].key"]);
        foreach (var list in new[] { "cancellation.tiers", "repeats.percents", "escalations", "scope.extraWork", "contact.emergency.turnTo", "overrides" })
        {
            page = await RowsAsync(page, goal, list, goal.Count(list), null);
        }

        for (var i = 0; i < wanted.Overrides.Length; i++)
        {
            foreach (var part in new[] { "fee", "cancellation", "absence", "room" }.Where(p => goal.IsOn($"overrides[{i}].{p}")))
            {
                page = await Typed(page, goal).Form($"button[value='add overrides[{i}].{part}']").SubmitAsync();
            }

            if (goal.IsOn($"overrides[{i}].cancellation")) page = await RowsAsync(page, goal, $"overrides[{i}].cancellation.tiers", goal.Count($"overrides[{i}].cancellation.tiers"), null);
        }

        return Typed(page, goal);
    }

    private static async Task<Page> RowsAsync(Page page, TermsForm goal, string list, int count, Func<int, string>? key)
    {
        int Rows(Page on) => on.FindAll($"button[value^='remove {list}[']").Count;
        for (var i = Rows(page) - 1; key is not null && i >= 0; i--)
        {
            var name = page.Form("Keep these terms").Value($"Form.{list}[{i}].key");
            if (!Enumerable.Range(0, count).Any(n => key(n) == name)) page = await page.Form($"button[value='remove {list}[{i}]']").SubmitAsync();
        }

        while (Rows(page) > count) page = await page.Form($"button[value='remove {list}[0]']").SubmitAsync();
        while (Rows(page) < count) page = await Typed(page, goal).Form($"button[value='add {list}']").SubmitAsync();
        return page;
    }

    private static Page Typed(Page page, TermsForm goal)
    {
        foreach (var field in page.FindAll("[data-terms-body] :is(input, select):not([type=hidden])"))
        {
            var (name, path) = (field.GetAttribute("name")!, field.GetAttribute("name")!["Form.".Length..]);
            if (!goal.Paths.Contains(path) && !path.EndsWith(".on", StringComparison.Ordinal)) continue;
            switch (field)
            {
                case IHtmlInputElement { Type: "checkbox", Value: "true" } box: box.IsChecked = goal[path] == "true"; break;
                case IHtmlInputElement { Type: "checkbox" } box: box.IsChecked = goal.Has(path, box.Value); break;
                case IHtmlInputElement input: input.Value = goal[path]; break;
                case IHtmlSelectElement: page.Form("Keep these terms").Fill(name, goal[path]); break;
            }
        }

        return page;
    }
}
