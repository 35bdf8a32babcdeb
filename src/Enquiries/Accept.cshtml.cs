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
    [BindProperty] public InputModel Input { get; set; } = new();

    public Enquiry Enquiry { get; private set; } = null!;
    public IReadOnlyList<(Guid Id, string Name)> Psychologists { get; private set; } = [];
    /// <summary>Nobody is chosen by accident: without a choice the list begins empty.</summary>
    public IEnumerable<SelectListItem> Choices => Psychologists.Select(p => new SelectListItem(p.Name, p.Id.ToString()))
        .Prepend(Input.PsychologistId is null ? new SelectListItem("", "") : null).OfType<SelectListItem>();
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
        if (!ModelState.IsValid) return Page();

        var now = clock.GetUtcNow().UtcDateTime;
        var client = new Client(Enquiry.PracticeId, Input.Name!, Enquiry.CalledName, Input.Email, Enquiry.Phone, Enquiry.Contact,
            Enquiry.Language, Enquiry.TimeZone, Enquiry.Country, Enquiry.KeyId, now);
        var engagement = new Engagement(Enquiry.PracticeId, Input.Kind, Input.PsychologistId!.Value, Enquiry.KeyId, now, Enquiry.Id);
        engagement.Join(client.Id);
        if (!Enquiry.Accept(client.Id, engagement.PsychologistId, db.Current.UserId, now)) return RedirectToPage("Open", new { id });
        db.Clients.Add(client);
        db.Engagements.Add(engagement);
        foreach (var flag in await db.SafetyFlags.Where(f => f.EnquiryId == id).ToListAsync(ct)) flag.GoTo(engagement.Id, client.Id);
        invite.Client(client);
        audit.Record("enquiry.accepted", "enquiry", id, client.Id);
        await db.SaveChangesAsync(ct);

        return RedirectToPage("Open", new { id });
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken ct)
    {
        if (await db.BoardEnquiries().SingleOrDefaultAsync(e => e.Id == id, ct) is not { IsOpen: true } found) return false;
        Enquiry = found;
        Psychologists = await db.PsychologistsAsync(ct);
        return true;
    }

    public sealed class InputModel
    {
        [Required(ErrorMessage = "Accept.Psychologist.Missing")] public Guid? PsychologistId { get; set; }
        [Required(ErrorMessage = "Name.Missing"), StringLength(120)] public string? Name { get; set; }
        [StringLength(254), EmailAddress] public string? Email { get; set; }
        public EngagementKind Kind { get; set; }
    }
}
