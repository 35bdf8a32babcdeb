using System.Text.RegularExpressions;

namespace PracticeApp.Agreements;

public enum Change { Same, Deleted, Inserted }

/// <summary>What became of a text, word by word.</summary>
public readonly record struct ChangedWords(Change Change, string Text);

/// <summary>Compares two texts by their words; putting the kept and the inserted together gives the second text.</summary>
public static partial class WordDifference
{
    public static IReadOnlyList<ChangedWords> Between(string before, string after)
    {
        var (old, now) = (Split(before), Split(after));
        var start = 0;
        while (start < old.Length && start < now.Length && old[start] == now[start]) start++;
        var end = 0;
        while (end < old.Length - start && end < now.Length - start && old[^(end + 1)] == now[^(end + 1)]) end++;
        var changes = new List<ChangedWords>();
        Add(changes, Change.Same, old[..start]);
        Middle(changes, old[start..^end], now[start..^end]);
        Add(changes, Change.Same, old[^end..]);
        return Together(changes);
    }

    // The longest common words of what lies between the first and the last difference.
    private static void Middle(List<ChangedWords> changes, string[] old, string[] now)
    {
        // Two long texts that share nothing are not worth a table.
        if ((long)old.Length * now.Length > 4_000_000)
        {
            Add(changes, Change.Deleted, old);
            Add(changes, Change.Inserted, now);
            return;
        }

        var longest = new int[old.Length + 1, now.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
            for (var j = now.Length - 1; j >= 0; j--)
                longest[i, j] = old[i] == now[j] ? longest[i + 1, j + 1] + 1 : Math.Max(longest[i + 1, j], longest[i, j + 1]);
        for (int i = 0, j = 0; i < old.Length || j < now.Length;)
        {
            if (i < old.Length && j < now.Length && old[i] == now[j]) (_, j) = (Put(Change.Same, old[i++]), j + 1);
            else if (i < old.Length && (j == now.Length || longest[i + 1, j] >= longest[i, j + 1])) Put(Change.Deleted, old[i++]);
            else Put(Change.Inserted, now[j++]);
        }

        bool Put(Change change, string word)
        {
            changes.Add(new ChangedWords(change, word));
            return true;
        }
    }

    // A single word that happens to stand in both is no island: a reworded sentence is read as one.
    private static List<ChangedWords> Together(List<ChangedWords> changes)
    {
        var runs = new List<ChangedWords>();
        var (kept, deleted, inserted) = ("", "", "");
        void Flush()
        {
            if (deleted.Length > 0) runs.Add(new(Change.Deleted, deleted));
            if (inserted.Length > 0) runs.Add(new(Change.Inserted, inserted));
            (deleted, inserted) = ("", "");
        }

        void Keep()
        {
            if (kept.Length == 0) return;
            Flush();
            runs.Add(new(Change.Same, kept));
            kept = "";
        }

        foreach (var (change, text) in changes)
        {
            if (change == Change.Same)
            {
                kept += text;
                continue;
            }

            if (kept.Length > 0 && deleted.Length + inserted.Length > 0 && !kept.Contains('\n', StringComparison.Ordinal) && Letters().Count(kept) < 2)
            {
                (deleted, inserted, kept) = (deleted + kept, inserted + kept, "");
            }

            Keep();
            if (change == Change.Deleted) deleted += text;
            else inserted += text;
        }

        if (kept.Length == 0) Flush();
        Keep();
        return runs;
    }

    private static void Add(List<ChangedWords> changes, Change change, string[] words)
    {
        if (words.Length > 0) changes.Add(new(change, string.Concat(words)));
    }

    private static string[] Split(string text) => [.. Word().Matches(text).Select(m => m.Value)];

    [GeneratedRegex(@"[\p{L}\p{N}]+")]
    private static partial Regex Letters();

    [GeneratedRegex(@"\{\{[^{}]*\}\}|[\p{L}\p{N}]+(?:[-’'][\p{L}\p{N}]+)*|\s+|.", RegexOptions.Singleline)]
    private static partial Regex Word();
}
