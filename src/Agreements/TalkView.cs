namespace PracticeApp.Agreements;

/// <summary>The talk about one clause, with what was typed where it could not be kept yet.</summary>
/// <param name="Whole">Shown on a page of its own, the form open.</param>
public sealed record TalkView(ClauseTalk Talk, int Clause, string? Typed = null, string? Error = null, bool Whole = false)
{
    public string Id => $"say-{Clause}";
    public IEnumerable<SaidOfClause> Thread => Talk.Threads[Clause];
    public bool WaitsForReader => Talk.Answers && Talk.WaitsForAnswer(Clause);
}
