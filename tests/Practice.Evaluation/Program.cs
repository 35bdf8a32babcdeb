using System.Globalization;
using PracticeApp.Evaluation;
using PracticeApp.Requests;

// Prints how well the coach reads labelled texts.
//   Practice.Evaluation [FILE] [--errors] [--floor FILE] [--held-out N] [--safety FILE]
//   Practice.Evaluation --train FOLDER
//   Practice.Evaluation --learn-safety FOLDER
// Without FILE the development set beside the program is used. --floor: lines "en accuracy 0.90" or "en macro-F1 0.85";
// the exit code is 1 when a figure falls below its line. --held-out: in N parts, each read with weights counted from the
// others. --train: counts the weights of every language from the labelled texts beside the program.
// --learn-safety: writes weights.txt beside notions.txt in FOLDER.
string? file = null, floor = null, safety = null, train = null, learn = null;
var parts = 0;
var errors = false;
for (var i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--errors": errors = true; break;
        case "--floor" when i + 1 < args.Length: floor = args[++i]; break;
        case "--learn-safety" when i + 1 < args.Length: learn = args[++i]; break;
        case "--train" when i + 1 < args.Length: train = args[++i]; break;
        case "--held-out" when i + 1 < args.Length: parts = int.Parse(args[++i], CultureInfo.InvariantCulture); break;
        case "--safety" when i + 1 < args.Length: safety = args[++i]; break;
        default: file = args[i]; break;
    }
}

if (train is not null)
{
    string[] labelled = ["formulations.tsv", "own-formulations.tsv"];
    Training.Write(labelled.SelectMany(f => Labelled.Read(Path.Combine(AppContext.BaseDirectory, "data", f))), train, Console.Out);
    return 0;
}
if (learn is not null)
{
    var data = Path.Combine(AppContext.BaseDirectory, "data");
    var labelled = new[] { "safety.tsv", "safety-training.tsv" }.SelectMany(f => LabelledSafety.Read(Path.Combine(data, f)));
    var notions = File.ReadAllText(Path.Combine(learn, "notions.txt"));
    File.WriteAllText(Path.Combine(learn, "weights.txt"), SafetyLearning.Weights(notions,
        labelled.Select(l => (l.Text, l.Danger)), OrdinaryTexts.Read(data).Where(t => !t.HeldOut && !SafetyScreen.KnowsWordsOf(t.Text)).Select(t => t.Text)));
    return 0;
}

var passed = true;
if (file is not null || safety is null)
{
    var lines = Labelled.Read(file ?? Path.Combine(AppContext.BaseDirectory, "data", "formulations.tsv"));
    var scores = lines.GroupBy(l => l.Language).OrderBy(g => g.Key, StringComparer.Ordinal)
        .Select(g => parts > 1 ? Training.HeldOut(g.Key, [.. g], parts) : new Scores(g.Key, g)).ToList();
    foreach (var score in scores) score.Print(Console.Out);
    foreach (var score in scores) score.PrintConfusion(Console.Out);
    foreach (var score in scores)
    {
        if (!errors) break;
        foreach (var (line, review) in score.Errors)
            Console.WriteLine($"  {line.Id}\t{line.Kind} read as {(object?)review.Kind ?? "no verdict"}\t{line.Text}");
        foreach (var name in Labelled.LabelledCriteria)
            foreach (var (line, review) in score.Disagreements(name))
                Console.WriteLine($"  {line.Id}\t{name} {(line.Criteria[name] ? "missed" : "wrongly met")}\t{line.Text}");
    }
    if (floor is not null) passed = Floor.Read(floor).All(f => f.Holds(scores, Console.Out));
}
if (safety is not null)
    foreach (var group in LabelledSafety.Read(safety).GroupBy(l => l.Language).OrderBy(g => g.Key, StringComparer.Ordinal))
        new SafetyScores(group.Key, group).Print(Console.Out, errors);
return passed ? 0 : 1;
