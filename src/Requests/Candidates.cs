namespace PracticeApp.Requests;

/// <summary>Whether the psychologist can work on it: alone, with help beside them, or not.</summary>
public enum CanDo { Yes, WithHelp, No }

/// <summary>One of several requests as it was weighed; null what was not answered yet.</summary>
/// <param name="Ease">1–3, three being easiest for the client.</param>
/// <param name="Soon">1–3, three where a result will be seen soonest and best.</param>
public sealed record Candidate(Guid Id, CanDo? CanDo, int? Ease, int? Soon)
{
    public bool IsWeighed => CanDo is not null && Ease is not null && Soon is not null;
}

/// <summary>Why a candidate stands where it stands; the page words it.</summary>
public enum Because { NotWeighed, Alone, WithHelp, CannotBeDone, Easiest, Ease, Soonest, Soon, WeighsTheSame }

/// <summary>A candidate at its place in the suggested order, from 1; no place as long as it is not weighed.</summary>
public sealed record Suggested(Guid Id, int? Place, IReadOnlyList<Because> Reasons);

/// <summary>Suggests which of several requests comes first. A suggestion with its reasons: people decide.</summary>
public static class Candidates
{
    public const int AtMost = 3;

    /// <summary>What cannot be done here comes last; of the others, the easier and the sooner seen first; then what needs no help, then what is seen sooner.</summary>
    public static IReadOnlyList<Suggested> Suggest(IReadOnlyList<Candidate> candidates)
    {
        var weighed = candidates.Where(c => c.IsWeighed).OrderBy(c => c.CanDo == CanDo.No).ThenByDescending(c => c.Ease + c.Soon).ThenBy(c => c.CanDo).ThenByDescending(c => c.Soon).ToList();
        var able = weighed.FindAll(c => c.CanDo != CanDo.No);
        return
        [
            .. weighed.Select((c, i) => new Suggested(c.Id, i + 1, [.. Reasons(c, able)])),
            .. candidates.Where(c => !c.IsWeighed).Select(c => new Suggested(c.Id, null, [Because.NotWeighed])),
        ];
    }

    private static IEnumerable<Because> Reasons(Candidate c, List<Candidate> able)
    {
        if (c.CanDo == CanDo.No)
        {
            yield return Because.CannotBeDone;
            yield break;
        }
        yield return c.CanDo == CanDo.Yes ? Because.Alone : Because.WithHelp;
        yield return able.Count > 1 && able.TrueForAll(o => o.Id == c.Id || o.Ease < c.Ease) ? Because.Easiest : Because.Ease;
        yield return able.Count > 1 && able.TrueForAll(o => o.Id == c.Id || o.Soon < c.Soon) ? Because.Soonest : Because.Soon;
        if (able.Exists(o => o.Id != c.Id && (o.Ease + o.Soon, o.CanDo, o.Soon) == (c.Ease + c.Soon, c.CanDo, c.Soon))) yield return Because.WeighsTheSame;
    }
}
