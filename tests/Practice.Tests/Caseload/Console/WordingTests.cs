using System.Net;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Booking;
using PracticeApp.Platform;
using PracticeApp.Reminders;

namespace PracticeApp.Tests.Caseload;

/// <summary>The practice's own words of messages: /settings/notices and /settings/notices/{kind}. One world, its tests one after the other.</summary>
public sealed class WordingTests(World world) : IClassFixture<World>
{
    private const string Address = "/settings/notices/reminders.appointment?by=Mail&language=en";
    private static readonly DateTime Thursday = new(2026, 3, 26, 14, 0, 0, DateTimeKind.Utc);
    private const string Good = "Hello {name},\n\nsee you {when}.\n{link}\n\n{terms}\n\n{prepayment}\n\n{practice}";

    private async Task<Page> SaveAsync(string subject, string body, string address = Address)
    {
        var form = (await (await world.As(world.Azra)).GetAsync(address)).Form("Save");
        if (!address.Contains("Text", StringComparison.Ordinal)) form.Fill("Subject", subject);
        return await form.Fill("Body", body).SubmitAsync();
    }

    private static int s_weeks;

    private async Task<Mail> ReminderAsync()
    {
        var start = Thursday.AddDays(7 * s_weeks++);
        await world.BookAsync(world.Emina, start);
        world.Clock.Set(start.AddHours(-48));
        return (await world.DeliverAsync()).Last(m => m.To == world.Emina.Email);
    }

    [Fact]
    public async Task Own_words_are_what_is_sent_until_the_built_in_ones_are_back()
    {
        Assert.True((await SaveAsync("Until soon: {when}", Good)).Says("Saved. This is what is sent from now on."));
        Assert.True((await (await world.As(world.Azra)).GetAsync("/settings/notices")).Says("Own words: English"));
        var mail = await ReminderAsync();
        Assert.StartsWith("Until soon: Thursday", mail.Subject, StringComparison.Ordinal);
        Assert.Contains("see you Thursday", mail.Text, StringComparison.Ordinal);
        Assert.Contains("/a/", mail.Text, StringComparison.Ordinal);
        Assert.Contains("/stop/", mail.Text, StringComparison.Ordinal);
        Assert.Contains("<p>see you", mail.Html, StringComparison.Ordinal);

        // Changed again, the next mail has it: what was kept in memory is not older than what was saved.
        await SaveAsync("Once more: {when}", Good);
        Assert.StartsWith("Once more:", (await ReminderAsync()).Subject, StringComparison.Ordinal);

        await (await (await world.As(world.Azra)).GetAsync(Address)).Form("Back to the built-in words").SubmitAsync();
        Assert.StartsWith("Your appointment:", (await ReminderAsync()).Subject, StringComparison.Ordinal);
        Assert.True(await world.ScalarAsync<long>("select count(*) from audit_entries where act like 'notice-wording.%'") >= 3);
    }

    [Fact]
    public async Task Words_that_cannot_be_put_together_any_more_give_way_to_the_built_in_ones_and_the_page_says_so()
    {
        await SaveAsync("Broken later: {when}", Good);
        await world.InDbAsync(world.Azra, async db =>
        {
            await db.NoticeWordings.Where(w => w.Language == "en").ExecuteUpdateAsync(s => s.SetProperty(w => w.Body, "Gone: {nothing} {link}"));
            (await db.Practices.SingleAsync()).ChangeWordings(world.Clock.Now);
        });
        Assert.StartsWith("Your appointment:", (await ReminderAsync()).Subject, StringComparison.Ordinal);
        var azra = await world.As(world.Azra);
        Assert.True((await azra.GetAsync("/settings/notices")).Says("1 message could not be put together in your own words"));
        Assert.True((await azra.GetAsync(Address)).Says("these words could not be put together"));
        await SaveAsync("Mended: {when}", Good);
        Assert.False((await azra.GetAsync("/settings/notices")).Says("could not be put together"));
    }

