using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Booking;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Enquiries;

/// <summary>The practice's own questions before a first talk: text, why it is asked, how it is answered.</summary>
[Access(Role.Admin)]
public sealed class QuestionsModel(PracticeDb db, Audit audit, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    private const int FewestChoices = 2, MostChoices = 12;

    [FromRoute] public Guid? Id { get; set; }
    [BindProperty] public InputModel Input { get; set; } = new();
    [TempData] public string? Done { get; set; }

    public IReadOnlyList<TalkQuestion> Questions { get; private set; } = [];
    public TalkQuestion? Chosen => Questions.FirstOrDefault(q => q.Id == Id);
    public bool IsFull => Chosen is null && Questions.Count(q => q.RetiredAt is null) >= TalkQuestion.Most;
    /// <summary>The practice's own language first; one of them is enough.</summary>
    public IReadOnlyList<string> Spoken { get; private set; } = [];

    /// <summary>The practice's own language, and every other in which something stands or is missing.</summary>
    public bool Opens(string code) => code == Spoken[0] || Input.Text.In(code).Length + Input.Why.In(code).Length + Input.Choices.In(code).Length > 0
        || ModelState.Any(m => m.Key.EndsWith($"{char.ToUpperInvariant(code[0])}{code[1..]}", StringComparison.Ordinal) && m.Value!.Errors.Count > 0);

    public sealed class InputModel
    {
        [Required, EnumDataType(typeof(AnswerForm), ErrorMessage = "Questions.Form.Missing")] public AnswerForm? Form { get; set; } = AnswerForm.Long;
        [StringLength(200)] public string? TextEn { get; set; }
        [StringLength(200)] public string? TextRu { get; set; }
        [StringLength(200)] public string? TextBs { get; set; }
        [StringLength(200)] public string? TextFi { get; set; }
        [StringLength(300)] public string? WhyEn { get; set; }
        [StringLength(300)] public string? WhyRu { get; set; }
        [StringLength(300)] public string? WhyBs { get; set; }
        [StringLength(300)] public string? WhyFi { get; set; }
        [StringLength(1000)] public string? ChoicesEn { get; set; }
        [StringLength(1000)] public string? ChoicesRu { get; set; }
        [StringLength(1000)] public string? ChoicesBs { get; set; }
        [StringLength(1000)] public string? ChoicesFi { get; set; }
        public bool Required { get; set; }

        public LocalizedName Text => Of(TextEn, TextRu, TextBs, TextFi);
        public LocalizedName Why => Of(WhyEn, WhyRu, WhyBs, WhyFi);
        public LocalizedName Choices => Form == AnswerForm.Choice ? Of(ChoicesEn, ChoicesRu, ChoicesBs, ChoicesFi) : new();

        private static LocalizedName Of(string? en, string? ru, string? bs, string? fi) => new() { En = en?.Trim() ?? "", Ru = ru?.Trim() ?? "", Bs = bs?.Trim() ?? "", Fi = fi?.Trim() ?? "" };
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        if (Chosen is { } q)
            Input = new()
            {
                Form = q.Form, Required = q.Required, TextEn = q.Text.En, TextRu = q.Text.Ru, TextBs = q.Text.Bs, TextFi = q.Text.Fi, WhyEn = q.Why.En, WhyRu = q.Why.Ru, WhyBs = q.Why.Bs, WhyFi = q.Why.Fi,
                ChoicesEn = q.Choices.En, ChoicesRu = q.Choices.Ru, ChoicesBs = q.Choices.Bs, ChoicesFi = q.Choices.Fi,
            };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct) || IsFull) return NotFound();
        var own = $"Input.Text{char.ToUpperInvariant(Spoken[0][0])}{Spoken[0][1..]}";
        if (TalkQuestion.Said(Input.Text, Spoken[0]).Length == 0) ModelState.AddModelError(own, t["Questions.Text.Missing"]);
        foreach (var code in Spoken)
        {
            var lines = Input.Choices.In(code).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            // Every language in which it is asked needs its choices.
            if (Input.Form == AnswerForm.Choice && (Input.Text.In(code).Length > 0 || lines.Length > 0) && lines.Length is < FewestChoices or > MostChoices)
                ModelState.AddModelError($"Input.Choices{char.ToUpperInvariant(code[0])}{code[1..]}", t["Questions.Choices.Count", FewestChoices, MostChoices]);
        }
        if (!ModelState.IsValid) return Page();
        var question = Chosen;
        if (question is null) db.TalkQuestions.Add(question = new TalkQuestion(db.Current.PracticeId, Questions.Count == 0 ? 0 : Questions.Max(q => q.Position) + 1));
        question.Ask(Input.Text, Input.Why, Input.Choices, Input.Form!.Value, Input.Required);
        audit.Record(Id is null ? "talk-question.added" : "talk-question.changed", "talk-question", question.Id);
        return await SaveAsync(ct);
    }

    public async Task<IActionResult> OnPostUpAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct) || Chosen is not { RetiredAt: null } question) return NotFound();
        if (Questions.LastOrDefault(q => q.RetiredAt is null && q.Position < question.Position) is { } before)
        {
            var (a, b) = (before.Position, question.Position);
            before.MoveTo(b);
            question.MoveTo(a);
        }
        return await SaveAsync(ct);
    }

    public async Task<IActionResult> OnPostRetireAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct) || Chosen is not { } question) return NotFound();
        var back = question.RetiredAt is not null;
        if (back && Questions.Count(q => q.RetiredAt is null) >= TalkQuestion.Most) return NotFound();
        if (back) question.Restore();
        else question.Retire(clock.GetUtcNow().UtcDateTime);
        audit.Record(back ? "talk-question.restored" : "talk-question.retired", "talk-question", question.Id);
        return await SaveAsync(ct);
    }

    private async Task<IActionResult> SaveAsync(CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        Done = "Questions.Saved";
        return Redirect("/settings/questions");
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        var first = await db.Practices.Select(p => p.Language).SingleAsync(ct);
        Spoken = [first, .. Languages.All.Select(l => l.Code).Where(c => c != first)];
        Questions = await db.TalkQuestions.OrderBy(q => q.RetiredAt != null).ThenBy(q => q.Position).ToListAsync(ct);
        return Id is null || Chosen is not null;
    }
}
