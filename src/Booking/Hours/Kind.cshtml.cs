using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Booking;

/// <summary>One kind of session: names, length, price, places, who may book it and what it needs.</summary>
[Access(Role.Admin)]
public sealed class KindModel(PracticeDb db, Audit audit, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty] public InputModel Input { get; set; } = new();
    [TempData] public string? Done { get; set; }

    public sealed class InputModel
    {
        [Required, StringLength(60)] public string? En { get; set; }
        [Required, StringLength(60)] public string? Ru { get; set; }
        [Required, StringLength(60)] public string? Bs { get; set; }
        [Required, StringLength(60)] public string? Fi { get; set; }
        [Required, EnumDataType(typeof(SessionForm))] public SessionForm? Form { get; set; } = SessionForm.Individual;
        [Required, Range(5, 480)] public int? Minutes { get; set; } = 50;
        [Required, Range(0, 120)] public int? BufferMinutes { get; set; } = 10;
        [Required, Range(0d, 100_000d)] public decimal? Price { get; set; }
        public bool InPerson { get; set; } = true;
        public bool Online { get; set; } = true;
        [Required, EnumDataType(typeof(WhoMayBook))] public WhoMayBook? Who { get; set; } = WhoMayBook.OwnClients;
        public bool NeedsAgreement { get; set; } = true;
        public bool NeedsPrepayment { get; set; }
    }

    public SessionKind? Kind { get; private set; }
    public string Currency { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(Guid? id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();
        if (Kind is { } k)
            Input = new InputModel
            {
                En = k.Name.En, Ru = k.Name.Ru, Bs = k.Name.Bs, Fi = k.Name.Fi, Form = k.Form, Minutes = k.Minutes, BufferMinutes = k.BufferMinutes, Price = k.Price,
                InPerson = k.InPerson, Online = k.Online, Who = k.WhoMayBook, NeedsAgreement = k.NeedsAgreement, NeedsPrepayment = k.NeedsPrepayment,
            };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid? id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();
        if (!Input.InPerson && !Input.Online) ModelState.AddModelError("Input.Online", t["Kinds.NeedsPlace"]);
        if (!ModelState.IsValid) return Page();
        var name = new LocalizedName { En = Input.En!.Trim(), Ru = Input.Ru!.Trim(), Bs = Input.Bs!.Trim(), Fi = Input.Fi!.Trim() };
        if (Kind is null)
        {
            var position = await db.SessionKinds.CountAsync(ct);
            db.Add(Kind = new SessionKind(db.Current.PracticeId, name, Input.Minutes!.Value, Input.BufferMinutes!.Value, Input.Price!.Value, Currency, Input.Who!.Value, Input.NeedsAgreement, position, Input.Form!.Value));
        }
        Kind.Change(name, Input.Form!.Value, Input.Minutes!.Value, Input.BufferMinutes!.Value, decimal.Round(Input.Price!.Value, 2), Input.InPerson, Input.Online, Input.Who!.Value, Input.NeedsAgreement, Input.NeedsPrepayment);
        audit.Record("session-kind.changed", "session-kind", Kind.Id);
        await db.SaveChangesAsync(ct);
        return Again("Kinds.Saved");
    }

    /// <summary>What is booked stays booked; nobody books it anew.</summary>
    public async Task<IActionResult> OnPostRetireAsync(Guid id, bool back, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();
        if (back) Kind!.Restore();
        else Kind!.Retire();
        audit.Record(back ? "session-kind.restored" : "session-kind.retired", "session-kind", id);
        await db.SaveChangesAsync(ct);
        return Again("Kinds.Saved");
    }

    private async Task<bool> LoadAsync(Guid? id, CancellationToken ct)
    {
        Kind = id is null ? null : await db.SessionKinds.SingleOrDefaultAsync(k => k.Id == id, ct);
        Currency = Kind?.Currency ?? await db.Practices.Select(p => p.Currency).SingleAsync(ct);
        return id is null || Kind is not null;
    }

    private RedirectResult Again(string done)
    {
        Done = done;
        return Redirect("/settings/kinds");
    }
}
