namespace PracticeApp.Agreements;

public enum WordChange { Same, Added, Removed }

/// <summary>Words that follow one another and share what became of them.</summary>
public sealed record WordRun(WordChange Change, string Text);

/// <summary>Compares two texts word by word: what stayed, what went, what came.</summary>
public static class WordDifference
{
    public static IReadOnlyList<WordRun> Between(string before, string after)
    {
        var (a, b) = (WordsOf(before), WordsOf(after));
        // Longest common subsequence, counted from the end so that it is read off from the beginning.
        var common = new int[a.Length + 1, b.Length + 1];
        for (var i = a.Length - 1; i >= 0; i--)
            for (var j = b.Length - 1; j >= 0; j--)
                common[i, j] = a[i] == b[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);

        var runs = new List<(WordChange Change, List<string> Words)>();
        void Add(WordChange change, string word)
        {
            if (runs.Count == 0 || runs[^1].Change != change) runs.Add((change, []));
            runs[^1].Words.Add(word);
        }

        for (int i = 0, j = 0; i < a.Length || j < b.Length;)
        {
            if (i < a.Length && j < b.Length && a[i] == b[j])
            {
                Add(WordChange.Same, b[j++]);
                i++;
            }
            else if (i < a.Length && (j == b.Length || common[i + 1, j] >= common[i, j + 1])) Add(WordChange.Removed, a[i++]);
            else Add(WordChange.Added, b[j++]);
        }

        return runs.ConvertAll(r => new WordRun(r.Change, string.Join(' ', r.Words)));
    }

    private static string[] WordsOf(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
