using PracticeApp.Requests;

namespace PracticeApp.Tests.Requests;

public sealed class WorkReviewTests
{
    private static readonly DateTime Accepted = new(2026, 1, 5, 9, 0, 0, DateTimeKind.Utc);
    private static DateTime Week(int n) => Accepted.AddDays(7 * n);
    private static IEnumerable<DateTime> Sessions(int count) => Enumerable.Range(1, count).Select(Week);
    private static IEnumerable<(DateTime, int)> Rated(params int[] levels) => levels.Select((level, i) => (Week(i + 1).AddHours(1), level));

    private static bool Due(int sessions, IEnumerable<(DateTime, int)> ratings, int after = 4, DateTime? since = null) => WorkReview.IsDue(since ?? Accepted, Sessions(sessions), ratings, after);

    [Fact]
    public void Sessions_without_movement_make_it_due() => Assert.True(Due(4, Rated(-1, -1, -1, -1)));

    [Fact]
    public void One_session_fewer_does_not() => Assert.False(Due(3, Rated(-1, -1, -1)));

    [Fact]
    public void A_step_forward_within_them_is_movement() => Assert.False(Due(5, Rated(-2, -2, -1, -1, -1)));

    [Fact]
    public void A_step_forward_long_ago_is_not() => Assert.True(Due(6, Rated(-2, -1, -1, -1, -1, -1)));

    [Fact]
    public void Going_back_is_no_movement_forward() => Assert.True(Due(4, Rated(0, -1, -1, 0)));

    [Fact]
    public void Without_ratings_nothing_shows_that_something_moves() => Assert.True(Due(4, []));

    [Fact]
    public void Looking_back_begins_the_count_anew() => Assert.False(Due(6, Rated(-1, -1, -1, -1, -1, -1), since: Week(3)));

    [Fact]
    public void Never_means_never() => Assert.False(Due(40, [], after: 0));
}
