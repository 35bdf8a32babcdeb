using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Platform;

namespace PracticeApp.Enquiries;

/// <summary>What somebody said on the phone or at the door, written down in their words.</summary>
[Access(Role.Psychologist, Role.Operator)]
public sealed class NewModel(PracticeDb db, ReceiveEnquiry receive, FormPasses passes, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty] public InputModel Input { get; set; } = new();

    public static IEnumerable<SelectListItem> Spoken => Platform.Languages.All.Select(l => new SelectListItem(l.Name, l.Code));

    public void OnGet() => (Input.Pass, Input.Language) = (passes.Make(db.Current.PracticeId), Platform.Languages.Current);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        Input.Check(ModelState, nameof(Input), t);
        if (!Platform.Languages.IsSupported(Input.Language)) ModelState.AddModelError("Input.Language", t["New.Language.Missing"]);
        if (!Input.Told) ModelState.AddModelError("Input.Told", t["New.Told.Missing"]);
        if (passes.Read(db.Current.PracticeId, Input.Pass) is not { } pass)
        {
            ModelState.Remove("Input.Pass");
            Input.Pass = passes.Make(db.Current.PracticeId);
            ModelState.AddModelError("Input.Complaint", t["NotYet.Old"]);
            return Page();
        }

        if (!ModelState.IsValid) return Page();
        if (await receive.SentBeforeAsync(pass.Token, ct) is { } before)
            return RedirectToPage("Open", new { id = before });

        var practice = await db.Practices.SingleAsync(ct);
        var enquiry = await receive.RunAsync(practice, new FirstWords(Input.Door!.Value, Input.Complaint!, Input.CalledName!, Input.Email, Input.Phone,
            Input.Rules, Input.Language!, Input.AboutWhat, Input.HowOften, Input.Strength, Input.Cost, pass.Token, Input.Frequency, Input.Toll, Input.ForWhom ?? default), ct);
        await db.SaveChangesAsync(ct);
        return RedirectToPage("Open", new { id = enquiry.Id });
    }

    public sealed class InputModel : ComplaintInput
    {
        [Required, EnumDataType(typeof(EnquiryDoor))] public EnquiryDoor? Door { get; set; } = EnquiryDoor.Phone;
        public string? Language { get; set; }
        /// <summary>The person was told what happens with what they say.</summary>
        public bool Told { get; set; }
        public string? Pass { get; set; }
    }
}
