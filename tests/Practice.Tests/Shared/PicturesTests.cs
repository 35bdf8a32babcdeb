using System.Globalization;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using PracticeApp.Shared;

namespace PracticeApp.Tests.Shared;

public sealed class PicturesTests
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB"), Finnish = CultureInfo.GetCultureInfo("fi-FI");
    private const string Sly = "\"><script>alert(1)</script>&'";

    private static IElement Parse(string markup) => new HtmlParser().ParseDocument($"<figure class=\"pic\">{markup}</figure>").QuerySelector("figure")!;

    [Fact]
    public void The_progress_line_has_a_dot_for_every_rating_and_honey_on_the_latest()
    {
        var svg = Parse(ProgressLine.Draw([-2, -1, -1, 0, -1, 0], "Progress over six sessions")).QuerySelector("svg")!;

        Assert.Equal("img", svg.GetAttribute("role"));
        Assert.Equal("Progress over six sessions", svg.GetAttribute("aria-label"));
        Assert.Equal(["108", "84", "84", "60", "84", "60"], svg.QuerySelectorAll("circle").Select(c => c.GetAttribute("cy")));
        Assert.Equal("237.1", Assert.Single(svg.QuerySelectorAll(".here")).GetAttribute("cx"));
        Assert.Equal("M30 108 L71.4 84 L112.9 84 L154.3 60 L195.7 84 L237.1 60", svg.QuerySelector(".line")!.GetAttribute("d"));
        Assert.Equal(["−2", "−1", "0", "+1", "+2"], svg.QuerySelectorAll("text").Take(5).Select(t => t.TextContent));
    }

    [Fact]
    public void A_session_without_a_rating_leaves_its_place_empty()
    {
        var svg = Parse(ProgressLine.Draw([-1, null, 1], "…")).QuerySelector("svg")!;
        Assert.Equal(["30", "112.9"], svg.QuerySelectorAll("circle").Select(c => c.GetAttribute("cx")));
    }

    [Fact]
    public void Before_the_first_rating_only_the_scale_is_drawn()
    {
        var svg = Parse(ProgressLine.Draw([], "Nothing rated yet")).QuerySelector("svg")!;
        Assert.Empty(svg.QuerySelectorAll("circle, .line"));
        Assert.Equal(5, svg.QuerySelectorAll(".axis, .base").Length);
    }

    [Fact]
    public void Sixty_sessions_fit_and_their_numbers_do_not_overlap()
    {
        var numbers = Parse(ProgressLine.Draw([.. Enumerable.Repeat<int?>(1, 60)], "…")).QuerySelectorAll("text[text-anchor=middle]")
            .Select(t => double.Parse(t.GetAttribute("x")!, CultureInfo.InvariantCulture)).ToList();
        Assert.True(numbers.Zip(numbers.Skip(1), (a, b) => b - a).Min() >= 20);
        Assert.Equal(320, numbers[^1]);
    }

    [Fact]
    public void A_rating_beyond_the_scale_is_a_fault_of_the_caller() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ProgressLine.Draw([3], "…"));

    public static TheoryData<string> Pictures => [
        Waves.Draw(["Dec", Sly], [new(Sly, [1, null])], new("b", [3, 4]), Sly, Sly, English),
        Columns.Draw(["Dec", Sly], [new(Sly, [1, null])], [Sly], Sly, English),
        Bars.Draw([(Sly, 3), ("b", null)], Sly, Sly, English),
        Ranges.Draw(["Dec", Sly], [(1, 2), null], 4, new(Sly, Sly, Sly, Sly), English),
        HeatMap.Draw([Sly, "b"], [Sly, "9"], [[1, null], [7, 30]], Sly),
        ProgressLine.Draw([1], Sly)];

    [Theory]
    [MemberData(nameof(Pictures))]
    public void Every_picture_says_what_is_seen_and_lets_no_text_become_markup(string markup)
    {
        var figure = Parse(markup);
        Assert.Empty(figure.QuerySelectorAll("script"));
        Assert.All(figure.QuerySelectorAll("svg[role=img]"), svg => Assert.Equal(Sly, svg.GetAttribute("aria-label")));
        Assert.NotEmpty(figure.QuerySelectorAll("svg[role=img]"));
        Assert.DoesNotContain("style", figure.InnerHtml);
        Assert.DoesNotContain("fill=", figure.InnerHtml);
        Assert.DoesNotContain("NaN", figure.InnerHtml);
    }

    [Fact]
    public void Waves_stack_without_a_gap_and_keep_the_largest_in_the_middle()
    {
        var wide = Parse(Waves.Draw(["Oct", "Nov"], [new("Most", [8, 8]), new("Less", [4, 4]), new("Least", [2, 2])], new("Rest", [1, 1]), "…", "< 5", English)).QuerySelector(".wide")!;
        Assert.Equal(["wave d2", "wave d1", "wave d3", "wave d7"], wide.QuerySelectorAll(".wave").Select(p => p.ClassName));
        Assert.Equal(["Less", "4", "Most", "8", "Least", "2", "Rest", "1"], wide.QuerySelectorAll("text").Take(8).Select(t => t.TextContent));
    }

    [Fact]
    public void A_band_whose_number_may_not_be_told_closes()
    {
        var hidden = Waves.Draw(["Oct", "Nov"], [new("A", [8, 8]), new("B", [4, null])], null, "…", "< 5", English);
        var none = Waves.Draw(["Oct", "Nov"], [new("A", [8, 8]), new("B", [4, 0])], null, "…", "< 5", English);
        Assert.Equal(Parse(none).QuerySelectorAll("path").Select(p => p.GetAttribute("d")), Parse(hidden).QuerySelectorAll("path").Select(p => p.GetAttribute("d")));
        Assert.Contains("&lt; 5", hidden);
    }

    [Fact]
    public void Labels_with_long_names_stay_apart_and_inside()
    {
        var labels = Parse(Waves.Draw(["Nov"], [.. Enumerable.Range(0, 6).Select(i => new Series("Riippuvuus, läheisen alkoholi tai muu", [i == 0 ? 100 : 0]))], null, "…", "–", Finnish))
            .QuerySelectorAll(".wide text.lab").Take(6).Select(t => double.Parse(t.GetAttribute("y")!, CultureInfo.InvariantCulture)).ToList();
        Assert.True(labels.Zip(labels.Skip(1), (a, b) => b - a).Min() >= 20);
        Assert.All(labels, y => Assert.InRange(y, 10, 350));
    }

    [Fact]
    public void Columns_stack_from_the_base_and_counts_have_whole_ticks()
    {
        var wide = Parse(Columns.Draw(["Nov"], [new("a", [1]), new("b", [2])], [], "…", English)).QuerySelector(".wide")!;
        Assert.Equal(["d2", "d4"], wide.QuerySelectorAll("rect").Select(r => r.ClassName));
        Assert.Equal(["0", "1", "2", "3"], wide.QuerySelectorAll("text[text-anchor=end]").Select(t => t.TextContent));
    }

    [Fact]
    public void Numbers_are_written_as_the_reader_writes_them()
    {
        var words = new Ranges.Words("…", "puolet", "yhdeksän kymmenestä", "lupaus");
        Assert.Contains(">0,5<", Ranges.Draw(["marras"], [(1.2, 1.9)], 2, words, Finnish));
        Assert.Contains(">0.5<", Ranges.Draw(["Nov"], [(1.2, 1.9)], 2, words, English));
    }

    [Theory]
    [InlineData(null, "h0"), InlineData(4, "h0"), InlineData(5, "h1"), InlineData(14, "h2"), InlineData(19, "h3"), InlineData(20, "h4")]
    public void The_palest_shade_is_fewer_than_five(int? count, string shade) => Assert.Equal(shade, HeatMap.Shade(count));
}
