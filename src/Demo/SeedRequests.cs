using PracticeApp.Platform;
using PracticeApp.Requests;

namespace PracticeApp.Demo;

/// <summary>From complaint to request: what was heard, every wording with the coach's review, what both accepted, the steps, the result.</summary>
internal static class SeedRequests
{
    internal static async Task WriteAsync(Settlement s, CancellationToken ct)
    {
        foreach (var own in s.Clients.GroupBy(c => c.Engagement.PsychologistId))
        {
            await s.AsAsync(own.Key, ct);
            foreach (var client in own) Write(s, client);
            await s.SaveAsync(ct);
        }
    }

    private static void Write(Settlement s, Settled client)
    {
        var (plan, story, key) = (client.Plan, client.Plan.Story, client.Key);
        var (psychologist, began) = (client.Engagement.PsychologistId, plan.AcceptedAt);
        var held = plan.Hours.Where(h => h.StartsAt < s.Now && h.Attendance == Booking.AttendanceKind.Attended).Select(h => h.StartsAt).ToList();
        var request = client.Request = new ClientRequest(s.PracticeId, client.Engagement.Id, client.Client.Id, key.OwnerId, began.AddMinutes(20));
        s.Db.ClientRequests.Add(request);
        if (held.Count > 0)
        {
            var hearing = new Hearing(s.PracticeId, client.Engagement.Id, psychologist, key, held[0].AddMinutes(40));
            hearing.Write(key, story.Hearing, [Hearing.TagKeys[plan.Number % Hearing.TagKeys.Count]], held[0].AddMinutes(40));
            s.Db.Hearings.Add(hearing);
        }
        Word(s, client, request, held);
        // Some who come for the first time were asked to write before.
        if (held.Count == 0 && client.Engagement.IsOpen && plan.Number % 3 == 0) s.Db.Add(new GoalInvitation(s.PracticeId, client.Engagement.Id, client.Client.Id, key, 2, null, psychologist, began.AddHours(2)));
        if (held.Count < 2) return;

        var settled = held[1].AddHours(1);
        request.Describe(key, story.Title, story.Professional, s.Themes[story.Theme]);
        request.Aim(key, story.Noticed, DateOnly.FromDateTime(settled).AddDays(56), story.Steps[0]);
        request.DescribeLevels(key, story.Levels);
        Plan(story, request, key, held);
        request.Accept(key, byClient: false, psychologist, settled);
        if (held.Count < 3 && client.Plan.Number % 2 == 0) return;
        request.Accept(key, byClient: true, client.UserId, settled.AddHours(6));
        if (held.Count < 3) return;
        request.StartWorking(key, psychologist, held[2]);
        if (plan.EndedAt is { } ended) End(client, request, ended);
    }

    /// <summary>All wordings at once for those on their way; only the first ones for those who have just begun.</summary>
    private static void Word(Settlement s, Settled client, ClientRequest request, List<DateTime> held)
    {
        var (story, key) = (client.Plan.Story, client.Key);
        var count = held.Count switch { 0 => Math.Min(1, client.Plan.Number % 2), 1 => story.Wordings.Length - 1, _ => story.Wordings.Length };
        for (var i = 0; i < count; i++)
        {
            var at = i == 0 ? request.CreatedAt.AddHours(5) : i < story.Wordings.Length - 1 ? held[0].AddHours(-2 + i) : held[1].AddMinutes(30);
            if (at > s.Now) at = s.Now.AddMinutes(-10);
            var formulation = request.Word(key, story.Wordings[i], story.Language, i == 0 ? WordedBy.ClientAlone : WordedBy.ClientWithQuestions, client.UserId, at);
            var review = FormulationCoach.Review(story.Wordings[i], story.Language, new CoachAnswers(Asked: request.Asked));
            request.Remember(review.Question.Id);
            s.Db.FormulationReviews.Add(new FormulationReview(formulation, review));
        }
    }

    private static void Plan(Story story, ClientRequest request, Platform.Encryption.DataKey key, List<DateTime> held)
    {
        for (var n = 1; n <= ClientRequest.StepCount; n++)
        {
            var step = request.Step(n);
            step.Plan(key, story.Steps[n - 1], n == 2 ? StepBy.Both : StepBy.Client);
            // A step takes two sessions; what came of it is what was told in the hour after.
            if (held.Count >= 3 + n * 2) step.Tell(key, story.Hours[Math.Min(n, story.Hours.Length - 1)].Said, done: true, held[2 + n * 2]);
        }
    }

    private static void End(Settled client, ClientRequest request, DateTime at)
    {
        var (story, psychologist) = (client.Plan.Story, client.Engagement.PsychologistId);
        var level = client.Plan.Hours.LastOrDefault(h => h.Level is not null)?.Level ?? 0;
        var (state, result, why) = client.Plan.Outcome switch
        {
            Outcome.Reached => (RequestState.Reached, story.Noticed, null),
            Outcome.Reshaped => (RequestState.Reshaped, null, s_why[story.Language][0]),
            Outcome.Referred => (RequestState.Referred, null, s_why[story.Language][1]),
            Outcome.SetAside => (RequestState.SetAsideTogether, null, s_why[story.Language][2]),
            _ => (RequestState.Closed, (string?)null, s_why[story.Language][3]),
        };
        if (state == RequestState.SetAsideTogether)
        {
            request.LeaveAside(client.Key, byClient: true, null, client.UserId, at.AddDays(-1));
            request.LeaveAside(client.Key, byClient: false, why, psychologist, at);
            return;
        }
        request.End(client.Key, state, result, state == RequestState.Reached ? Math.Max(0, level) : null, why, psychologist, at);
    }

    private static readonly Dictionary<string, string[]> s_why = new()
    {
        ["en"] = ["The matter has moved; a new request follows.", "A colleague who works with exactly this goes on.", "It costs less to walk around it for now; both agreed.", "Moved to another town."],
        ["bs"] = ["Tema se pomjerila; slijedi novi zahtjev.", "Nastavlja kolegica koja radi upravo s tim.", "Zasad je lakše to zaobići; oboje smo saglasni.", "Preselila se u drugi grad."],
        ["ru"] = ["Тема сдвинулась, следует новый запрос.", "Дальше работает коллега, которая занимается именно этим.", "Пока проще обойти это стороной; решили вместе.", "Переезд в другой город."],
        ["fi"] = ["Asia on siirtynyt; uusi pyyntö seuraa.", "Kollega, joka tekee juuri tätä työtä, jatkaa.", "Toistaiseksi on helpompi kiertää se; sovittiin yhdessä.", "Muutto toiselle paikkakunnalle."],
    };
}
