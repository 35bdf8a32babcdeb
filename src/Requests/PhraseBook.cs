namespace PracticeApp.Requests;

/// <summary>The words and ways of saying of one language, compiled once and read many times, by any thread.</summary>
internal sealed class PhraseBook
{
    const int ShortestCorrected = 5, CompletedFrom = 7, LooselyCorrected = 8;

    readonly Dictionary<string, int> classIndex = [];
    readonly Dictionary<string, ulong> classesOf = [];
    readonly Dictionary<string, List<(string[] Tail, int Class)>> classPhrases = [];
    readonly Dictionary<string, ulong> classStarts = [];
    int longestStart;
    readonly List<(string End, ulong Classes)> classEnds = [];
    readonly Dictionary<string, ulong> classExceptions = [];
    readonly Dictionary<string, int> signalIndex = [];
    readonly PhraseTree tree = new();
    readonly Dictionary<string, string[]> expansions = [];
    readonly Dictionary<string, string> clitics = [];
    readonly Dictionary<string, string> nearly = [];
    readonly HashSet<string> vocabulary = [];
    readonly HashSet<string> beginnings = [];

    public PhraseBook(
        IReadOnlyDictionary<string, string[]> words,
        IReadOnlyDictionary<string, string[]> groups,
        IReadOnlyDictionary<string, string[]> signals,
        IReadOnlyDictionary<string, string> expand,
        IReadOnlyDictionary<string, string> clitics)
    {
        foreach (var (form, full) in expand) expansions[WordCut.Fold(form)] = [.. full.Split(' ').Select(w => WordCut.Fold(w))];
        foreach (var (form, full) in clitics) this.clitics[WordCut.Fold(form)] = WordCut.Fold(full);
        foreach (var (name, entries) in words) AddClass(name, Entries(entries));
        foreach (var (name, notations) in signals) AddSignal(name, notations, groups);
        tree.Close();
        vocabulary.UnionWith(tree.Literals);
        beginnings.UnionWith(tree.Beginnings.Concat(classStarts.Keys));
        vocabulary.UnionWith(expansions.Keys);
        vocabulary.UnionWith(expansions.Values.SelectMany(v => v));
        foreach (var word in vocabulary.Where(w => w.Length >= ShortestCorrected)) RememberNearly(word);
    }

