using System.Globalization;

namespace PracticeApp.Booking;

/// <summary>A slot as it travels through forms and addresses: "2026-11-26T09:00Z/Online".</summary>
public readonly record struct SlotValue(DateTime StartUtc, MeetingPlace Place)
{
    private const string Pattern = "yyyy-MM-dd'T'HH:mm'Z'";

    public override string ToString() => $"{StartUtc.ToString(Pattern, CultureInfo.InvariantCulture)}/{Place}";

    public static SlotValue Of(Slot slot) => new(slot.StartUtc, slot.Place.Kind);

    /// <summary>With whom the slot is, after it: a psychologist or a course of work, as the page says. Null for anything else.</summary>
    public static (SlotValue At, Guid Who)? ParseWith(string? text) =>
        text?.LastIndexOf('/') is > 0 and var cut && Parse(text[..cut]) is { } at && Guid.TryParse(text[(cut + 1)..], out var who) ? (at, who) : null;

    /// <summary>Null for anything that is not such a value.</summary>
    public static SlotValue? Parse(string? text) =>
        text?.Split('/') is [var at, var place]
        && DateTime.TryParseExact(at, Pattern, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var start)
        && start.Year is > 2000 and < 9000
        && Enum.GetNames<MeetingPlace>().Contains(place)
            ? new SlotValue(start, Enum.Parse<MeetingPlace>(place))
            : null;
}
