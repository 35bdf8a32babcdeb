using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace PracticeApp.Tests.Caseload;

public sealed partial class CaseloadTests(Year year) : IClassFixture<Year>
{
    private static readonly TimeZoneInfo Sarajevo = TimeZoneInfo.FindSystemTimeZoneById("Europe/Sarajevo");
    private World World => year.World;

    private sealed record Line(string Figure, string Row, string Column, double? Value);

    private static async Task<List<Line>> CsvAsync(Visitor visitor, string query = "") =>
        [.. (await visitor.GetAsync("/caseload.csv" + query)).Html.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => Comma().Split(l))
            .Select(f => new Line(f[0], f[1], f[2], f[3].Length == 0 ? null : double.Parse(f[3], CultureInfo.InvariantCulture)))];

    private static string MonthOf(object utc) => TimeZoneInfo.ConvertTimeFromUtc((DateTime)utc, Sarajevo).ToString("yyyy-MM-01", CultureInfo.InvariantCulture);

    private Task<List<object[]>> PlacesAsync() => year.RowsAsync(
        "select a.starts_at, a.psychologist_id, p.client_id, p.attendance, a.engagement_id from appointments a join appointment_participants p on p.appointment_id = a.id where p.attendance is not null");

    [Fact]
    public async Task A_psychologists_figures_equal_a_plain_count_over_the_raw_rows()
    {
        var csv = await CsvAsync(await World.As(World.Lejla));
        var own = (await PlacesAsync()).Where(r => (Guid)r[1] == World.Lejla.UserId).ToList();

        var attended = csv.Where(l => l is { Figure: "attendance", Row: "took place" } && l.Column != "all").ToList();
        Assert.Equal(12, attended.Count);
        Assert.All(attended, l => Assert.Equal(own.Count(r => MonthOf(r[0]) == l.Column && (string)r[3] == "Attended"), l.Value));
        Assert.True(attended.Sum(l => l.Value) > 100);

        var weeks = csv.Where(l => l.Figure == "weeks" && l.Column != "all").ToList();
        Assert.All(weeks, l => Assert.Equal(own.Count(r => (string)r[3] == "Attended"
            && DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc((DateTime)r[0], Sarajevo)).DayNumber - DateOnly.Parse(l.Column, CultureInfo.InvariantCulture).DayNumber is >= 0 and < 7), l.Value));

        var requests = (await year.RowsAsync("select r.created_at, e.psychologist_id from client_requests r join engagements e on e.id = r.engagement_id where r.theme_id is not null"))
            .Where(r => (Guid)r[1] == World.Lejla.UserId).ToList();
        var themes = csv.Where(l => l.Figure == "themes" && l.Column != "all").ToList();
        Assert.All(themes.GroupBy(l => l.Column), g => Assert.Equal(requests.Count(r => MonthOf(r[0]) == g.Key), g.Sum(l => l.Value)));

        var began = (await year.RowsAsync("select started_at, psychologist_id from engagements")).Where(r => (Guid)r[1] == World.Lejla.UserId).ToList();
        Assert.All(csv.Where(l => l is { Figure: "turns", Row: "began" } && l.Column != "all"), l => Assert.Equal(began.Count(r => MonthOf(r[0]) == l.Column), l.Value));
    }

    [Fact]
    public async Task What_an_admin_is_told_equals_the_plain_count_and_each_told_cell_has_five_people()
    {
        var places = await PlacesAsync();
        var csv = await CsvAsync(await World.As(World.Azra));
        var words = new Dictionary<string, string> { ["took place"] = "Attended", ["cancelled in time"] = "CancelledInTime", ["cancelled late"] = "CancelledLate", ["did not come"] = "NoShow", ["excused"] = "Excused" };
        var cells = csv.Where(l => l.Figure == "attendance" && l.Column != "all" && words.ContainsKey(l.Row)).ToList();
        foreach (var cell in cells.Where(c => c.Value > 0))
        {
            var raw = places.Where(r => MonthOf(r[0]) == cell.Column && (string)r[3] == words[cell.Row]).ToList();
            Assert.Equal(raw.Count, cell.Value);
            Assert.True(raw.Select(r => r[2]).Distinct().Count() >= 5, $"{cell} tells of too few");
        }
        Assert.Contains(cells, c => c.Value > 0);
        Assert.Contains(cells, c => c.Value is null);
        // With the rest, nothing is lost.
        Assert.All(csv.Where(l => l.Figure == "attendance" && l.Column != "all").GroupBy(l => l.Column).Where(g => g.Any(l => l.Value > 0)),
            g => Assert.Equal(places.Count(r => MonthOf(r[0]) == g.Key), g.Sum(l => l.Value ?? 0)));
    }

    [Fact]
    public async Task Answer_times_equal_a_plain_reckoning()
    {
        var waits = (await year.RowsAsync(
            "select extract(epoch from q.answered_at - q.received_at)::float8 / 3600, q.received_at from enquiries q join engagements e on e.enquiry_id = q.id where q.answered_at is not null and e.psychologist_id = '" + World.Lejla.UserId + "'"))
            .Where(r => string.CompareOrdinal(MonthOf(r[1]), "2025-04-01") >= 0).Select(r => (double)r[0]).Order().ToList();
        var csv = await CsvAsync(await World.As(World.Lejla));
        var half = csv.Single(l => l is { Figure: "answers", Row: "half", Column: "all" }).Value!.Value;
        var nine = csv.Single(l => l is { Figure: "answers", Row: "nine of ten", Column: "all" }).Value!.Value;
        Assert.Equal(waits[(waits.Count + 1) / 2 - 1], half, 0.01);
        Assert.Equal(waits[(int)Math.Ceiling(0.9 * waits.Count) - 1], nine, 0.01);
    }

    [Fact]
    public async Task An_admin_looks_at_one_psychologist_with_cells_under_five_hidden_and_a_psychologist_at_nobody_else()
    {
        var azra = await World.As(World.Azra);
        var ofDamir = await CsvAsync(azra, $"?psychologist={World.Damir.UserId}");
        Assert.DoesNotContain(ofDamir, l => l is { Figure: "attendance" or "weeks" or "turns" or "themes", Value: > 0 and < 5 });
        Assert.Equal(HttpStatusCode.NotFound, (await azra.GetAsync($"/caseload?psychologist={World.Mikko.UserId}")).Status);
        var lejla = await World.As(World.Lejla);
        Assert.Equal(HttpStatusCode.NotFound, (await lejla.GetAsync($"/caseload?psychologist={World.Damir.UserId}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await lejla.GetAsync($"/caseload.csv?psychologist={World.Damir.UserId}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await lejla.GetAsync($"/caseload?psychologist={World.Lejla.UserId}")).Status);
    }

    [Fact]
    public async Task Nobody_else_sees_statistics()
    {
        foreach (var person in new[] { World.Sanela, World.Nora, World.Emina })
        {
            var visitor = await World.As(person);
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync("/caseload")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync("/caseload.csv")).Status);
        }
        Assert.Equal(HttpStatusCode.Redirect, (await World.Stranger().GetWithoutFollowingAsync("/caseload")).Status);
        var mikko = await (await World.As(World.Mikko)).GetAsync("/caseload");
        Assert.DoesNotContain("Lejla", mikko.Html);
        Assert.DoesNotContain(await CsvAsync(await World.As(World.Mikko)), l => l is { Figure: "weeks" or "themes", Value: > 0 });
    }

    [Theory]
    [InlineData("en"), InlineData("ru"), InlineData("bs"), InlineData("fi")]
    public async Task The_page_reads_in_every_language_with_pictures_and_tables(string language)
    {
        foreach (var person in new[] { World.Azra, World.Lejla })
        {
            var page = await (await World.As(person, language)).GetAsync("/caseload");
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.True(page.FindAll("svg[role=img]").Count >= 10);
            Assert.True(page.FindAll("table").Count >= 6);
            Assert.All(page.FindAll("svg[role=img]"), svg => Assert.True(svg.GetAttribute("aria-label")!.Length > 10));
        }
    }

    [Theory]
    [InlineData("?months=0"), InlineData("?months=abc&psychologist="), InlineData("?months=-12"), InlineData("?months=12&months=3"), InlineData("?months=%00")]
    public async Task An_unreadable_period_is_the_usual_one(string query) =>
        Assert.Equal(HttpStatusCode.OK, (await (await World.As(World.Azra)).GetAsync("/caseload" + query)).Status);

    [Fact]
    public async Task A_download_stands_in_the_audit_log()
    {
        var before = await World.ScalarAsync<long>("select count(*) from audit_entries where act = 'caseload.exported'");
        await CsvAsync(await World.As(World.Azra));
        Assert.Equal(before + 1, await World.ScalarAsync<long>("select count(*) from audit_entries where act = 'caseload.exported'"));
    }

    [GeneratedRegex(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")]
    private static partial Regex Comma();
}
