namespace PracticeApp.Requests;

/// <summary>Words from one place of a marked text to another; empty when nothing was found.</summary>
internal readonly record struct Stretch(int From, int To)
{
    public bool IsEmpty => To <= From;
}

/// <summary>One thing a text says: its kind, the words that carry the wish, and the words that decided.</summary>
/// <param name="Wish">The frame ("I want to"); empty without a wish.</param>
/// <param name="Deciding">What is wished, or the phrase that gave the kind away.</param>
/// <param name="Acts">Somebody does something; false where somebody only is, feels or knows.</param>
/// <param name="IsStuck">A task is there, but its first step or the choice is not stated yet.</param>
internal sealed record Utterance(
    UtteranceKind Kind, Stretch Wish, Stretch Deciding, bool Acts = false, bool IsPositive = false, bool IsStuck = false)
{
    /// <summary>What the second opinion says, in the columns of <see cref="Likeness"/>; null without one.</summary>
    public double[]? Likely { get; init; }

    /// <summary>Whether a criterion is met: as the rules say, unless like texts are labelled clearly otherwise.</summary>
    public bool IsMet(CriterionName name, bool ruled)
    {
        if (Likely is null) return ruled;
        var odds = Likely[Likeness.Kinds.Length + Array.IndexOf(Likeness.Judged, name)];
        return ruled ? odds > -TrustInRules : odds > TrustInRules;
    }

    const double TrustInRules = 1.4;

    /// <summary>How near to a goal: a text is judged by its best sentence.</summary>
    public int Rank => Kind switch
    {
        UtteranceKind.Goal => 0,
        UtteranceKind.NegativeWish or UtteranceKind.InsightWish => 1,
        UtteranceKind.VagueWish => IsStuck ? 4 : 2,
        UtteranceKind.OtherDirected => 3,
        UtteranceKind.AdviceSeeking => 5,
        UtteranceKind.Plea => 6,
        _ => 7,
    };
}

/// <summary>
/// Tells what kind of utterance a text is, by the signals its language file finds. Knows how wishes are built (a frame,
/// then what is wished), and no word of any language.
/// </summary>
internal sealed class Utterances
{
    public static readonly string[] Signals =
    [
        "wish", "wish.bare", "wish.away", "wish.other", "wish.before", "wish.blocked",
        "plea", "plea.weak", "choice", "advice", "insight", "other", "other.away", "stuck",
        "to.carry", "to.joint", "to.stop", "to.cease", "to.insight", "to.other", "to.advice", "to.plea", "to.vague",
        "toward", "situation", "occasion", "measure", "sign",
    ];

    public static readonly string[] Classes = ["filler", "soft", "plain", "state", "sense", "inner", "self", "third", "link", "decide"];

    const double TrustInRules = 2;
    const int UsualLength = 60;

    static readonly string[] Marks = ["to.plea", "to.advice", "to.other", "to.stop", "to.cease", "to.insight", "to.vague"];

    readonly MarkedText text;
    readonly PhraseBook book;
    readonly ConcreteWords concrete;
    readonly int soft, state, sense, inner, link, decide;
    readonly List<Utterance> found = [];
    readonly List<Stretch> questions = [];
    int wishes;

    Utterances(MarkedText text, LanguageData language)
    {
        (this.text, book, concrete) = (text, language.Book, new ConcreteWords(text, language));
        (soft, state, sense) = (book.Class("soft"), book.Class("state"), book.Class("sense"));
        (inner, link, decide) = (book.Class("inner"), book.Class("link"), book.Class("decide"));
    }

    /// <summary>The best thing a text says, and how many separate wishes it states.</summary>
    public static (Utterance Best, int Wishes) Read(MarkedText text, LanguageData language)
    {
        var reader = new Utterances(text, language);
        for (int from = 0, to; from < text.Count; from = to + 1)
        {
            to = from;
            while (to < text.Count && !text[to].EndsSentence) to++;
            if (reader.At(from, "wish") is { } title && title.End > to && title.End < text.Count)
                for (to = title.End; to < text.Count && !text[to].EndsSentence;) to++;
            reader.ReadSentence(from, to);
        }
        return (reader.Weighed(reader.Best(), language.Likeness), reader.wishes);
    }

