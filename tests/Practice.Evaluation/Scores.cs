using System.Globalization;
using PracticeApp.Requests;

namespace PracticeApp.Evaluation;

/// <summary>One labelled line: what somebody wrote, and what two people called it.</summary>
public sealed record Labelled(string Id, string Language, string Text, UtteranceKind Kind, IReadOnlyDictionary<CriterionName, bool> Criteria)
{
    static readonly CriterionName[] Columns = [CriterionName.Positive, CriterionName.Specific, CriterionName.Own, CriterionName.Effective];

    public static IReadOnlyList<CriterionName> LabelledCriteria => Columns;

    public static IReadOnlyList<Labelled> Read(string path) =>
        [.. File.ReadLines(path).Skip(1).Where(l => l.Length > 0).Select(l => Parse(l.Split('\t')))];

    static Labelled Parse(string[] c) => new(c[0], c[1], c[2], Enum.Parse<UtteranceKind>(c[3]),
        Columns.Select((name, i) => (name, c[4 + i] == "1")).ToDictionary());
}

/// <summary>How the coach did on the lines of one language.</summary>
public sealed class Scores
{
    readonly List<(Labelled Line, Review Review)> reviewed;

    public Scores(string language, IEnumerable<Labelled> lines)
        : this(language, lines.Select(l => (l, FormulationCoach.Review(l.Text, l.Language)))) { }

    public Scores(string language, IEnumerable<(Labelled Line, Review Review)> reviewed)
    {
        Language = language;
        this.reviewed = [.. reviewed];
    }

    public string Language { get; }

    public int Count => reviewed.Count;

    public int WithoutVerdict => reviewed.Count(r => !r.Review.HasVerdict);

    public double Accuracy => Count == 0 ? 0 : reviewed.Count(r => r.Review.Kind == r.Line.Kind) / (double)Count;

    /// <summary>The mean of F1 over the kinds that occur in the labels or in the answers.</summary>
    public double MacroF1
    {
        get
        {
            var kinds = Enum.GetValues<UtteranceKind>()
                .Where(k => reviewed.Any(r => r.Line.Kind == k || r.Review.Kind == k)).ToList();
            return kinds.Count == 0 ? 0 : kinds.Average(k => F1(r => r.Review.Kind == k, r => r.Line.Kind == k));
        }
    }

    public IEnumerable<(Labelled Line, Review Review)> Errors => reviewed.Where(r => r.Review.Kind != r.Line.Kind);

    public IEnumerable<(Labelled Line, Review Review)> Disagreements(CriterionName name) =>
        reviewed.Where(r => r.Review[name].IsMet != r.Line.Criteria[name]);

    public (double Precision, double Recall, double F1) Of(CriterionName name)
    {
        bool Said((Labelled, Review Review) r) => r.Review[name].IsMet;
        bool True((Labelled Line, Review) r) => r.Line.Criteria[name];
        var both = reviewed.Count(r => Said(r) && True(r));
        return (Ratio(both, reviewed.Count(r => Said(r))), Ratio(both, reviewed.Count(r => True(r))), F1(r => Said(r), r => True(r)));
    }

    double F1(Func<(Labelled Line, Review Review), bool> said, Func<(Labelled Line, Review Review), bool> labelled)
    {
        int both = 0, one = 0;
        foreach (var r in reviewed)
        {
            if (said(r) && labelled(r)) both++;
            else if (said(r) != labelled(r)) one++;
        }
        return Ratio(2 * both, (2 * both) + one);
    }

    static double Ratio(int part, int whole) => whole == 0 ? 1 : part / (double)whole;

    public void Print(TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Language}  n={Count}  accuracy={Accuracy:0.000}  macro-F1={MacroF1:0.000}{(WithoutVerdict > 0 ? $"  without-verdict={WithoutVerdict}" : "")}"));
        foreach (var name in Labelled.LabelledCriteria)
        {
            var (precision, recall, f1) = Of(name);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{Language}  {name.ToString().ToLowerInvariant(),-9}  precision={precision:0.000}  recall={recall:0.000}  F1={f1:0.000}"));
        }
    }

    /// <summary>What was labelled (rows) against what was read (columns).</summary>
    public void PrintConfusion(TextWriter output)
    {
        var kinds = Enum.GetValues<UtteranceKind>();
        output.WriteLine($"{Language}  labelled \\ read  {string.Join(' ', kinds.Select(k => $"{Short(k),6}"))}   none");
        foreach (var labelled in kinds)
        {
            var row = reviewed.Where(r => r.Line.Kind == labelled).ToList();
            var cells = kinds.Select(k => row.Count(r => r.Review.Kind == k)).Append(row.Count(r => r.Review.Kind is null));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Language}  {labelled,-15}  {string.Join(' ', cells.Select(c => $"{(c == 0 ? "·" : c.ToString(CultureInfo.InvariantCulture)),6}"))}"));
        }
    }

    static string Short(UtteranceKind kind) => kind.ToString() is { Length: > 6 } name ? name[..6] : kind.ToString();
}
