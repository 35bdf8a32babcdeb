using System.Text.RegularExpressions;
using CsvHelper;

namespace PracticeApp.Shared;

/// <summary>
/// Writes a table for a spreadsheet: UTF-8 with a mark (or Excel guesses the wrong letters), commas, and an apostrophe before
/// whatever a spreadsheet would take for a formula; a plain number below zero is none.
/// </summary>
public static partial class Csv
{
    private const string Begins = "=@+-\t\r\n";
    private static readonly CsvWriterOptions Rules = new() { WriteByteOrderMark = true };

    /// <param name="rows">Every row has as many fields as <paramref name="head"/>.</param>
    public static byte[] Write(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
    {
        using var memory = new MemoryStream();
        using (var csv = CsvWriter.Create(memory, Rules, leaveOpen: true))
        {
            csv.WriteHeader([.. head]);
            foreach (var row in rows) csv.WriteRecord([.. row.Select(Harmless)]);
        }
        return memory.ToArray();
    }

    private static string Harmless(string field) => field.Length > 0 && Begins.Contains(field[0], StringComparison.Ordinal) && !Number().IsMatch(field) ? "'" + field : field;

    [GeneratedRegex(@"^-[0-9]+(\.[0-9]+)?\z")]
    private static partial Regex Number();
}
