using PracticeApp.Shared;

namespace PracticeApp.Caseload;

/// <summary>A number at the head of the page, with what gives it weight.</summary>
public sealed record Headline(string Name, string Value, string? Beside);

/// <summary>One figure: a sentence, its picture, the same numbers as a table (and as CSV).</summary>
/// <param name="Id">A stable word; names the section and the rows of the CSV.</param>
/// <param name="Picture">SVG made by ours; empty when there is nothing to draw yet.</param>
public sealed record Figure(string Id, string Heading, string? Sub, string Picture, DataTable Table)
{
    public string? Caption { get; init; }
}
