using System.Globalization;

namespace PracticeApp.Shared;

/// <summary>The numbers of a picture as a table beside it; see <c>_Table.cshtml</c>.</summary>
/// <param name="Corner">The head of the first column: what the rows are.</param>
/// <param name="Columns">Heads of the others.</param>
/// <param name="Hidden">What stands for a number that may not be told.</param>
public sealed record DataTable(string Corner, IReadOnlyList<DataTable.Column> Columns, IReadOnlyList<DataTable.Line> Lines, string Hidden)
{
    /// <param name="Key">The same for machines: an ISO date, or a word.</param>
    public sealed record Column(string Name, string Key);

    /// <param name="Values">One a column; null may not be told.</param>
    public sealed record Line(string Name, IReadOnlyList<double?> Values)
    {
        /// <summary>True for the sum of the others.</summary>
        public bool Strong { get; init; }
    }

    public string Shown(double? value) => value is { } v ? v.ToString("#,0.#", CultureInfo.CurrentCulture) : Hidden;
}
