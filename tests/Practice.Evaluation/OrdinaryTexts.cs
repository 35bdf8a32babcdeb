namespace PracticeApp.Evaluation;

/// <summary>A text as clients write them every day: no alarm is wanted.</summary>
/// <param name="HeldOut">Nothing is learnt from it; it tells how often the screen alarms for nothing.</param>
public sealed record OrdinaryText(string Id, string Language, string Text, bool HeldOut);

public static class OrdinaryTexts
{
    const string Short = "safety-ordinary.tsv", Telling = "safety-telling.txt";

    /// <summary>
    /// The coach's lists, a half held out, and short answers and messages. The lines that tell of something after all are left
    /// out: nobody should learn from them that nothing is the matter. A cry for help alone is a plea, and the coach answers it.
    /// </summary>
    public static IReadOnlyList<OrdinaryText> Read(string data)
    {
        var telling = File.ReadLines(Path.Combine(data, Telling)).ToHashSet();
        var coach = new[] { "formulations.tsv", "own-formulations.tsv" }.SelectMany(f => Labelled.Read(Path.Combine(data, f)))
            .Where(l => !telling.Contains(l.Id));
        return [.. coach.Select(l => new OrdinaryText(l.Id, l.Language, l.Text, IsHeldOut(l.Id))),
            .. LabelledSafety.Read(Path.Combine(data, Short)).Select(l => new OrdinaryText(l.Id, l.Language, l.Text, false))];
    }

    /// <summary>By the number without its language, so that the same text in another language goes the same way.</summary>
    static bool IsHeldOut(string id)
    {
        var hash = 2166136261;
        foreach (var c in string.Concat(id.Split('-').Where(p => p.Length != 2).Select(p => p.TrimStart('0')))) hash = (hash ^ c) * 16777619;
        return (hash >> 8) % 2 != 0;
    }
}
