using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Privacy;
using PracticeApp.Reminders;

namespace PracticeApp.Enquiries;

/// <summary>Recommending somebody outside, or declining: nobody leaves without a letter that says where help is.</summary>
[Access(Role.Psychologist, Role.Operator)]
public sealed class ReferModel(PracticeDb db, Vault vault, Audit audit, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty] public InputModel Input { get; set; } = new();

    public Enquiry Enquiry { get; private set; } = null!;
    public IReadOnlyList<ReferralContact> Directory { get; private set; } = [];
    public IEnumerable<SelectListItem> Choices => Directory.Select(c => new SelectListItem($"{c.Name}, {c.Field}", c.Id.ToString())).Prepend(new("", ""));

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();
        var practice = await db.Practices.AsNoTracking().SingleAsync(ct);
        // The letter begins in the language of the person it goes to.
        Input.Letter = Languages.In(Enquiry.Language, () => t["Letter.Template", Enquiry.CalledName, practice.SenderName].Value);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();
        var contact = Directory.FirstOrDefault(c => c.Id == Input.ContactId);
        if (Input.ContactId is not null && contact is null) ModelState.AddModelError("Input.ContactId", t["Refer.Contact.Unknown"]);
        if (Input.Answer == Answer.Refer && Input.ContactId is null) ModelState.AddModelError("Input.ContactId", t["Refer.Contact.Missing"]);
        if (!ModelState.IsValid) return Page();

        var now = clock.GetUtcNow().UtcDateTime;
        var by = db.Current.UserId;
        if (!(Input.Answer == Answer.Refer ? Enquiry.Refer(by, now) : Enquiry.Decline(by, now))) return RedirectToPage("Open", new { id });
        var text = contact is null ? Input.Letter! : $"{Input.Letter!.TrimEnd()}\n\n{contact.Name}, {contact.Field}\n{contact.Contact}";
        var letter = new EnquiryLetter(Enquiry, await vault.KeyAsync(Enquiry.KeyId, ct), text, contact?.Id, by, now);
        db.EnquiryLetters.Add(letter);
        SendLink(letter, now);
        audit.Record(Input.Answer == Answer.Refer ? "enquiry.referred" : "enquiry.declined", "enquiry", id);
        await db.SaveChangesAsync(ct);

        return RedirectToPage("Open", new { id });
    }

    private void SendLink(EnquiryLetter letter, DateTime now)
    {
        if (!Enquiry.Contact.Mail || Enquiry.Email is not { } email) return;
        var notice = new Notice(Enquiry.PracticeId, "enquiries.letter", Channel.Mail, email, Enquiry.Language, now, now).With("enquiry", Enquiry.Id.ToString());
        if (Enquiry.Contact.SenderName is { } sender) notice.With("sender", sender);
        NoticeLinks.Put(notice, "/letter", EnquiryLetter.Purpose, letter.Id, now + EnquiryLetter.Readable);
        db.Notices.Add(notice);
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken ct)
    {
        if (await db.BoardEnquiries().SingleOrDefaultAsync(e => e.Id == id, ct) is not { IsOpen: true } found) return false;
        Enquiry = found;
        Directory = await db.ReferralContacts.AsNoTracking().Where(c => c.RetiredAt == null).OrderBy(c => c.Name).ToListAsync(ct);
        return true;
    }

    public enum Answer { Refer, Decline }

    public sealed class InputModel
    {
        [Required] public Answer? Answer { get; set; } = ReferModel.Answer.Refer;
        public Guid? ContactId { get; set; }
        [Required(ErrorMessage = "Letter.Missing"), StringLength(5000)] public string? Letter { get; set; }
    }
}
