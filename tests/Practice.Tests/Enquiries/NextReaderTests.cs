using PracticeApp.Enquiries;

namespace PracticeApp.Tests.Enquiries;

public sealed class NextReaderTests
{
    private static readonly DateTime Now = new(2026, 3, 16, 12, 0, 0, DateTimeKind.Utc);
    private static readonly Guid Lejla = Guid.CreateVersion7(), Damir = Guid.CreateVersion7(), Amra = Guid.CreateVersion7();

    [Fact]
    public void Whoever_was_just_told_has_a_quarter_of_an_hour() =>
        Assert.Null(NextReader.After([(Lejla, Now.AddMinutes(-14))], [Lejla, Damir], [Lejla, Damir, Amra], Now));

    [Fact]
    public void Then_the_next_on_duty_is_told_and_then_whoever_else_stands_on_the_rota()
    {
        Assert.Equal(Damir, NextReader.After([(Lejla, Now.AddMinutes(-15))], [Lejla, Damir], [Amra, Damir, Lejla], Now));
        Assert.Equal(Amra, NextReader.After([(Lejla, Now.AddMinutes(-40)), (Damir, Now.AddMinutes(-20))], [Lejla, Damir], [Amra, Damir, Lejla], Now));
    }

    [Fact]
    public void When_all_have_been_told_those_on_duty_are_told_again_every_hour()
    {
        (Guid, DateTime)[] told = [(Lejla, Now.AddMinutes(-59)), (Damir, Now.AddMinutes(-30))];
        Assert.Null(NextReader.After(told, [Lejla], [Damir, Lejla], Now));
        Assert.Equal(Lejla, NextReader.After(told, [Lejla], [Damir, Lejla], Now.AddMinutes(1)));
        Assert.Null(NextReader.After(told, [], [Damir, Lejla], Now.AddHours(9)));
    }

    [Fact]
    public void On_an_empty_rota_there_is_nobody_to_tell() => Assert.Null(NextReader.After([], [], [], Now));
}
