using System.Net;

namespace PracticeApp.Tests.Caseload;

public sealed class PeopleTests(Database database) : IAsyncLifetime
{
    private World world = null!;
    private Visitor azra = null!;

    public async ValueTask InitializeAsync()
    {
        world = await World.StartAsync(database);
        azra = await world.As(world.Azra);
    }

    public async ValueTask DisposeAsync() => await world.DisposeAsync();

    private async Task<Page> InviteAsync(string email, string password = Person.Password)
    {
        var form = (await azra.GetAsync("/people")).Form("Send the invitation");
        return await form.Fill("Name", "Amra Begić").Fill("Email", email).Fill("Roles", "Operator").Fill("Password", password).SubmitAsync();
    }

    private Task<long> InvitationsAsync() => world.ScalarAsync<long>("select count(*) from invitations");

    private async Task<Page> OpenAsync(Person person) =>
        await azra.GetAsync("/people/" + await world.ScalarAsync<Guid>($"select id from memberships where user_id = '{person.UserId}'"));

    [Fact]
    public async Task Somebody_is_invited_by_mail_and_comes_in_with_the_roles_that_were_chosen()
    {
        Assert.True((await InviteAsync("amra@example.org")).Says("Amra Begić"));
        var mail = Assert.Single(await world.DeliverAsync());
        Assert.Equal("amra@example.org", mail.To);
        var visitor = world.Stranger();
        await (await visitor.GetAsync(Mailbox.Link(mail))).SubmitAsync("form", ("Password", "a boat that waits for morning"));
        Assert.Equal("{Operator}", await world.ScalarAsync<string>("select roles::text from memberships where name = 'Amra Begić'"));
        Assert.Equal(1L, await world.ScalarAsync<long>("select count(*) from audit_entries where act = 'invitation.sent' and why = 'Operator'"));
    }

    [Fact]
    public async Task Sent_twice_it_is_one_invitation()
    {
        var form = (await azra.GetAsync("/people")).Form("Send the invitation").Fill("Name", "Amra").Fill("Email", "amra@example.org").Fill("Roles", "Operator").Fill("Password", Person.Password);
        await form.SubmitAsync();
        var again = await form.SubmitAsync();
        Assert.True(again.Says("on its way already"));
        Assert.Equal("amra@example.org", again.Form("Send the invitation").Value("Email"));
        Assert.Equal(1L, await InvitationsAsync());
    }

    [Theory]
    [InlineData("", "Operator", Person.Password, "Input_Email-e")]
    [InlineData("not an address", "Operator", Person.Password, "Input_Email-e")]
    [InlineData("lejla@example.org", "Operator", Person.Password, "Input_Email-e")]
    [InlineData("x@example.org", "", Person.Password, "Input_Roles-e")]
    [InlineData("x@example.org", "Operator", "wrong password", "Input_Password-e")]
    [InlineData("x@example.org", "Operator", "", "Input_Password-e")]
    public async Task A_wrong_field_gets_a_message_beside_it_and_what_was_typed_stays(string email, string role, string password, string message)
    {
        var form = (await azra.GetAsync("/people")).Form("Send the invitation").Fill("Name", "Amra").Fill("Email", email).Fill("Password", password);
        if (role.Length > 0) form.Fill("Roles", role);
        var page = await form.SubmitAsync();
        Assert.NotNull(page.Find("#" + message));
        Assert.Equal("Amra", page.Form("Send the invitation").Value("Name"));
        Assert.Equal(0L, await InvitationsAsync());
    }

    [Fact]
    public async Task Nobody_becomes_a_client_or_an_unknown_role_through_this_form()
    {
        foreach (var sly in new[] { "Client", "7", "Owner" })
        {
            var form = (await azra.GetAsync("/people")).Form("Send the invitation").Fill("Name", "A").Fill("Email", "a@example.org").Fill("Password", Person.Password);
            Assert.Equal(HttpStatusCode.OK, (await form.Smuggle("Input.Roles", sly).SubmitAsync()).Status);
        }
        Assert.Equal(0L, await InvitationsAsync());
    }

    [Fact]
    public async Task Sending_again_closes_the_earlier_link_and_withdrawing_closes_both()
    {
        await InviteAsync("amra@example.org");
        var first = Mailbox.Link(Assert.Single(await world.DeliverAsync()));
        await (await azra.GetAsync("/people")).SubmitAsync("Send again");
        var second = Mailbox.Link(Assert.Single(await world.DeliverAsync()));
        Assert.Empty((await world.Stranger().GetAsync(first)).FindAll("input[type=password]"));
        Assert.NotEmpty((await world.Stranger().GetAsync(second)).FindAll("input[type=password]"));
        await (await azra.GetAsync("/people")).SubmitAsync("Withdraw");
        Assert.Empty((await world.Stranger().GetAsync(second)).FindAll("input[type=password]"));
    }

    [Fact]
    public async Task Roles_change_with_the_password_only_and_hold_from_the_next_click()
    {
        var damir = await world.As(world.Damir);
        Assert.Equal(HttpStatusCode.NotFound, (await damir.GetAsync("/people")).Status);
        var form = (await OpenAsync(world.Damir)).Form("Save").Fill("Roles", "Admin");
        Assert.NotNull((await form.Fill("Password", "not hers").SubmitAsync()).Find("#Input_Password-e"));
        Assert.Equal(HttpStatusCode.NotFound, (await damir.GetAsync("/people")).Status);
        await form.Fill("Password", Person.Password).SubmitAsync();
        Assert.Equal(HttpStatusCode.OK, (await damir.GetAsync("/people")).Status);
        Assert.Equal(1L, await world.ScalarAsync<long>("select count(*) from audit_entries where act = 'membership.roles-changed'"));
    }

    [Fact]
    public async Task A_disabled_account_ends_with_its_next_click_and_can_be_enabled_again()
    {
        var damir = await world.As(world.Damir);
        Assert.Equal(HttpStatusCode.OK, (await damir.GetAsync("/caseload")).Status);
        await (await OpenAsync(world.Damir)).SubmitAsync("Disable", ("Act.Password", Person.Password));
        Assert.NotEqual("/caseload", (await damir.GetAsync("/caseload")).Url.AbsolutePath);
        await (await OpenAsync(world.Damir)).SubmitAsync("Enable", ("Act.Password", Person.Password));
        Assert.True(await world.ScalarAsync<bool>($"select active from memberships where user_id = '{world.Damir.UserId}'"));
    }

    [Fact]
    public async Task An_admin_cannot_lock_herself_out()
    {
        var page = await OpenAsync(world.Azra);
        Assert.Empty(page.FindAll("form[action*=Disable]"));
        var refused = await page.Form("Save").Untick("Roles", "Admin").Fill("Roles", "Operator").Fill("Password", Person.Password).SubmitAsync();
        Assert.NotNull(refused.Find("#Input_Roles-e"));
        Assert.Equal("{Admin}", await world.ScalarAsync<string>($"select roles::text from memberships where user_id = '{world.Azra.UserId}'"));
    }
}
