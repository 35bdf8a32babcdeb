using Microsoft.EntityFrameworkCore;
using Npgsql;
using PracticeApp.Clients;
using PracticeApp.Platform;
using PracticeApp.Privacy;
using PracticeApp.Reminders;

namespace PracticeApp.Booking;

/// <summary>
/// What somebody answered to a text message: STOP ends them for everybody who has this number, START lets them begin again after a
/// STOP. Anything else may be a cry for help: the words are thrown away, and the psychologist is told that there were some.
/// </summary>
public sealed class TakeTextAnswer(NpgsqlDataSource database, UnderPractice underPractice, TimeProvider clock)
{
    public const string Answered = "booking.text-answered";

    /// <param name="said">By the gateway's clock.</param>
    public async Task RunAsync(TextAnswer answer, DateTime said, CancellationToken ct)
    {
        if (answer.Ending is not { } ending) return;
        foreach (var (practice, id) in await ClientsAsync(ending, ct))
            await underPractice.RunAsync(practice, (services, stop) => answer.Word is { } word
                ? TakeAsync(services, id, word, said, stop) : TellAsync(services.GetRequiredService<PracticeDb>(), id, stop), ct);
    }

    // One gateway serves the whole installation: who has the number is asked before a practice is open.
    private async Task<List<(Guid Practice, Guid Id)>> ClientsAsync(string ending, CancellationToken ct)
    {
        await using var command = database.CreateCommand("select practice_id, id from clients_of_number($1)");
        command.Parameters.Add(new() { Value = ending });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var found = new List<(Guid, Guid)>();
        while (await reader.ReadAsync(ct)) found.Add((reader.GetGuid(0), reader.GetGuid(1)));
        return found;
    }

    private static async Task TakeAsync(IServiceProvider services, Guid id, TextWord word, DateTime said, CancellationToken ct)
    {
        var db = services.GetRequiredService<PracticeDb>();
        // Locked first: of two answers at once the second sees what the first one did.
        await db.Database.ExecuteSqlAsync($"select 1 from clients where practice_id = {db.Current.PracticeId} and id = {id} for update", ct);
        var client = await db.Clients.SingleAsync(c => c.Id == id, ct);
        if (word == TextWord.Stop ? client.StopTexts(said) : client.StartTexts(said))
            services.GetRequiredService<Audit>().Record(word == TextWord.Stop ? "client.texts-stopped" : "client.texts-wanted-again", "client", id, id);
        await services.GetRequiredService<PlanReminders>().SaveAndRewriteAsync(id, ct);
    }

    private async Task TellAsync(PracticeDb db, Guid id, CancellationToken ct)
    {
        var (now, client) = (clock.GetUtcNow().UtcDateTime, await db.Clients.AsNoTracking().SingleAsync(c => c.Id == id, ct));
        var about = id.ToString("N");
        // Once, until it was seen.
        var told = db.Notices.Where(n => n.Kind == Answered && n.Recipient == about && n.SeenAt == null && n.State != NoticeState.Withdrawn);
        foreach (var psychologist in await db.Memberships.AsNoTracking().Where(m => m.Active && !told.Any(n => n.UserId == m.UserId)
            && db.Engagements.Any(e => e.PsychologistId == m.UserId && e.EndedAt == null && e.Parties.Any(p => p.ClientId == id))).ToListAsync(ct))
            db.Notices.Add(new Notice(db.Current.PracticeId, Answered, Channel.InApp, about, psychologist.Language, now, now)
                .To(userId: psychologist.UserId).With("client", Client.Shown(client.Name, client.CalledName)).With("path", $"/clients/{id}"));
        await db.SaveChangesAsync(ct);
    }
}
