using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Booking;
using PracticeApp.Platform;
using PracticeApp.Privacy;
using PracticeApp.Shared;

namespace PracticeApp.Sessions;

/// <summary>The protocol of one session: its author writes, signs and amends it; whoever it is shared with reads it.</summary>
[Access(Role.Psychologist, Role.Supervisor)]
public sealed class ProtocolModel(PracticeDb db, Vault vault, Audit audit, ProtocolReading reading, Words words, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid Appointment { get; set; }
    [BindProperty] public InputModel Input { get; set; } = new();
    [TempData] public string? Done { get; set; }

    public ProtocolSheet Sheet { get; private set; } = null!;
    /// <summary>Null for whoever only reads.</summary>
    public ProtocolWriting? Writing { get; private set; }
    /// <summary>What another tab saved meanwhile, shown beside what was typed here.</summary>
    public Typed? Newer { get; private set; }
    public DateTime Now { get; } = clock.GetUtcNow().UtcDateTime;

    public sealed class InputModel
    {
        public Dictionary<string, string?> Sections { get; set; } = [];
        public string? Note { get; set; }
        public int? Progress { get; set; }
        public uint Version { get; set; }
        public string? Addendum { get; set; }
        public Guid FormToken { get; set; }
    }

    public async Task<IActionResult> OnGetAsync(Guid? beside, CancellationToken ct)
    {
        if (!await FindAsync(beside, toWrite: false, ct)) return NotFound();
        if (Writing is { } own) Show(own.Stored);
        if (Input.Note is { Length: > 0 }) audit.Record("process-note.read", "process-note", Appointment);
        return Page();
    }

    public async Task<IActionResult> OnPostSaveAsync(CancellationToken ct)
    {
        var json = Request.Headers.Accept.ToString().Contains("application/json", StringComparison.Ordinal);
        if (await OpenAsync(ct) is not { } own) return NotFound();
        if (!Fits()) return json ? StatusCode(StatusCodes.Status413PayloadTooLarge) : await AgainAsync(ct);
        var outcome = await own.SaveAsync(Typed, ct);
        if (json) return Answer(outcome, own);
        return outcome switch
        {
            SaveOutcome.NewerExists => await CompareAsync(own, ct),
            SaveOutcome.Signed => await AgainAsync(ct, "Refused.Signed"),
            _ => Back("Done.Saved"),
        };
    }

    public async Task<IActionResult> OnPostSignAsync(CancellationToken ct)
    {
        if (await OpenAsync(ct) is not { } own) return NotFound();
        if (!Fits()) return await AgainAsync(ct);
        switch (await own.SaveAsync(Typed, ct))
        {
            case SaveOutcome.NewerExists: return await CompareAsync(own, ct);
            case SaveOutcome.Signed: return await AgainAsync(ct, "Refused.Signed");
        }
        return await own.SignAsync(ct) == SignOutcome.NothingWritten ? await AgainAsync(ct, "Refused.NothingWritten") : Back("Done.Signed");
    }

    public async Task<IActionResult> OnPostAmendAsync(CancellationToken ct)
    {
        if (await OpenAsync(ct) is not { } own) return NotFound();
        if (string.IsNullOrWhiteSpace(Input.Addendum)) ModelState.AddModelError("Input.Addendum", t["Addendum.Empty"]);
        else if (Input.Addendum.Length > Sessions.Addendum.LongestText) ModelState.AddModelError("Input.Addendum", t["TooLong", Sessions.Addendum.LongestText]);
        if (!ModelState.IsValid) return await AgainAsync(ct);
        return await own.AmendAsync(Input.Addendum!.Trim(), Input.FormToken == default ? Ids.New() : Input.FormToken, ct) ? Back("Done.Amended") : NotFound();
    }

    public async Task<IActionResult> OnPostNoteAsync(CancellationToken ct)
    {
        if (await OpenAsync(ct) is not { } own) return NotFound();
        if (!Fits()) return await AgainAsync(ct);
        await own.NoteAsync(Input.Note ?? "", ct);
        return Back("Done.Saved");
    }

    public async Task<IActionResult> OnPostHourAsync(bool begins, CancellationToken ct)
    {
        if (await OpenAsync(ct) is not { } own) return NotFound();
        if (begins) own.Appointment.Begin(Now);
        else own.Appointment.Finish(Now);
        await db.SaveChangesAsync(ct);
        return Back(null);
    }

    private Typed Typed => new(Sections.Of(Input.Sections), Input.Note ?? "", Input.Progress is >= -2 and <= 2 ? Input.Progress : null, Input.Version);

    private async Task<ProtocolWriting?> OpenAsync(CancellationToken ct) =>
        Writing = await ProtocolWriting.OpenAsync(db, vault, audit, Appointment, Now, toWrite: true, ct);

    private async Task<bool> FindAsync(Guid? beside, bool toWrite, CancellationToken ct)
    {
        Writing ??= await ProtocolWriting.OpenAsync(db, vault, audit, Appointment, Now, toWrite, ct);
        var protocol = Writing is null ? await db.ReadableProtocols(Now).AsNoTracking().SingleOrDefaultAsync(p => p.AppointmentId == Appointment, ct) : Writing.Protocol;
        var appointment = Writing?.Appointment;
        if (appointment is null && protocol is not null)
            appointment = await db.Appointments.AsNoTracking().Include(a => a.Participants).SingleAsync(a => a.Id == Appointment, ct);
        if (appointment is null) return false;
        if (await reading.SheetAsync(appointment, protocol, beside, words.Zone, ct) is not { } sheet) return false;
        Sheet = sheet;
        return true;
    }

    private bool Fits()
    {
        foreach (var (heading, text) in Input.Sections.Where(x => x.Value?.Length > Sections.LongestText))
            ModelState.AddModelError($"Input.Sections[{heading}]", t["TooLong", Sections.LongestText]);
        if (Input.Note?.Length > Sections.LongestText) ModelState.AddModelError("Input.Note", t["TooLong", Sections.LongestText]);
        return ModelState.ErrorCount == 0;
    }

    private ObjectResult Answer(SaveOutcome outcome, ProtocolWriting own) => outcome switch
    {
        SaveOutcome.Saved => new(new { version = own.Version, savedAt = Now }),
        SaveOutcome.Signed => new(new { signed = true }) { StatusCode = StatusCodes.Status410Gone },
        _ => new(new { version = own.Version, texts = Named(own.Stored) }) { StatusCode = StatusCodes.Status409Conflict },
    };

    private Dictionary<string, string> Named(Typed texts)
    {
        var named = Writing!.Format.Headings.ToDictionary(h => $"Input.Sections[{h}]", h => texts.Sections[h]);
        named["Input.Note"] = texts.Note;
        named["Input.Progress"] = texts.Progress?.ToString(CultureInfo.InvariantCulture) ?? "";
        return named;
    }

    /// <summary>The page again with everything typed, and why it was not taken.</summary>
    private async Task<IActionResult> AgainAsync(CancellationToken ct, string? why = null)
    {
        if (!await FindAsync(null, toWrite: true, ct)) return NotFound();
        if (why is not null) ModelState.AddModelError("", t[why]);
        if (Writing is { Protocol.IsSigned: true } own) KeepForAddendum(own.Stored);
        return Page();
    }

    /// <summary>Two tabs: the newer text beside the one typed here. Saved once more, knowingly, this one stands.</summary>
    private async Task<IActionResult> CompareAsync(ProtocolWriting own, CancellationToken ct)
    {
        (Newer, Input.Version) = (own.Stored, own.Version);
        return await AgainAsync(ct);
    }

    /// <summary>What was typed over a protocol that is signed by now waits in the addendum's field.</summary>
    private void KeepForAddendum(Typed stored)
    {
        var unsaved = Input.Sections.Where(s => !string.IsNullOrWhiteSpace(s.Value) && s.Value != stored.Sections[s.Key]).Select(s => s.Value);
        Input.Addendum ??= string.Join("\n\n", unsaved);
        Input.Note ??= stored.Note;
        if (Input.FormToken == default) Input.FormToken = Ids.New();
    }

    private void Show(Typed stored)
    {
        Input.Sections = Writing!.Format.Headings.ToDictionary(h => h, h => (string?)stored.Sections[h]);
        (Input.Note, Input.Progress, Input.Version, Input.FormToken) = (stored.Note, stored.Progress, stored.Version, Ids.New());
    }

    private RedirectToPageResult Back(string? done)
    {
        Done = done;
        return RedirectToPage(new { Appointment });
    }
}
