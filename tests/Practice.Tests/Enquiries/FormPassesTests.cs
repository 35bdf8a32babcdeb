using Microsoft.AspNetCore.DataProtection;
using PracticeApp.Enquiries;

namespace PracticeApp.Tests.Enquiries;

public sealed class FormPassesTests
{
    private readonly TestClock _clock = new(World.Start);
    private readonly Guid _practice = Guid.CreateVersion7();

    [Fact]
    public void A_pass_is_good_for_its_practice_for_a_day()
    {
        var passes = new FormPasses(new EphemeralDataProtectionProvider(), _clock);
        var pass = passes.Make(_practice);
        Assert.NotNull(passes.Read(_practice, pass));
        Assert.Null(passes.Read(Guid.CreateVersion7(), pass));
        Assert.Null(passes.Read(_practice, pass[..^2] + "xx"));
        Assert.Null(passes.Read(_practice, "%%%"));
        Assert.Null(passes.Read(_practice, null));
        _clock.Advance(TimeSpan.FromHours(25));
        Assert.Null(passes.Read(_practice, pass));
    }

    [Fact]
    public void A_form_that_is_sent_at_once_needs_the_devices_sum()
    {
        var passes = new FormPasses(new EphemeralDataProtectionProvider(), _clock);
        var pass = passes.Make(_practice);
        var read = passes.Read(_practice, pass)!;
        var solution = Enumerable.Range(0, int.MaxValue).First(n => FormPasses.Proves(pass, $"{n}"));
        Assert.False(passes.IsSlowEnough(read, pass, null));
        Assert.False(passes.IsSlowEnough(read, pass, "not a number that fits"));
        Assert.False(passes.IsSlowEnough(read, passes.Make(_practice), $"{solution}"));
        Assert.True(passes.IsSlowEnough(read, pass, $"{solution}"));
    }

    [Fact]
    public void Without_script_a_form_that_lay_open_is_believed()
    {
        var passes = new FormPasses(new EphemeralDataProtectionProvider(), _clock);
        var pass = passes.Make(_practice);
        _clock.Advance(TimeSpan.FromSeconds(20));
        Assert.True(passes.IsSlowEnough(passes.Read(_practice, pass)!, pass, ""));
    }
}
