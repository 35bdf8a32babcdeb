using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PracticeApp.Clients;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Privacy;
using PracticeApp.Reminders;

namespace PracticeApp.Requests;

/// <summary>Asks a client for one, two or three goals in their own words, before we meet.</summary>
[Access(Role.Psychologist)]
public sealed class InviteModel(PracticeDb db, Vault vault, Audit audit, PublicAddress address, TimeProvider clock) : PageModel
{
    [BindProperty] public InputModel Input { get; set; } = new();
    public IReadOnlyList<Party> Parties { get; private set; } = [];
    public Guid? RequestId { get; private set; }
    private Engagement _engagement = null!;
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public sealed class InputModel
    {
        public Guid ClientId { get; set; }
        [Range(1, GoalInvitation.Most)] public int Count { get; set; } = 1;
        [StringLength(GoalInvitation.LongestNote)] public string? Note { get; set; }
    }

    /// <param name="Open">The invitation that waits for an answer.</param>
    public sealed record Party(Guid ClientId, string Name, DateTime? AskedAt, int Count, Guid? Open);

    public async Task<IActionResult> OnGetAsync(Guid engagementId, CancellationToken ct)
    {
        if (!await FindAsync(engagementId, ct)) return NotFound();
        Input.ClientId = Parties.FirstOrDefault(p => p.Open is null)?.ClientId ?? Guid.Empty;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid engagementId, CancellationToken ct)
    {
        if (!await FindAsync(engagementId, ct)) return NotFound();
        if (Parties is [var only]) Input.ClientId = only.ClientId;
        if (Parties.FirstOrDefault(p => p.ClientId == Input.ClientId) is not { } party) return NotFound();
        if (!ModelState.IsValid) return Page();
        if (party.Open is null)
        {
            var key = await vault.KeyAsync(_engagement.KeyId, ct);
            var invitation = new GoalInvitation(_engagement.PracticeId, _engagement.Id, party.ClientId, key, Input.Count, Input.Note, db.Current.UserId, Now);
            db.Add(invitation);
            await TellAsync(party.ClientId, ct);
            audit.Record("goals.asked", "goals", invitation.Id, party.ClientId);
            try
            {
                await db.SaveChangesAsync(ct);
            }
            catch (DbUpdateException e) when (e.InnerException is PostgresException { ConstraintName: "one_open_goal_invitation" })
            {
                // Asked at the same moment from another page: once is enough.
                db.ChangeTracker.Clear();
            }
        }
        return RedirectToPage(new { engagementId });
    }

    public async Task<IActionResult> OnPostWithdrawAsync(Guid engagementId, Guid invitationId, CancellationToken ct)
    {
        if (!await FindAsync(engagementId, ct) || await db.GoalInvitations.SingleOrDefaultAsync(i => i.Id == invitationId && i.EngagementId == engagementId, ct) is not { } invitation) return NotFound();
        invitation.Withdraw(Now);
        audit.Record("goals.withdrawn", "goals", invitation.Id, invitation.ClientId);
        await db.SaveChangesAsync(ct);
        return RedirectToPage(new { engagementId });
    }

    // Says that something waits, never what: whoever else reads a mail learns nothing.
    private async Task TellAsync(Guid clientId, CancellationToken ct)
    {
        var client = await db.Clients.SingleAsync(c => c.Id == clientId, ct);
        if (client.Email is null || !client.Contact.Mail) return;
        var notice = new Notice(client.PracticeId, "requests.goals", Channel.Mail, client.Email, client.Language, Now, Now).To(client.Id).With("name", client.CalledName).With("address", $"{address.Value}/me");
        if (client.Contact.SenderName is { } sender) notice.With("sender", sender);
        db.Notices.Add(notice);
    }

    private async Task<bool> FindAsync(Guid engagementId, CancellationToken ct)
    {
        var engagement = await db.OwnEngagements().Include(e => e.Parties).SingleOrDefaultAsync(e => e.Id == engagementId && e.EndedAt == null, ct);
        if (engagement is null) return false;
        _engagement = engagement;
        var clients = engagement.Parties.Where(p => p.Role == PartyRole.Client).Select(p => p.ClientId).ToList();
        var open = await db.GoalInvitations.AsNoTracking().Where(i => i.EngagementId == engagementId && i.AnsweredAt == null && i.WithdrawnAt == null).ToDictionaryAsync(i => i.ClientId, ct);
        Parties = [.. (await db.Clients.AsNoTracking().Where(c => clients.Contains(c.Id)).OrderBy(c => c.Name).Select(c => new { c.Id, c.Name }).ToListAsync(ct))
            .Select(c => open.TryGetValue(c.Id, out var i) ? new Party(c.Id, c.Name, i.AskedAt, i.Count, i.Id) : new Party(c.Id, c.Name, null, 0, null))];
        RequestId = await db.OwnRequests().Where(r => r.EngagementId == engagementId && r.ClosedAt == null).OrderByDescending(r => r.CreatedAt).Select(r => (Guid?)r.Id).FirstOrDefaultAsync(ct);
        return true;
    }
}