    /// <summary>
    /// What the rules say, unless texts of another kind are far more like this one. In a long text there are words for
    /// everything, so there the rules, which look for its best sentence, have more to say.
    /// </summary>
    Utterance Weighed(Utterance ruled, Likeness? likeness)
    {
        if (likeness is null || text.Count == 0) return ruled;
        var likely = likeness.Judge(text);
        return Weighed(ruled, likeness, likely) with { Likely = likely };
    }

    Utterance Weighed(Utterance ruled, Likeness likeness, double[] likely)
    {
        var trust = TrustInRules * Math.Max(1, text.Count / (double)UsualLength);
        var kind = Likeness.Kinds.MaxBy(k => likely[(int)k] + (k == ruled.Kind ? trust : 0));
        if (kind == ruled.Kind) return ruled;
        if (found.Where(u => u.Kind == kind).MinBy(u => u.Rank) is { } also) return also;
        var isWish = kind is not (UtteranceKind.Plea or UtteranceKind.AdviceSeeking or UtteranceKind.ProblemList);
        var goes = isWish && kind is not (UtteranceKind.NegativeWish or UtteranceKind.OtherDirected);
        if (isWish && !ruled.Wish.IsEmpty)
            return ruled with { Kind = kind, IsPositive = goes, Acts = kind == UtteranceKind.Goal || ruled.Acts, IsStuck = false };
        var word = likeness.Strongest(text, kind);
        return new(kind, default, kind == UtteranceKind.ProblemList ? default : Around(word), Acts: isWish, IsPositive: goes);
    }

    /// <summary>The words between two marks.</summary>
    Stretch Around(int at)
    {
        var (from, to) = (at, at);
        while (from > 0 && text.IsWord(from - 1)) from--;
        while (text.IsWord(to)) to++;
        return new(from, to);
    }

    Utterance Best()
    {
        if (found.Count > 0)
        {
            var best = found.MinBy(u => u.Rank)!;
            return IsDecision(best) ? best with { Kind = UtteranceKind.Goal, Acts = true, IsPositive = true } : best;
        }
        if (In(0, text.Count, "plea.weak") is { } cry && !NamesSomething(0, text.Count)) return Of(UtteranceKind.Plea, cry);
        return questions.Count > 0
            ? new Utterance(UtteranceKind.AdviceSeeking, default, questions[^1])
            : new Utterance(UtteranceKind.ProblemList, default, default);
    }

    /// <summary>"Stay or go? I want to decide that by summer": what is to be decided stands in the question.</summary>
    bool IsDecision(Utterance wish)
    {
        if (wish.Kind != UtteranceKind.VagueWish || wish.IsStuck || In(0, wish.Deciding.From, "choice") is null) return false;
        for (var at = wish.Deciding.From; at < wish.Deciding.To; at++)
            if (text.ClassLength(at, decide) > 0) return true;
        return false;
    }

    static Utterance Of(UtteranceKind kind, Hit hit) => new(kind, default, new(hit.Start, hit.End));

    Hit? At(int at, string signal) => text.At(at, book.Signal(signal));

    Hit? In(int from, int to, string signal) => text.In(from, to, book.Signal(signal));

