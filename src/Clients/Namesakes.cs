namespace PracticeApp.Clients;

/// <summary>Names that are easily taken for one another; pointed out before somebody writes in the wrong record.</summary>
public static class Namesakes
{
    private const int LookAlikeEdits = 2, ShortestLookAlike = 6;

    /// <summary>The same first or family name, or whole names that differ by a letter or two. Names as in <see cref="Client.SearchName"/>.</summary>
    public static bool AreAlike(string one, string other)
    {
        if (one.Length == 0 || other.Length == 0) return false;
        string[] a = one.Split(' '), b = other.Split(' ');
        return a[0] == b[0] || a[^1] == b[^1] || a[0] == b[^1] || a[^1] == b[0]
            || (Math.Min(one.Length, other.Length) >= ShortestLookAlike && Edits(one, other) <= LookAlikeEdits);
    }

    /// <summary>Letters added, left out or changed (Levenshtein).</summary>
    private static int Edits(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var corner = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
                (corner, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, corner + (a[i - 1] == b[j - 1] ? 0 : 1)));
        }
        return row[b.Length];
    }
}
