using System.Globalization;
using System.Text.RegularExpressions;

namespace PracticeApp.Booking;

/// <summary>Hours as one types them for a day: "9–12 Room 1 (first talk), 13–17:30 online, break 12–12:30".</summary>
/// <param name="Place">Where; of no meaning for a break.</param>
/// <param name="Kinds">The session kinds offered then; null: all.</param>
public sealed record TypedHours(TimeOnly From, TimeOnly To, bool IsBreak, SlotPlace Place, IReadOnlyList<Guid>? Kinds = null);

/// <summary>What could not be read, as it was typed.</summary>
public enum HoursProblem { Unreadable, UnknownPlace, UnknownKind, EndsBeforeItBegins }

/// <summary>Reads and writes the hours of a day as text. Words of all the product's languages are understood, whatever the reader's.</summary>
public static partial class HoursText
{
    private static readonly HashSet<string> Online = new(StringComparer.OrdinalIgnoreCase) { "online", "on-line", "онлайн", "onlajn", "verkossa", "etänä", "etä", "video" };
    private static readonly HashSet<string> InPerson = new(StringComparer.OrdinalIgnoreCase) { "in person", "очно", "uživo", "paikan päällä", "paikalla" };
    private const int Longest = 1000;
    private static readonly TimeOnly LatestNight = new(6, 0);

    /// <summary>All hours of one day, or the first part that is wrong.</summary>
    /// <param name="kinds">Session kinds by their names in all languages.</param>
    public static (IReadOnlyList<TypedHours> Hours, (HoursProblem What, string Part)? Problem) Read(string? text, IReadOnlyDictionary<string, Guid> rooms, IReadOnlyDictionary<string, Guid>? kinds = null)
    {
        if (text is { Length: > Longest }) return ([], (HoursProblem.Unreadable, text[..40] + "…"));
        var hours = new List<TypedHours>();
        foreach (var part in Between().Split(text ?? "").Select(p => p.Trim()).Where(p => p.Length > 0))
        {
            if (Item().Match(part) is not { Success: true } found || Time(found, "h1", "m1") is not { } from || Time(found, "h2", "m2") is not { } to)
                return ([], (HoursProblem.Unreadable, part));
            // Hours may go on past midnight, but "17–9" is more likely a slip than a night of sixteen hours.
            if (to <= from && to > LatestNight) return ([], (HoursProblem.EndsBeforeItBegins, part));
            var place = found.Groups["place"].Value.Trim();
            var isBreak = found.Groups["break"].Success;
            if (PlaceOf(isBreak ? "" : place, rooms) is not { } where) return ([], (HoursProblem.UnknownPlace, place));
            List<Guid>? offered = null;
            foreach (var name in found.Groups["kinds"].Value.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                if (kinds is null || !kinds.TryGetValue(name, out var kind)) return ([], (HoursProblem.UnknownKind, name));
                offered = [.. offered ?? [], kind];
            }
            hours.Add(new TypedHours(from, to, isBreak, where, isBreak ? null : offered));
        }
        return (hours, null);
    }

    /// <param name="online">The word for online in the reader's language.</param>
    /// <param name="pause">The word for a break.</param>
    public static string Write(IEnumerable<TypedHours> hours, IReadOnlyDictionary<Guid, string> rooms, string online, string pause, string timePattern,
        IReadOnlyDictionary<Guid, string>? kinds = null) => string.Join(", ",
        hours.OrderBy(h => h.IsBreak).ThenBy(h => h.From).ThenBy(h => h.Place).Select(h =>
        {
            var time = $"{h.From.ToString(timePattern, CultureInfo.InvariantCulture)}–{h.To.ToString(timePattern, CultureInfo.InvariantCulture)}";
            var place = h.Place.Kind == MeetingPlace.Online ? online : h.Place.RoomId is { } room ? rooms.GetValueOrDefault(room, "") : "";
            var offered = string.Join(", ", (h.Kinds ?? []).Select(k => kinds?.GetValueOrDefault(k)).OfType<string>());
            return h.IsBreak ? $"{pause} {time}" : $"{time} {place}".TrimEnd() + (offered.Length > 0 ? $" ({offered})" : "");
        }));

    private static SlotPlace? PlaceOf(string place, IReadOnlyDictionary<string, Guid> rooms) =>
        place.Length == 0 || InPerson.Contains(place) ? default(SlotPlace)
        : Online.Contains(place) ? SlotPlace.Online
        : rooms.FirstOrDefault(r => string.Equals(r.Key, place, StringComparison.OrdinalIgnoreCase)) is { Key: not null } room ? SlotPlace.InRoom(room.Value)
        : null;

    private static TimeOnly? Time(Match match, string hour, string minute)
    {
        var h = int.Parse(match.Groups[hour].Value, CultureInfo.InvariantCulture);
        var m = match.Groups[minute].Success ? int.Parse(match.Groups[minute].Value, CultureInfo.InvariantCulture) : 0;
        return (h, m) switch { (24, 0) => new TimeOnly(0, 0), ( < 24, < 60) => new TimeOnly(h, m), _ => null };
    }

    [GeneratedRegex(@"^(?<break>(break|pause|перерыв|pauza|tauko)\s+)?(?<h1>\d{1,2})([:.](?<m1>\d{2}))?\s*(-|–|—|to|до|do)\s*(?<h2>\d{1,2})([:.](?<m2>\d{2}))?(?<place>\s.*?)??(\s*\((?<kinds>[^()]*)\))?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Item();

    // Between stretches, not between the kinds in brackets.
    [GeneratedRegex(@"[,;\n](?![^(]*\))")]
    private static partial Regex Between();
}
