using System.Globalization;
using PracticeApp.Requests;

namespace PracticeApp.Evaluation;

/// <summary>One line that tells of danger or grief, or only sounds like it.</summary>
public sealed record LabelledSafety(string Id, string Language, string Text, IReadOnlyList<SafetyConcern> Concerns)
{
    public static IReadOnlyList<LabelledSafety> Read(string path) =>
        [.. File.ReadLines(path).Skip(1).Where(l => l.Length > 0).Select(l => Parse(l.Split('\t')))];

    static LabelledSafety Parse(string[] c) => new(c[0], c[1], c[2],
        [.. c[3].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<SafetyConcern>)]);
}

/// <summary>What the screen found in one language, and what it missed.</summary>
public sealed class SafetyScores(string language, IEnumerable<LabelledSafety> lines)
{
    readonly List<(LabelledSafety Line, SafetyReading Reading)> read = [.. lines.Select(l => (l, SafetyScreen.Screen(l.Text)))];

    /// <summary>Of the lines that a person must see, the part that a person would see, whatever it was called.</summary>
    public double Recall => Part(read.Where(r => r.Line.Concerns.Count > 0), r => r.Reading.Findings.Count > 0);

    /// <summary>Of the lines that only sound like danger, the part that was left alone.</summary>
    public double LeftAlone => Part(read.Where(r => r.Line.Concerns.Count == 0), r => r.Reading.Findings.Count == 0);

    public double RecallOf(SafetyConcern concern) =>
        Part(read.Where(r => r.Line.Concerns.Contains(concern)), r => r.Reading.Findings.Any(f => f.Concern == concern));

    static double Part(IEnumerable<(LabelledSafety, SafetyReading)> of, Func<(LabelledSafety Line, SafetyReading Reading), bool> that)
    {
        var all = of.ToList();
        return all.Count == 0 ? 1 : all.Count(that) / (double)all.Count;
    }

    public void Print(TextWriter output, bool errors)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{language}  safety  n={read.Count}  recall={Recall:0.000}  left-alone={LeftAlone:0.000}"));
        foreach (var concern in Enum.GetValues<SafetyConcern>())
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{language}  {concern,-15}  recall={RecallOf(concern):0.000}"));
        if (!errors) return;
        foreach (var (line, reading) in read.Where(r => !r.Line.Concerns.Order().SequenceEqual(r.Reading.Concerns)))
            output.WriteLine($"  {line.Id}\t[{string.Join(',', line.Concerns)}] read as [{string.Join(", ", reading.Findings.Select(f => $"{f.Concern}/{f.Language} “{line.Text.Substring(f.Start, f.Length)}”"))}]\t{line.Text}");
    }
}
