using System.Globalization;

namespace PracticeApp.Evaluation;

/// <summary>A figure that must not fall: "en accuracy 0.90", "en macro-F1 0.85", "en specific 0.80".</summary>
public sealed record Floor(string Language, string Figure, double Least)
{
    public static IReadOnlyList<Floor> Read(string path) =>
        [.. File.ReadLines(path).Select(l => l.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(p => p.Length == 3)
            .Select(p => new Floor(p[0], p[1], double.Parse(p[2], CultureInfo.InvariantCulture)))];

    public bool Holds(IEnumerable<Scores> scores, TextWriter output)
    {
        var score = scores.FirstOrDefault(s => s.Language == Language);
        var value = score is null ? 0 : Value(score);
        if (value >= Least) return true;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Language}  {Figure} is {value:0.000}, the floor is {Least:0.000}"));
        return false;
    }

    double Value(Scores score) => Figure switch
    {
        "accuracy" => score.Accuracy,
        "macro-F1" => score.MacroF1,
        _ => score.Of(Enum.Parse<Requests.CriterionName>(Figure, ignoreCase: true)).F1,
    };
}
