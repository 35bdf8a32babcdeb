using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Engagements;
using PracticeApp.Platform;

namespace PracticeApp.Agreements;

/// <summary>The client reads, initials each promise and signs; for themselves alone.</summary>
[Access(Role.Client)]
public sealed class SignModel(PracticeDb db, ReadAgreement read, ReadTalk talk, SignAgreement sign, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    private const int WordsPerMinute = 180;

    [BindProperty] public SignForm Input { get; set; } = new();

    public Agreement Agreement { get; private set; } = null!;
    public AgreementDocument Document { get; private set; } = null!;
    /// <summary>The text on the reader's page is not what waits for a signature.</summary>
    public bool IsOtherText { get; private set; }
    public ClauseTalk Talk { get; private set; } = null!;
    public IReadOnlyList<PartyState> Parties { get; private set; } = [];
    /// <summary>The reader sets a signature; else a minor who may say yes.</summary>
    public bool Signs => Party.Signs;
    /// <summary>For whom a guardian signs.</summary>
    public string? For => Party.Role == SignerRole.Guardian ? string.Join(", ", Document.Clients) : null;
    private AgreementParty Party { get; set; } = null!;
    private Guid ClientId => Party.ClientId;

    public int Minutes => 1 + Document.Text.Clauses.Sum(c => c.Text.Split(' ').Length) / WordsPerMinute;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct)) return NotFound();
        if (!IsOpen) return LocalRedirect(AgreementAccess.Address(id));
        await ShowAsync(ct);
        return Page();
    }

    /// <summary>Sent by the page once it is really looked at; a link that is merely fetched records nothing.</summary>
    public async Task<IActionResult> OnPostViewedAsync(Guid id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct)) return NotFound();
        await sign.ViewAsync(Agreement, ClientId, ct);
        await db.SaveChangesAsync(ct);
        return new NoContentResult();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct)) return NotFound();
        if (!IsOpen || !Signs) return LocalRedirect(AgreementAccess.Address(id));
        var signature = Input.Read(Document.Text.InitialledByClient, "Sign.Consent", ModelState, t);
        var outcome = signature is null ? ActOutcome.OtherText : await sign.ByClientAsync(Agreement, ClientId, signature, ct);
        if (outcome == ActOutcome.OtherText)
        {
            IsOtherText = ModelState.IsValid;
            await ShowAsync(ct);
            return Page();
        }

        await db.SaveChangesAsync(ct);
        return LocalRedirect(AgreementAccess.Address(id));
    }

    public async Task<IActionResult> OnPostAssentAsync(Guid id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct) || Signs) return NotFound();
        if (!IsOpen) return LocalRedirect(AgreementAccess.Address(id));
        ModelState.Clear();
        var sentence = Languages.In(Input.ConsentIn ?? Languages.Current, () => t["Assent.Sentence"].Value);
        if (Input.Hash() is not { } shown || await sign.AssentAsync(Agreement, ClientId, shown, sentence, ct) == ActOutcome.OtherText)
        {
            IsOtherText = true;
            await ShowAsync(ct);
            return Page();
        }

        await db.SaveChangesAsync(ct);
        return LocalRedirect(AgreementAccess.Address(id));
    }

    private bool IsOpen => Agreement.IsOpenFor(Party, clock.GetUtcNow().UtcDateTime);

    private async Task<bool> FindAsync(Guid id, CancellationToken ct)
    {
        var agreement = await db.AgreementsAsParty().Include(a => a.Parties).SingleOrDefaultAsync(a => a.Id == id, ct);
        if (agreement is null) return false;
        var me = await db.OwnClient().Select(c => c.Id).ToListAsync(ct);
        if (agreement.Parties.FirstOrDefault(p => me.Contains(p.ClientId)) is not { } party) return false;
        (Agreement, Party, Document) = (agreement, party, await read.WordsAsync(agreement, ct));
        return true;
    }

    private async Task ShowAsync(CancellationToken ct)
    {
        Talk = await talk.RunAsync(Agreement, Document, asPsychologist: false, ct);
        Parties = await db.StatesAsync(Agreement, ct);
        Input.Document = CanonicalText.Hex(Agreement.DocumentHash!);
        Input.ConsentIn = Languages.Current;
        ModelState.Remove("Input.Document");
        ModelState.Remove("Input.ConsentIn");
    }
}
