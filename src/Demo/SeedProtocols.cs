using PracticeApp.Booking;
using PracticeApp.Sessions;

namespace PracticeApp.Demo;

/// <summary>What was written of every session that took place: signed and locked, but for the latest.</summary>
internal static class SeedProtocols
{
    internal static async Task WriteAsync(Settlement s, CancellationToken ct)
    {
        foreach (var own in s.Clients.GroupBy(c => c.Engagement.PsychologistId))
        {
            await s.AsAsync(own.Key, ct);
            var held = own.SelectMany(c => c.Plan.Hours.Zip(c.Appointments, (Hour, Appointment) => (Client: c, Hour, Appointment)))
                .Where(x => x.Hour.Attendance == AttendanceKind.Attended).OrderBy(x => x.Appointment.StartsAt).ToList();
            // The last session of each is still open, and one older that was forgotten.
            var open = held.TakeLast(1).Append(held[^(held.Count / 12 + 2)]).Select(x => x.Appointment.Id).ToHashSet();
            foreach (var (client, _, appointment) in held) Write(s, client, appointment, open.Contains(appointment.Id));
            Words(s, own);
            await s.SaveAsync(ct);
        }
    }

    private static void Write(Settlement s, Settled client, Appointment appointment, bool open)
    {
        var (story, number) = (client.Plan.Story, client.Appointments.FindIndex(a => a.Id == appointment.Id));
        var hour = story.Hours[Math.Max(0, number - 1) % story.Hours.Length];
        var inWork = client.Request.AcceptedAt < appointment.StartsAt ? client.Request.Id : (Guid?)null;
        var protocol = new Protocol(s.PracticeId, appointment.Id, appointment.EngagementId, appointment.PsychologistId, client.Key, inWork, appointment.StartsAt.AddMinutes(3));
        var next = number == 0 ? null : story.Steps[Math.Min(number / 2, story.Steps.Length - 1)];
        protocol.Write(client.Key, Sections.Of(new Dictionary<string, string?>
        {
            ["said"] = number == 0 ? client.Plan.Complaint : hour.Said, ["done"] = number == 0 ? null : hour.Done, ["agreed"] = hour.Agreed,
            ["risk"] = open ? null : s_risk[story.Language], ["next"] = open ? null : next,
        }), inWork, appointment.EndsAt.AddMinutes(-2));
        if (!open) protocol.Sign(client.Key, appointment.EndsAt.AddMinutes(s.Random.Next(4, 50)));
        s.Db.Protocols.Add(protocol);
    }

    private static void Words(Settlement s, IEnumerable<Settled> own)
    {
        foreach (var client in own.Where(c => c.Plan.Number % 5 == 0))
            s.Db.Add(new ClientWords(s.PracticeId, client.Engagement.Id, client.Client.Id, client.Key, $"„{client.Plan.Story.Title}“", s_avoid[client.Plan.Story.Language], client.Plan.AcceptedAt.AddDays(9)));
    }

    private static readonly Dictionary<string, string> s_risk = new() { ["en"] = "None seen, asked.", ["bs"] = "Nije primijećen, pitano.", ["ru"] = "Не замечен, спрошено.", ["fi"] = "Ei havaittu, kysytty." };
    private static readonly Dictionary<string, string> s_avoid = new() { ["en"] = "“Relax”, “positive”", ["bs"] = "„opusti se“, „polako“", ["ru"] = "«успокойтесь»", ["fi"] = "”ota rennosti”" };
}
