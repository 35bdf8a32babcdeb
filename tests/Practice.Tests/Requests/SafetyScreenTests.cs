using PracticeApp.Evaluation;
using PracticeApp.Requests;

namespace PracticeApp.Tests.Requests;

public sealed class SafetyScreenTests
{
    private static IEnumerable<IGrouping<string, LabelledSafety>> Lines() =>
        LabelledSafety.Read(Path.Combine(Repository.Root, "tests", "Practice.Evaluation", "data", "safety.tsv")).GroupBy(l => l.Language);

    [Fact]
    public void Danger_is_seen_in_every_language()
    {
        Assert.Equal(["bs", "en", "fi", "ru"], Lines().Select(l => l.Key).Order());
        Assert.All(Lines(), l => Assert.True(new SafetyScores(l.Key, l).Recall >= 0.97, l.Key));
    }

    [Fact]
    public void What_only_sounds_like_danger_is_mostly_left_alone() =>
        Assert.All(Lines(), l => Assert.True(new SafetyScores(l.Key, l).LeftAlone >= 0.9, l.Key));

    [Theory]
    [InlineData("This job is killing me", Danger.None)]
    [InlineData("This job is killing me and I don't want to live any more", Danger.Self)]
    [InlineData("My husband hits me", Danger.FromOthers)]
    [InlineData("My husband beats me", Danger.FromOthers)]
    [InlineData("My husband beats the children", Danger.FromOthers)]
    [InlineData("I am afraid I will hurt the baby", Danger.Others | Danger.FromOthers)]
    [InlineData("My mother died last week", Danger.Grief)]
    [InlineData("My mother died thirty years ago", Danger.None)]
    public void Reads_what_a_text_may_tell_of(string text, Danger danger) =>
        Assert.Equal(danger, SafetyScreen.Read(text, "en") & (danger == Danger.None ? (Danger)15 : danger));

    [Fact]
    public void Danger_is_seen_whatever_the_language_of_the_page_and_between_two_languages()
    {
        Assert.Equal(Danger.Self, SafetyScreen.Read("не хочу больше жить", "fi"));
        Assert.Equal(Danger.FromOthers, SafetyScreen.Read("Hello, I write in Bosnian: muž me tuče", "en"));
    }

    [Fact]
    public void Capitals_and_missing_signs_hide_nothing()
    {
        Assert.Equal(Danger.Self, SafetyScreen.Read("I DONT WANT TO LIVE ANYMORE", "en"));
        Assert.Equal(Danger.Self, SafetyScreen.Read("ne zelim vise zivjeti", "bs"));
        Assert.True(SafetyScreen.Read("I want to\nkill  my-self... kill myself", "en").HasFlag(Danger.Self));
    }

    [Fact]
    public void The_finding_shows_the_words()
    {
        const string text = "Fine, thanks. But he said he would kill me.";
        var finding = SafetyScreen.Screen(text).Findings[0];
        Assert.Equal(SafetyConcern.HarmFromOthers, finding.Concern);
        Assert.Contains("kill me", text.Substring(finding.Start, finding.Length), StringComparison.Ordinal);
    }

    [Fact]
    public void Grief_silences_the_coach_and_calls_nobody()
    {
        var reading = SafetyScreen.Screen("We buried my father on Friday");
        Assert.True(reading.SilencesCoach);
        Assert.False(reading.NeedsAPerson);
    }
}
