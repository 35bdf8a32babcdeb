using System.Globalization;
using PracticeApp.Requests;

namespace PracticeApp.Evaluation;

/// <summary>
/// Learns the weights of the screen's second opinion from labelled texts: a logistic regression by stochastic gradient
/// descent (AdaGrad), always in the same order, so that the same texts give the same file.
/// </summary>
public static class SafetyLearning
{
    const int Rounds = 15, LeastOften = 2;
    const float Speed = 0.3f, Decay = 1e-4f, OrdinaryWeight = 2, Smallest = 0.045f, MostTelling = 2.5f;

    sealed record Example((int Trait, float Value)[] Traits, Danger Danger, float Weight);

    /// <param name="labelled">Texts that tell of danger, and texts that only sound like it.</param>
    /// <param name="ordinary">Texts of everyday without danger, which count twice.</param>
    public static string Weights(string notions, IEnumerable<(string Text, Danger Danger)> labelled, IEnumerable<string> ordinary)
    {
        var sense = new SafetySense(notions, "");
        var numbers = new Dictionary<string, int>();
        var examples = labelled.Select(l => (l.Text, l.Danger, Weight: 1f)).Concat(ordinary.Select(t => (Text: t, Danger: Danger.None, Weight: OrdinaryWeight)))
            .Select(e => new Example([.. sense.Traits(WordCut.Cut(e.Text), []).Select(t => (Number(numbers, t.Trait), t.Value))], e.Danger, e.Weight)).ToList();
        var often = new int[numbers.Count];
        foreach (var (trait, _) in examples.SelectMany(e => e.Traits)) often[trait]++;
        examples = [.. examples.Select(e => e with { Traits = [.. e.Traits.Where(t => often[t.Trait] >= LeastOften)] })];
        Danger[] labels = [Danger.Self | Danger.Others | Danger.FromOthers | Danger.Grief, Danger.Self, Danger.Others, Danger.FromOthers, Danger.Grief];
        var learnt = labels.AsParallel().AsOrdered().Select(l => Learn(examples, l, numbers.Count)).ToList();
        var lines = numbers.Where(n => learnt.Exists(w => Math.Abs(w[n.Value]) >= Smallest)).Select(n => Line(n.Key, n.Value)).Order(StringComparer.Ordinal);
        return string.Join('\n', lines.Prepend(Line(SafetySense.Always, numbers.Count))) + "\n";

        string Line(string trait, int number) =>
            string.Join('\t', learnt.Select(w => Math.Round(w[number] * 100).ToString(CultureInfo.InvariantCulture)).Prepend(trait));
    }

    static int Number(Dictionary<string, int> numbers, string trait) =>
        numbers.TryGetValue(trait, out var number) ? number : numbers[trait] = numbers.Count;

    /// <summary>How differently a trait is spread over the one and the other texts: what is as frequent here as there learns slowly.</summary>
    static float[] Telling(List<Example> examples, Danger label, int traits)
    {
        double[] with = new double[traits], without = new double[traits];
        double texts = 2, others = 2;
        foreach (var example in examples)
        {
            var labelled = (example.Danger & label) != Danger.None;
            if (labelled) texts++;
            else others += example.Weight;
            foreach (var (trait, _) in example.Traits)
                if (labelled) with[trait]++;
                else without[trait] += example.Weight;
        }
        return [.. with.Zip(without, (one, other) => (float)Math.Min(MostTelling, Math.Sqrt(Math.Abs(Math.Log((one + 1) / texts / ((other + 1) / others))))))];
    }

    static float[] Learn(List<Example> examples, Danger label, int traits)
    {
        float[] weights = new float[traits + 1], steps = new float[traits + 1], telling = Telling(examples, label, traits);
        Array.Fill(steps, 0.01f);
        var order = Enumerable.Range(0, examples.Count).ToArray();
        var random = new Random(1);
        for (var round = 0; round < Rounds; round++)
        {
            random.Shuffle(order);
            foreach (var at in order)
            {
                var example = examples[at];
                double sum = weights[traits];
                foreach (var (trait, value) in example.Traits) sum += weights[trait] * telling[trait] * value;
                var error = (float)((1 / (1 + Math.Exp(-sum))) - ((example.Danger & label) != Danger.None ? 1 : 0)) * example.Weight;
                foreach (var (trait, value) in example.Traits) Step(trait, (error * telling[trait] * value) + (Decay * weights[trait]));
                Step(traits, error);
            }
        }
        for (var trait = 0; trait < traits; trait++) weights[trait] *= telling[trait];
        return weights;

        void Step(int at, float slope)
        {
            steps[at] += slope * slope;
            weights[at] -= Speed * slope / MathF.Sqrt(steps[at]);
        }
    }
}
