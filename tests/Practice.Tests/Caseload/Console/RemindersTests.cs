using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Booking;
using PracticeApp.Reminders;

namespace PracticeApp.Tests.Caseload;

/// <summary>/settings/reminders: when the practice reminds, and what that means.</summary>
public sealed class RemindersTests(World world) : IClassFixture<World>
{
    private static readonly DateTime Thursday = new(2026, 3, 26, 14, 0, 0, DateTimeKind.Utc);

    private Task<List<int>> DueAsync(Guid appointment) => world.InDbAsync(world.Lejla, db => db.Notices.AsNoTracking()
        .Where(n => n.AppointmentId == appointment && n.Kind == PlanReminders.Kind && n.State == NoticeState.Due).OrderBy(n => n.DueAt).Select(n => n.OffsetMinutes / 60).ToListAsync());

    [Fact]
    public async Task Changing_it_rewrites_what_is_coming_one_appointment_after_the_other()
    {
        var ids = new[] { await world.BookAsync(world.Emina, Thursday), await world.BookAsync(world.Tarik, Thursday) };
        var page = await (await (await world.As(world.Azra)).GetAsync("/settings/reminders")).Form("Save").Fill("MailReminderHours", "72, 5").SubmitAsync();
        Assert.True(page.Says("are being written anew"), page.Text);
        Assert.Equal("72, 5", page.Form("Save").Value("MailReminderHours"));
        Assert.Equal([48, 24], await DueAsync(ids[0]));

        var job = world.Services.GetRequiredService<RewriteReminders>();
        await Task.WhenAll(job.RunAsync(CancellationToken.None), job.RunAsync(CancellationToken.None));
        foreach (var id in ids) Assert.Equal([72, 5], await DueAsync(id));
        Assert.Equal(0L, await world.ScalarAsync<long>("select count(*) from reminder_rewrites"));
        Assert.Equal(0, await job.RunAsync(CancellationToken.None));
        Assert.Equal(1L, await world.ScalarAsync<long>("select count(*) from audit_entries where act = 'practice.reminders-changed'"));
    }

    [Fact]
    public async Task The_preview_says_what_goes_out_when_and_why_and_saves_nothing()
    {
        var azra = await world.As(world.Azra);
        var stored = await world.ScalarAsync<string>("select md5(policy::text) from practices where slug = 'lipa'");
        var page = await (await azra.GetAsync("/settings/reminders")).Form("Show what would go out").Fill("MailReminderHours", "48, 24, 14").Fill("TextReminderHours", "3").SubmitAsync();
        // Thursday at ten: free until Wednesday at ten, so the last mail comes by seven, and that is quiet.
        Assert.True(page.Says("three hours left to cancel free of charge"), page.Text);
        Assert.True(page.Says("because of the quiet hours"), page.Text);
        Assert.True(page.Says("That moment had passed when it was booked."), page.Text);
        Assert.Equal(stored, await world.ScalarAsync<string>("select md5(policy::text) from practices where slug = 'lipa'"));
        azra.Headers["X-Requested-With"] = "fetch";
        var part = await azra.PostAsync("/settings/reminders?handler=Look", ("__RequestVerificationToken", page.Find("input[name=__RequestVerificationToken]")!.GetAttribute("value")!));
        Assert.DoesNotContain("<form", part.Html, StringComparison.Ordinal);
        Assert.True(part.Says("What would go out"));
    }

    [Theory]
    [InlineData("MailReminderHours", "48; soon"), InlineData("TextReminderHours", "0"), InlineData("MailReminderHours", "1 2 3 4 5 6"), InlineData("QuietFrom", ""), InlineData("QuietFrom", "25:00")]
    [InlineData("QuietUntil", "20:30"), InlineData("PrepaymentReminderHours", "-1"), InlineData("FollowUpFirstDays", "0"), InlineData("ProtocolsOpenDays", "a week")]
    public async Task A_wrong_field_gets_a_message_beside_it_and_nothing_is_saved(string field, string value)
    {
        var stored = await world.ScalarAsync<string>("select md5(policy::text) from practices where slug = 'lipa'");
        var page = await (await (await world.As(world.Azra)).GetAsync("/settings/reminders")).Form("Save").Fill("FollowUps", "7").Fill(field, value).SubmitAsync();
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.NotNull(page.Find($"#Input_{(field == "QuietUntil" ? "QuietFrom" : field)}-e"));
        Assert.Equal(value, page.Form("Save").Value(field));
        Assert.Equal("7", page.Form("Save").Value("FollowUps"));
        Assert.Equal(stored, await world.ScalarAsync<string>("select md5(policy::text) from practices where slug = 'lipa'"));
    }

    [Fact]
    public async Task Only_admins_decide_it()
    {
        foreach (var who in new[] { world.Lejla, world.Sanela, world.Emina }) Assert.Equal(HttpStatusCode.NotFound, (await (await world.As(who)).GetAsync("/settings/reminders")).Status);
    }
}
