using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Booking;
using PracticeApp.Platform;

namespace PracticeApp.Demo;

/// <summary>Writes the believable year into an empty installation, each practice in one transaction.</summary>
public sealed class SeedDemo(IServiceScopeFactory scopes, DatabaseStart database, TimeProvider clock, ILogger<SeedDemo> log)
{
    /// <summary>Writes what is missing; a demo that was cut off while it was written is finished.</summary>
    public Task RunAsync(CancellationToken ct) => RunAsync([Cast.Saaristo, Cast.Lipa], ct);

    internal async Task RunAsync(IReadOnlyList<Cast> casts, CancellationToken ct)
    {
        var wrote = false;
        foreach (var cast in casts)
        {
            var started = clock.GetTimestamp();
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<PracticeDb>();
            if ((await db.Database.SqlQuery<Guid>($"""select practice_id as "Value" from practice_by_slug({cast.Slug})""").ToListAsync(ct)).Count > 0) continue;
            await WriteAsync(db, scope.ServiceProvider, cast, ct);
            wrote = true;
            log.LogInformation("The demo practice {Practice} was written in {Seconds:0.0} s", cast.Name, clock.GetElapsedTime(started).TotalSeconds);
        }
        if (wrote) await database.AnalyzeAsync(ct);
    }

    private async Task WriteAsync(PracticeDb db, IServiceProvider services, Cast cast, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute));
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        await SeedPeople.FoundAsync(db, cast, now, ct);
        var year = new Year(cast.Seed, now, TimeZoneInfo.FindSystemTimeZoneById(cast.Zone), [.. cast.Psychologists.Select(p => p.Speaks)], cast.ClientsEach, cast.ClientsMail, cast.Clients);
        var s = new Settlement(db, services.GetRequiredService<Vault>(), cast, year, now);
        await SeedPeople.StaffAsync(s, ct);
        await SeedHouse.WriteAsync(s, ct);
        await SeedCalendar.WriteAsync(s, ct);
        await SeedHours.WriteAsync(s, ct);
        await SeedPeople.ClientsAsync(s, ct);
        await SeedEnquiries.WriteAsync(s, ct);
        await SeedRequests.WriteAsync(s, ct);
        await SeedCouple.WriteAsync(s, ct);
        await SeedAgreements.WriteAsync(s, services.GetRequiredService<PublicAddress>().Value, services.GetRequiredService<IStringLocalizer<Agreements.Texts>>(), ct);
        await SeedSigning.WriteAsync(s, services.GetRequiredService<IStringLocalizer<Agreements.Texts>>(), ct);
        await SeedAppointments.WriteAsync(s, services.GetRequiredService<PlanReminders>(), ct);
        await SeedQuestions.WriteAsync(s, ct);
        await SeedProtocols.WriteAsync(s, ct);
        await SeedMoney.WriteAsync(s, ct);
        await SeedInvoices.WriteAsync(s, ct);
        await SeedExtraWork.WriteAsync(s, ct);
        await SeedIncidents.WriteAsync(s, ct);
        await SeedEndings.WriteAsync(s, services.GetRequiredService<Endings.WriteLetter>(), ct);
        await SeedGroup.WriteAsync(s, services.GetRequiredService<OfferedSlots>(), ct);
        await SeedWaitlist.WriteAsync(s, services.GetRequiredService<OfferedSlots>(), services.GetRequiredService<TellOfOffer>(), ct);
        await SeedReminders.WriteAsync(s, services.GetRequiredService<PlanReminders>(), ct);
        await db.CommitAsync(ct);
    }
}
