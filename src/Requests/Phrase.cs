namespace PracticeApp.Requests;

/// <summary>
/// One way of saying something, as a short row of words. The notation of the language files:
/// <c>word</c>, <c>start*</c>, <c>*end</c>, <c>*</c> (any word), <c>&lt;class&gt;</c>, <c>a|b|two_words</c>, <c>x?</c> (may be absent),
/// <c>!x</c> (must not follow),
/// <c>..3</c> (up to three words between), <c>^</c> and <c>$</c> (start and end of a sentence), <c>{,}</c> (a mark),
/// <c>&gt;</c> (what is wished begins here), <c>{name}</c> (a named group of ways).
/// Every phrase is short and bounded, and all of them stand in one tree, so that finding them takes time linear in the text.
/// </summary>
internal static class Phrase
{
    /// <summary>Every reading of a notation: optional parts present and absent, groups by each of their ways.</summary>
    public static IEnumerable<string[]> Ways(string notation, IReadOnlyDictionary<string, string[]> groups) =>
        Ways(notation.Split(' ', StringSplitOptions.RemoveEmptyEntries), groups);

    static IEnumerable<string[]> Ways(string[] parts, IReadOnlyDictionary<string, string[]> groups)
    {
        var at = Array.FindIndex(parts, p => IsOptional(p) || p.Split('|').Any(IsSeveralWords));
        if (at < 0) return [parts];
        string[] before = parts[..at], after = parts[(at + 1)..];
        return Choices(parts[at], groups).SelectMany(choice => Ways([.. before, .. choice, .. after], groups));
    }

    static IEnumerable<string[]> Choices(string part, IReadOnlyDictionary<string, string[]> groups)
    {
        if (IsOptional(part)) return [[part[..^1]], []];
        var alternatives = part.Split('|').ToLookup(IsSeveralWords);
        string[][] single = alternatives[false].Any() ? [[string.Join('|', alternatives[false])]] : [];
        return single.Concat(alternatives[true].SelectMany(several => IsGroup(several)
            ? groups.TryGetValue(several[1..^1], out var ways)
                ? ways.Select(w => w.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                : throw new FormatException($"No group is called \"{several}\".")
            : [several.Split('_')]));
    }

    static bool IsOptional(string part) => part.Length > 1 && part[^1] == '?';

    static bool IsSeveralWords(string alternative) => alternative.Contains('_', StringComparison.Ordinal) || IsGroup(alternative);

    static bool IsGroup(string part) => part.Length > 2 && part[0] == '{' && part[^1] == '}' && char.IsLetter(part[1]);
}

internal enum ElementKind { Word, Gap, Not, Start, End, Complement }

internal sealed class Element
{
    readonly string[] starts = [];
    readonly string[] ends = [];
    readonly string[] marks = [];
    readonly bool anyWord;

    Element(ElementKind kind) => Kind = kind;

    Element(ElementKind kind, string[] alternatives, Func<string, int> classOf) : this(kind)
    {
        anyWord = alternatives.Contains("*");
        MayEnd = alternatives.Contains("$");
        marks = [.. alternatives.Where(a => a[0] == '{').Select(a => a[1..^1])];
        Classes = [.. alternatives.Where(a => a[0] == '<').Select(a => classOf(a[1..^1]))];
        starts = [.. alternatives.Where(a => a.Length > 1 && a[^1] == '*').Select(a => WordCut.Fold(a.AsSpan(0, a.Length - 1)))];
        ends = [.. alternatives.Where(a => a.Length > 1 && a[0] == '*').Select(a => WordCut.Fold(a.AsSpan(1)))];
        Literals = [.. alternatives.Where(a => !a.Contains('*', StringComparison.Ordinal) && a[0] is not ('<' or '{' or '$')).Select(a => WordCut.Fold(a))];
    }

    public ElementKind Kind { get; }

    public int Gap { get; private init; }

    /// <summary>The end of the sentence will do as well.</summary>
    public bool MayEnd { get; }

    public HashSet<string> Literals { get; } = [];

    public int[] Classes { get; } = [];

    public IReadOnlyList<string> Marks => marks;

    public IReadOnlyList<string> Starts => starts;

    /// <summary>Whether the element can be found by its words, marks and classes alone.</summary>
    public bool IsListed => starts.Length == 0 && ends.Length == 0 && !anyWord;

    public static Element Parse(string part, Func<string, int> classOf) => part switch
    {
        "^" => new Element(ElementKind.Start),
        "$" => new Element(ElementKind.End),
        ">" => new Element(ElementKind.Complement),
        _ when part.StartsWith("..", StringComparison.Ordinal) =>
            new Element(ElementKind.Gap) { Gap = int.Parse(part[2..], System.Globalization.CultureInfo.InvariantCulture) },
        _ when part[0] == '!' && part.Length > 1 => new Element(ElementKind.Not, part[1..].Split('|'), classOf),
        _ => new Element(ElementKind.Word, part.Split('|'), classOf),
    };

    /// <summary>How many words at this place the element covers; 0 when it is something else.</summary>
    public int LengthAt(MarkedText text, int at)
    {
        if (at >= text.Count) return 0;
        var word = text[at];
        if (word.IsMark) return Array.IndexOf(marks, word.Text) >= 0 ? 1 : 0;
        foreach (var name in Classes)
            if (text.ClassLength(at, name) is > 0 and var length) return length;
        if (anyWord || Literals.Contains(word.Text)) return 1;
        foreach (var start in starts)
            if (word.Text.StartsWith(start, StringComparison.Ordinal)) return 1;
        foreach (var end in ends)
            if (word.Text.Length > end.Length + 1 && word.Text.EndsWith(end, StringComparison.Ordinal)) return 1;
        return 0;
    }
}
