using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace PracticeApp.Requests;

/// <summary>A theme outside what the psychologist works with: asked about once, answered beside the request, and where it leads elsewhere.</summary>
public sealed partial class WorkspaceModel
{
    [BindProperty] public TakingModel Taking { get; set; } = new();
    public Competence Competence { get; private set; } = new(false, "");
    public TakenView? Taken { get; private set; }
    public LetterView? Letter { get; private set; }
    /// <summary>There is a question, and it waits for this psychologist.</summary>
    public bool Asks => Shown.Own && _request.IsOpen && _request.Asks(Competence, db.Current.UserId);

    public enum Way { Refer, UnderSupervision, TakenBecause }

    public sealed class TakingModel
    {
        [Required(ErrorMessage = "Taking.Missing")] public Way? How { get; set; }
        [StringLength(120)] public string? With { get; set; }
        public DateOnly? Since { get; set; }
        [StringLength(1000)] public string? Because { get; set; }
        /// <summary>The question came up when the wording was to be proposed or accepted; answering goes on with it.</summary>
        public bool ThenAccept { get; set; }
    }

    public sealed record TakenView(CompetenceChoice Choice, string Words, DateOnly? Since, string By, DateTime At);
    public sealed record LetterView(Guid Id, string Recipient, DateTime At, bool Shared);

    public async Task<IActionResult> OnPostTakeAsync(Guid id, CancellationToken ct)
    {
        if (Taking.How == Way.Refer) return RedirectToPage("Refer", new { id });
        ModelState.Remove("Taking.ThenAccept");
        return await ActAsync(id, "Taking.", "request.competence-answered", async () =>
        {
            var supervised = Taking.How == Way.UnderSupervision;
            if (supervised && string.IsNullOrWhiteSpace(Taking.With)) return ("Taking.With", t["Taking.With.Missing"].Value);
            if (supervised && Taking.Since is null) return ("Taking.Since", t["Taking.Since.Missing"].Value);
            if (supervised && Taking.Since > DateOnly.FromDateTime(Now).AddDays(1)) return ("Taking.Since", t["Taking.Since.Later"].Value);
            if (!supervised && string.IsNullOrWhiteSpace(Taking.Because)) return ("Taking.Because", t["Taking.Because.Missing"].Value);
            var competence = await db.CompetenceAsync(db.Current.UserId, _request.ThemeId, ct);
            // Sent twice, or answered in another tab: the first answer stands.
            if (_request.Asks(competence, db.Current.UserId))
                _request.AnswerCompetence(_key, supervised ? CompetenceChoice.UnderSupervision : CompetenceChoice.TakenBecause, supervised ? Taking.With : Taking.Because, Taking.Since, db.Current.UserId, Now);
            if (Taking.ThenAccept && _request.Accept(_key, byClient: false, db.Current.UserId, Now, competence) == RequestOutcome.Done)
                audit.Record("request.accepted", "request", _request.Id, _request.ClientId);
            return null;
        }, ct);
    }

    private Task<(string, string)?> AskHowTaken(bool thenAccept)
    {
        Taking.ThenAccept = thenAccept;
        return Refuse("Taking.How", "Taking.Asks");
    }

    private async Task ShowCompetenceAsync(CancellationToken ct)
    {
        var profile = await db.PsychologistProfiles.AsNoTracking().SingleOrDefaultAsync(p => p.UserId == _engagement.PsychologistId, ct);
        Competence = Competence.Of(_request.ThemeId, profile?.ThemeIds ?? [], profile?.Limits);
        if (profile is { ThemeIds.Length: > 0 } && Shown.Own) Sort(profile.ThemeIds);
        if (_request.CompetenceAnswerOf(_engagement.PsychologistId) is { } answer)
            Taken = new TakenView(answer.Choice, answer.Read(_key), answer.Since, await db.Memberships.Where(m => m.UserId == answer.By).Select(m => m.Name).SingleOrDefaultAsync(ct) ?? "", answer.At);
        if (await db.ReadableReferrals(Now).AsNoTracking().SingleOrDefaultAsync(r => r.RequestId == _request.Id, ct) is { } letter)
            Letter = new LetterView(letter.Id, letter.Read(_key).Recipient, letter.At, letter.Shared);
    }

    /// <summary>One's own themes first, the others below their heading.</summary>
    private void Sort(Guid[] listed)
    {
        var (own, other) = (new SelectListGroup { Name = t["Describe.Theme.Own"] }, new SelectListGroup { Name = t["Describe.Theme.Other"] });
        foreach (var item in ThemeItems.Where(i => i.Value.Length > 0)) item.Group = listed.Contains(Guid.Parse(item.Value)) ? own : other;
        ThemeItems = [.. ThemeItems.OrderBy(i => i.Group == null ? 0 : i.Group == own ? 1 : 2)];
    }
}
