using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace PracticeApp.Agreements;

/// <summary>
/// A text as it stands in the clause editor. Every clause and promise has a key: <c>k3</c> was the third when the page
/// was opened, <c>n1</c> is new. The order of the keys is the order of the text.
/// </summary>
public sealed class EditedText
{
    public const int LongestTitle = 120, LongestOpening = 4000, LongestHeading = 160, LongestClause = 6000, LongestPromise = 400, Most = 40;

    [StringLength(LongestTitle)] public string? Title { get; set; }
    [StringLength(LongestOpening)] public string? Opening { get; set; }
    public List<EditedClause> Clauses { get; set; } = [];
    public List<EditedPromise> Promises { get; set; } = [];
    /// <summary>Kinds and bearers of the text in which the keys count.</summary>
    [StringLength(2000)] public string? Shape { get; set; }

    public static EditedText Of(AgreementText text) => new()
    {
        Title = text.Title,
        Opening = text.Opening,
        Clauses = [.. text.Clauses.Select(c => new EditedClause { Key = $"k{c.Number}", Kind = c.Kind, Heading = c.Heading, Text = c.Text })],
        Promises = [.. text.Responsibilities.Select(r => new EditedPromise { Key = $"k{r.Number}", Bearer = r.Bearer, Text = r.Text })],
        Shape = ShapeOf(text),
    };

    /// <summary>Nothing in it is missing afterwards.</summary>
    public void Tidy()
    {
        (Clauses, Promises) = ([.. (Clauses ?? []).OfType<EditedClause>()], [.. (Promises ?? []).OfType<EditedPromise>()]);
        foreach (var clause in Clauses) clause.Key ??= "";
        foreach (var promise in Promises) promise.Key ??= "";
    }

    public AgreementText ToText() => new(
        AgreementText.OneLine(Title), AgreementText.Lines(Opening),
        [.. Clauses.Select((c, i) => new Clause(i + 1, c.Kind, AgreementText.OneLine(c.Heading), AgreementText.Lines(c.Text)))],
        [.. Promises.Select((p, i) => new ResponsibilityTerm(i + 1, p.Bearer, AgreementText.OneLine(p.Text)))]);

    /// <summary>For each clause its number in the text that is stored now, also where that has changed since the page was opened.</summary>
    public IReadOnlyList<int?> ClauseOrigins(AgreementText stored) =>
        Origins(Clauses.Select(c => c.Key), Parts(Shape, 0), [.. stored.Clauses.Select(c => Name(c.Kind))]);

    public IReadOnlyList<int?> PromiseOrigins(AgreementText stored) =>
        Origins(Promises.Select(p => p.Key), Parts(Shape, 1), [.. stored.Responsibilities.Select(r => Name(r.Bearer))]);

    /// <summary>Moves a clause or promise up (-1) or down (1), or takes it out (0).</summary>
    public void Arrange(bool clause, string key, int by)
    {
        if (clause) Arrange(Clauses, Clauses.FindIndex(c => c.Key == key), by);
        else Arrange(Promises, Promises.FindIndex(p => p.Key == key), by);
    }

    /// <returns>The key of the new clause or promise.</returns>
    public string Add(bool clause)
    {
        var key = $"n{1 + Clauses.Select(c => c.Key).Concat(Promises.Select(p => p.Key)).Where(k => k.StartsWith('n')).Select(k => int.TryParse(k[1..], out var n) ? n : 0).DefaultIfEmpty(0).Max()}";
        if (clause) Clauses.Add(new EditedClause { Key = key, Kind = ClauseKind.Other });
        else Promises.Add(new EditedPromise { Key = key, Bearer = Bearer.Both });
        return key;
    }

    private static void Arrange<T>(List<T> items, int at, int by)
    {
        if (at < 0) return;
        var item = items[at];
        items.RemoveAt(at);
        if (by != 0) items.Insert(Math.Clamp(at + by, 0, items.Count), item);
    }

    private static List<int?> Origins(IEnumerable<string> keys, string[] shape, string[] stored)
    {
        var taken = new HashSet<int>();
        return [.. keys.Select(key =>
        {
            if (!key.StartsWith('k') || !int.TryParse(key[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var was) || was < 1 || was > shape.Length) return (int?)null;
            // The n-th of its kind is still the n-th of its kind.
            var nth = shape.Take(was - 1).Count(s => s == shape[was - 1]);
            var now = stored.Index().Where(s => s.Item == shape[was - 1]).Skip(nth).Select(s => s.Index + 1).FirstOrDefault();
            return now > 0 && taken.Add(now) ? now : null;
        })];
    }

    private static string ShapeOf(AgreementText text) =>
        $"{string.Join(',', text.Clauses.Select(c => Name(c.Kind)))};{string.Join(',', text.Responsibilities.Select(r => Name(r.Bearer)))}";

    private static string[] Parts(string? shape, int part) => (shape ?? "").Split(';').ElementAtOrDefault(part)?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static string Name<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}

public sealed class EditedClause
{
    [StringLength(4)] public string Key { get; set; } = "";
    public ClauseKind Kind { get; set; }
    [StringLength(EditedText.LongestHeading)] public string? Heading { get; set; }
    [StringLength(EditedText.LongestClause)] public string? Text { get; set; }
}

public sealed class EditedPromise
{
    [StringLength(4)] public string Key { get; set; } = "";
    public Bearer Bearer { get; set; }
    [StringLength(EditedText.LongestPromise)] public string? Text { get; set; }
}