    void ReadSentence(int from, int to)
    {
        var before = found.Count;
        ReadWishes(from, to);
        if (In(from, to, "wish.before") is { } back && !IsToKnow(back, from, to)) ReadWishBefore(back, from);
        var plea = In(from, to, "plea");
        if (plea is { } begging)
            for (var i = found.Count - 1; i >= before; i--)
                if (IsBegged(found[i], begging, from, to)) found.RemoveAt(i);
        var said = found.Count - before;
        if (said > 0 && found.Skip(before).Any(u => u.Kind is UtteranceKind.Goal or UtteranceKind.VagueWish)) wishes++;
        var chooses = In(from, to, "choice") is { };
        if (chooses && to < text.Count && text[to].Text == "?") said -= found.RemoveAll(u => u.Kind == UtteranceKind.OtherDirected && u.Deciding.From >= from);
        if (said == 0 && !chooses && In(from, to, "other") is { } other && !IsPlea(other, from) && !IsAsked(from, to, other)) found.Add(Other(other, default, to));
        if (IsToKnow(from, to, before)) { found.RemoveRange(before, said); said = 0; }
        if (In(from, to, "insight") is { } insight && !IsPlea(insight, from) && !IsAskedHow(insight, to) && (said == 0 || IsAskedFirst(insight, before)))
            found.Add(Of(UtteranceKind.InsightWish, insight) with { IsPositive = true, Deciding = new(insight.Start, to) });
        if ((In(from, to, "advice") ?? In(from, to, "choice")) is { } advice && !IsPlea(advice, from)) found.Add(Of(UtteranceKind.AdviceSeeking, advice));
        if (plea is { } cry) found.Add(Of(UtteranceKind.Plea, cry));
        if (In(from, to, "stuck") is { } stuck) found.Add(Of(UtteranceKind.VagueWish, stuck) with { IsPositive = true, IsStuck = true });
    }

    /// <summary>"Where does one begin?" asks for a rule, though it begins as "where does it come from" does.</summary>
    bool IsAskedHow(Hit insight, int to) => to < text.Count && text[to].Text == "?" && At(insight.Start, "advice")?.End > insight.End;

    /// <summary>"That is what I would like to know": the frame points back at a question.</summary>
    bool IsToKnow(Hit frame, int from, int to) => In(from, to, "insight") is { } insight && insight.Start <= frame.Start && frame.End <= insight.End;

    /// <summary>What looks like wishes is only the words of "this is what I want to know", or of a question that opens with "why".</summary>
    bool IsToKnow(int from, int to, int before)
    {
        if (found.Count == before || In(from, to, "insight") is not { } insight) return false;
        var asks = to < text.Count && text[to].Text == "?" && text.OpensSentence(insight.Start);
        return found.Skip(before).All(u => !u.Wish.IsEmpty && insight.Start <= u.Wish.From && (asks || u.Wish.To <= insight.End) && u.Kind != UtteranceKind.Goal);
    }

    /// <summary>"What is behind my headaches, I'd love to know": the question stands first, and the wish only points back to it.</summary>
    bool IsAskedFirst(Hit insight, int before) =>
        text.OpensSentence(insight.Start) && found.Skip(before).All(u => u is { Kind: UtteranceKind.VagueWish, IsStuck: false } && u.Wish.From > insight.Start);

    /// <summary>"How should a father react?": who is to act is only asked about.</summary>
    bool IsAsked(int from, int to, Hit other) =>
        In(from, other.Start, "advice") is { } advice && (text.OpensSentence(advice.Start) || (to < text.Count && text[to].Text == "?"));

    /// <summary>"Is anybody there?", "why does nobody help me": what looks like something else is part of a plea.</summary>
    bool IsPlea(Hit hit, int from)
    {
        for (var at = from; at < hit.End; at++)
            if (At(at, "plea") is { } plea && plea.End >= hit.End && plea.End > hit.Start) return true;
        return false;
    }

    /// <summary>"Help me, I can't any more": the frame of a wish is the plea's, and nothing that can be pointed at follows.</summary>
    bool IsBegged(Utterance wish, Hit plea, int from, int to) =>
        !wish.Wish.IsEmpty && wish.Wish.From < plea.End && plea.Start < wish.Wish.To
        && ((wish.Kind == UtteranceKind.VagueWish && !wish.IsStuck) || (wish.Kind == UtteranceKind.NegativeWish && In(from, to, "plea.weak") is not null));

