using PracticeApp.Booking;
using PracticeApp.Incidents;
using PracticeApp.Platform;

namespace PracticeApp.Demo;

/// <summary>Terms that were not kept, from either side, each in the client's language and each answered.</summary>
internal static class SeedIncidents
{
    private sealed record Said(string Email, Side By, Side About, int Clause, Breach Breach, string Behaviour, string? Followed, string Answer);

    private static readonly Said[] s_said =
    [
        new("emina@lipa.example", Side.Client, Side.Psychologist, 7, Breach.Late,
            "The video room was opened 20 minutes after the hour we had agreed on, and we ended on time.", "I waited and did not know whether I had the wrong day.",
            "That is so, and I am sorry. The session before ran over and I did not write to you. From now on I send a line when I am more than five minutes late."),
        new("tarik@lipa.example", Side.Psychologist, Side.Client, 8, Breach.Other,
            "Tri poruke u subotu poslije 22 sata. Dogovoreno je radnim danima do 18 sati.", "Odgovorio sam u ponedjeljak ujutro.",
            "Tačno je. Bilo mi je teško i nisam gledao na sat. Ubuduće ću zapisati i donijeti na susret."),
        new("irina@lipa.example", Side.Client, Side.Psychologist, 8, Breach.Other,
            "Договорились, что ответ приходит в течение суток. На письмо в понедельник ответ пришёл в четверг.", null,
            "Так и было, простите. Я отвечу в тот же день хотя бы одной строкой: прочитала, напишу завтра."),
        new("sanna@lipa.example", Side.Psychologist, Side.Psychologist, 14, Breach.Other,
            "Lupasin lähettää lausunnon perjantaina. Se lähti vasta maanantaina.", "En laskuta lausunnosta.",
            "Kiitos, että sanoit. Maanantai riitti minulle."),
    ];

    internal static async Task WriteAsync(Settlement s, CancellationToken ct)
    {
        foreach (var said in s_said)
        {
            if (s.Clients.Find(c => c.Plan.Email == said.Email) is not { AgreementId: { } agreement, InForceAt: { } since } client) continue;
            var last = client.Plan.Hours.Zip(client.Appointments).LastOrDefault(h => h.First.Attendance == AttendanceKind.Attended && h.First.StartsAt > since && h.First.StartsAt < s.Now.AddDays(-1));
            if (last.Second is not { } appointment) continue;
            var psychologist = client.Engagement.PsychologistId;
            var (author, other) = said.By == Side.Client ? (client.UserId, psychologist) : (psychologist, client.UserId);
            var at = appointment.EndsAt.AddHours(3);
            if (at > s.Now.AddHours(-8)) at = s.Now.AddHours(-8);
            var incident = new Incident(s.PracticeId, client.Engagement.Id, client.Client.Id, psychologist, client.Key, author, said.By, said.About, agreement,
                new TermChosen(said.Clause, null), said.Breach == Breach.Other ? at.AddHours(-1) : appointment.StartsAt, at, Ids.New(), said.Behaviour, said.Followed);
            if (said.Breach != Breach.Other) incident.In(appointment.Id, said.Breach, 20);
            await s.AsAsync(author, ct);
            s.Db.Incidents.Add(incident);
            await s.SaveAsync(ct);
            await s.AsAsync(other, ct);
            s.Db.IncidentAnswers.Add(incident.Answer(client.Key, other, said.By == Side.Client ? Side.Psychologist : Side.Client, said.Answer, at.AddHours(4), Ids.New()));
            await s.SaveAsync(ct);
        }
    }
}
