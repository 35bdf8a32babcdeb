using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Engagements;
using PracticeApp.Requests;
using PracticeApp.Tests.Enquiries;
using PracticeApp.Tests.Platform;
using PracticeApp.Tests.Sessions;

namespace PracticeApp.Tests.Requests;

/// <summary>A request that somebody outside goes on with: /requests/{id}/refer, its letter, and the client's copy.</summary>
public sealed partial class ReferralTests(Database database) : IAsyncLifetime
{
    private const string Act = "Refer with this letter";
    private World _world = null!;
    private Visitor _lejla = null!;
    private Guid _psychiatrist, _legal;
    private string _address = "";

    public async ValueTask InitializeAsync()
    {
        _world = await World.StartAsync(database);
        (_psychiatrist, _legal, _) = await Directories.WriteAsync(_world);
        _address = await Described.RequestAsync(_world, "divorce-or-separation");
        _lejla = await _world.As(_world.Lejla);
    }

    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    private Task<Page> OpenAsync() => _lejla.GetAsync(_address + "/refer");
    private async Task<Form> FormAsync() => (await OpenAsync()).Form(Act).Fill("To", _psychiatrist.ToString()).Fill("Why", "she wants to be examined first").Fill("Language", "en");
    private async Task<Form> EnglishAsync()
    {
        var page = await (await OpenAsync()).SubmitAsync("Show the text in this language", ("Language", "en"));
        return page.Form(Act).Fill("To", _psychiatrist.ToString()).Fill("Why", "she wants to be examined first");
    }
    private Task<long> LettersAsync() => _world.ScalarAsync<long>("select count(*) from referrals");
    private Task<RequestState> StateAsync() => _world.InDbAsync(_world.Lejla, db => db.ClientRequests.Select(r => r.State).SingleAsync());
    private async Task<string> PdfAddressAsync() => (await _lejla.GetAsync(_address)).Link(_address + "/referral/").GetAttribute("href")!;

    [Fact]
    public async Task Those_who_work_with_the_theme_stand_first_and_psychiatry_is_there_in_any_case()
    {
        var page = await OpenAsync();
        Assert.Equal([_legal, _psychiatrist, ReferModel.NotListed], page.FindAll("input[name='Input.To']").Select(i => Guid.Parse(i.GetAttribute("value")!)));
        Assert.True(page.Says("Works with: Divorce or separation") && page.Says("Somebody who can also examine and prescribe") && !page.Says("Closed cabinet"), page.Text);
    }

    [Fact]
    public async Task The_letter_begins_neutral_in_the_practices_language_and_holds_nothing_of_the_record()
    {
        await _world.WriteComplaintAsync(_world.Emina, "an unmistakable complaint");
        var page = await OpenAsync();
        Assert.Equal("Poštovani,", page.Form(Act).Value("Salutation"));
        Assert.DoesNotContain("unmistakable", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Kapo", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Emina", page.Form(Act).Value("Body"), StringComparison.Ordinal);
        page = await page.SubmitAsync("Show the text in this language", ("Language", "fi"), ("Why", "words of mine"));
        Assert.StartsWith("Tämän kirjeen tuoja", page.Form(Act).Value("Body"), StringComparison.Ordinal);
        Assert.Equal("words of mine", page.Form(Act).Value("Why"));
        page = await page.SubmitAsync("Show the text in this language", ("Language", "ru"), ("Body", "My own words."));
        Assert.Equal(("My own words.", "Уважаемые коллеги!"), (page.Form(Act).Value("Body"), page.Form(Act).Value("Salutation")));
    }

