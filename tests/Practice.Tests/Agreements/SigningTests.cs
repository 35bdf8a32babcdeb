using System.Net;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;
using PracticeApp.Tests.Platform;

namespace PracticeApp.Tests.Agreements;

public sealed class SigningTests(Database database) : IAsyncLifetime
{
    private World _world = null!;

    public async ValueTask InitializeAsync() => _world = await World.StartAsync(database);

    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    [Theory]
    [InlineData("en")]
    [InlineData("ru")]
    [InlineData("bs")]
    [InlineData("fi")]
    public async Task From_the_template_to_a_sealed_pdf_that_anyone_can_verify(string language)
    {
        var id = await _world.AgreeAsync(language);

        Assert.Equal(AgreementState.InForce, await _world.StateAsync(id));
        Assert.Equal([ActKind.Sent, ActKind.Initialled, ActKind.Signed, ActKind.Initialled, ActKind.Countersigned], await _world.ActsAsync(id));
        var pdf = (await (await _world.As(_world.Emina)).GetAsync($"/agreements/{id}/pdf")).Bytes;
        Assert.Equal(0, PdfTool.Run("qpdf", pdf, "--check", "FILE").Exit);
        var page = await _world.Stranger().GetAsync("/verify");
        var answer = await page.Form("Check it").Attach("Input.File", "a.pdf", pdf).SubmitAsync();
        Assert.True(answer.Says("Genuine and unchanged"), answer.ToString());
    }