    [Theory]
    [InlineData("Subject", "", "Please write something here.")]
    [InlineData("Subject", "Dear {name}", "{name} does not belong in a subject")]
    [InlineData("Subject", "Your therapy: {when}", "“therapy” tells others")]
    [InlineData("Subject", "Ваш сеанс {when}", "“сеанс” tells others")]
    [InlineData("Subject", "Individual session on {when}", "tells others")]
    [InlineData("Subject", "{when} {price}", "{price} is not filled in")]
    [InlineData("Subject", "{when", "is no placeholder")]
    [InlineData("Body", "", "Please write something here.")]
    [InlineData("Body", "Hello {name}, see you {when}.", "{link} is missing")]
    [InlineData("Body", "{link} {Name}", "is no placeholder")]
    [InlineData("Body", "{link} {client}", "{client} is not filled in")]
    public async Task What_could_not_be_sent_cannot_be_saved(string field, string value, string says)
    {
        var before = await world.ScalarAsync<string>("select coalesce(md5(string_agg(w::text, '')), '') from notice_wordings w");
        var page = await SaveAsync(field == "Subject" ? value : "Fine: {when}", field == "Body" ? value : Good);
        Assert.Contains(says, page.Find($"#Input_{field}-e")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(value, page.Form("Save").Value(field));
        Assert.Equal(before, await world.ScalarAsync<string>("select coalesce(md5(string_agg(w::text, '')), '') from notice_wordings w"));
    }

    [Fact]
    public async Task The_preview_shows_all_four_languages_and_warns_before_anything_is_saved()
    {
        var azra = await world.As(world.Azra);
        var form = (await azra.GetAsync("/settings/notices/reminders.appointment?by=Text&language=en")).Form("Show how it reads");
        var page = await form.Fill("Body", "{practice} " + new string('ž', 300) + " {link}").SubmitAsync();
        Assert.True(page.Says("goes out as"), page.Text);
        Assert.True(page.Says("halves the room"));
        foreach (var language in Languages.All) Assert.True(page.Says(language.Name));
        Assert.Equal(0L, await world.ScalarAsync<long>("select count(*) from notice_wordings where channel = 'Text'"));
    }

    [Fact]
    public async Task Two_who_write_at_once_do_not_overwrite_one_another()
    {
        const string other = "/settings/notices/booking.booked?by=Mail&language=bs";
        var azra = await world.As(world.Azra);
        var (hers, his) = ((await azra.GetAsync(other)).Form("Save"), (await azra.GetAsync(other)).Form("Save"));
        Assert.True((await hers.Fill("Subject", "Prvi {when}").SubmitAsync()).Says("Saved."));
        Assert.True((await his.Fill("Subject", "Drugi {when}").SubmitAsync()).Says("Somebody else has changed"));
        Assert.Equal("Prvi {when}", await world.ScalarAsync<string>("select subject from notice_wordings where kind = 'booking.booked'"));
    }

    [Fact]
    public async Task Nobody_but_admins_writes_them_and_unknown_kinds_are_nowhere()
    {
        foreach (var who in new[] { world.Lejla, world.Sanela, world.Emina, world.Nora })
            foreach (var page in new[] { "/settings/notices", Address })
                Assert.Equal(HttpStatusCode.NotFound, (await (await world.As(who)).GetAsync(page)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await world.As(world.Azra)).GetAsync("/settings/notices/no.such")).Status);
    }

    [Fact]
    public async Task Every_kind_has_a_name_every_placeholder_a_meaning_and_every_page_opens()
    {
        var azra = await world.As(world.Azra);
        var list = await azra.GetAsync("/settings/notices");
        foreach (var kind in NoticeKinds.All)
        {
            Assert.False(list.Says(kind.Name), $"{kind.Name} has no name");
            if (!kind.Editable.Any()) continue;
            var page = await azra.GetAsync($"/settings/notices/{kind.Name}");
            Assert.Equal(HttpStatusCode.OK, page.Status);
            foreach (var meaning in page.FindAll("form dl dd")) Assert.True(meaning.TextContent.Trim().Length > 3, $"{kind.Name}: a placeholder means nothing");
            Assert.False(page.Says("It cannot be shown yet"), kind.Name);
        }
    }

    [Fact]
    public void The_built_in_words_keep_the_rules_in_every_language()
    {
        foreach (var kind in NoticeKinds.All)
            foreach (var by in kind.Editable)
                foreach (var language in Languages.All)
                {
                    var culture = Languages.Culture(language.Code);
                    var (subject, body) = by == Channel.Mail ? (NoticeText.Written(kind.Name, "Subject", culture), NoticeText.Written(kind.Name, "Body", culture)) : ("", NoticeText.Written(kind.Name, "Short", culture));
                    // What goes to staff may speak of the work in the mail, never in its subject.
                    Assert.True(CheckWording.Of(kind, by, subject, body, []) is [], $"{kind.Name} {by} {language.Code}: {string.Join(", ", CheckWording.Of(kind, by, subject, body, []))}");
                }
    }

    [Theory]
    [InlineData("", 0, 1, true), InlineData("Lipa: 10:00 https://x.example/a/b", 33, 1, true), InlineData("€", 2, 1, true), InlineData("č", 1, 1, false), InlineData("Встреча", 7, 1, false)]
    public void A_text_message_is_counted_as_it_travels(string text, int units, int parts, bool gsm) => Assert.Equal(new TextLength(units, parts, gsm), TextLength.Of(text));

    [Theory]
    [InlineData('a', 160, 1), InlineData('a', 161, 2), InlineData('a', 306, 2), InlineData('a', 307, 3), InlineData('ж', 70, 1), InlineData('ж', 71, 2), InlineData('ж', 134, 2), InlineData('ж', 135, 3)]
    public void Parts_are_counted_with_the_room_they_lose(char letter, int length, int parts) => Assert.Equal(parts, TextLength.Of(new string(letter, length)).Parts);
}