    void ReadWishes(int from, int to)
    {
        var asks = to < text.Count && text[to].Text == "?";
        var plea = In(from, to, "plea");
        if (asks && to > from) questions.Add(new(from, to));
        for (var at = from; at < to; at++)
        {
            if (At(at, "wish.blocked") is { } blocked) { at = blocked.End - 1; continue; }
            if (!IsMain(from, at)) continue;
            var further = At(at, "wish.away");
            if (At(at, "wish.other") is { } other && !IsPlea(other, from) && !(further?.End > other.End)) { found.Add(Other(other, new(other.Start, other.End), to)); return; }
            if (further is { } away && ReadAway(away, to)) { at = away.End - 1; continue; }
            if (plea is { } cry && cry.Start <= at && At(at, "wish") is { } begged && begged.End < cry.End) continue;
            if (At(at, "wish") is null && At(at, "other") is { } theirs) { at = theirs.End - 1; continue; }
            if ((At(at, "wish") ?? (asks || At(at, "other") is { } || At(at, "choice") is { } ? null : At(at, "wish.bare"))) is not { } wish) continue;
            var utterance = ReadWish(new(wish.Start, wish.Complement), wish.Complement, to);
            if (utterance is null) continue;
            found.Add(utterance);
            if (utterance.Kind is UtteranceKind.InsightWish or UtteranceKind.OtherDirected) return;
            at = Math.Max(at, wish.Complement - 1);
        }
    }

    /// <summary>Whether a wish may begin here: not inside another one, nor inside a question.</summary>
    bool IsMain(int from, int at) =>
        text.OpensSentence(at) || !text.IsWord(at - 1) || (text.Is(at - 1, link) && !IsInsightOf(from, at))
        || (found.Count == 0 && In(from, at, "insight") is null && In(from, at, "advice") is null);

    /// <summary>"What does it mean that I dream …?": what follows is what the question is about.</summary>
    bool IsInsightOf(int from, int at) => In(from, at, "insight") is { } insight && text.OpensSentence(insight.Start) && insight.End >= at;

    /// <summary>"That is what I want to learn": the wish stands before its frame, in this sentence or the one before.</summary>
    void ReadWishBefore(Hit frame, int from)
    {
        var to = frame.Start;
        while (to > from && !text.IsWord(to - 1)) to--;
        if (to == from)
        {
            to = Math.Max(0, from - 1);
            from = to;
            while (from > 0 && !text[from - 1].EndsSentence) from--;
        }
        if (to > from && ReadWish(new(frame.Start, frame.End), from, to) is { } utterance) found.Add(utterance);
    }

    bool ReadAway(Hit frame, int to)
    {
        var (at, _, _) = Strip(frame.Complement, to);
        var wish = new Stretch(frame.Start, frame.End);
        if (At(at, "to.other") is { } other) found.Add(Other(other, wish, to) with { IsPositive = false });
        else found.Add(new(UtteranceKind.NegativeWish, wish, new(frame.Start, Clause(at, to)), Acts: at < to && !text.Is(at, sense) && !text.Is(at, inner)));
        return true;
    }

    Utterance? ReadWish(Stretch frame, int from, int to)
    {
        var (at, carried, joint) = Strip(from, to);
        var hit = Strongest(at, Marks, out var signal);
        if (hit is null && !text.IsWord(at) && !carried) return null;
        switch (signal)
        {
            case "to.plea": return Of(UtteranceKind.Plea, hit!.Value);
            case "to.advice": return Of(UtteranceKind.AdviceSeeking, hit!.Value);
            case "to.other" when !joint: return Other(hit!.Value, frame, to);
            case "to.insight": return new(UtteranceKind.InsightWish, frame, new(at, Clause(hit!.Value.End, to)), IsPositive: true);
            case "to.stop" or "to.cease":
                return Toward(hit!.Value.End, to) is { } goal
                    ? goal with { Wish = frame }
                    : new(UtteranceKind.NegativeWish, frame, new(at, Clause(hit.Value.End, to)), Acts: signal == "to.stop");
            case "to.vague":
                var vague = hit!.Value;
                if (Toward(vague.End, to) is { } then) return then with { Wish = frame };
                if (!IsMeasured(vague.End, to, "occasion"))
                    return new(UtteranceKind.VagueWish, frame, new(at, Clause(vague.End, to)), Acts: carried || !IsState(at), IsPositive: true);
                return new(UtteranceKind.Goal, frame, new(at, Clause(at, to)), Acts: true, IsPositive: true);
            default: return Unmarked(frame, at, to, carried);
        }
    }