    [Fact]
    public async Task The_client_is_told_that_something_waits_and_nothing_more()
    {
        await _world.SendAsync();
        var mail = Assert.Single(await _world.DeliverAsync());

        Assert.Equal(_world.Emina.Email, mail.To);
        foreach (var word in new[] { "agreement", "psycholog", "Lejla", "therap" })
            Assert.DoesNotContain(word, mail.Subject + mail.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Missing_initials_name_and_consent_are_shown_beside_their_fields_and_nothing_typed_is_lost()
    {
        var id = await _world.SendAsync();
        var page = await (await _world.As(_world.Emina)).GetAsync($"/agreements/{id}/sign");
        var form = page.Filled("Sign the agreement", "Emina Hodžić", "EH").Fill("Consent", "false");
        var first = form.Fields.First(f => f.StartsWith("Input.Initials", StringComparison.Ordinal));
        var answer = await form.Fill(first, "").SubmitAsync();

        Assert.True(answer.Says("Your initials are missing here."));
        Assert.True(answer.Says("Without this the agreement cannot be signed."));
        Assert.Equal("Emina Hodžić", answer.Form("Sign the agreement").Value("Name"));
        Assert.Equal("EH", answer.Form("Sign the agreement").Value(form.Fields.Last(f => f.StartsWith("Input.Initials", StringComparison.Ordinal))));
        Assert.Equal(AgreementState.Sent, await _world.StateAsync(id));
    }

    [Fact]
    public async Task Looking_at_the_page_counts_as_viewed_only_when_the_page_says_so()
    {
        var id = await _world.SendAsync();
        var page = await (await _world.As(_world.Emina)).GetAsync($"/agreements/{id}");
        Assert.Equal(AgreementState.Sent, await _world.StateAsync(id));

        await page.Form("form[data-viewed]").SubmitAsync();
        await page.Form("form[data-viewed]").SubmitAsync();

        Assert.Equal(AgreementState.Viewed, await _world.StateAsync(id));
        Assert.Equal([ActKind.Sent, ActKind.Viewed], await _world.ActsAsync(id));
    }

    [Fact]
    public async Task A_client_cannot_sign_twice()
    {
        var id = await _world.SendAsync();
        var visitor = await _world.As(_world.Emina);
        var (one, other) = (await visitor.GetAsync($"/agreements/{id}"), await visitor.GetAsync($"/agreements/{id}"));
        await one.Filled("Sign the agreement", "Emina Hodžić", "EH").SubmitAsync();
        var second = await other.Filled("Sign the agreement", "Somebody Else", "SE").SubmitAsync();

        Assert.True(second.Says("You have signed."), second.ToString());
        Assert.Equal(1L, await _world.ScalarAsync<long>("select count(*) from agreement_acts where kind = 'Signed'"));
    }

    [Fact]
    public async Task Of_a_hundred_signings_at_once_one_is_taken()
    {
        var id = await _world.SendAsync();
        var page = await (await _world.As(_world.Emina)).GetAsync($"/agreements/{id}");
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => page.Filled("Sign the agreement", "Emina Hodžić", "EH").SubmitAsync(follow: false)));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Redirect, a.Status));
        Assert.Equal([ActKind.Sent, ActKind.Initialled, ActKind.Signed], await _world.ActsAsync(id));
    }

    [Fact]
    public async Task Of_a_hundred_signings_at_once_half_of_another_text_only_the_shown_one_is_taken()
    {
        var id = await _world.SendAsync();
        var visitor = await _world.As(_world.Emina);
        var (tab, other) = (await visitor.GetAsync($"/agreements/{id}"), await visitor.GetAsync($"/agreements/{id}"));
        // Between the two tabs the template changes; what was sent does not.
        await _world.InDbAsync(_world.Lejla, async db =>
        {
            var old = await db.AgreementTemplates.SingleAsync();
            var next = old.WorkingCopy(_world.Clock.Now);
            var text = old.In("en").Map(part => part.Replace("Things happen.", "Never.", StringComparison.Ordinal));
            next.Reword("en", text, [.. text.Clauses.Select(c => (int?)c.Number)], [.. text.Responsibilities.Select(r => (int?)r.Number)]);
            next.Publish("Never", _world.Clock.Now);
            db.Add(next);
        });
        var shown = await _world.ScalarAsync<byte[]>($"select document_hash from agreements where id = '{id}'");
        var tampered = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => TamperedAsync(visitor, id, tab.Filled("Sign the agreement", "Emina Hodžić", "EH"))));
        Assert.All(tampered, a => Assert.True(a.Says("Nothing was signed."), a.ToString()));
        Assert.Equal(AgreementState.Sent, await _world.StateAsync(id));
        var forms = Enumerable.Range(0, 100).Select(i => (i % 4 < 2 ? tab : other).Filled("Sign the agreement", "Emina Hodžić", "EH")).ToList();
        var answers = await Task.WhenAll(forms.Select((form, i) => i % 2 == 0 ? form.SubmitAsync(follow: false) : TamperedAsync(visitor, id, form)));

        Assert.All(answers, a => Assert.True(a.Status is HttpStatusCode.Redirect or HttpStatusCode.OK, $"{a.Status}"));
        Assert.Equal([ActKind.Sent, ActKind.Initialled, ActKind.Signed], await _world.ActsAsync(id));
        Assert.All(await _world.ActTextsAsync(id), act => Assert.Equal(CanonicalText.Hex(shown!), EvidenceChain.Values(act, "Document").Single()));
    }

    private static Task<Page> TamperedAsync(Visitor visitor, Guid id, Form form) => visitor.PostAsync($"/agreements/{id}/sign",
        [.. form.Sent().Where(f => f.Name != "Input.Document"), ("Input.Document", new string('a', 64))]);

    [Fact]
    public async Task What_was_shown_is_what_is_signed()
    {
        var id = await _world.SendAsync();
        var page = await (await _world.As(_world.Emina)).GetAsync($"/agreements/{id}");
        var form = page.Filled("Sign the agreement", "Emina Hodžić", "EH");
        ((AngleSharp.Html.Dom.IHtmlInputElement)form.Element.QuerySelector("[name='Input.Document']")!).Value = new string('a', 64);
        var answer = await form.SubmitAsync();

        Assert.True(answer.Says("Nothing was signed."), answer.ToString());
        Assert.Equal(AgreementState.Sent, await _world.StateAsync(id));
    }

    [Fact]
    public async Task A_new_version_sent_meanwhile_cannot_be_signed_from_the_old_page()
    {
        var id = await _world.SendAsync();
        var old = await (await _world.As(_world.Emina)).GetAsync($"/agreements/{id}");
        var newer = await _world.SendAsync();
        var answer = await old.Filled("Sign the agreement", "Emina Hodžić", "EH").SubmitAsync();

        Assert.True(answer.Says("can no longer be signed"), answer.ToString());
        Assert.Equal(AgreementState.Superseded, await _world.StateAsync(id));
        Assert.Equal(AgreementState.Sent, await _world.StateAsync(newer));
    }

    [Fact]
    public async Task Exactly_one_agreement_is_in_force_and_the_newer_takes_the_place_of_the_older()
    {
        var first = await _world.AgreeAsync();
        var second = await _world.AgreeAsync("bs");

        Assert.Equal(AgreementState.Superseded, await _world.StateAsync(first));
        Assert.Equal(AgreementState.InForce, await _world.StateAsync(second));
        Assert.Contains(ActKind.Superseded, await _world.ActsAsync(first));
        var page = await (await _world.As(_world.Emina)).GetAsync($"/agreements/{first}");
        Assert.True(page.Says("A newer version has taken its place"), page.ToString());
    }

    [Fact]
    public async Task Not_wanting_to_sign_leads_to_a_talk_and_from_there_to_a_new_version()
    {
        var id = await _world.SendAsync();
        var page = await (await _world.As(_world.Emina)).GetAsync($"/agreements/{id}");
        var talk = await page.FollowAsync("I do not want to sign it like this");
        Assert.True((await talk.SubmitAsync("Ask for a talk")).Says("A word or two"));
        var after = await talk.SubmitAsync("Ask for a talk", ("Reason", "The fee frightens me."));

        Assert.True(after.Says("Nothing is broken off"), after.ToString());
        var mine = await (await _world.As(_world.Lejla)).GetAsync($"/agreements/{id}");
        Assert.True(mine.Says("The fee frightens me."));
        Assert.Contains(await _world.DeliverAsync(), m => m.To == _world.Lejla.Email && !m.Text.Contains("frightens", StringComparison.Ordinal));
        Assert.True((await mine.FollowAsync("Prepare a new version")).Says("A new agreement"));
    }

    [Fact]
    public async Task Words_that_tell_of_danger_put_the_numbers_first_and_are_flagged()
    {
        var id = await _world.SendAsync();
        var talk = await (await _world.As(_world.Emina)).GetAsync($"/agreements/{id}/talk");
        Assert.NotNull(talk.Find(".crisis"));
        var after = await talk.SubmitAsync("Ask for a talk", ("Reason", "I want to kill myself."));

        var order = after.FindAll(".crisis, article.clause").ToList();
        Assert.True(order[0].ClassList.Contains("crisis"), after.ToString());
        Assert.Equal(1L, await _world.ScalarAsync<long>($"select count(*) from safety_flags where source_id = '{id}'"));
        Assert.Equal(AgreementState.Declined, await _world.StateAsync(id));
    }

    [Fact]
    public async Task The_numbers_of_the_clients_country_stand_in_the_emergency_clause()
    {
        var id = await _world.SendAsync();
        var page = await (await _world.As(_world.Emina)).GetAsync($"/agreements/{id}");

        Assert.Contains("Ambulance: 124", page.Find("#t16")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_ninety_days_it_can_no_longer_be_signed()
    {
        var id = await _world.SendAsync();
        _world.Clock.Advance(TimeSpan.FromDays(90));
        var page = await (await _world.As(_world.Emina)).GetAsync($"/agreements/{id}");

        Assert.True(page.Says("can no longer be signed"), page.ToString());
        Assert.Equal(HttpStatusCode.Redirect, (await (await _world.As(_world.Emina)).GetWithoutFollowingAsync($"/agreements/{id}/sign")).Status);
    }

    [Fact]
    public async Task The_clause_of_a_consequence_has_a_place_of_its_own()
    {
        var id = await _world.AgreeAsync();
        var page = await (await _world.As(_world.Emina)).GetAsync("/me/agreement");

        Assert.Equal($"/agreements/{id}#t5", AgreementAccess.Address(id, "5"));
        Assert.Contains("half of the fee", page.Find("#t5")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("40", page.Find("#t5 .means")!.TextContent, StringComparison.Ordinal);
    }
}