    static IEnumerable<string> Entries(string[] lines) =>
        lines.SelectMany(l => l.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The letters its words are written with.</summary>
    public IEnumerable<char> Letters => vocabulary.SelectMany(w => w).Concat(classStarts.Keys.SelectMany(w => w)).Where(char.IsLetter).Distinct();

    public bool Knows(string word) => vocabulary.Contains(word);

    public string[] SignalNames => [.. signalIndex.OrderBy(s => s.Value).Select(s => s.Key)];

    public string[] ClassNames => [.. classIndex.OrderBy(c => c.Value).Select(c => c.Key)];

    public int Signal(string name) => signalIndex.GetValueOrDefault(name, -1);

    public int Class(string name) => classIndex.GetValueOrDefault(name, -1);

    int ClassOf(string name) => classIndex.TryGetValue(name, out var index)
        ? index
        : throw new FormatException($"No class of words is called \"{name}\".");

    void AddClass(string name, IEnumerable<string> entries)
    {
        var index = classIndex.Count;
        if (index >= 64) throw new FormatException("At most 64 classes of words.");
        classIndex.Add(name, index);
        var bit = 1UL << index;
        foreach (var entry in entries)
        {
            if (entry[0] == '!')
            {
                var exception = WordCut.Fold(entry.AsSpan(1));
                classExceptions[exception] = classExceptions.GetValueOrDefault(exception) | bit;
                vocabulary.Add(exception);
                continue;
            }
            var parts = entry.Split(' ').Select(p => p.EndsWith('*') ? WordCut.Fold(p.AsSpan(0, p.Length - 1)) + "*" : WordCut.Fold(p)).ToArray();
            if (parts.Length > 1)
            {
                (classPhrases.TryGetValue(parts[0], out var tails) ? tails : classPhrases[parts[0]] = []).Add((parts[1..], index));
                vocabulary.UnionWith(parts.Where(p => p[^1] != '*'));
            }
            else if (entry[^1] == '*')
            {
                var start = parts[0][..^1];
                classStarts[start] = classStarts.GetValueOrDefault(start) | bit;
                longestStart = Math.Max(longestStart, start.Length);
            }
            else if (entry[0] == '*') classEnds.Add((parts[0][1..], bit));
            else
            {
                classesOf[parts[0]] = classesOf.GetValueOrDefault(parts[0]) | bit;
                vocabulary.Add(parts[0]);
            }
        }
    }

    void AddSignal(string name, string[] notations, IReadOnlyDictionary<string, string[]> groups)
    {
        var signal = signalIndex.Count;
        signalIndex.Add(name, signal);
        foreach (var way in notations.SelectMany(n => Phrase.Ways(n, groups))) tree.Add(signal, way, ClassOf);
    }

    /// <summary>Everything the book finds in a text.</summary>
    public MarkedText Read(string text)
    {
        var marked = new MarkedText(Understand(WordCut.Cut(text)), this);
        for (var at = 0; at < marked.Count; at++) tree.FindAt(marked, at, marked.Remember);
        return marked;
    }

    /// <summary>Short forms are written out and slips of the finger mended; places stay those of the original.</summary>
    List<Word> Understand(List<Word> words)
    {
        var understood = new List<Word>(words.Count + 8);
        foreach (var written in words)
        {
            var word = written.IsMark ? written : written with { Text = Unstretched(written.Text) };
            if (word.IsMark) understood.Add(word);
            else if (expansions.TryGetValue(word.Text, out var parts)) understood.AddRange(parts.Select(p => word with { Text = p }));
            else if (word.Text.Contains('\'', StringComparison.Ordinal)) understood.AddRange(Apart(word));
            else understood.Add(word with { Text = Mend(word.Text) });
        }
        return understood;
    }

    /// <summary>"pleeease": three of a letter or more are one, or two where the language knows that word.</summary>
    public string Unstretched(string word)
    {
        var run = 1;
        for (var i = 1; i < word.Length && run < 3; i++) run = word[i] == word[i - 1] && char.IsLetter(word[i]) ? run + 1 : 1;
        if (run < 3) return word;
        string once = Squeezed(word, 1), twice = Squeezed(word, 2);
        return vocabulary.Contains(twice) && !vocabulary.Contains(once) ? twice : once;
    }

    static string Squeezed(string word, int most)
    {
        var squeezed = new System.Text.StringBuilder(word.Length);
        for (int i = 0, end; i < word.Length; i = end)
        {
            for (end = i + 1; end < word.Length && word[end] == word[i];) end++;
            squeezed.Append(word[i], end - i < 3 ? end - i : most);
        }
        return squeezed.ToString();
    }

    IEnumerable<Word> Apart(Word word)
    {
        foreach (var (clitic, meaning) in clitics)
            if (word.Text.EndsWith(clitic, StringComparison.Ordinal) && word.Text.Length > clitic.Length)
                return [word with { Text = word.Text[..^clitic.Length] }, word with { Text = meaning }];
        return [word with { Text = word.Text.Replace("'", "", StringComparison.Ordinal) }];
    }

    string Mend(string word)
    {
        if (word.Length < ShortestCorrected || char.IsDigit(word[0]) || vocabulary.Contains(word) || BeginsAsKnown(word)) return word;
        if (IsWord(nearly.GetValueOrDefault(word), word) is { } lost) return lost;
        for (var i = 1; i < word.Length; i++)
        {
            var shorter = word.Remove(i, 1);
            if (i < word.Length - 1 && shorter.Length > ShortestCorrected && vocabulary.Contains(shorter)) return shorter;
            if (IsWord(nearly.GetValueOrDefault(shorter), word) is { } changed) return changed;
        }
        return word;
    }

    bool BeginsAsKnown(string word)
    {
        var known = beginnings.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var length = 3; length <= word.Length; length++)
            if (known.Contains(word.AsSpan(0, length))) return true;
        return false;
    }

    /// <summary>
    /// An ending is no slip: the last letter stays ("прекращает" is not "прекращать"). Two swapped letters in any word; a lost one in a longer word ("violet" is not "violent"), another one only in a long one.
    /// </summary>
    static string? IsWord(string? candidate, string word)
    {
        if (candidate is null || candidate[0] != word[0] || candidate[^1] != word[^1]) return null;
        if (candidate.Length != word.Length) return candidate.Length == word.Length + 1 && word.Length >= CompletedFrom ? candidate : null;
        var first = 0;
        while (first < word.Length && word[first] == candidate[first]) first++;
        var swapped = first + 1 < word.Length && word[first] == candidate[first + 1] && word[first + 1] == candidate[first];
        return swapped || word.Length >= LooselyCorrected ? candidate : null;
    }

    void RememberNearly(string word)
    {
        for (var i = 1; i < word.Length; i++) nearly.TryAdd(word.Remove(i, 1), word);
    }