    /// <summary>Nothing marks the wish: it is a goal when it can be pointed at, and vague when it cannot.</summary>
    Utterance Unmarked(Stretch frame, int at, int to, bool carried)
    {
        var isState = IsState(at) && !carried;
        var pointed = isState ? IsMeasured(at, to, "situation") : NamesSomething(at, to);
        if (!pointed && Toward(at, to) is { } then) return then with { Wish = frame };
        return pointed
            ? new(UtteranceKind.Goal, frame, new(at, Clause(at, to)), Acts: true, IsPositive: true)
            : new(UtteranceKind.VagueWish, frame, new(at, Clause(at, to)), Acts: carried || !IsState(at), IsPositive: true);
    }

    bool IsState(int at) => text.ClassLength(at, state) > 0;

    /// <summary>How much, by when, or in which situation.</summary>
    bool IsMeasured(int from, int to, string place)
    {
        if (In(from, Clause(from, to), "measure") is not null) return true;
        return In(from, to, place) is { } situation && NamesSomething(situation.Start, to);
    }

    /// <summary>"… and instead sit down with my partner": after leaving something, a goal may still be stated.</summary>
    Utterance? Toward(int from, int to)
    {
        for (var at = from; at < to; at++)
        {
            if (At(at, "toward") is not { } turn) continue;
            if (ReadWish(default, turn.Complement, to) is { Kind: UtteranceKind.Goal } goal) return goal;
        }
        return null;
    }

    /// <summary>What somebody else is to do; its first words tell whether that is an act, and whether it is a stopping.</summary>
    Utterance Other(Hit hit, Stretch frame, int to)
    {
        var first = Math.Min(to, hit.End + 3);
        var acts = true;
        for (var at = hit.Complement; at < first; at++) acts &= !text.Is(at, sense);
        return new(UtteranceKind.OtherDirected, frame, new(hit.Start, Clause(hit.End, to)), acts, IsPositive: In(hit.Start, first, "other.away") is null);
    }

    /// <summary>Past soft words, skill words ("learn to", "be able to") and "my wife and I"; what is really wished begins after them.</summary>
    (int At, bool Carried, bool Joint) Strip(int at, int to)
    {
        bool carried = false, joint = false;
        while (at < to)
        {
            if (At(at, "to.carry") is { } carry && !IsStrongerAt(at, carry)) { carried = true; at = carry.Complement; }
            else if (At(at, "to.joint") is { } both) { joint = true; at = both.End; }
            else if (text.ClassLength(at, soft) is > 0 and var length) at += length;
            else if (At(at, "measure") is { } when && when.End < to && IsMarkedAt(when.End)) at = when.End;
            else if (!text.IsWord(at) && at + 1 < to) at++;
            else break;
        }
        return (at, carried, joint);
    }

    /// <summary>"By summer I want off these pills": a date may stand before what is wished.</summary>
    bool IsMarkedAt(int at) => Strongest(at, Marks, out _) is not null || At(at, "to.carry") is not null;

    bool IsStrongerAt(int at, Hit carry) =>
        Strongest(at, Marks, out _) is { } hit && hit.End >= carry.End;

    Hit? Strongest(int at, string[] signals, out string? which)
    {
        Hit? strongest = null;
        which = null;
        foreach (var signal in signals)
            if (At(at, signal) is { } hit && (strongest is not { } s || hit.End > s.End)) (strongest, which) = (hit, signal);
        return strongest;
    }

    /// <summary>The end of the clause, for quoting: the next mark, or the end of the sentence.</summary>
    int Clause(int from, int to)
    {
        while (from < to && text.IsWord(from)) from++;
        return from;
    }

    bool NamesSomething(int from, int to)
    {
        for (var at = from; at < to; at++)
            if (concrete.IsAt(ref at)) return true;
        return false;
    }
}
