using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;
using PracticeApp.Accounts;
using PracticeApp.Agreements;
using PracticeApp.Booking;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Requests;

namespace PracticeApp.Enquiries;

/// <summary>The hour that was chosen, and who comes. Sending holds it and mails the link that books it.</summary>
[Anyone]
public sealed class TalkHoldModel(
    PracticeDb db, EnterPractice enter, TalkOffer offer, OfferedSlots offered, HoldTalk holdTalk, ReceiveEnquiry receive, FormPasses passes, LinkTokens links,
    Attempts attempts, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    private const int FormsAnHour = 20, MailsAnHour = 4, NearestShown = 4;

    [BindProperty(SupportsGet = true)] public string? Slug { get; set; }
    [BindProperty(SupportsGet = true)] public Guid? Kind { get; set; }
    [BindProperty(SupportsGet = true)] public Guid? Who { get; set; }
    [BindProperty(SupportsGet = true)] public string? Slot { get; set; }
    [BindProperty(SupportsGet = true)] public string? Zone { get; set; }
    [BindProperty] public TalkInput Input { get; set; } = new();

    public Practice Practice { get; private set; } = null!;
    public SessionKind Chosen { get; private set; } = null!;
    public TalkPerson Person { get; private set; } = null!;
    public SlotValue Wanted { get; private set; }
    public TimeZoneInfo Clock { get; private set; } = TimeZoneInfo.Utc;
    public Prepayment? Before { get; private set; }
    public string? NotYet { get; private set; }
    public DateTime? Taken { get; private set; }
    public IReadOnlyList<(Guid Who, Slot Slot)> Nearest { get; private set; } = [];
    public Danger Danger { get; private set; }
    public DangerShown Shows { get; private set; } = null!;

    public string Back => QueryHelpers.AddQueryString($"/p/{Practice.Slug}/talk", Query(false));
    public string Here => QueryHelpers.AddQueryString($"/p/{Practice.Slug}/talk/hold", Query(true));

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        Input.Pass = passes.Make(Practice.Id);
        if (await offered.AtAsync(new SlotWish(Person.Id, Chosen, []), Wanted.StartUtc, Wanted.Place, ct) is null) await OfferOthersAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string? another, CancellationToken ct)
    {
        // Counted before the transaction takes its connection: nobody may hold one while waiting for another.
        var allowed = await attempts.AllowAsync("first-talk/address", db.Current.Address, FormsAnHour, TimeSpan.FromHours(1), ct)
            & await attempts.AllowAsync("first-talk/mail", $"{Slug}/{Input.Email?.Trim().ToUpperInvariant()}", MailsAnHour, TimeSpan.FromHours(1), ct);
        if (SlotValue.ParseWith(another) is { } other) (Slot, Who) = (other.At.ToString(), other.Who);
        if (!await LoadAsync(ct)) return NotFound();
        Danger = SafetyScreen.Read(Input.Typed, Languages.Current);
        if (Danger != Danger.None) Shows = await DangerShown.ReadAsync(db, Danger, clock.GetUtcNow().UtcDateTime, ct);
        Input.CheckTalk(ModelState, nameof(Input), t);
        if (!ModelState.IsValid) return Again(t["NotYet.Missing"]);
        if (passes.Read(Practice.Id, Input.Pass) is not { } pass) return Again(t["NotYet.Old"], fresh: true);

        // Nobody in danger is kept waiting by what keeps machines away: what was written is on the board, whatever becomes of the hour.
        Guid? enquiry = null;
        if (Danger.ComesFirst())
        {
            enquiry = await receive.SentBeforeAsync(pass.Token, ct) ?? (await receive.RunAsync(Practice, Enquiry(pass.Token), ct)).Id;
            await db.SaveChangesAsync(ct);
        }
        else
        {
            if (!string.IsNullOrEmpty(Input.Website)) return Again(t["NotYet.Machine"]);
            if (!passes.IsSlowEnough(pass, Input.Pass!, Input.Proof)) return Again(t["NotYet.Fast"]);
        }
        if (!allowed) return Again(t["Talk.TooOften"]);

        var (outcome, id) = await holdTalk.RunAsync(Chosen, Person.Id, Wanted, Input, pass, enquiry, Clock, ct);
        if (outcome == TalkOutcome.TooMany) return Again(t["Talk.TooMany"]);
        if (outcome == TalkOutcome.Taken)
        {
            await OfferOthersAsync(ct);
            return Page();
        }
        return RedirectToPage("/Enquiries/Talk/TalkSent", new
        {
            slug = Practice.Slug,
            token = links.Make(TalkSentModel.Purpose, Practice.Id, id, null, clock.GetUtcNow().UtcDateTime + TalkWish.Readable),
        });
    }

    private FirstWords Enquiry(Guid token) => new(EnquiryDoor.Form, string.IsNullOrWhiteSpace(Input.Words) ? Input.Typed.Trim() : Input.Words, Input.CalledName!, Input.Email, Input.Phone,
        Input.Rules, Languages.Current, About.Unsaid, null, null, null, token, ForWhom: Input.ForWhom ?? default);

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (SlotValue.Parse(Slot) is not { } wanted || await enter.BySlugAsync(Slug!, ct) is not { } practice) return false;
        if ((await offer.KindsAsync(practice, ct)).FirstOrDefault(k => k.Id == Kind) is not { } kind || (await offer.PeopleAsync(ct)).FirstOrDefault(p => p.Id == Who) is not { } person) return false;
        (Practice, Chosen, Person, Wanted, Clock) = (practice, kind, person, wanted, TalkModel.ZoneOf(Zone, practice));
        Before = new BookingAsks(AgreedTerms.None(kind.Currency), null, null, null, null, true).Before(kind, wanted.Place, wanted.StartUtc, clock.GetUtcNow().UtcDateTime);
        return true;
    }

    private async Task OfferOthersAsync(CancellationToken ct)
    {
        Taken = Wanted.StartUtc;
        var people = (await offer.PeopleAsync(ct)).Select(p => p.Id);
        Nearest = [.. (await offer.HoursAsync(Chosen, people, ct)).OrderBy(h => h.PsychologistId != Person.Id).DistinctBy(h => h.Slot.StartUtc)
            .OrderBy(h => (h.Slot.StartUtc - Wanted.StartUtc).Duration()).Take(NearestShown).OrderBy(h => h.Slot.StartUtc)];
    }

    private PageResult Again(string why, bool fresh = false)
    {
        NotYet = why;
        Input.Website = null;
        ModelState.Remove("Input.Website");
        if (fresh)
        {
            ModelState.Remove("Input.Pass");
            ModelState.Remove("Input.Proof");
            (Input.Pass, Input.Proof) = (passes.Make(Practice.Id), null);
        }
        return Page();
    }

    private IEnumerable<KeyValuePair<string, string?>> Query(bool hour)
    {
        yield return new("kind", Chosen.Id.ToString());
        yield return new("who", Person.Id.ToString());
        if (hour) yield return new("slot", Wanted.ToString());
        if (Zone is not null && Clock.Id == Zone) yield return new("zone", Zone);
    }
}
