using PracticeApp.Booking;
using PracticeApp.Enquiries;
using PracticeApp.Platform;

namespace PracticeApp.Demo;

/// <summary>What the practice asks before a first talk, and what somebody answered.</summary>
internal static class SeedQuestions
{
    internal static async Task WriteAsync(Settlement s, CancellationToken ct)
    {
        var questions = new List<TalkQuestion>();
        foreach (var (text, why, choices, form) in s_asked)
        {
            var question = new TalkQuestion(s.PracticeId, questions.Count);
            question.Ask(text, why, choices, form, required: false);
            questions.Add(question);
        }
        s.Db.TalkQuestions.AddRange(questions);

        // With whom one looks around first; the talk that is nearest ahead or, where none is, the last that was.
        var shown = s.Users.FirstOrDefault(u => u.Key.StartsWith("Lejla", StringComparison.Ordinal)).Value;
        var talks = s.Clients.SelectMany(c => c.Appointments.Where(a => a.KindId == s.FirstTalk.Id && a.State == AppointmentState.Booked).Select(a => (Client: c, Appointment: a)))
            .ToList();
        var (client, talk) = talks.OrderByDescending(t => t.Client.Engagement.PsychologistId == shown).ThenByDescending(t => t.Appointment.StartsAt > s.Now).ThenBy(t => (t.Appointment.StartsAt - s.Now).Duration()).FirstOrDefault();
        if (talk is not null)
        {
            var language = client.Client.Language;
            var answers = questions.Zip(s_answered).Select(x => new TalkAnswer(x.First.Id, x.First.Text.In(language), x.First.Form == AnswerForm.Choice ? x.First.ChoicesIn(language)[0] : x.Second.In(language)));
            var at = talk.StartsAt.AddHours(-20);
            s.Db.TalkAnswers.Add(new TalkAnswers(s.PracticeId, client.Engagement.Id, client.Client.Id, talk.Id, client.Key, [.. answers], language, Ids.New(), at < s.Now ? at : s.Now.AddHours(-1)));
        }
        await s.SaveAsync(ct);
    }

    private static LocalizedName Said(string en, string ru, string bs, string fi) => new() { En = en, Ru = ru, Bs = bs, Fi = fi };

    private static readonly (LocalizedName Text, LocalizedName Why, LocalizedName Choices, AnswerForm Form)[] s_asked =
    [
        (Said("What is on your mind most just now?", "Что сейчас занимает вас больше всего?", "Šta vas sada najviše zaokuplja?", "Mikä on nyt eniten mielessäsi?"),
            Said("So that the short talk is about what matters to you.", "Чтобы короткая беседа была о том, что для вас важно.", "Da kratki razgovor bude o onome što vam je važno.", "Jotta lyhyt keskustelu koskee sitä, mikä on sinulle tärkeää."), new(), AnswerForm.Long),
        (Said("Have you talked with a psychologist before?", "Вы раньше говорили с психологом?", "Jeste li ranije razgovarali s psihologom?", "Oletko puhunut psykologin kanssa aiemmin?"),
            Said("We begin elsewhere with somebody who comes for the first time.", "С тем, кто пришёл впервые, мы начинаем иначе.", "S nekim ko dolazi prvi put počinjemo drugačije.", "Ensi kertaa tulevan kanssa aloitamme toisin."),
            Said("Not yet\nYes, and it helped\nYes, and it did not help", "Ещё нет\nДа, и помогло\nДа, и не помогло", "Još ne\nDa, i pomoglo je\nDa, i nije pomoglo", "En vielä\nKyllä, ja siitä oli apua\nKyllä, eikä siitä ollut apua"), AnswerForm.Choice),
        (Said("Is there something we should know so that you feel at ease?", "Что нам важно знать, чтобы вам было спокойно?", "Ima li nešto što trebamo znati da biste se osjećali ugodno?", "Onko jotain, mitä meidän pitäisi tietää, jotta olosi on hyvä?"),
            Said("A step-free way, a quieter room, a language, whatever it is.", "Вход без ступенек, тихая комната, язык, что угодно.", "Ulaz bez stepenica, tiša soba, jezik, šta god.", "Esteetön kulku, hiljaisempi huone, kieli, mitä tahansa."), new(), AnswerForm.Short),
    ];

    private static readonly LocalizedName[] s_answered =
    [
        Said("I do not sleep through the night, and I do not know whether this is the right place.", "Не сплю ночами и не знаю, туда ли я обращаюсь.", "Ne spavam noću i ne znam jesam li na pravom mjestu.", "En nuku öitäni enkä tiedä, onko tämä oikea paikka."),
        new(),
        Said("I hear badly on the left side.", "Плохо слышу левым ухом.", "Slabo čujem na lijevo uho.", "Kuulen huonosti vasemmalla korvalla."),
    ];
}
