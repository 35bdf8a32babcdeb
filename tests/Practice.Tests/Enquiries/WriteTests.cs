using System.Net;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Enquiries;

namespace PracticeApp.Tests.Enquiries;

/// <summary>The public page and what it sends.</summary>
public sealed class WriteTests(Database database) : IAsyncLifetime
{
    private World _world = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await World.StartAsync(database);
        await Desk.OpenAsync(_world);
    }

    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task The_page_says_who_we_are_when_we_answer_and_whom_to_call()
    {
        using var stranger = _world.Stranger();
        var page = await stranger.GetAsync("/p/lipa");
        Assert.True(page.Says("You will hear from us today by 14:00."));
        Assert.True(page.Says("Lejla Hadžić") && page.Says("couple relations"));
        Assert.True(page.Says("Individual session, 50 min") && page.Says("80 KM"));
        Assert.Equal("tel:124", page.Find(".crisis dl a")!.GetAttribute("href"));
        Assert.NotNull(page.Find("a[data-quick-exit]"));
        Assert.Contains("no-store", page.Response.Headers.CacheControl!.ToString());
    }

    [Theory, InlineData("ru", "сегодня до 14:00"), InlineData("bs", "danas do 14:00"), InlineData("fi", "tänään klo 14.00 mennessä")]
    public async Task It_speaks_the_readers_language(string language, string by)
    {
        using var stranger = _world.Stranger(language);
        var page = await stranger.GetAsync("/p/lipa");
        Assert.True(page.Says(by), page.Text);
        Assert.Equal(language, page.Document.DocumentElement.GetAttribute("lang"));
    }

    [Fact]
    public async Task A_reader_of_no_known_language_gets_the_practices_own()
    {
        using var stranger = _world.Stranger("de");
        Assert.Equal("bs", (await stranger.GetAsync("/p/lipa")).Document.DocumentElement.GetAttribute("lang"));
    }

    [Fact]
    public async Task What_is_sent_waits_on_the_board_in_their_words_and_is_answered_when_promised()
    {
        using var stranger = _world.Stranger();
        var sent = await (await Desk.FormAsync(_world, stranger)).SubmitAsync();
        Assert.StartsWith("/p/lipa/sent/", sent.Path);
        Assert.True(sent.Says("You will hear from us today by 14:05."), sent.Text);
        Assert.DoesNotContain("dishwasher", sent.Html);

        var enquiry = await Desk.LatestAsync(_world);
        Assert.Equal(("Katherine", EnquiryState.Waiting, "en"), (enquiry.CalledName, enquiry.State, enquiry.Language));
        Assert.Equal([EnquiryActKind.Received, EnquiryActKind.RotaTold], enquiry.Acts.Select(a => a.Kind).Order());
        using var lejla = await _world.As(_world.Lejla);
        var open = await lejla.GetAsync($"/board/{enquiry.Id}");
        Assert.True(open.Says(Desk.Words), open.ToString());
    }

    [Fact]
    public async Task The_words_stand_nowhere_in_the_open()
    {
        await Desk.WriteAsync(_world, "an unmistakable sentence");
        var open = await _world.ScalarAsync<long>("select count(*) from complaints where encode(text, 'escape') like '%unmistakable%'")
            + await _world.ScalarAsync<long>("select count(*) from notices where data::text like '%unmistakable%'");
        Assert.Equal(0, open);
    }

    [Fact]
    public async Task Who_chose_mail_gets_a_neutral_one_that_names_the_hour()
    {
        await Desk.WriteAsync(_world);
        var mail = Assert.Single(await _world.DeliverAsync(), m => m.To == "katherine@example.org");
        Assert.Equal("Thank you for your message", mail.Subject);
        Assert.Contains("Monday 16 March, 14:05", mail.Text);
        Assert.DoesNotContain("dishwasher", mail.Text);
        Assert.DoesNotContain("psycholog", mail.Text + mail.Subject + mail.SenderName, StringComparison.OrdinalIgnoreCase);
    }

    [Theory, InlineData("Call"), InlineData("Text")]
    public async Task Who_did_not_choose_mail_gets_none_even_with_an_address(string how)
    {
        using var stranger = _world.Stranger();
        await (await Desk.FormAsync(_world, stranger)).Fill("How", how).Fill("Phone", "+387 61 204 118").SubmitAsync();
        Assert.Equal(1, await Desk.CountAsync(_world, "enquiries"));
        Assert.DoesNotContain(await _world.DeliverAsync(), m => m.To == "katherine@example.org");
    }

    [Fact]
    public async Task Sent_twice_is_one_enquiry()
    {
        using var stranger = _world.Stranger();
        var form = await Desk.FormAsync(_world, stranger);
        var pages = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => form.SubmitAsync()));
        Assert.All(pages, p => Assert.StartsWith("/p/lipa/sent/", p.Path));
        Assert.Equal(1, await Desk.CountAsync(_world, "enquiries"));
        Assert.Equal(1, await Desk.CountAsync(_world, "complaints"));
    }

    [Fact]
    public async Task An_empty_form_is_kind_and_says_what_is_missing_beside_each_field()
    {
        using var stranger = _world.Stranger();
        var page = await (await stranger.GetAsync("/p/lipa")).SubmitAsync("#form");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(4, page.Errors.Count);
        Assert.Equal("Input_Complaint-h Input_Complaint-e", page.Find("#Input_Complaint")!.GetAttribute("aria-describedby"));
        Assert.Equal("true", page.Find("#Input_Complaint")!.GetAttribute("aria-invalid"));
        Assert.Equal(0, await Desk.CountAsync(_world, "enquiries"));
    }

    [Fact]
    public async Task Too_much_and_nonsense_keep_everything_that_was_typed()
    {
        using var stranger = _world.Stranger();
        var form = await Desk.FormAsync(_world, stranger);
        var page = await form.Fill("Complaint", new string('ž', 10_001)).Fill("Strength", "very").Fill("Email", "not an address").SubmitAsync();
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(3, page.Errors.Count);
        var again = page.Form("#form");
        Assert.Equal((10_001, "very", "not an address", "Katherine", "true"),
            (again.Value("Complaint").Length, again.Value("Strength"), again.Value("Email"), again.Value("CalledName"), again.Value("Consent")));
    }

    [Fact]
    public async Task Ten_thousand_characters_fit_and_broken_ones_do_no_harm()
    {
        var id = await Desk.WriteAsync(_world, new string('a', 9_990) + "\u0007end");
        using var lejla = await _world.As(_world.Lejla);
        Assert.Contains("aaaend", (await lejla.GetAsync($"/board/{id}")).Html);
    }

    [Fact]
    public async Task A_body_that_cannot_be_read_is_refused_kindly()
    {
        using var stranger = _world.Stranger();
        var page = await (await Desk.FormAsync(_world, stranger)).Fill("Complaint", "nul \0 byte").SubmitAsync();
        Assert.Equal((HttpStatusCode.BadRequest, "We could not read what was sent"), (page.Status, page.Heading));
    }

    [Fact]
    public async Task Nobody_is_a_stranger_to_another_practice_only()
    {
        using var stranger = _world.Stranger();
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync("/p/nobody")).Status);
        var sent = await (await Desk.FormAsync(_world, stranger)).SubmitAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(sent.Path.Replace("/p/lipa/", "/p/saaristo/", StringComparison.Ordinal))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync("/p/lipa/sent/forged")).Status);
        _world.Clock.Advance(TimeSpan.FromHours(3));
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(sent.Path)).Status);
    }
}