    /// <summary>The classes of a single word, by itself, by its start or by its end.</summary>
    public ulong ClassesOf(string word)
    {
        var classes = classesOf.GetValueOrDefault(word);
        var starts = classStarts.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var length = Math.Min(word.Length, longestStart); length > 0; length--)
            if (starts.TryGetValue(word.AsSpan(0, length), out var bits)) classes |= bits;
        foreach (var (end, at) in classEnds)
            if (word.Length > end.Length + 1 && word.EndsWith(end, StringComparison.Ordinal)) classes |= at;
        return classes & ~classExceptions.GetValueOrDefault(word);
    }

    public IEnumerable<(int Class, int Length)> PhrasesAt(MarkedText text, int at)
    {
        if (!classPhrases.TryGetValue(text[at].Text, out var candidates)) yield break;
        foreach (var (tail, index) in candidates)
        {
            var i = 0;
            while (i < tail.Length && at + 1 + i < text.Count && Same(text[at + 1 + i].Text, tail[i])) i++;
            if (i == tail.Length) yield return (index, i + 1);
        }
    }

    static bool Same(string word, string pattern) =>
        pattern[^1] == '*' ? word.StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal) : word == pattern;
}

/// <summary>A phrase found: which signal it gives, the words it covers, and where what is wished begins.</summary>
internal readonly record struct Hit(int Signal, int Start, int End, int Complement);

/// <summary>A text read through a phrase book: its words, their classes, and the phrases that stand in it.</summary>
internal sealed class MarkedText
{
    readonly List<Word> words;
    readonly ulong[] classes;
    readonly List<(int Class, int Length)>?[] phrases;
    readonly List<Hit>?[] hits;
    readonly bool[] opens;

    public MarkedText(List<Word> words, PhraseBook book)
    {
        this.words = words;
        classes = new ulong[words.Count];
        phrases = new List<(int, int)>?[words.Count];
        hits = new List<Hit>?[words.Count];
        for (var at = 0; at < words.Count; at++)
        {
            if (words[at].IsMark) continue;
            classes[at] = book.ClassesOf(words[at].Text);
            if (book.PhrasesAt(this, at).ToList() is { Count: > 0 } found) phrases[at] = found;
        }
        opens = Openings(book.Class("filler"));
    }

    bool[] Openings(int filler)
    {
        var openings = new bool[words.Count];
        for (var at = 0; at < words.Count; at++)
        {
            openings[at] |= at == 0 || words[at - 1].EndsSentence || (openings[at - 1] && words[at - 1].IsMark);
            if (openings[at] && ClassLength(at, filler) is > 0 and var length && at + length < words.Count) openings[at + length] = true;
        }
        return openings;
    }

    public int Count => words.Count;

    public Word this[int at] => words[at];

    public bool IsWord(int at) => at < words.Count && !words[at].IsMark;

    public bool Is(int at, int name) => name >= 0 && (classes[at] & (1UL << name)) != 0;

    /// <summary>Every class that a word or a phrase beginning here belongs to, one bit each.</summary>
    public ulong ClassesAt(int at)
    {
        var all = classes[at];
        if (phrases[at] is { } found)
            foreach (var (index, _) in found) all |= 1UL << index;
        return all;
    }

    /// <summary>How many words from here belong to the class, the longest way; 0 when none does.</summary>
    public int ClassLength(int at, int name)
    {
        if (at >= words.Count || name < 0) return 0;
        var longest = Is(at, name) ? 1 : 0;
        if (phrases[at] is { } found)
            foreach (var (index, length) in found)
                if (index == name && length > longest) longest = length;
        return longest;
    }

    /// <summary>At the start of a sentence, or after nothing but "please", "hello" and "so".</summary>
    public bool OpensSentence(int at) => at < opens.Length && opens[at];

    public bool ClosesSentence(int at) => at >= words.Count || words[at].EndsSentence;

    /// <summary>Past one comma, colon or dash, which people put anywhere.</summary>
    public int SkipPause(int at) => at + 1 < words.Count && words[at].IsMark && !words[at].EndsSentence ? at + 1 : at;

    /// <summary>Keeps the longest hit of each signal at each place.</summary>
    public void Remember(Hit hit)
    {
        var here = hits[hit.Start] ??= [];
        var at = here.FindIndex(h => h.Signal == hit.Signal);
        if (at < 0) here.Add(hit);
        else if (hit.End > here[at].End) here[at] = hit;
    }

    /// <summary>The longest phrase of each signal that begins exactly here.</summary>
    public IReadOnlyList<Hit> AllAt(int at) => at < hits.Length && hits[at] is { } here ? here : [];

    /// <summary>The longest phrase of the signal that begins exactly here.</summary>
    public Hit? At(int at, int signal)
    {
        if (at >= hits.Length || hits[at] is not { } here) return null;
        foreach (var hit in here)
            if (hit.Signal == signal) return hit;
        return null;
    }

    /// <summary>The first phrase of the signal that begins in the range.</summary>
    public Hit? In(int from, int to, int signal)
    {
        for (var at = from; at < to; at++)
            if (At(at, signal) is { } hit) return hit;
        return null;
    }
}
