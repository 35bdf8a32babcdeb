using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PracticeApp.Incidents;

/// <summary>Words of a text that speak of the person instead of what was done.</summary>
public readonly record struct FoundWording(int Start, int Length, string Words);

/// <summary>
/// Finds wording about a person ("rude", "lazy", "you always"), so that the page may ask for behaviour instead. What stands
/// in quotation marks was said and is behaviour; what somebody says of themselves, or was called, is too. Weather and other
/// things may be rude.
/// </summary>
public static partial class PersonWording
{
    private const int Near = 3, ShortestTypo = 8;

    private static readonly Lazy<Dictionary<string, Book>> s_books = new(() => Platform.Languages.All.ToDictionary(l => l.Code, l => Read(l.Code)));

    public static IReadOnlyList<FoundWording> In(string text, string language)
    {
        if (!s_books.Value.TryGetValue(IsCyrillic(text) ? "ru" : language, out var book)) return [];
        var tokens = Word().Matches(text).Select(m => new Token(m.Index, m.Length, Fold(m.Value))).ToList();
        var quoted = Quotes().Matches(text).Select(m => (m.Index, End: m.Index + m.Length)).ToList();
        var found = new List<FoundWording>();
        for (var i = 0; i < tokens.Count; i++)
        {
            var length = book.LengthAt(tokens, i);
            if (length == 0) continue;
            var (start, end) = (tokens[i].Start, tokens[i + length - 1].Start + tokens[i + length - 1].Length);
            if (!quoted.Exists(q => q.Index <= start && end <= q.End)
                && !(length == 1 && (book.IsOfThings(text, tokens, i) || book.IsOfOneself(text, tokens, i))))
                found.Add(new FoundWording(start, end - start, text[start..end]));
            i += length - 1;
        }
        return found;
    }

    private static bool IsCyrillic(string text) => text.Count(c => c is >= 'Ѐ' and <= 'ӿ') > text.Count(char.IsAsciiLetter);

    /// <summary>Lower case; Russian ё and the Bosnian letters as they are typed in haste.</summary>
    private static string Fold(string word)
    {
        var folded = new StringBuilder(word.Length);
        foreach (var c in word.ToLowerInvariant())
            folded.Append(c switch { 'ё' => 'е', 'č' or 'ć' => 'c', 'š' => 's', 'ž' => 'z', 'đ' => 'd', '’' => '\'', _ => c });
        return folded.ToString();
    }

    private static Book Read(string language)
    {
        using var file = typeof(PersonWording).Assembly.GetManifestResourceStream($"PersonWording/{language}.json")
            ?? throw new InvalidOperationException($"No wording in '{language}'.");
        return JsonSerializer.Deserialize<Book>(file, JsonSerializerOptions.Web)!.Folded();
    }

    private readonly record struct Token(int Start, int Length, string Word);

    private sealed record Book(string[] Stems, string[] Words, string[] Phrases, string[] Things, string[] Self, string[] Others)
    {
        private string[][] _phrases = [];
        private HashSet<string> _words = [], _things = [], _self = [], _others = [];

        public Book Folded() => this with
        {
            Stems = [.. Stems.Select(Fold)], _words = [.. Words.Select(Fold)], _things = [.. Things.Select(Fold)],
            _self = [.. Self.Select(Fold)], _others = [.. Others.Select(Fold)], _phrases = [.. Phrases.Select(p => p.Split(' ').Select(Fold).ToArray())],
        };

        /// <summary>How many words from here on speak of a person; 0 for none.</summary>
        public int LengthAt(List<Token> tokens, int at)
        {
            foreach (var phrase in _phrases)
                if (at + phrase.Length <= tokens.Count && phrase.Select((w, i) => tokens[at + i].Word == w).All(same => same)) return phrase.Length;
            var word = tokens[at].Word;
            return _words.Contains(word) || Array.Exists(Stems, stem => Begins(word, stem)) ? 1 : 0;
        }

        /// <summary>"Rude weather", "a lazy Sunday", "the lift was broken".</summary>
        public bool IsOfThings(string text, List<Token> tokens, int at) =>
            (at + 1 < tokens.Count && _things.Contains(tokens[at + 1].Word)) || NearestBefore(text, tokens, at, _things);

        /// <summary>"She said I am lazy", "called me lazy": what was said, or what somebody says of themselves.</summary>
        public bool IsOfOneself(string text, List<Token> tokens, int at) => NearestBefore(text, tokens, at, _self);

        /// <summary>One of these words stands shortly before, in the same sentence, and nobody else between.</summary>
        private bool NearestBefore(string text, List<Token> tokens, int at, HashSet<string> words)
        {
            for (var i = at - 1; i >= 0 && i >= at - Near; i--)
            {
                if (text.AsSpan(tokens[i].Start, tokens[at].Start - tokens[i].Start).IndexOfAny(".!?;") >= 0 || _others.Contains(tokens[i].Word)) return false;
                if (words.Contains(tokens[i].Word)) return true;
            }
            return false;
        }
    }

    /// <summary>The word begins with the stem; one slip of the finger in a long stem is forgiven.</summary>
    private static bool Begins(string word, string stem)
    {
        if (word.StartsWith(stem, StringComparison.Ordinal)) return true;
        if (stem.Length < ShortestTypo || word.Length < stem.Length - 1 || word[0] != stem[0]) return false;
        return Enumerable.Range(stem.Length - 1, 3).Any(length => length <= word.Length && IsOneSlip(word.AsSpan(0, length), stem));
    }

    /// <summary>One letter too many, too few, another, or two in the wrong order.</summary>
    private static bool IsOneSlip(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var same = a.CommonPrefixLength(b);
        var x = a[same..];
        var y = b[same..];
        if (x.Length == y.Length)
            return x.Length == 0 || x[1..].SequenceEqual(y[1..]) || (x.Length > 1 && x[0] == y[1] && x[1] == y[0] && x[2..].SequenceEqual(y[2..]));
        return x.Length == y.Length + 1 ? x[1..].SequenceEqual(y) : y.Length == x.Length + 1 && y[1..].SequenceEqual(x);
    }

    [GeneratedRegex(@"\p{L}+(?:['’]\p{L}+)*")]
    private static partial Regex Word();

    [GeneratedRegex("\"[^\"]*\"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|»[^«»]*[«»]|”[^”]*”")]
    private static partial Regex Quotes();
}
