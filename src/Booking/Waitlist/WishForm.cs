using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Clients;
using PracticeApp.Engagements;
using PracticeApp.Platform;

namespace PracticeApp.Booking;

/// <summary>What a wish may be made of, for one client.</summary>
/// <param name="Psychologists">Those the client works with, as far as whoever asks may know.</param>
public sealed record WishChoices(Client Client, IReadOnlyList<(Guid Id, string Name)> Psychologists, IReadOnlyList<SessionKind> Kinds, DateOnly Today)
{
    public static readonly int[] Notices = [2, 6, 12, 24, 48, 72, 168];

    /// <param name="engagements">Open ones of this client.</param>
    public static async Task<WishChoices?> OfAsync(PracticeDb db, Client client, IReadOnlyList<Engagement> engagements, DateTime now, CancellationToken ct)
    {
        var staff = engagements.Select(e => e.PsychologistId).Distinct().ToList();
        var names = (await db.Memberships.AsNoTracking().Where(m => staff.Contains(m.UserId) && m.Active).OrderBy(m => m.Name).ToListAsync(ct)).ConvertAll(m => (m.UserId, m.Name));
        var kinds = new List<SessionKind>();
        foreach (var engagement in engagements.Where(e => names.Exists(n => n.UserId == e.PsychologistId)))
            kinds.AddRange((await db.KindsForAsync(engagement, ct)).Where(k => !kinds.Exists(o => o.Id == k.Id)));
        if (engagements.Any(e => e.Kind == EngagementKind.Individual)) kinds.AddRange(await db.GroupKindsAsync([.. names.Select(n => n.UserId)], ct));
        return kinds.Count == 0 ? null : new WishChoices(client, names, [.. kinds.OrderBy(k => k.Position)], DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(now, client.Zone)));
    }
}

public enum WishPlace { Any, Room, Online }

/// <summary>A wish as it is filled in; the same for a client and for whoever writes it down on the phone.</summary>
public sealed class WishForm
{
    /// <summary>Empty: any of theirs.</summary>
    public Guid? With { get; set; }
    public List<Guid> Kinds { get; set; } = [];
    [EnumDataType(typeof(WishPlace))] public WishPlace Place { get; set; }
    public List<int> Times { get; set; } = [];
    [Required] public DateOnly? Until { get; set; }
    [Required] public int? Notice { get; set; } = 24;

    public static WishForm Of(WaitlistWish? wish, WishChoices choices) => wish is null
        ? new() { Kinds = choices.Kinds.Count == 1 ? [choices.Kinds[0].Id] : [], With = choices.Psychologists is [var only] ? only.Id : null, Until = choices.Today.AddDays(42) }
        : new() { With = wish.PsychologistId, Kinds = [.. wish.KindIds], Place = wish.Place switch { MeetingPlace.Room => WishPlace.Room, MeetingPlace.Online => WishPlace.Online, _ => WishPlace.Any }, Times = [.. wish.WeekTimes.Fields()], Until = wish.Until, Notice = wish.NoticeHours };

    public void Check(WishChoices choices, ModelStateDictionary state, IStringLocalizer<Texts> t)
    {
        void Wrong(string field, string why) => state.AddModelError($"Input.{field}", t[why]);
        if (With is { } with && !choices.Psychologists.Any(p => p.Id == with)) Wrong(nameof(With), "Choose");
        if (!Kinds.Any(k => choices.Kinds.Any(c => c.Id == k))) Wrong(nameof(Kinds), "Wait.Kinds.None");
        if (WeekTimes.Of(Times).IsEmpty) Wrong(nameof(Times), "Wait.Times.None");
        if (Until < choices.Today) Wrong(nameof(Until), "Start.Past");
        if (Until > choices.Today.AddYears(1)) Wrong(nameof(Until), "Start.TooFar");
        if (Notice is { } hours && !WishChoices.Notices.Contains(hours)) Wrong(nameof(Notice), "Choose");
    }

    public void Apply(WaitlistWish wish, WishChoices choices) =>
        wish.Want(With, Kinds.Where(k => choices.Kinds.Any(c => c.Id == k)),
            Place switch { WishPlace.Room => MeetingPlace.Room, WishPlace.Online => MeetingPlace.Online, _ => null }, WeekTimes.Of(Times), Until!.Value, Notice!.Value);
}

/// <summary>The form and what may be chosen in it.</summary>
public sealed record WishView(WishForm Input, WishChoices Choices, bool ForClient);

/// <summary>A wish in a few words.</summary>
public static class WishWords
{
    /// <summary>"Mon morning, Tue morning and afternoon": whole days and parts are drawn together.</summary>
    public static string Times(IStringLocalizer<Texts> t, WeekTimes times)
    {
        if (times.Fields().Count() == WeekTimes.Count) return t["Wait.Any"];
        var days = Enumerable.Range(0, 7).Select(d => (Day: d, Parts: Enumerable.Range(0, 3).Where(p => times.Has(d * 3 + p)).ToList())).Where(d => d.Parts.Count > 0);
        // Days with the same parts stand together.
        var groups = days.GroupBy(d => string.Join(',', d.Parts)).Select(g =>
            $"{string.Join(", ", g.Select(d => Short(d.Day)))}: {(g.First().Parts.Count == 3 ? t["Wait.AllDay"].Value : string.Join(", ", g.First().Parts.Select(p => t[$"Wait.Part.{(PartOfDay)p}.Low"].Value)))}");
        return string.Join("; ", groups);
    }

    public static string Day(int day) => System.Globalization.CultureInfo.CurrentCulture.DateTimeFormat.GetDayName((DayOfWeek)((day + 1) % 7));

    private static string Short(int day) => System.Globalization.CultureInfo.CurrentCulture.DateTimeFormat.GetAbbreviatedDayName((DayOfWeek)((day + 1) % 7));

    public static string Notice(IStringLocalizer<Texts> t, int hours) => hours < 48 ? t.Plural("Wait.Hours", hours) : t.Plural("Wait.Days", hours / 24);
}
