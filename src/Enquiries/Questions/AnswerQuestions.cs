using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Npgsql;
using PracticeApp.Booking;
using PracticeApp.Platform;
using PracticeApp.Privacy;
using PracticeApp.Requests;

namespace PracticeApp.Enquiries;

/// <summary>The questions before one first talk as their form shows them.</summary>
public sealed record AskedView(IReadOnlyList<TalkQuestion> Questions, Dictionary<string, string?> Answers, Guid FormToken, DateTime StartsAt, string Psychologist);

/// <summary>Keeps what a client answers before a first talk: sealed, screened like everything a client writes, and told to nobody but the psychologist.</summary>
public sealed class AnswerQuestions(PracticeDb db, Vault vault, ScreenText screen, Audit audit, TimeProvider clock, IStringLocalizer<Texts> t)
{
    public Task<List<TalkQuestion>> AskedAsync(CancellationToken ct) => db.TalkQuestions.AsNoTracking().Where(q => q.RetiredAt == null).OrderBy(q => q.Position).ToListAsync(ct);

    /// <summary>First talks that are still ahead.</summary>
    public IQueryable<Appointment> Ahead(IQueryable<Appointment> appointments)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return appointments.Where(a => a.State == AppointmentState.Booked && a.StartsAt > now && db.SessionKinds.Any(k => k.Id == a.KindId && k.Form == SessionForm.FirstTalk));
    }

    public void Check(IReadOnlyList<TalkQuestion> questions, Dictionary<string, string?> answers, ModelStateDictionary state)
    {
        foreach (var question in questions)
        {
            var (name, answer) = ($"Answers[{question.Id}]", answers.GetValueOrDefault(question.Id.ToString())?.Trim() ?? "");
            if (answer.Length > TalkAnswers.LongestAnswer) state.AddModelError(name, t["Ask.Long", TalkAnswers.LongestAnswer]);
            if (question.Required && answer.Length == 0) state.AddModelError(name, t["Ask.Missing"]);
            if (question.Form == AnswerForm.Choice && answer.Length > 0 && !question.ChoicesIn(Languages.Current).Contains(answer)) state.AddModelError(name, t["Ask.Choose"]);
        }
    }

    /// <returns>What the words may tell of.</returns>
    public async Task<Danger> RunAsync(Appointment appointment, Guid clientId, IReadOnlyList<TalkQuestion> questions, Dictionary<string, string?> answers, Guid formToken, CancellationToken ct)
    {
        var said = questions.Select(q => new TalkAnswer(q.Id, TalkQuestion.Said(q.Text, Languages.Current), answers.GetValueOrDefault(q.Id.ToString())?.Trim() ?? "")).Where(a => a.Answer.Length > 0).ToList();
        var keyId = await db.Clients.Where(c => c.Id == clientId).Select(c => c.KeyId).SingleAsync(ct);
        var row = new TalkAnswers(db.Current.PracticeId, appointment.EngagementId, clientId, appointment.Id, await vault.KeyAsync(keyId, ct), said, Languages.Current,
            formToken == Guid.Empty ? Ids.New() : formToken, clock.GetUtcNow().UtcDateTime);
        var words = string.Join('\n', said.Select(a => a.Answer));
        db.TalkAnswers.Add(row);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // The same form twice: the first one counts.
            db.Entry(row).State = EntityState.Detached;
            return SafetyScreen.Read(words, Languages.Current);
        }
        var danger = await screen.RunAsync("talk_answers", row.Id, words, Languages.Current, null, appointment.EngagementId, clientId, ct);
        audit.Record("talk-answers.written", "talk-answers", row.Id, clientId);
        await db.SaveChangesAsync(ct);
        return danger;
    }
}
