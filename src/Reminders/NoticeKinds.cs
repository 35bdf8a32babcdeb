using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;

namespace PracticeApp.Reminders;

/// <summary>One kind of notice: its ways, and what its words may and must hold.</summary>
/// <param name="InApp">It is shown in the app too.</param>
/// <param name="InMail">Placeholders of the built-in mail: only they have a value when it is sent.</param>
/// <param name="InShort">Those of the built-in text message, or of what the app shows.</param>
public sealed record NoticeKind(string Name, bool ByMail, bool ByText, bool InApp, IReadOnlyList<string> InMail, IReadOnlyList<string> InShort)
{
    // Without them the message would be of no use.
    private static readonly string[] Useful = ["link", "address", "board", "flag", "dates", "instead", "what"];

    public IReadOnlyList<string> Placeholders(Channel by) => by == Channel.Mail ? InMail : InShort;
    public IReadOnlyList<string> Needed(Channel by) => [.. Placeholders(by).Where(p => Useful.Contains(p) || (by == Channel.InApp && p == "client"))];
    public bool IsReminder => NoticeKinds.Reminders.Contains(Name);
    /// <summary>The feature whose message it is: "booking", "reminders" …</summary>
    public string Feature => Name[..Name.IndexOf('.', StringComparison.Ordinal)];
    public IEnumerable<Channel> Editable => new[] { (Channel.Mail, ByMail), (Channel.Text, ByText), (Channel.InApp, InApp) }.Where(w => w.Item2).Select(w => w.Item1);
}

/// <summary>Every kind of notice the product sends, read from the built-in words themselves, so that none can be missing.</summary>
public static partial class NoticeKinds
{
    /// <summary>What whoever wants no reminders does not get.</summary>
    public static readonly IReadOnlyList<string> Reminders = ["reminders.appointment", "reminders.prepayment", "reminders.questions", "agreements.still-waits"];

    private static readonly string[] ShownInTheApp = ["attendance.not-noted", "attendance.settled", "attendance.missed", "attendance.stands", "attendance.account", "money.invoice", "money.unpaid", "money.agreed", "booking.text-answered"];
    private static readonly string[] Order = ["reminders", "booking", "attendance", "agreements", "money", "enquiries", "accounts", "requests", "sessions", "incidents", "endings"];

    public static IReadOnlyList<NoticeKind> All { get; } = Read();

    public static NoticeKind? Find(string? name) => All.FirstOrDefault(k => k.Name == name);

    private static NoticeKind[] Read()
    {
        var words = new List<(string Kind, string Part, string Text)>();
        var assembly = typeof(NoticeKinds).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.EndsWith(".Texts.resources", StringComparison.Ordinal)))
        {
            var feature = name.Split('.')[^3];
            var set = new ResourceManager(name[..^".resources".Length], assembly).GetResourceSet(CultureInfo.InvariantCulture, true, false)!;
            foreach (DictionaryEntry entry in set)
                if (Part().Match((string)entry.Key) is { Success: true } match) words.Add(($"{feature.ToLowerInvariant()}.{match.Groups[1].Value}", match.Groups[2].Value, (string)entry.Value!));
        }
        return [.. words.GroupBy(w => w.Kind).Select(Kind).OrderBy(k => Array.IndexOf(Order, k.Feature) is var at && at < 0 ? int.MaxValue : at).ThenBy(k => k.Name, StringComparer.Ordinal)];
    }

    private static NoticeKind Kind(IGrouping<string, (string Kind, string Part, string Text)> words)
    {
        IReadOnlyList<string> Used(params string[] parts) => [.. words.Where(w => parts.Contains(w.Part)).SelectMany(w => NoticeText.PlaceholdersOf(w.Text)).Append("practice").Distinct().Order(StringComparer.Ordinal)];
        var inApp = ShownInTheApp.Contains(words.Key);
        return new NoticeKind(words.Key, words.Any(w => w.Part == "Body"), words.Any(w => w.Part == "Short") && !inApp, inApp, Used("Subject", "Body"), Used("Short"));
    }

    [GeneratedRegex(@"^Notice\.([a-z-]+)\.(Subject|Body|Short)$")]
    private static partial Regex Part();
}
