using System.Globalization;

namespace PracticeApp.Reminders;

/// <summary>The name that messages come from stands on lock screens and in lists of mail: it tells nobody what they are about.</summary>
public static class NeutralSender
{
    private static readonly string[] Joining = ["and", "for", "of", "the", "in", "i", "za", "u", "na", "и", "для", "в", "на", "ja", "sekä"];

    /// <summary>The word in it that tells, if there is one.</summary>
    public static string? TellingIn(string? name) => string.IsNullOrWhiteSpace(name) ? null : CheckWording.TellingInName(name);

    /// <summary>What a new practice begins with: its name without the words that tell, or a word that says nothing.</summary>
    public static string From(string name, CultureInfo culture)
    {
        if (TellingIn(name) is null) return name;
        var left = name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(w => w.Trim(',', '.', ':', ';', '–', '-', '&', '(', ')'))
            .Where(w => w.Length > 0 && TellingIn(w) is null).ToList();
        while (left.Count > 0 && Joining.Contains(left[^1], StringComparer.OrdinalIgnoreCase)) left.RemoveAt(left.Count - 1);
        while (left.Count > 0 && Joining.Contains(left[0], StringComparer.OrdinalIgnoreCase)) left.RemoveAt(0);
        var kept = string.Join(' ', left);
        return left.Exists(w => w.Length > 2 && char.IsUpper(w[0])) && TellingIn(kept) is null ? kept : NoticeText.Part("reminders.sender", culture);
    }
}
