using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Privacy;

namespace PracticeApp.Enquiries;

/// <summary>To whom the practice refers, with themes, contact and notes.</summary>
[Access(Role.Psychologist, Role.Operator, Role.Admin)]
public sealed class DirectoryModel(PracticeDb db, Audit audit) : PageModel
{
    [BindProperty] public InputModel Input { get; set; } = new();

    /// <summary>The entry being changed; null while a new one is written.</summary>
    [FromRoute] public Guid? Id { get; set; }

    public IReadOnlyList<ReferralContact> Entries { get; private set; } = [];
    public IReadOnlyList<Theme> Themes { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        if (Id is not { } id) return Page();
        if (Entries.FirstOrDefault(e => e.Id == id) is not { } entry) return NotFound();
        Input = new() { Name = entry.Name, Field = entry.Field, Contact = entry.Contact, Notes = entry.Notes, Themes = [.. entry.ThemeIds] };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        if (Id is { } wanted && Entries.All(e => e.Id != wanted)) return NotFound();
        if (!ModelState.IsValid) return Page();
        var themes = Input.Themes.Where(id => Themes.Any(theme => theme.Id == id));
        if (Id is { } id)
        {
            var entry = await db.ReferralContacts.SingleAsync(e => e.Id == id, ct);
            entry.Describe(Input.Name!, Input.Field!, Input.Contact!, Input.Notes ?? "", themes);
        }
        else
        {
            db.ReferralContacts.Add(new ReferralContact(db.Current.PracticeId, Input.Name!, Input.Field!, Input.Contact!, Input.Notes ?? "", themes));
        }

        audit.Record("directory.changed", "referral-contact", Id);
        await db.SaveChangesAsync(ct);
        return RedirectToPage(new { id = (Guid?)null });
    }

    public async Task<IActionResult> OnPostRetireAsync(CancellationToken ct)
    {
        if (await db.ReferralContacts.SingleOrDefaultAsync(e => e.Id == Id, ct) is not { } entry) return NotFound();
        entry.Retire();
        audit.Record("directory.retired", "referral-contact", Id);
        await db.SaveChangesAsync(ct);
        return RedirectToPage(new { id = (Guid?)null });
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        Entries = await db.ReferralContacts.AsNoTracking().Where(c => c.Active).OrderBy(c => c.Name).ToListAsync(ct);
        Themes = await db.Themes.AsNoTracking().Where(x => x.RetiredAt == null).OrderBy(x => x.Position).ToListAsync(ct);
    }

    public sealed class InputModel
    {
        [Required(ErrorMessage = "Directory.Name.Missing"), StringLength(120)] public string? Name { get; set; }
        [Required(ErrorMessage = "Directory.Field.Missing"), StringLength(120)] public string? Field { get; set; }
        [Required(ErrorMessage = "Directory.Contact.Missing"), StringLength(500)] public string? Contact { get; set; }
        [StringLength(1000)] public string? Notes { get; set; }
        public List<Guid> Themes { get; set; } = [];
    }
}
