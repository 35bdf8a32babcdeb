using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Booking;
using PracticeApp.Clients;
using PracticeApp.Engagements;
using PracticeApp.Money;
using PracticeApp.Platform;

namespace PracticeApp.Endings;

/// <summary>What an ending brings, as one of the two sides sees it: everything that stands beside its last button.</summary>
/// <param name="ForClient">The client who looks; null for the psychologist.</param>
/// <param name="Until">Sessions booked until the end.</param>
/// <param name="IsDue">Its date has come; it is being carried out.</param>
/// <param name="Money">What is open, by client; of a client's page the own alone.</param>
public sealed record EndingView(
    Ending Ending, AgreedEnding Agreed, DateOnly Earliest, DateTime EndsAt, Guid? ForClient, string Psychologist, string Clients,
    IReadOnlyList<DateTime> Until, IReadOnlyList<FallsAway> After, IReadOnlyList<(Client Client, IReadOnlyList<Balance> Balances)> Money,
    string Records, string? Reason, string? WorkedOn, IReadOnlyList<Recommended> Referrals, IReadOnlyList<(string Name, EndingParty Party, string? Reason)> Parties, bool IsDue)
{
    public string Other => ForClient is null ? Clients : Psychologist;
    /// <summary>The signed-in side is the one that ends.</summary>
    public bool IsByMe => Ending.ByClientId == ForClient;
}

/// <summary>Gathers it.</summary>
public sealed class ShowEnding(PracticeDb db, Vault vault, EndingTerms terms, TimeProvider clock, IStringLocalizer<Texts> t)
{
    public async Task<EndingView> RunAsync(Engagement engagement, Ending ending, Guid? forClient, CancellationToken ct)
    {
        var practice = await db.Practices.AsNoTracking().SingleAsync(ct);
        var now = clock.GetUtcNow().UtcDateTime;
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(now, practice.Zone));
        var agreed = await terms.OfAsync(engagement.Id, ct);
        var endsAt = ending.EndsAt ?? Ending.EndOf(ending.LastDay, today, practice.Zone, now);
        var ids = engagement.Parties.Where(p => p.Role == PartyRole.Client).Select(p => p.ClientId).ToList();
        var clients = await db.Clients.AsNoTracking().Where(c => ids.Contains(c.Id)).OrderBy(c => c.Name).ToListAsync(ct);
        var money = new List<(Client, IReadOnlyList<Balance>)>();
        foreach (var client in clients.Where(c => forClient is null || c.Id == forClient)) money.Add((client, await terms.OpenMoneyAsync(client.Id, ct)));
        var key = await vault.KeyAsync(ending.KeyId, ct);
        var parties = new List<(string, EndingParty, string?)>();
        foreach (var party in ending.Parties.Where(p => forClient is null || p.ClientId == forClient))
            parties.Add((clients.Find(c => c.Id == party.ClientId)?.Name ?? "", party, party.ReadReason(await vault.KeyAsync(party.KeyId, ct))));
        var until = await db.Appointments.Where(a => a.EngagementId == engagement.Id && a.State == AppointmentState.Booked && a.StartsAt > now && a.StartsAt < endsAt)
            .OrderBy(a => a.StartsAt).Select(a => a.StartsAt).ToListAsync(ct);
        return new EndingView(ending, agreed, Ending.Earliest(today, agreed.NoticeDays), endsAt, forClient,
            await db.Memberships.Where(m => m.UserId == engagement.PsychologistId).Select(m => m.Name).SingleOrDefaultAsync(ct) ?? "",
            string.Join(", ", clients.Select(c => c.Name)), until,
            ending.State == EndingState.Draft ? await terms.AfterAsync(engagement.Id, endsAt, ending.ByClientId, ct) : [], money,
            WriteLetter.RecordsText(t, practice, DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(endsAt.AddTicks(-1), practice.Zone))),
            ending.ReadReason(key), ending.ReadWorkedOn(key), ending.ReadReferrals(key), parties, endsAt <= now);
    }
}
