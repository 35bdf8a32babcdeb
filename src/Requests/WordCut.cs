using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace PracticeApp.Requests;

/// <summary>One word or mark of a text, folded for comparison, with its place in the original (UTF-16 units).</summary>
/// <param name="Text">Lower case, without diacritics; marks are one of <c>. ! ? , : -</c>.</param>
public readonly record struct Word(string Text, int Start, int Length, bool IsMark)
{
    public int End => Start + Length;

    public bool EndsSentence => IsMark && Text is "." or "!" or "?";
}

/// <summary>Cuts any string into words and marks, in one pass and without ever throwing.</summary>
public static class WordCut
{
    const int LongestWord = 40;

    static readonly ConcurrentDictionary<char, string> Folded = new();

    /// <summary>Lower case without diacritics, as both texts and language files are compared.</summary>
    public static string Fold(ReadOnlySpan<char> text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text) folded.Append(Fold(c));
        return folded.ToString();
    }

    public static List<Word> Cut(string text)
    {
        var words = new List<Word>(text.Length / 5 + 4);
        var word = new StringBuilder(24);
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (BelongsToWord(text, i))
            {
                if (word.Length == 0) start = i;
                if (word.Length < LongestWord) word.Append(Fold(c));
                continue;
            }
            if (word.Length > 0 && IsInvisible(c)) continue;
            Flush(words, word, start, i);
            if (MarkAt(text, i) is { } mark) words.Add(new Word(mark, i, 1, true));
        }
        Flush(words, word, start, text.Length);
        return words;
    }

    static void Flush(List<Word> words, StringBuilder word, int start, int end)
    {
        if (word.Length == 0) return;
        while (word.Length > 0 && word[^1] == '\'') { word.Length--; end--; }
        if (word.Length > 0) words.Add(new Word(word.ToString(), start, end - start, false));
        word.Clear();
    }

    static bool BelongsToWord(string text, int i)
    {
        var c = text[i];
        if (char.IsLetterOrDigit(c) || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) return true;
        var inside = i > 0 && i + 1 < text.Length && char.IsLetterOrDigit(text[i - 1]) && char.IsLetterOrDigit(text[i + 1]);
        return inside && (IsApostrophe(c) || (c is '.' or ',' or ':' && char.IsDigit(text[i - 1]) && char.IsDigit(text[i + 1])));
    }

    static string? MarkAt(string text, int i) => text[i] switch
    {
        '.' when i + 1 < text.Length && char.IsLower(text[i + 1]) => null,
        '.' or '…' or ';' or '\n' or '\r' or '\u2028' or '\u2029' => ".",
        '!' or '¡' => "!",
        '?' or '¿' => "?",
        ',' or '(' or ')' => ",",
        ':' => ":",
        '–' or '—' or '/' => "-",
        '-' when i > 0 && char.IsWhiteSpace(text[i - 1]) => "-",
        _ => null,
    };

    static bool IsApostrophe(char c) => c is '\'' or '’' or '‘' or 'ʼ' or '`' or '´';

    static bool IsInvisible(char c) => c == '\u00AD' || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format;

    static string Fold(char c)
    {
        if (c is >= 'a' and <= 'z') return Folded.GetOrAdd(c, static x => x.ToString());
        return Folded.GetOrAdd(c, static x =>
        {
            if (IsApostrophe(x)) return "'";
            if (x is 'đ' or 'Đ') return "d";
            if (char.IsSurrogate(x)) return "";
            var apart = char.ToLowerInvariant(x).ToString().Normalize(NormalizationForm.FormD);
            return string.Concat(apart.Where(p => CharUnicodeInfo.GetUnicodeCategory(p) != UnicodeCategory.NonSpacingMark));
        });
    }
}
