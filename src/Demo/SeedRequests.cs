using PracticeApp.Engagements;
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
            // Somebody who has just begun brought three things at once.
            if (own.Where(c => c.Plan.Outcome == Outcome.InWork && c.Request.State <= RequestState.Proposed).MinBy(c => Math.Abs(c.Plan.Held(s.Now) - 1)) is { } fresh) Several(s, fresh);
            // The longest work is talked over with the supervisor for a while.
            if (s.Cast.Staff.FirstOrDefault(p => p.Roles.Contains(Role.Supervisor)) is { } supervisor && own.Where(c => c.Plan.Outcome == Outcome.InWork).MaxBy(c => c.Plan.Held(s.Now)) is { } lengthy)
                s.Db.AccessGrants.Add(new AccessGrant(s.PracticeId, lengthy.Engagement.Id, s.Users[supervisor.Name], GrantReason.Supervision, own.Key, s.Now.AddDays(-10), s.Now.AddDays(50)));
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
        Answer(s, client, request, settled);
        request.Accept(key, byClient: false, psychologist, settled);
        if (held.Count < 3 && client.Plan.Number % 2 == 0) return;
        request.Accept(key, byClient: true, client.UserId, settled.AddHours(6));
        if (held.Count < 3) return;
        request.StartWorking(key, psychologist, held[2]);
        if (plan.EndedAt is { } ended) End(s, client, request, ended);
    }

    /// <summary>A theme outside what the psychologist lists is taken with an answer.</summary>
    private static void Answer(Settlement s, Settled client, ClientRequest request, DateTime at)
    {
        var player = s.Cast.Psychologists[client.Plan.Psychologist];
        if (player.Themes.Contains(client.Plan.Story.Theme)) return;
        var (supervised, words) = (client.Plan.Number % 2 == 0, s_taken[player.Language]);
        request.AnswerCompetence(client.Key, supervised ? CompetenceChoice.UnderSupervision : CompetenceChoice.TakenBecause, supervised ? s.Cast.Staff.FirstOrDefault(p => p.Roles.Contains(Role.Supervisor))?.Name ?? "Pirjo Aalto" : words,
            DateOnly.FromDateTime(at).AddDays(-20), client.Engagement.PsychologistId, at);
    }

    /// <summary>With a letter to somebody of the directory who works with the theme, else to the first.</summary>
    private static void Refer(Settlement s, Settled client, ClientRequest request, DateTime at)
    {
        var to = s.Referrals.Find(r => r.ThemeIds.Contains(s.Themes[client.Plan.Story.Theme])) ?? s.Referrals[0];
        var player = s.Cast.Psychologists[client.Plan.Psychologist];
        var (salutation, body) = s_letter[s.Cast.Language];
        var letter = new ReferralLetter(s.Cast.Name, s.Cast.Address, s.Cast.Phone, DateOnly.FromDateTime(at), s.Cast.Language, to.Name, to.Contact,
            client.Plan.Name, salutation, body, player.Name);
        s.Db.Referrals.Add(new Referral(request, client.Key, letter, to.Id, consent: true, shared: true, client.Engagement.PsychologistId, at, Ids.New()));
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

    private static void Several(Settlement s, Settled client)
    {
        var weights = new[] { (CanDo.Yes, 1, 3), (CanDo.WithHelp, 3, 2) };
        client.Request.Weigh(CanDo.Yes, 3, 3);
        if (client.Request.Current is null)
        {
            var own = client.Request.Word(client.Key, client.Plan.Story.Wordings[^2], client.Plan.Story.Language, WordedBy.ClientAlone, client.UserId, client.Request.CreatedAt.AddHours(5));
            s.Db.FormulationReviews.Add(new FormulationReview(own, FormulationCoach.Review(client.Plan.Story.Wordings[^2], client.Plan.Story.Language)));
        }
        var others = s.Clients.Select(c => c.Plan.Story).Where(o => o.Language == client.Plan.Story.Language && o.Woman == client.Plan.Story.Woman && o.Theme != client.Plan.Story.Theme).DistinctBy(o => o.Theme).Take(2);
        foreach (var (story, (can, ease, soon)) in others.Zip(weights))
        {
            var at = client.Request.CreatedAt.AddHours(6);
            var request = new ClientRequest(s.PracticeId, client.Engagement.Id, client.Client.Id, client.Key.OwnerId, at);
            var formulation = request.Word(client.Key, story.Wordings[^1], story.Language, WordedBy.ClientAlone, client.UserId, at);
            s.Db.FormulationReviews.Add(new FormulationReview(formulation, FormulationCoach.Review(story.Wordings[^1], story.Language)));
            request.Describe(client.Key, story.Title, null, null);
            request.Weigh(can, ease, soon);
            s.Db.ClientRequests.Add(request);
        }
    }

    private static void Plan(Story story, ClientRequest request, Platform.Encryption.DataKey key, List<DateTime> held)
    {
        for (var n = 1; n <= ClientRequest.StepCount; n++)
        {
            var step = request.Step(n);
            step.Plan(key, story.Steps[n - 1], n == 2 ? StepBy.Both : StepBy.Client);
            // A step takes two sessions; what came of it is what was told in the hour after.
            if (held.Count >= 3 + n * 2) step.Tell(key, story.Hours.ElementAtOrDefault(n)?.Said, done: true, held[2 + n * 2]);
        }
    }

    private static void End(Settlement s, Settled client, ClientRequest request, DateTime at)
    {
        var (story, psychologist) = (client.Plan.Story, client.Engagement.PsychologistId);
        var level = client.Plan.Hours.LastOrDefault(h => h.Level is not null)?.Level ?? 0;
        // One at least is referred, whatever the year drew.
        var first = s.Clients.Find(c => c.Plan is { Outcome: Outcome.Closed, EndedAt: not null });
        var (state, result, why) = (ReferenceEquals(first, client) ? Outcome.Referred : client.Plan.Outcome) switch
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
        if (state == RequestState.Referred) Refer(s, client, request, at);
    }

    private static readonly Dictionary<string, string> s_taken = new()
    {
        ["en"] = "She asked for me by name, and the task lies close to what I do.",
        ["bs"] = "Zadatak je blizu onoga što radim, a drugi kolega nema slobodan termin.",
        ["ru"] = "По-русски здесь больше никто не работает; задача близка к моим темам.",
        ["fi"] = "Suomeksi ei työskentele muita, ja tehtävä on lähellä omaani.",
    };

    private static readonly Dictionary<string, (string Salutation, string Body)> s_letter = new()
    {
        ["bs"] = ("Poštovani,", "osoba koja vam donosi ovo pismo radila je sa mnom i dogovorili smo se da je za nastavak kod vas na pravom mjestu. Šta smo dosad uradili, reći će vam sama.\n\nZa pitanja se slobodno javite; odgovaram uz njen pristanak."),
        ["fi"] = ("Hyvä kollega,", "Kirjeen tuoja on käynyt luonani, ja olemme yhdessä todenneet, että jatko on hyvä tehdä teillä. Tähänastisesta hän kertoo itse.\n\nVastaan mielelläni kysymyksiin hänen luvallaan."),
    };

    private static readonly Dictionary<string, string[]> s_why = new()
    {
        ["en"] = ["The matter has moved; a new request follows.", "A colleague who works with exactly this goes on.", "It costs less to walk around it for now; both agreed.", "Moved to another town."],
        ["bs"] = ["Tema se pomjerila; slijedi novi zahtjev.", "Nastavlja kolegica koja radi upravo s tim.", "Zasad je lakše to zaobići; oboje smo saglasni.", "Preselila se u drugi grad."],
        ["ru"] = ["Тема сдвинулась, следует новый запрос.", "Дальше работает коллега, которая занимается именно этим.", "Пока проще обойти это стороной; решили вместе.", "Переезд в другой город."],
        ["fi"] = ["Asia on siirtynyt; uusi pyyntö seuraa.", "Kollega, joka tekee juuri tätä työtä, jatkaa.", "Toistaiseksi on helpompi kiertää se; sovittiin yhdessä.", "Muutto toiselle paikkakunnalle."],
    };
}
