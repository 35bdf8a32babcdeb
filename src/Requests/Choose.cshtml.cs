using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Platform.Encryption;
using PracticeApp.Privacy;

namespace PracticeApp.Requests;

/// <summary>Up to three requests of one client side by side: weighed by three questions, put in an order with its reasons. People decide.</summary>
[Access(Role.Psychologist)]
public sealed class ChooseModel(PracticeDb db, Vault vault, Audit audit, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty] public WeighModel[] Weigh { get; set; } = [];
    public string Client { get; private set; } = "";
    public IReadOnlyList<Shown> Columns { get; private set; } = [];
    private List<ClientRequest> _open = [];

    public sealed class WeighModel
    {
        public Guid Id { get; set; }
        public CanDo? CanDo { get; set; }
        public int? Ease { get; set; }
        public int? Soon { get; set; }
    }

    /// <param name="Place">In the suggested order, from 1; null as long as it is not weighed.</param>
    public sealed record Shown(int Index, Guid Id, string? Title, string? Words, string Language, Assessed? Assessed, RequestState State, bool Chosen, int? Place, IReadOnlyList<Because> Reasons, string? Whose);

    public async Task<IActionResult> OnGetAsync(Guid engagement, CancellationToken ct)
    {
        if (!await FindAsync(engagement, ct)) return NotFound();
        Weigh = [.. _open.Select(r => new WeighModel { Id = r.Id, CanDo = r.CanDo, Ease = r.Ease, Soon = r.Soon })];
        await ShowAsync(engagement, ct);
        audit.Record("requests.compared", "engagement", engagement);
        return Page();
    }

    public async Task<IActionResult> OnPostWeighAsync(Guid engagement, CancellationToken ct)
    {
        if (!await FindAsync(engagement, ct)) return NotFound();
        if (!TakeWeights()) return await AgainAsync(engagement, ct);
        audit.Record("requests.weighed", "engagement", engagement);
        await db.SaveChangesAsync(ct);
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostBeginAsync(Guid engagement, Guid id, CancellationToken ct)
    {
        // One after the other, so that there is never more than one that both begin with.
        await db.Database.ExecuteSqlAsync($"select 1 from engagements where id = {engagement} for update", ct);
        if (!await FindAsync(engagement, ct) || _open.Find(r => r.Id == id) is not { } chosen) return NotFound();
        // What was weighed on the way is kept with the choice.
        if (!TakeWeights()) return await AgainAsync(engagement, ct);
        foreach (var other in _open.Where(o => o.Id != id && o.ClientId == chosen.ClientId)) other.Wait();
        await db.SaveChangesAsync(ct);
        chosen.Choose(clock.GetUtcNow().UtcDateTime);
        audit.Record("request.chosen", "request", id, chosen.ClientId);
        await db.SaveChangesAsync(ct);
        return RedirectToPage("/Requests/Workspace", new { id });
    }

    private bool TakeWeights()
    {
        foreach (var (weigh, i) in Weigh.Select((w, i) => (w, i)))
        {
            if (weigh.Ease is < 1 or > 3) ModelState.AddModelError($"Weigh[{i}].Ease", t["Choose.Unclear"]);
            if (weigh.Soon is < 1 or > 3) ModelState.AddModelError($"Weigh[{i}].Soon", t["Choose.Unclear"]);
            if (weigh.CanDo is { } can && !Enum.IsDefined(can)) ModelState.AddModelError($"Weigh[{i}].CanDo", t["Choose.Unclear"]);
        }
        if (!ModelState.IsValid) return false;
        foreach (var weigh in Weigh) _open.Find(r => r.Id == weigh.Id)?.Weigh(weigh.CanDo, weigh.Ease, weigh.Soon);
        return true;
    }

    private async Task<IActionResult> AgainAsync(Guid engagement, CancellationToken ct)
    {
        if (Weigh.Length != _open.Count || Weigh.Where((w, i) => w.Id != _open[i].Id).Any()) Weigh = [.. _open.Select(r => new WeighModel { Id = r.Id, CanDo = r.CanDo, Ease = r.Ease, Soon = r.Soon })];
        await ShowAsync(engagement, ct);
        return Page();
    }

    private async Task<bool> FindAsync(Guid engagement, CancellationToken ct)
    {
        _open = await db.OwnRequests().Include(r => r.Formulations).Where(r => r.EngagementId == engagement && r.ClosedAt == null).OrderBy(r => r.CreatedAt).ToListAsync(ct);
        return _open.Count > 0;
    }

    private async Task ShowAsync(Guid engagementId, CancellationToken ct)
    {
        var engagement = await db.Engagements.Include(e => e.Parties).SingleAsync(e => e.Id == engagementId, ct);
        var ids = engagement.Parties.Select(p => p.ClientId).ToList();
        var names = await db.Clients.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, ct);
        Client = string.Join(", ", names.Values);
        var flagged = await db.HasOpenFlagAsync(engagement, ct);
        var suggested = Candidates.Suggest(_open.ConvertAll(r => new Candidate(r.Id, r.CanDo, r.Ease, r.Soon))).ToDictionary(s => s.Id);
        var columns = new List<Shown>();
        foreach (var (r, i) in _open.Select((r, i) => (r, i)))
        {
            var key = await vault.KeyAsync(r.KeyId, ct);
            var words = r.Current?.Read(key);
            columns.Add(new Shown(i, r.Id, r.Open(key, r.Title, "title"), words, r.Current?.Language ?? "", flagged || words is null ? null : Assessed.Of(words, r.Current!.Language) with { Question = null },
                r.State, r.ChosenAt is not null, suggested[r.Id].Place, suggested[r.Id].Reasons, names.Count < 2 ? "" : r.ClientId is { } whose ? names.GetValueOrDefault(whose, "") : null));
        }
        Columns = columns;
    }
}