    [Fact]
    public async Task A_neutral_letter_needs_no_consent_and_ends_the_request()
    {
        var page = await (await EnglishAsync()).SubmitAsync();
        Assert.Equal(_address, page.Path);
        Assert.True(page.Says("Letter to Dr Amela Tanović") && page.Says("The client has no copy.") && page.Says("she wants to be examined first"), page.Text);
        Assert.Equal(RequestState.Referred, await StateAsync());
        var letter = await _world.InDbAsync(_world.Lejla, db => db.Referrals.SingleAsync());
        Assert.Equal((null, null, (Guid?)_psychiatrist, _world.Lejla.UserId), (letter.ConsentAt, letter.ConsentNotedBy, letter.ContactId, letter.By));
        Assert.Equal(0, await _world.ScalarAsync<long>("select count(*) from referrals where encode(letter, 'escape') like '%Amela%'"));
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => _world.ScalarAsync<int>("update referrals set shared = true returning 1"));
    }

    [Theory, InlineData("NameClient", "true"), InlineData("Body", "She sleeps badly since March."), InlineData("Salutation", "Dear Amela, here is Emina,")]
    public async Task What_says_something_of_the_client_goes_out_only_with_their_yes(string field, string value)
    {
        var page = await (await EnglishAsync()).Fill(field, value).SubmitAsync();
        Assert.Equal(["The letter says something of the client. Ask them first, then tick this."], page.Errors);
        Assert.Equal(value, page.Form(Act).Value(field));
        Assert.Equal(0, await LettersAsync());
        await page.SubmitAsync(Act, ("Agreed", "true"));
        var letter = await _world.InDbAsync(_world.Lejla, db => db.Referrals.SingleAsync());
        Assert.Equal((_world.Clock.Now, _world.Lejla.UserId), (letter.ConsentAt, letter.ConsentNotedBy));
    }

    [Theory]
    [InlineData("en", "With kind regards"), InlineData("ru", "С уважением"), InlineData("bs", "Srdačan pozdrav"), InlineData("fi", "Ystävällisin terveisin")]
    public async Task The_letter_is_a_pdf_whose_text_can_be_read_back(string language, string regards)
    {
        var page = await (await OpenAsync()).SubmitAsync("Show the text in this language", ("Language", language));
        var body = page.Form(Act).Value("Body");
        await page.SubmitAsync(Act, ("To", _psychiatrist.ToString()), ("NameClient", "true"), ("Agreed", "true"), ("Why", "why"));
        var clock = Stopwatch.StartNew();
        var file = await _lejla.GetAsync(await PdfAddressAsync());
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(1), $"{clock.Elapsed}");
        Assert.Equal(("application/pdf", "2026-03-16.pdf"), (file.Response.Content.Headers.ContentType!.MediaType, file.Response.Content.Headers.ContentDisposition!.FileName));
        var text = Spaces().Replace(PdfTool.TextOf(file.Bytes), " ");
        foreach (var part in (string[])["Lipa", "Ferhadija 1 · +387 33 000 000", "Dr Amela Tanović", "Kranjčevićeva 7, +387 33 555 201, amela@tanovic.example", "2026", _world.Emina.Name, Spaces().Replace(body.Split("\n\n")[0], " "), Spaces().Replace(body.Split("\n\n")[^1], " ").Trim(), regards, _world.Lejla.Name])
            Assert.Contains(part, text, StringComparison.Ordinal);
        Assert.DoesNotContain("waits two weeks", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Kapo", text, StringComparison.Ordinal);
        Assert.Equal(0, PdfTool.Run("qpdf", file.Bytes, "--check", "FILE").Exit);
    }

    [Fact]
    public async Task A_text_in_another_language_than_chosen_is_shown_before_it_goes_out()
    {
        var page = await (await FormAsync()).SubmitAsync();
        Assert.Equal(["The text now stands in this language. Look at it and send once more."], page.Errors);
        Assert.StartsWith("The person who brings", page.Form(Act).Value("Body"), StringComparison.Ordinal);
        Assert.Equal(0, await LettersAsync());
        await page.SubmitAsync(Act);
        Assert.Equal(1, await LettersAsync());
    }

    [Fact]
    public async Task Somebody_who_is_not_listed_is_named_in_free_words()
    {
        var page = await (await EnglishAsync()).Fill("To", ReferModel.NotListed.ToString()).Fill("Reach", "Cazin, by the bridge").SubmitAsync();
        Assert.Equal(["Say who it is."], page.Errors);
        Assert.Equal("Cazin, by the bridge", page.Form(Act).Value("Reach"));
        page = await page.SubmitAsync(Act, ("Name", "Prim. dr. Željko Đurić"));
        Assert.True(page.Says("Letter to Prim. dr. Željko Đurić"), page.Text);
        Assert.Contains("Cazin, by the bridge", PdfTool.TextOf((await _lejla.GetAsync(await PdfAddressAsync())).Bytes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_missing_is_said_beside_its_field_and_the_rest_stays_typed()
    {
        var form = (await (await OpenAsync()).SubmitAsync("Show the text in this language", ("Language", "en"))).Form(Act).Fill("Body", "").Fill("Salutation", "Dear Amela,").Fill("Share", "true");
        var page = await form.SubmitAsync();
        Assert.Equal(new[] { "Choose to whom.", "Say why in a sentence.", "The letter is empty.", "The letter says something of the client. Ask them first, then tick this." }.Order(), page.Errors.Order());
        Assert.Equal(("Dear Amela,", "true"), (page.Form(Act).Value("Salutation"), page.Form(Act).Value("Share")));
        page = await page.Form(Act).Fill("To", _psychiatrist.ToString()).Fill("Why", "w").Fill("Agreed", "true").Fill("Body", new string('x', 10_000)).SubmitAsync();
        Assert.Single(page.Errors);
        Assert.Equal(10_000, page.Form(Act).Value("Body").Length);
        foreach (var odd in new[] { "nonsense", Guid.NewGuid().ToString() })
        {
            page = await (await OpenAsync()).Form(Act).Fill("Why", "w").Smuggle("Input.To", odd).SubmitAsync();
            Assert.Single(page.Errors);
        }
        Assert.Equal(RequestState.Clarifying, await StateAsync());
    }

    [Fact]
    public async Task Who_was_retired_meanwhile_is_not_written_to()
    {
        var form = await EnglishAsync();
        await _world.InDbAsync(_world.Lejla, async db => (await db.ReferralContacts.SingleAsync(c => c.Id == _psychiatrist)).Retire(_world.Clock.Now));
        Assert.Equal(["This entry is no longer in the directory."], (await form.SubmitAsync()).Errors);
        Assert.Equal(0, await LettersAsync());
    }

    [Fact]
    public async Task Sent_twice_it_is_one_letter()
    {
        var form = await EnglishAsync();
        Assert.Equal(_address, (await form.SubmitAsync()).Path);
        Assert.Equal(_address, (await form.SubmitAsync()).Path);
        Assert.Equal(1, await LettersAsync());
    }

    [Fact]
    public async Task A_second_tab_finds_the_request_over_and_loses_nothing()
    {
        var (first, second) = (await EnglishAsync(), await EnglishAsync());
        await first.SubmitAsync();
        var page = await second.Fill("Salutation", "Dear Vesna,").Fill("Agreed", "true").SubmitAsync();
        Assert.True(page.Says("This request is over already") && page.Form(Act).Value("Salutation") == "Dear Vesna,", page.Text);
        Assert.Equal(1, await LettersAsync());
        // Opened anew, the page leads back.
        Assert.Equal(_address, (await OpenAsync()).Path);
    }

    [Fact]
    public async Task Two_tabs_at_once_write_one_letter()
    {
        var forms = new[] { await EnglishAsync(), await EnglishAsync(), await EnglishAsync() };
        var pages = await Task.WhenAll(forms.Select(f => f.SubmitAsync()));
        Assert.All(pages, p => Assert.Equal(HttpStatusCode.OK, p.Status));
        Assert.Equal(1, await LettersAsync());
        Assert.Equal(1, await _world.ScalarAsync<long>("select count(*) from request_changes where \"to\" = 'Referred'"));
    }

    [Fact]
    public async Task The_client_reads_it_only_where_a_copy_was_given()
    {
        await (await EnglishAsync()).SubmitAsync();
        var id = await _world.ScalarAsync<Guid>("select id from referrals");
        using var emina = await _world.As(_world.Emina);
        Assert.DoesNotContain("/me/referral/", (await emina.GetAsync("/me/request")).Html, StringComparison.Ordinal);
        foreach (var path in new[] { $"/me/referral/{id}", $"/me/referral/{id}/pdf" }) Assert.Equal(HttpStatusCode.NotFound, (await emina.GetAsync(path)).Status);
        Assert.Equal(0, await _world.InDbAsync(_world.Emina, db => db.Referrals.CountAsync()));
    }

    [Fact]
    public async Task A_copy_is_read_and_downloaded_by_its_client_alone()
    {
        await (await EnglishAsync()).Fill("Share", "true").SubmitAsync();
        Assert.True((await _lejla.GetAsync(_address)).Says("The client has a copy."));
        using var emina = await _world.As(_world.Emina);
        var page = await (await emina.GetAsync("/me/request")).FollowAsync("/me/referral/");
        Assert.True(page.Says("Letter to Dr Amela Tanović") && page.Says("The person who brings you this letter") && !page.Says("waits two weeks"), page.Text);
        Assert.NotEmpty(page.FindAll(".crisis a[href^=tel]"));
        var file = await page.FollowAsync("/me/referral/");
        Assert.Contains("The person who brings you this letter", Spaces().Replace(PdfTool.TextOf(file.Bytes), " "), StringComparison.Ordinal);
        foreach (var other in new[] { _world.Tarik, _world.Lejla, _world.Aino, _world.Azra })
            foreach (var path in new[] { page.Path, page.Path + "/pdf" })
                Assert.Equal(HttpStatusCode.NotFound, (await (await _world.As(other)).GetAsync(path)).Status);
    }

    [Fact]
    public async Task Nobody_else_opens_the_page_or_the_letter()
    {
        var form = await EnglishAsync();
        await form.SubmitAsync();
        var pdf = await PdfAddressAsync();
        foreach (var other in new[] { _world.Damir, _world.Sanela, _world.Azra, _world.Nora, _world.Emina, _world.Mikko })
        {
            using var visitor = await _world.As(other);
            foreach (var path in new[] { _address + "/refer", pdf }) Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(path)).Status);
            var token = (await visitor.GetAsync("/account")).Find("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.PostAsync(_address + "/refer", ("__RequestVerificationToken", token), ("Input.Why", "x"))).Status);
            if (other != _world.Mikko) Assert.Equal(0, await _world.InDbAsync(other, db => db.Referrals.CountAsync()));
        }
        Assert.Equal(HttpStatusCode.NotFound, (await _lejla.GetAsync(pdf.Replace(_address, "/requests/" + Guid.NewGuid(), StringComparison.Ordinal))).Status);
        await _world.GrantAsync(_world.Emina, _world.Nora, GrantReason.Supervision, TimeSpan.FromDays(30));
        using var nora = await _world.As(_world.Nora);
        Assert.Equal(HttpStatusCode.OK, (await nora.GetAsync(pdf)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await nora.GetAsync(_address + "/refer")).Status);
    }

    [Fact]
    public async Task Ending_a_request_leads_to_this_page_instead_of_a_bare_reason()
    {
        var workspace = await _lejla.GetAsync(_address);
        Assert.Equal("/refer", workspace.Link(_address + "/refer").GetAttribute("href")![_address.Length..]);
        Assert.Empty(workspace.FindAll("input[name='End.How'][value='Referred']"));
        var page = await workspace.Form("End this request").Smuggle("End.How", "Referred").Fill("End.Words", "gone").SubmitAsync();
        Assert.NotEmpty(page.Errors);
        Assert.Equal(RequestState.Clarifying, await StateAsync());
    }

    [Fact]
    public void Only_the_neutral_text_says_nothing()
    {
        string[] neutral = ["One.\n\nTwo.", "Raz."];
        Assert.False(ReferralLetter.SaysSomething(false, " One.\r\n\r\nTwo. ", neutral));
        Assert.True(ReferralLetter.SaysSomething(true, "Raz.", neutral));
        Assert.True(ReferralLetter.SaysSomething(false, "One. Two. Three.", neutral));
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
