using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Platform;

namespace PracticeApp.Agreements;

/// <summary>Records that everybody has signed on paper: when, who, and the scan; from then on the agreement is in force.</summary>
[Access(Role.Psychologist)]
public sealed class PaperModel(
    PracticeDb db, ReadAgreement read, DraftAgreement draft, SendAgreement send, SignAgreement sign, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty] public InputModel Input { get; set; } = new();

    public sealed class InputModel
    {
        /// <summary>Hash of the text that the page led from; of a draft, of its preview.</summary>
        public string? Document { get; set; }
        [Required] public DateOnly? SignedOn { get; set; }
        [Required, StringLength(300)] public string? Clients { get; set; }
        [Required, StringLength(120)] public string? Psychologist { get; set; }
        public IFormFile? File { get; set; }
        public bool Same { get; set; }
    }

    public Agreement Agreement { get; private set; } = null!;
    public AgreementDocument Document { get; private set; } = null!;
    public bool IsOtherText { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct)) return NotFound();
        if (!IsOpen) return LocalRedirect(AgreementAccess.Address(id));
        (Input.Clients, Input.Psychologist) = (string.Join(", ", Document.Guardians.Length > 0 ? Document.Guardians : Document.Clients), Document.Psychologist);
        await ShowAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct)) return NotFound();
        if (!IsOpen) return LocalRedirect(AgreementAccess.Address(id));
        var file = await FileAsync(ct);
        if (Input.SignedOn is { } on && (on.Year < 2000 || on > DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime.AddDays(1)))) ModelState.AddModelError("Input.SignedOn", t["Paper.On.Unclear"]);
        if (!Input.Same) ModelState.AddModelError("Input.Same", t["Paper.Same.Missing"]);
        if (!ModelState.IsValid || file is null)
        {
            await ShowAsync(ct);
            return Page();
        }

        if (!await IsShownAsync(ct))
        {
            IsOtherText = true;
            await ShowAsync(ct);
            return Page();
        }

        var consent = Languages.In(Agreement.Language, () => t["Paper.Consent"].Value);
        if (Agreement.State == AgreementState.Draft)
        {
            // On paper whoever signs stood before the psychologist; who may, was settled there.
            await send.RunAsync(Agreement, Input.Document, ct, consent, tell: false);
            await db.SaveChangesAsync(ct);
        }

        var names = Input.Clients!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Append(Input.Psychologist!.Trim());
        await sign.OnPaperAsync(Agreement, new Paper([.. names], Input.SignedOn!.Value, SHA256.HashData(file)), file, consent, ct);
        await db.SaveChangesAsync(ct);
        return LocalRedirect(AgreementAccess.Address(id));
    }

    private bool IsOpen => Agreement.State is AgreementState.Draft or AgreementState.Sent or AgreementState.Viewed or AgreementState.SignedByClient;

    private async Task<byte[]?> FileAsync(CancellationToken ct)
    {
        var problem = Input.File switch
        {
            null or { Length: 0 } => "Paper.File.Missing",
            { Length: > PaperScan.LargestFile } => "Paper.File.TooLarge",
            _ => null,
        };
        byte[]? bytes = null;
        if (problem is null)
        {
            using var memory = new MemoryStream();
            await Input.File!.CopyToAsync(memory, ct);
            bytes = memory.ToArray();
            if (PaperScan.MediaTypeOf(bytes) is null) problem = "Paper.File.Kind";
        }

        if (problem is not null) ModelState.AddModelError("Input.File", t[problem]);
        return problem is null ? bytes : null;
    }

    private async Task<string> HashAsync(CancellationToken ct) =>
        Agreement.State == AgreementState.Draft ? await send.PreviewHashAsync(Agreement, ct) : CanonicalText.Hex(Agreement.DocumentHash!);

    private async Task<bool> IsShownAsync(CancellationToken ct) => string.Equals(Input.Document, await HashAsync(ct), StringComparison.Ordinal);

    private async Task<bool> FindAsync(Guid id, CancellationToken ct)
    {
        var agreement = await db.OwnAgreements().Include(a => a.Parties).SingleOrDefaultAsync(a => a.Id == id, ct);
        if (agreement is null || agreement.PsychologistId != db.Current.UserId) return false;
        Agreement = agreement;
        Document = agreement.State == AgreementState.Draft ? await draft.ComposeAsync(agreement, agreement.CreatedAt, ct) : await read.WordsAsync(agreement, ct);
        return true;
    }

    private async Task ShowAsync(CancellationToken ct)
    {
        Input.Document = await HashAsync(ct);
        ModelState.Remove("Input.Document");
    }
}
