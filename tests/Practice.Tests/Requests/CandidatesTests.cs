using PracticeApp.Requests;

namespace PracticeApp.Tests.Requests;

public sealed class CandidatesTests
{
    private static readonly Guid A = Guid.NewGuid(), B = Guid.NewGuid(), C = Guid.NewGuid();

    private static Guid[] Order(params Candidate[] candidates) => [.. Candidates.Suggest(candidates).OrderBy(s => s.Place ?? 99).Select(s => s.Id)];
    private static IReadOnlyList<Because> Why(Guid id, params Candidate[] candidates) => Candidates.Suggest(candidates).Single(s => s.Id == id).Reasons;

    [Fact]
    public void What_is_easier_and_sooner_comes_first() =>
        Assert.Equal([B, C, A], Order(new(A, CanDo.Yes, 1, 1), new(B, CanDo.Yes, 3, 3), new(C, CanDo.Yes, 2, 2)));

    [Fact]
    public void What_cannot_be_done_here_comes_last_however_easy()
    {
        Assert.Equal([B, A], Order(new(A, CanDo.No, 3, 3), new(B, CanDo.WithHelp, 1, 1)));
        Assert.Equal([Because.CannotBeDone], Why(A, new(A, CanDo.No, 3, 3), new(B, CanDo.WithHelp, 1, 1)));
    }

    [Fact]
    public void Of_equals_what_needs_no_help_comes_first_then_what_is_seen_sooner()
    {
        Assert.Equal([B, A], Order(new(A, CanDo.WithHelp, 2, 2), new(B, CanDo.Yes, 2, 2)));
        Assert.Equal([B, A], Order(new(A, CanDo.Yes, 3, 1), new(B, CanDo.Yes, 1, 3)));
    }

    [Fact]
    public void The_reasons_say_which_is_easiest_and_which_is_seen_soonest()
    {
        Candidate a = new(A, CanDo.Yes, 3, 1), b = new(B, CanDo.WithHelp, 1, 3);
        Assert.Equal([Because.Alone, Because.Easiest, Because.Soon], Why(A, a, b));
        Assert.Equal([Because.WithHelp, Because.Ease, Because.Soonest], Why(B, a, b));
    }

    [Fact]
    public void Two_that_weigh_the_same_say_so() =>
        Assert.Contains(Because.WeighsTheSame, Why(A, new(A, CanDo.Yes, 2, 2), new(B, CanDo.Yes, 2, 2)));

    [Fact]
    public void What_is_not_weighed_has_no_place()
    {
        var suggested = Candidates.Suggest([new(A, CanDo.Yes, null, 2), new(B, CanDo.Yes, 1, 1)]);
        Assert.Null(suggested.Single(s => s.Id == A).Place);
        Assert.Equal([Because.NotWeighed], suggested.Single(s => s.Id == A).Reasons);
        Assert.Equal(1, suggested.Single(s => s.Id == B).Place);
    }
}
