using System.Globalization;
using PracticeApp.Requests;

namespace PracticeApp.Evaluation;

/// <summary>One line that tells of danger or grief, or only sounds like it.</summary>
public sealed record LabelledSafety(string Id, string Language, string Text, Danger Danger)
{
    static readonly Dictionary<string, Danger> Names = new()
    {
        ["none"] = Danger.None, ["self"] = Danger.Self, ["others"] = Danger.Others, ["from-others"] = Danger.FromOthers, ["grief"] = Danger.Grief,
    };

    public static IReadOnlyList<LabelledSafety> Read(string path) =>
        [.. File.ReadLines(path).Skip(1).Where(l => l.Length > 0).Select(l => Parse(l.Split('\t')))];

    static LabelledSafety Parse(string[] c) => new(c[0], c[1], c[2], Names[c[3].Trim()]);

    public static IEnumerable<(string Name, Danger Danger)> Labels => Names.Skip(1).Select(n => (n.Key, n.Value));

    public static string Name(Danger danger) =>
        danger == Danger.None ? "none" : string.Join(',', Labels.Where(l => danger.HasFlag(l.Danger)).Select(l => l.Name));
}

/// <summary>What the screen found in one language, and what it missed.</summary>
public sealed class SafetyScores(string language, IEnumerable<LabelledSafety> lines)
{
    readonly List<(LabelledSafety Line, SafetyReading Reading, Danger Seen)> read =
        [.. lines.Select(l => (l, Reading: SafetyScreen.Screen(l.Text))).Select(r => (r.l, r.Reading, r.Reading.Danger))];

    /// <summary>Of the lines that a person must see, the part that a person would see, whatever it was called.</summary>
    public double Recall => Part(r => r.Danger != Danger.None, r => r != Danger.None);

    /// <summary>Of the lines that a person would see, the part that a person must see.</summary>
    public double Precision
    {
        get
        {
            var seen = read.Where(r => r.Seen != Danger.None).ToList();
            return seen.Count == 0 ? 1 : seen.Count(r => r.Line.Danger != Danger.None) / (double)seen.Count;
        }
    }

    /// <summary>Of the lines that only sound like danger, the part that was left alone.</summary>
    public double LeftAlone => Part(r => r.Danger == Danger.None, r => r == Danger.None);

    double Part(Func<LabelledSafety, bool> of, Func<Danger, bool> that)
    {
        var all = read.Where(r => of(r.Line)).ToList();
        return all.Count == 0 ? 1 : all.Count(r => that(r.Seen)) / (double)all.Count;
    }

    public void Print(TextWriter output, bool errors)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{language}  n={read.Count}  recall={Recall:0.000}  precision={Precision:0.000}"));
        foreach (var (name, danger) in LabelledSafety.Labels)
        {
            var labelled = read.Where(r => r.Line.Danger == danger).ToList();
            var named = read.Where(r => r.Seen.HasFlag(danger)).ToList();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{language}  {name,-11}  n={labelled.Count}  seen={Part(r => r.Danger == danger, s => s != Danger.None):0.000}  recall={Part(r => r.Danger == danger, s => s.HasFlag(danger)):0.000}  precision={(named.Count == 0 ? 1 : named.Count(r => r.Line.Danger == danger) / (double)named.Count):0.000}"));
        }
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{language}  none         n={read.Count(r => r.Line.Danger == Danger.None)}  left-alone={LeftAlone:0.000}"));
        if (!errors) return;
        foreach (var (line, reading, seen) in read.Where(r => r.Line.Danger == Danger.None ? r.Seen != Danger.None : !r.Seen.HasFlag(r.Line.Danger)))
        {
            var words = reading.Findings.Select(f => $"{f.Concern}/{f.Language} “{line.Text.Substring(f.Start, f.Length)}”");
            output.WriteLine($"  {(seen == Danger.None ? "MISSED" : line.Danger == Danger.None ? "ALARM" : "named")}\t{line.Id}\t{LabelledSafety.Name(line.Danger)} read as {LabelledSafety.Name(seen)} [{string.Join(", ", words)}]\t{line.Text}");
        }
    }
}
