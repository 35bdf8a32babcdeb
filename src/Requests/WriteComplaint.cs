using Microsoft.EntityFrameworkCore;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Requests;

/// <summary>Adds a complaint during the work, word for word, beside those before it.</summary>
public sealed class WriteComplaint(PracticeDb db, Vault vault, ScreenText screen, Audit audit, TimeProvider clock)
{
    public async Task RunAsync(Engagement engagement, Guid clientId, ComplaintInput input, WrittenBy writtenBy, CancellationToken ct)
    {
        var text = input.Text!.Trim();
        // Whoever sends the same form meanwhile waits here for the first to be stored.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({input.Token.ToString()}, 0))", ct);
        foreach (var before in await db.Complaints.AsNoTracking().Where(c => c.FormToken == input.Token && c.EngagementId == engagement.Id).ToListAsync(ct))
            if (before.Read(await vault.KeyAsync(before.KeyId, ct)) == text) return;

        var key = await vault.KeyAsync(await db.Clients.Where(c => c.Id == clientId).Select(c => c.KeyId).SingleAsync(ct), ct);
        var language = FormulationCoach.LanguageOf(text, Languages.Current) ?? Languages.Current;
        var complaint = new Complaint(engagement.PracticeId, key, text, language, writtenBy, clock.GetUtcNow().UtcDateTime, input.AboutWhat, input.HowOften, input.Strength, input.Cost,
            null, engagement.Id, clientId, input.Frequency, input.Toll, input.Token);
        db.Complaints.Add(complaint);
        if (writtenBy == WrittenBy.Client)
            await screen.RunAsync("complaints", complaint.Id, string.Join('\n', text, input.HowOften, input.Cost), language, null, engagement.Id, clientId, ct);
        audit.Record("complaint.written", "complaint", complaint.Id, clientId);
    }
}
