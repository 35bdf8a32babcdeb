using PracticeApp.Attendance;
using PracticeApp.Tests.Attendance;
using static PracticeApp.Tests.Attendance.AttendanceWorld;

namespace PracticeApp.Tests.Sessions;

/// <summary>After what was missed the agreement says that both talk: "/today" and "/me" lead there, until an hour for it is planned.</summary>
public sealed class AgreedTalksTests(Database database)
{
    [Fact]
    public async Task Both_are_led_to_an_hour_for_the_talk_until_one_is_planned()
    {
        var (world, first) = await BookedAsync(database);
        await using var _ = world;
        var second = await world.BookAsync(world.Emina, Thursday.AddDays(1));
        world.Clock.Set(Thursday.AddDays(2));
        await world.SettleAsync(first, Settlement.Absent);
        using var lejla = await world.As(world.Lejla);
        using var emina = await world.As(world.Emina);
        Assert.Null((await lejla.GetAsync("/today")).Find($"a[href='/calendar/new?client={world.Emina.ClientId}']"));
        await world.SettleAsync(second, Settlement.Absent);

        var today = await lejla.GetAsync("/today");
        Assert.NotNull(today.Find($"a[href='/calendar/new?client={world.Emina.ClientId}']"));
        Assert.True(today.Says("the agreement says that you talk about it"), today.Text);
        var me = await emina.GetAsync("/me");
        Assert.True(me.Says("nobody is blamed"), me.Text);
        Assert.NotNull(me.Find($"a[href^='/book?with={world.Emina.EngagementId}']"));
        using var damir = await world.As(world.Damir);
        Assert.Null((await damir.GetAsync("/today")).Find("a[href^='/calendar/new?client=']"));

        await world.FlagAsync();
        Assert.False((await emina.GetAsync("/me")).Says("nobody is blamed"));
        await world.ScalarAsync<object>("update safety_flags set closed_at = raised_at");
        Assert.True((await emina.GetAsync("/me")).Says("nobody is blamed"));

        await world.BookAsync(world.Emina, Thursday.AddDays(7));
        Assert.Null((await lejla.GetAsync("/today")).Find($"a[href='/calendar/new?client={world.Emina.ClientId}']"));
        Assert.False((await emina.GetAsync("/me")).Says("nobody is blamed"));
    }
}
