using CsvHelper;

namespace PracticeApp.Caseload;

/// <summary>
/// Writes a table for a spreadsheet: UTF-8 with a mark (or Excel guesses the wrong letters), commas, and an apostrophe before
/// whatever a spreadsheet would take for a formula.
/// </summary>
public static class Csv
{
    private static readonly CsvWriterOptions Rules = new() { Injection = CsvInjection.Escape, InjectionCharacters = "=@+-\t\r\n", WriteByteOrderMark = true };

    /// <param name="rows">Every row has as many fields as <paramref name="head"/>.</param>
    public static byte[] Write(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
    {
        using var memory = new MemoryStream();
        using (var csv = CsvWriter.Create(memory, Rules, leaveOpen: true))
        {
            csv.WriteHeader([.. head]);
            foreach (var row in rows) csv.WriteRecord([.. row]);
        }
        return memory.ToArray();
    }
}
