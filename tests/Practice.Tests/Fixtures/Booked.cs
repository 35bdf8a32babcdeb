using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Agreements;
using PracticeApp.Booking;
using PracticeApp.Platform;

namespace PracticeApp.Tests;

/// <summary>Appointments and agreements of the world's people, past the pages.</summary>
internal static class Booked
{
    /// <summary>An agreement of this client in force, signed by both; earlier ones are superseded.</summary>
    public static async Task<Guid> AgreeAsync(this World world, Person client, Terms terms) => await world.AgreementAsync(client, terms, signed: true);

    /// <summary>One that was sent and waits for the client.</summary>
    public static Task<Guid> WaitingAgreementAsync(this World world, Person client, Terms terms) => world.AgreementAsync(client, terms, signed: false);

    private static async Task<Guid> AgreementAsync(this World world, Person client, Terms terms, bool signed)
    {
        DateTime? signedAt = signed ? world.Clock.Now : null;
        var psychologist = world.Everybody.Single(p => p.UserId == client.PsychologistId);
        if (signed) await world.InDbAsync(psychologist, async db =>
        {
            foreach (var old in await db.Agreements.Where(a => a.EngagementId == client.EngagementId && a.State == AgreementState.InForce).ToListAsync())
                old.Supersede(world.Clock.Now);
        });
        return await world.DoAsync(psychologist, async services =>
        {
            var db = services.GetRequiredService<PracticeDb>();
            var practice = await db.Practices.SingleAsync();
            var template = await db.AgreementTemplates.FirstOrDefaultAsync() ?? db.Add(AgreementTemplate.Default(practice.Id, practice.Currency, 80, world.Clock.Now)).Entity;
            var number = 1 + await db.Agreements.CountAsync(a => a.EngagementId == client.EngagementId);
            var past = new PastAgreement(template, await db.Engagements.SingleAsync(e => e.Id == client.EngagementId),
                new AgreementSetting(client.Name, client.CalledName, psychologist.Name, practice.Name, practice.Address, practice.Phone, []),
                await services.GetRequiredService<Vault>().KeyAsync(client.KeyId), new PastSigner(null, psychologist.UserId, psychologist.Name),
                [new PastSigner(client.ClientId, client.UserId, client.Name)], "test");
            var (agreement, acts) = past.Make(number, "en", terms, "I agree.", world.Clock.Now, signedAt, signedAt);
            db.Add(agreement);
            db.AddRange(acts);
            return agreement.Id;
        });
    }

    /// <summary>A booked individual session with its reminders.</summary>
    public static Task<Guid> BookAsync(this World world, Person client, DateTime startsAt, MeetingPlace place = MeetingPlace.Online, Guid? agreementId = null) =>
        world.DoAsync(client, async services =>
        {
            var db = services.GetRequiredService<PracticeDb>();
            var kind = client.PracticeId == world.Lipa.Id ? world.Lipa.Individual : world.Saaristo.Individual;
            var appointment = new Appointment(client.PracticeId, client.EngagementId, client.PsychologistId, kind, place, null,
                startsAt, startsAt.AddMinutes(50), 80m, client.PracticeId == world.Lipa.Id ? "BAM" : "EUR", [client.ClientId],
                agreementId ?? await db.Agreements.Where(a => a.EngagementId == client.EngagementId && a.State == AgreementState.InForce).Select(a => (Guid?)a.Id).SingleOrDefaultAsync());
            appointment.Book(world.Clock.Now, world.Clock.Now.AddMinutes(3));
            db.Appointments.Add(appointment);
            await services.GetRequiredService<PlanReminders>().RewriteAsync(appointment, CancellationToken.None);
            return appointment.Id;
        });

    /// <summary>Changes a booked appointment and plans its reminders anew.</summary>
    public static Task RearrangeAsync(this World world, Person client, Guid appointment, Action<PracticeDb, Appointment> change) =>
        world.DoAsync(client, async services =>
        {
            var db = services.GetRequiredService<PracticeDb>();
            var row = await db.Appointments.Include(a => a.Participants).SingleAsync(a => a.Id == appointment);
            change(db, row);
            await services.GetRequiredService<PlanReminders>().RewriteAsync(row, CancellationToken.None);
        });

    public static void Set<T, TValue>(this PracticeDb db, T row, string property, TValue value) where T : class => db.Entry(row).Property(property).CurrentValue = value;
}
