using System.Net;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PracticeApp.Engagements;

namespace PracticeApp.Tests.Sessions;

/// <summary>Who may read a session's record, and what nobody may do to it.</summary>
public sealed class ProtocolAccessTests(World world, Database database) : IClassFixture<World>
{
    private const string Said = "zebra-said", Private = "zebra-private";

    [Fact]
    public async Task Nobody_but_the_author_finds_it()
    {
        var appointment = await WriteAsync(World.Start.AddDays(1));
        foreach (var person in world.Everybody.Where(p => p != world.Lejla))
        {
            var visitor = await world.As(person);
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"/protocols/{appointment}")).Status);
        }
        Assert.Contains("/sign-in", (await world.Stranger().GetAsync($"/protocols/{appointment}")).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_of_the_author_is_of_no_use_to_others()
    {
        var appointment = await WriteAsync(World.Start.AddDays(2));
        foreach (var (hour, handler) in new[] { "Save", "Sign", "Amend", "Note", "Hour" }.Index())
        {
            var own = await world.SessionAsync(world.Tarik, World.Start.AddDays(2).AddHours(hour));
            var page = await (await world.As(world.Damir)).GetAsync($"/protocols/{own}");
            var form = page.Form("Save");
            form.Element.SetAttribute("action", $"/protocols/{appointment}?handler={handler}");
            Assert.Equal(HttpStatusCode.NotFound, (await form.Fill("Input.Sections[said]", "not mine").SubmitAsync()).Status);
        }
        Assert.True((await (await world.As(world.Lejla)).GetAsync($"/protocols/{appointment}")).Html.Contains(Said, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_colleague_reads_while_it_is_shared_and_never_the_private_note()
    {
        await using var own = await World.StartAsync(database);
        var appointment = await own.SessionAsync(own.Emina, World.Start.AddHours(1));
        await own.WriteProtocolAsync(own.Emina, appointment, Said, note: Private, sign: true);
        await own.GrantAsync(own.Emina, own.Damir, GrantReason.Handover, TimeSpan.FromMinutes(10));

        var damir = await own.As(own.Damir);
        var shared = await damir.GetAsync($"/protocols/{appointment}");
        Assert.True(shared.Says(Said));
        Assert.DoesNotContain(Private, shared.Html, StringComparison.Ordinal);
        Assert.Empty(shared.FindAll("main form"));

        own.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(HttpStatusCode.NotFound, (await damir.GetAsync($"/protocols/{appointment}")).Status);
    }

    [Fact]
    public async Task A_supervisor_reads_the_one_protocol_that_was_shared()
    {
        var (shared, other) = (await WriteAsync(World.Start.AddDays(3)), await WriteAsync(World.Start.AddDays(4)));
        var subject = await world.ScalarAsync<Guid>($"select id from protocols where appointment_id = '{shared}'");
        var grant = await world.GrantAsync(world.Emina, world.Nora, GrantReason.Supervision, TimeSpan.FromMinutes(10), subject);
        var nora = await world.As(world.Nora);
        Assert.True((await nora.GetAsync($"/protocols/{shared}")).Says(Said));
        Assert.Equal(HttpStatusCode.NotFound, (await nora.GetAsync($"/protocols/{other}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await nora.GetAsync($"/clients/{world.Emina.ClientId}")).Status);

        await world.InDbAsync(world.Lejla, async db => (await db.AccessGrants.SingleAsync(g => g.Id == grant)).Revoke(world.Clock.Now));
        Assert.Equal(HttpStatusCode.NotFound, (await nora.GetAsync($"/protocols/{shared}")).Status);
    }

    [Fact]
    public async Task The_database_alone_keeps_protocols_and_notes_from_others()
    {
        await using var own = await World.StartAsync(database);
        await own.WriteProtocolAsync(own.Emina, await own.SessionAsync(own.Emina, World.Start.AddHours(1)), Said, Private);
        foreach (var person in own.Everybody.Where(p => p != own.Lejla))
        {
            Assert.Equal(0, await own.InDbAsync(person, db => db.Protocols.IgnoreQueryFilters().CountAsync()));
            Assert.Equal(0, await own.InDbAsync(person, db => db.ProcessNotes.IgnoreQueryFilters().CountAsync()));
        }
        await own.GrantAsync(own.Emina, own.Damir, GrantReason.Handover, TimeSpan.FromMinutes(1));
        Assert.NotEqual(0, await own.InDbAsync(own.Damir, db => db.Protocols.CountAsync()));
        Assert.Equal(0, await own.InDbAsync(own.Damir, db => db.ProcessNotes.CountAsync()));
        Assert.Equal(0, await own.InDbAsync(own.Damir, db => db.Database.ExecuteSqlRawAsync("update protocols set saved_at = saved_at")));
    }

    [Theory]
    [InlineData("update protocols set content = 'x' where signed_at is not null")]
    [InlineData("update protocols set signed_at = null where signed_at is not null")]
    [InlineData("update protocols set author_id = app_practice() where signed_at is null")]
    [InlineData("delete from protocols")]
    [InlineData("update addenda set text = 'x'")]
    [InlineData("delete from addenda")]
    public async Task The_database_refuses_even_the_author(string sql)
    {
        await WriteAsync(World.Start.AddDays(100 + sql.Length));
        var page = await world.WriteProtocolAsync(world.Emina, await world.SessionAsync(world.Emina, World.Start.AddDays(100 + sql.Length).AddHours(2)), Said, sign: true);
        await page.SubmitAsync("Sign the addendum", ("Addendum", "later"));
        var refused = await Assert.ThrowsAsync<PostgresException>(() => world.InDbAsync(world.Lejla, db => db.Database.ExecuteSqlRawAsync(sql)));
        Assert.Contains(refused.SqlState, new[] { "23001", "42501" });
    }

    [Fact]
    public async Task Every_reading_is_in_the_audit_log_and_the_words_are_nowhere_else()
    {
        await using var own = await World.StartAsync(database);
        await own.WriteComplaintAsync(own.Emina, "zebra-complaint");
        var appointment = await own.SessionAsync(own.Emina, World.Start.AddHours(1));
        var page = await own.WriteProtocolAsync(own.Emina, appointment, Said, note: Private, sign: true);
        await page.SubmitAsync("Sign the addendum", ("Addendum", "zebra-addendum"));
        var lejla = await own.As(own.Lejla);
        foreach (var path in new[] { "/today", $"/clients/{own.Emina.ClientId}", "/protocols" }) Assert.Equal(HttpStatusCode.OK, (await lejla.GetAsync(path)).Status);

        Assert.True(await own.ScalarAsync<long>($"select count(*) from audit_entries where act = 'protocol.read' and client_id = '{own.Emina.ClientId}' and user_id = '{own.Lejla.UserId}'") > 0);
        Assert.Equal(1L, await own.ScalarAsync<long>("select count(*) from audit_entries where act = 'protocol.signed'"));
        Assert.Equal(1L, await own.ScalarAsync<long>("select count(*) from audit_entries where act = 'addendum.signed'"));

        var tables = await own.ScalarAsync<string[]>("select array_agg(format('%I', relname)) from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace");
        foreach (var table in tables!)
            Assert.False(await own.ScalarAsync<bool>($"select exists (select 1 from {table} t where t::text like '%zebra-%' or t::text like '%{Convert.ToHexStringLower("zebra-"u8)}%')"), table);
    }

    private async Task<Guid> WriteAsync(DateTime at)
    {
        var appointment = await world.SessionAsync(world.Emina, at);
        await world.WriteProtocolAsync(world.Emina, appointment, Said, Private);
        return appointment;
    }
}
