using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using PracticeApp.Accounts;
using PracticeApp.Booking;
using PracticeApp.Platform;
using PracticeApp.Practices;

namespace PracticeApp.Enquiries;

/// <summary>Anybody may choose a first talk: what it costs, with whom, when. Nothing is kept yet.</summary>
[Anyone]
public sealed class TalkModel(EnterPractice enter, TalkOffer offer, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true)] public string? Slug { get; set; }
    [BindProperty(SupportsGet = true)] public Guid? Kind { get; set; }
    /// <summary>A psychologist; without one, whoever can first.</summary>
    [BindProperty(SupportsGet = true, Name = "who")] public Guid? With { get; set; }
    [BindProperty(SupportsGet = true)] public Guid? Theme { get; set; }
    [BindProperty(SupportsGet = true)] public DateOnly? From { get; set; }
    [BindProperty(SupportsGet = true)] public string? Zone { get; set; }

    public Practice Practice { get; private set; } = null!;
    public IReadOnlyList<SessionKind> Kinds { get; private set; } = [];
    public SessionKind Chosen { get; private set; } = null!;
    public IReadOnlyList<TalkPerson> People { get; private set; } = [];
    /// <summary>Those who work with the theme that was chosen.</summary>
    public IReadOnlyList<TalkPerson> Fitting { get; private set; } = [];
    public IReadOnlyList<Theme> Themes { get; private set; } = [];
    /// <summary>The next free hour of each who has one.</summary>
    public IReadOnlyDictionary<Guid, DateTime> Next { get; private set; } = new Dictionary<Guid, DateTime>();
    public IReadOnlyDictionary<(DateTime, MeetingPlace), Guid> WhoHas { get; private set; } = new Dictionary<(DateTime, MeetingPlace), Guid>();
    public FreeDays Free { get; private set; } = FreeDays.None;
    /// <summary>The visitor's clock.</summary>
    public TimeZoneInfo Clock { get; private set; } = TimeZoneInfo.Utc;
    public DateTime Now { get; private set; }

    public static IEnumerable<string> Zones => TimeZoneInfo.GetSystemTimeZones().Where(z => z.Id.Contains('/', StringComparison.Ordinal) && !z.Id.StartsWith("Etc/", StringComparison.Ordinal))
        .Select(z => z.Id).Order(StringComparer.Ordinal);

    public static TimeZoneInfo ZoneOf(string? id, Practice practice) =>
        id is { Length: > 0 and < 60 } && id.Contains('/', StringComparison.Ordinal) && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : practice.Zone;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await enter.BySlugAsync(Slug!, ct) is not { } practice || (Kinds = await offer.KindsAsync(practice, ct)).Count == 0) return NotFound();
        (Practice, Clock, Now) = (practice, ZoneOf(Zone, practice), clock.GetUtcNow().UtcDateTime);
        if (Kind is { } id && Kinds.All(k => k.Id != id)) return NotFound();
        Chosen = Kinds.FirstOrDefault(k => k.Id == Kind) ?? Kinds[0];
        People = await offer.PeopleAsync(ct);
        Themes = [.. People.SelectMany(p => p.Themes).DistinctBy(x => x.Id).OrderBy(x => x.Position)];
        if (Themes.All(x => x.Id != Theme)) Theme = null;
        Fitting = [.. People.Where(p => Theme is null || p.Themes.Any(x => x.Id == Theme))];
        if (With == Guid.Empty) With = null;
        if (With is { } who && People.All(p => p.Id != who)) return NotFound();
        if (Fitting.All(p => p.Id != With)) With = null;

        var hours = await offer.HoursAsync(Chosen, Fitting.Select(p => p.Id), ct);
        Next = hours.GroupBy(h => h.PsychologistId).ToDictionary(g => g.Key, g => g.Min(h => h.Slot.StartUtc));
        // Of several who are free at one time, whoever has most hours free.
        var free = hours.GroupBy(h => h.PsychologistId).ToDictionary(g => g.Key, g => g.Count());
        var shown = hours.Where(h => With is null || h.PsychologistId == With).OrderByDescending(h => free[h.PsychologistId]).DistinctBy(h => (h.Slot.StartUtc, h.Slot.Place.Kind)).ToList();
        WhoHas = shown.ToDictionary(h => (h.Slot.StartUtc, h.Slot.Place.Kind), h => h.PsychologistId);
        Free = FreeDays.Of([.. shown.Select(h => h.Slot)], From, Clock, Now);
        return Page();
    }

    /// <summary>This page with another choice; what it leaves out stays.</summary>
    public string To(Guid? kind = null, Guid? who = null, DateOnly? from = null) => QueryHelpers.AddQueryString($"/p/{Practice.Slug}/talk", Query(kind ?? Chosen.Id, who ?? With, from));

    public string Details(Slot slot, Guid who) => QueryHelpers.AddQueryString($"/p/{Practice.Slug}/talk/hold", Query(Chosen.Id, who, null).Append(new("slot", SlotValue.Of(slot).ToString())));

    private IEnumerable<KeyValuePair<string, string?>> Query(Guid kind, Guid? who, DateOnly? from)
    {
        yield return new("kind", kind.ToString());
        if (who is { } person && person != Guid.Empty) yield return new("who", person.ToString());
        if (Theme is { } theme) yield return new("theme", theme.ToString());
        if (Zone is not null && Clock.Id == Zone) yield return new("zone", Zone);
        if (from is { } day) yield return new("from", day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
    }
}
