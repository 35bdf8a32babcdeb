using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Booking;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Requests;

namespace PracticeApp.Tests.Sessions;

/// <summary>What the tests of this feature make ready in a world.</summary>
internal static class Hours
{
    /// <summary>Booked time of a client with their psychologist.</summary>
    public static Task<Guid> SessionAsync(this World world, Person client, DateTime startsAt, int minutes = 50, AttendanceKind? settled = null) =>
        world.InDbAsync(Psychologist(world, client), db =>
        {
            var kind = client.PracticeId == world.Lipa.Id ? world.Lipa.Individual : world.Saaristo.Individual;
            var appointment = new Appointment(client.PracticeId, client.EngagementId, client.PsychologistId, kind, MeetingPlace.Online, null,
                startsAt, startsAt.AddMinutes(minutes), 80, "BAM", [client.ClientId], null);
            appointment.Book(world.Clock.Now, world.Clock.Now);
            if (settled is { } attendance) appointment.Participants[0].Settle(attendance, null, client.PsychologistId, startsAt);
            db.Add(appointment);
            return Task.FromResult(appointment.Id);
        });

    /// <summary>What a client wrote at first, in the engagement's record.</summary>
    public static Task WriteComplaintAsync(this World world, Person client, string text) =>
        world.DoAsync(Psychologist(world, client), async services =>
        {
            var key = await services.GetRequiredService<Vault>().KeyAsync(client.KeyId);
            services.GetRequiredService<PracticeDb>().Add(new Complaint(client.PracticeId, key, text, "en", WrittenBy.Client, world.Clock.Now, About.Self, null, null, null, null, client.EngagementId, client.ClientId));
        });

    public static Task<Guid> GrantAsync(this World world, Person client, Person to, GrantReason reason, TimeSpan length, Guid? subject = null) =>
        world.InDbAsync(Psychologist(world, client), db =>
        {
            var grant = new AccessGrant(client.PracticeId, client.EngagementId, to.UserId, reason, client.PsychologistId, world.Clock.Now, world.Clock.Now + length, subject);
            db.Add(grant);
            return Task.FromResult(grant.Id);
        });

    /// <summary>Writes a protocol through its page and, if wanted, signs it.</summary>
    public static async Task<Page> WriteProtocolAsync(this World world, Person client, Guid appointment, string said, string note = "", bool sign = false, string agreed = "", string next = "")
    {
        var page = await (await world.As(Psychologist(world, client))).GetAsync($"/protocols/{appointment}");
        return await page.SubmitAsync(sign ? "Sign and lock" : "Save", ("Input.Sections[said]", said), ("Input.Sections[agreed]", agreed), ("Input.Sections[next]", next), ("Input.Note", note));
    }

    private static Person Psychologist(World world, Person client) => world.Everybody.Single(p => p.UserId == client.PsychologistId);
}
