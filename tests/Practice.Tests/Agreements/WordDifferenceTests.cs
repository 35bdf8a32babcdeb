using FsCheck;
using FsCheck.Fluent;
using PracticeApp.Agreements;

namespace PracticeApp.Tests.Agreements;

public sealed class WordDifferenceTests
{
    private static Arbitrary<string> Texts => Gen.Elements("we", "meet", "here", " ", " ", ", ", "\n\n", "{{fee}}", "ćao", "час").ListOf().Select(w => string.Concat(w.Take(40))).ToArbitrary();

    [Fact]
    public void Both_texts_can_be_read_out_of_the_difference() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Texts, Texts, (before, after) =>
    {
        var words = WordDifference.Between(before, after);
        return string.Concat(words.Where(w => w.Change != Change.Inserted).Select(w => w.Text)) == before
            && string.Concat(words.Where(w => w.Change != Change.Deleted).Select(w => w.Text)) == after
            && words.All(w => w.Text.Length > 0);
    }));

    [Fact]
    public void Only_what_changed_is_marked() => Assert.Equal(
        [new(Change.Same, "You pay "), new(Change.Deleted, "half of it"), new(Change.Inserted, "the full fee"), new(Change.Same, " then.")],
        WordDifference.Between("You pay half of it then.", "You pay the full fee then."));

    [Fact]
    public void Clauses_that_moved_came_or_went_are_named()
    {
        var before = AgreementText.Parse("# T\n\nO\n\n## services: A\n\na\n\n## fee: B\n\nb\n\n## ending: C\n\nc\n\n## promises\n\n- both: We talk.");
        var after = AgreementText.Parse("# T\n\nO\n\n## fee: B\n\nb\n\n## services: A\n\na new\n\n## other: D\n\nd\n\n## promises\n\n- both: We talk early.");
        var parts = TemplateDifferences.Words(before, after);

        Assert.Equal([(ClauseKind.Fee, 2, 1, false), (ClauseKind.Services, 1, 2, true), (ClauseKind.Other, null, 3, true), (ClauseKind.Ending, 3, null, true)],
            parts.Where(p => p.Kind is not null).Select(p => (p.Kind!.Value, p.Was, p.Is, p.IsReworded)));
        Assert.Equal(Bearer.Both, parts[^1].Bearer);
    }

    [Fact]
    public void Of_the_terms_the_sentences_that_differ_are_shown_old_and_new()
    {
        var before = Terms.Default(80, "EUR");
        var one = Assert.Single(TemplateDifferences.Terms(before, before with { FreePasses = before.FreePasses! with { Count = 2 } }, "en"));

        Assert.Equal(("cancel.pass", "A late cancellation costs nothing once within any 365 days; you need not ask.", "A late cancellation costs nothing 2 times within any 365 days; you need not ask."), (one.Placeholder, one.Was, one.Is));
    }
}
