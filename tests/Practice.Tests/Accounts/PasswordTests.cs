using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Accounts;
using PracticeApp.Clients;
using PracticeApp.Platform;

namespace PracticeApp.Tests.Accounts;

public sealed class PasswordTests(Database database) : IAsyncLifetime
{
    private World _world = null!;

    public async ValueTask InitializeAsync() => _world = await World.StartAsync(database);
    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task Asking_for_a_new_password_tells_nobody_who_exists()
    {
        using var visitor = _world.Stranger();
        var known = await (await visitor.GetAsync("/forgot")).SubmitAsync("form[data-submit-once]", ("Email", _world.Emina.Email));
        var unknown = await (await visitor.GetAsync("/forgot")).SubmitAsync("form[data-submit-once]", ("Email", "nobody@example.org"));
        Assert.Equal(known.Text, unknown.Text);
        var mail = Assert.Single(await _world.DeliverAsync());
        Assert.Equal(_world.Emina.Email, mail.To);
        Assert.DoesNotContain("psych", mail.Subject + mail.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_link_sets_a_new_password_once_and_ends_every_session()
    {
        using var thief = await _world.As(_world.Emina);
        using var emina = _world.Stranger();
        await (await emina.GetAsync("/forgot")).SubmitAsync("form[data-submit-once]", ("Email", _world.Emina.Email));
        var link = Mailbox.Link(Assert.Single(await _world.DeliverAsync()));
        Assert.Single((await (await emina.GetAsync(link)).SubmitAsync("form[data-submit-once]", ("Password", "short"))).Errors);
        await (await emina.GetAsync(link)).SubmitAsync("form[data-submit-once]", ("Password", "seven quiet mornings"));
        Assert.StartsWith("/sign-in", (await thief.GetAsync("/account")).Path, StringComparison.Ordinal);
        Assert.Empty((await emina.GetAsync(link)).FindAll("input[type=password]"));
        var signIn = await (await emina.GetAsync("/sign-in")).SubmitAsync("form[data-submit-once]", ("Email", _world.Emina.Email), ("Password", "seven quiet mornings"));
        Assert.Empty(signIn.Errors);
        Assert.Equal(HttpStatusCode.OK, (await emina.GetAsync("/account")).Status);
    }

    [Fact]
    public async Task A_forged_an_old_and_a_foreign_link_open_nothing()
    {
        using var visitor = _world.Stranger();
        await (await visitor.GetAsync("/forgot")).SubmitAsync("form[data-submit-once]", ("Email", _world.Emina.Email));
        var link = Mailbox.Link(Assert.Single(await _world.DeliverAsync()));
        Assert.Empty((await visitor.GetAsync("/reset/abc")).FindAll("input[type=password]"));
        Assert.Empty((await visitor.GetAsync(link.Replace("/reset/", "/invitation/", StringComparison.Ordinal))).FindAll("input[type=password]"));
        _world.Clock.Advance(TimeSpan.FromHours(3));
        Assert.Empty((await visitor.GetAsync(link)).FindAll("input[type=password]"));
    }

    [Fact]
    public async Task An_invited_client_opens_an_account_once()
    {
        var client = await _world.DoAsync(_world.Sanela, async services =>
        {
            var db = services.GetRequiredService<PracticeDb>();
            var key = await services.GetRequiredService<Vault>().NewKeyAsync();
            var added = new Client(_world.Lipa.Id, "Ines Marić", "Ines", "ines@example.org", null, new ContactRules(), "bs", "Europe/Sarajevo", "BA", key.OwnerId, _world.Clock.Now);
            db.Clients.Add(added);
            services.GetRequiredService<Invite>().Client(added);
            return added.Id;
        });
        var mail = Assert.Single(await _world.DeliverAsync());
        Assert.Equal("Poziv od „Lipa“", mail.Subject);
        using var ines = _world.Stranger("bs");
        var page = await ines.GetAsync(Mailbox.Link(mail));
        Assert.Contains("Ines", page.Heading, StringComparison.Ordinal);
        Assert.Single((await page.SubmitAsync("form[data-submit-once]", ("Password", "lozinka12345"))).Errors);
        await (await ines.GetAsync(Mailbox.Link(mail))).SubmitAsync("form[data-submit-once]", ("Password", "sedam mirnih jutara"));
        Assert.Equal("/account", (await ines.GetAsync("/account")).Path);
        Assert.NotNull(await _world.InDbAsync(_world.Sanela, db => db.Clients.Where(c => c.Id == client).Select(c => c.UserId).SingleAsync()));
        using var second = _world.Stranger("bs");
        Assert.Empty((await second.GetAsync(Mailbox.Link(mail))).FindAll("input[type=password]"));
    }

    [Fact]
    public async Task A_client_who_must_not_be_mailed_is_not()
    {
        await _world.DoAsync(_world.Sanela, async services =>
        {
            var key = await services.GetRequiredService<Vault>().NewKeyAsync();
            var added = new Client(_world.Lipa.Id, "A B", "A", "a@example.org", null, new ContactRules { Mail = false, Call = true }, "en", "Europe/Sarajevo", "BA", key.OwnerId, _world.Clock.Now);
            services.GetRequiredService<PracticeDb>().Clients.Add(added);
            services.GetRequiredService<Invite>().Client(added);
        });
        Assert.Empty(await _world.DeliverAsync());
    }

    [Fact]
    public async Task Changing_the_password_needs_the_present_one_and_keeps_this_browser_in()
    {
        using var emina = await _world.As(_world.Emina);
        using var other = await _world.As(_world.Emina);
        var wrong = await (await emina.GetAsync("/account")).SubmitAsync("form[action*='Password']", ("Change.Current", "not it at all"), ("Change.New", "seven quiet mornings"));
        Assert.Single(wrong.Errors);
        await (await emina.GetAsync("/account")).SubmitAsync("form[action*='Password']", ("Change.Current", Person.Password), ("Change.New", "seven quiet mornings"));
        Assert.Equal("/account", (await emina.GetAsync("/account")).Path);
        Assert.StartsWith("/sign-in", (await other.GetAsync("/account")).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_language_one_chooses_is_the_language_of_every_page()
    {
        using var emina = await _world.As(_world.Emina);
        var page = await (await emina.GetAsync("/account")).SubmitAsync("form[action*='About']", ("About.Language", "fi"));
        Assert.Equal("fi", page.Document.DocumentElement.GetAttribute("lang"));
        var bad = (await emina.GetAsync("/account")).Form("form[action*='About']").Fill("About.Name", "").Smuggle("About.TimeZone", "Nowhere/Land");
        var answer = await bad.SubmitAsync();
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.NotEmpty(answer.Errors);
    }
}
