using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Accounts;
using PracticeApp.Clients;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Enquiries;

/// <summary>The person becomes a client of a psychologist and is invited to the portal.</summary>
[Access(Role.Psychologist, Role.Operator)]
public sealed class AcceptModel(PracticeDb db, Invite invite, Audit audit, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    /// <summary>None of the known: somebody new.</summary>
    public const string Nobody = "new";
    private const int SameEnd = 8;

    [BindProperty] public InputModel Input { get; set; } = new();

    public Enquiry Enquiry { get; private set; } = null!;
    public IReadOnlyList<(Guid Id, string Name)> Psychologists { get; private set; } = [];
    /// <summary>Nobody is chosen by accident: without a choice the list begins empty.</summary>
    public IEnumerable<SelectListItem> Choices => Psychologists.Select(p => new SelectListItem(p.Name, p.Id.ToString()))
        .Prepend(Input.PsychologistId is null ? new SelectListItem("", "") : null).OfType<SelectListItem>();
    /// <summary>Clients who are reached in the same way: perhaps the same person, who has been here before.</summary>
    public IReadOnlyList<Client> Known { get; private set; } = [];
    public IEnumerable<SelectListItem> Kinds => Enum.GetValues<EngagementKind>().Select(k => new SelectListItem(t["Kind." + k], k.ToString()));

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();
        Input = new()
        {
            PsychologistId = db.Current.Is(Role.Psychologist) ? db.Current.UserId : Enquiry.TakenBy,
            Name = Enquiry.CalledName, Email = Enquiry.Email,
        };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();
        if (Input.PsychologistId is { } chosen && Psychologists.All(p => p.Id != chosen)) ModelState.AddModelError("Input.PsychologistId", t["Accept.Psychologist.Unknown"]);
        var returning = Known.FirstOrDefault(c => c.Id.ToString() == Input.Who);
        if (Known.Count > 0 && returning is null && Input.Who != Nobody) ModelState.AddModelError("Input.Who", t["Accept.Known.Unknown"]);
        if (returning is not null && await db.Engagements.AnyAsync(e => e.EndedAt == null && e.PsychologistId == Input.PsychologistId && e.Parties.Any(p => p.ClientId == returning.Id), ct))
            ModelState.AddModelError("Input.Who", t["Accept.Known.InWork", returning.Name]);
        if (!ModelState.IsValid) return Page();

        var now = clock.GetUtcNow().UtcDateTime;
        var client = returning ?? new Client(Enquiry.PracticeId, Input.Name!, Enquiry.CalledName, Input.Email, Enquiry.Phone, Enquiry.Contact,
            Enquiry.Language, Enquiry.TimeZone, Enquiry.Country, Enquiry.KeyId, now);
        var engagement = new Engagement(Enquiry.PracticeId, Input.Kind, Input.PsychologistId!.Value, client.KeyId, now, Enquiry.Id);
        engagement.Join(client.Id);
        engagement.For(Enquiry.ForWhom);
        if (!Enquiry.Accept(client.Id, engagement.PsychologistId, db.Current.UserId, now)) return RedirectToPage("Open", new { id });
        if (returning is null) db.Clients.Add(client);
        db.Engagements.Add(engagement);
        foreach (var flag in await db.SafetyFlags.Where(f => f.EnquiryId == id).ToListAsync(ct)) flag.GoTo(engagement.Id, client.Id);
        if (client.UserId is null) invite.Client(client);
        audit.Record("enquiry.accepted", "enquiry", id, client.Id);
        await db.SaveChangesAsync(ct);

        return RedirectToPage("Open", new { id });
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken ct)
    {
        if (await db.BoardEnquiries().SingleOrDefaultAsync(e => e.Id == id, ct) is not { IsOpen: true } found) return false;
        Enquiry = found;
        Psychologists = await db.PsychologistsAsync(ct);
        Known = await KnownAsync(found.Email, found.Phone is { } phone ? Client.FromEnd(phone) : "", ct);
        return true;
    }

    private async Task<List<Client>> KnownAsync(string? email, string digits, CancellationToken ct)
    {
        // The end of a number is enough: it may have been written with or without the country.
        var end = digits.Length >= SameEnd ? digits[..SameEnd] : null;
        var mail = email?.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal);
        return await db.Clients.Where(c => (mail != null && c.Email != null && EF.Functions.ILike(c.Email, mail)) || (end != null && c.PhoneFromEnd != null && c.PhoneFromEnd.StartsWith(end)))
            .OrderBy(c => c.Name).Take(5).ToListAsync(ct);
    }

    public sealed class InputModel
    {
        /// <summary>The client who comes again, or <see cref="Nobody"/>.</summary>
        [StringLength(40)] public string? Who { get; set; }
        [Required(ErrorMessage = "Accept.Psychologist.Missing")] public Guid? PsychologistId { get; set; }
        [Required(ErrorMessage = "Name.Missing"), StringLength(120)] public string? Name { get; set; }
        [StringLength(254), EmailAddress] public string? Email { get; set; }
        public EngagementKind Kind { get; set; }
    }
}
