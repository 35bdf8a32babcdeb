using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Privacy;
using PracticeApp.Requests;

namespace PracticeApp.Enquiries;

/// <summary>One enquiry: the words where one may read them, how to answer safely, what was done, and what can be done.</summary>
[Access(Role.Psychologist, Role.Operator, Role.Admin)]
public sealed class OpenModel(PracticeDb db, Vault vault, Audit audit, TimeProvider clock) : PageModel
{
    public Enquiry Enquiry { get; private set; } = null!;
    public SafetyFlag? Flag { get; private set; }
    public Complaint? Complaint { get; private set; }
    public string? Text { get; private set; }
    public string? HowOften { get; private set; }
    public string? Cost { get; private set; }
    public string? Letter { get; private set; }
    public IReadOnlyDictionary<Guid, string> Names { get; private set; } = new Dictionary<Guid, string>();
    public IReadOnlyList<(Guid Id, string Name)> Psychologists { get; private set; } = [];
    public ConsentAge ConsentAge { get; private set; } = null!;
    public bool MayAnswer => db.Current.MayAnswer();
    public bool MayCloseFlag => db.Current.Is(Role.Psychologist);

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();
        var practice = await db.Practices.AsNoTracking().SingleAsync(ct);
        ConsentAge = ConsentAge.In(practice.Country);
        Names = await db.StaffNamesAsync(ct);
        Psychologists = await db.PsychologistsAsync(ct);
        Complaint = await db.EnquiryComplaints(practice, id).AsNoTracking().FirstOrDefaultAsync(ct);
        if (Complaint is not null)
        {
            var key = await vault.KeyAsync(Complaint.KeyId, ct);
            Text = Complaint.Read(key);
            HowOften = Complaint.HowOften is { } often ? key.Open(often, Complaint.PlaceOf("how_often")) : null;
            Cost = Complaint.Cost is { } cost ? key.Open(cost, Complaint.PlaceOf("cost")) : null;
            audit.Record("complaint.read", "enquiry", id, Enquiry.ClientId);
        }

        if (MayAnswer && await db.EnquiryLetters.AsNoTracking().FirstOrDefaultAsync(l => l.EnquiryId == id, ct) is { } letter)
        {
            Letter = letter.Read(await vault.KeyAsync(Enquiry.KeyId, ct));
            audit.Record("letter.read", "enquiry", id);
        }

        return Page();
    }

    public Task<IActionResult> OnPostTakeAsync(Guid id, CancellationToken ct) =>
        ActAsync(id, "enquiry.taken", now => Enquiry.Take(db.Current.UserId, now), ct);

    public Task<IActionResult> OnPostAnsweredAsync(Guid id, CancellationToken ct) =>
        ActAsync(id, "enquiry.answered", now => Enquiry.Answer(db.Current.UserId, now), ct);

    public Task<IActionResult> OnPostWithdrawnAsync(Guid id, CancellationToken ct) =>
        ActAsync(id, "enquiry.withdrawn", now => Enquiry.Withdraw(db.Current.UserId, now), ct);

    public async Task<IActionResult> OnPostHandAsync(Guid id, Guid colleague, CancellationToken ct)
    {
        if (!(await db.PsychologistsAsync(ct)).Exists(p => p.Id == colleague)) return NotFound();
        return await ActAsync(id, "enquiry.handed", now => Enquiry.HandTo(colleague, db.Current.UserId, now), ct);
    }

    public Task<IActionResult> OnPostAcknowledgeAsync(Guid id, CancellationToken ct) => ActAsync(id, "flag.acknowledged", now =>
    {
        if (Flag is null) return false;
        Flag.Acknowledge(db.Current.UserId, now);
        Enquiry.Note(EnquiryActKind.FlagAcknowledged, now, db.Current.UserId);
        return true;
    }, ct);

    public async Task<IActionResult> OnPostCloseFlagAsync(Guid id, string outcome, CancellationToken ct)
    {
        if (!MayCloseFlag || !SafetyFlag.Outcomes.Contains(outcome)) return NotFound();
        return await ActAsync(id, "flag.closed", now =>
        {
            if (Flag is null) return false;
            Flag.Close(db.Current.UserId, now, outcome);
            Enquiry.Note(EnquiryActKind.FlagClosed, now, db.Current.UserId);
            return true;
        }, ct);
    }

    private async Task<IActionResult> ActAsync(Guid id, string act, Func<DateTime, bool> does, CancellationToken ct)
    {
        if (!MayAnswer || !await LoadAsync(id, ct)) return NotFound();
        // Somebody else was faster: the page then shows what they did.
        if (does(clock.GetUtcNow().UtcDateTime))
        {
            audit.Record(act, "enquiry", id, Enquiry.ClientId);
            await db.SaveChangesAsync(ct);
        }

        return RedirectToPage(new { id });
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken ct)
    {
        if (await db.BoardEnquiries().Include(e => e.Acts.OrderBy(a => a.At)).SingleOrDefaultAsync(e => e.Id == id, ct) is not { } found) return false;
        Enquiry = found;
        Flag = await db.SafetyFlags.OrderBy(f => f.ClosedAt != null).FirstOrDefaultAsync(f => f.EnquiryId == id, ct);
        return true;
    }
}
