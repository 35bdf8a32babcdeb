using Microsoft.EntityFrameworkCore;
using PracticeApp.Clients;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Reminders;
using Microsoft.Extensions.Options;

namespace PracticeApp.Booking;

/// <summary>Somebody who waits for a time with one psychologist, and whether they can be told of one now.</summary>
/// <param name="By">The safe way to tell them; null where there is none but to ring them.</param>
/// <param name="TellAt">Now, or when their quiet hours end.</param>
public sealed record WaitingClient(Waiting Waiting, WaitlistWish Wish, Client Client, Engagement Engagement, QuietHours Quiet, Channel? By, DateTime TellAt, bool HasOffer)
{
    public IEnumerable<Guid> People => Engagement.Parties.Where(p => p.Role == PartyRole.Client).Select(p => p.ClientId);
}

/// <summary>Gathers what <see cref="WaitlistMatch"/> needs to know from the database.</summary>
public sealed class WhoWaits(PracticeDb db, IOptions<PracticeOptions> options, TimeProvider clock)
{
    /// <summary>Clients whose work with this psychologist goes on and who want a time with them, longest waiting first.</summary>
    public async Task<IReadOnlyList<WaitingClient>> ForAsync(Guid psychologistId, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (!await db.Memberships.AnyAsync(m => m.UserId == psychologistId && m.Active, ct)) return [];
        var yesterday = DateOnly.FromDateTime(now.AddDays(-1));
        var wishes = await db.WaitlistWishes.AsNoTracking()
            .Where(w => w.EndedAt == null && w.Until >= yesterday && (w.PsychologistId == null || w.PsychologistId == psychologistId)).ToListAsync(ct);
        if (wishes.Count == 0) return [];

        var ids = wishes.ConvertAll(w => w.ClientId);
        var engagements = await db.Engagements.AsNoTracking().Include(e => e.Parties)
            .Where(e => e.PsychologistId == psychologistId && e.EndedAt == null && e.Parties.Any(p => p.Role == PartyRole.Client && ids.Contains(p.ClientId))).ToListAsync(ct);
        var clients = await db.Clients.AsNoTracking().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
        var kinds = await db.SessionKinds.AsNoTracking().Where(k => k.Active && k.WhoMayBook != WhoMayBook.StaffOnly).ToListAsync(ct);
        var offered = await db.SlotOffers.Where(o => o.State == OfferState.Open && ids.Contains(o.ClientId)).Select(o => o.ClientId).ToListAsync(ct);
        var last = await db.AppointmentParticipants.Where(p => ids.Contains(p.ClientId) && p.WithdrawnAt == null)
            .Join(db.Appointments.Where(a => a.State == AppointmentState.Booked && a.StartsAt <= now), p => p.AppointmentId, a => a.Id, (p, a) => new { p.ClientId, a.StartsAt })
            .GroupBy(x => x.ClientId).Select(g => new { g.Key, At = g.Max(x => x.StartsAt) }).ToDictionaryAsync(x => x.Key, x => x.At, ct);
        var policy = await db.Practices.AsNoTracking().Select(p => p.Policy).SingleAsync(ct);

        return [.. from wish in wishes
                   from engagement in engagements
                   where engagement.Parties.Any(p => p.Role == PartyRole.Client && p.ClientId == wish.ClientId)
                   let client = clients[wish.ClientId]
                   let fitting = kinds.Where(k => wish.KindIds.Contains(k.Id) && (ClientChoices.Fits(k.Form, engagement.Kind) || (k.Form == SessionForm.Group && engagement.Kind == EngagementKind.Individual))).Select(k => k.Id).ToList()
                   where fitting.Count > 0
                   let quiet = client.QuietHours(policy)
                   orderby wish.Since
                   select new WaitingClient(
                       new Waiting(wish.Id, client.Id, engagement.Id, fitting, wish.PsychologistId is not null, wish.Place, wish.WeekTimes, client.Zone, wish.Until,
                           TimeSpan.FromHours(wish.NoticeHours), wish.Since, last.TryGetValue(client.Id, out var at) ? at : null),
                       wish, client, engagement, quiet, SafeWay(client), quiet.After(now), offered.Contains(client.Id))];
    }

    /// <summary>How a client may be told of something that does not wait.</summary>
    private Channel? SafeWay(Client client) =>
        client is { CanBeMailed: true, MailFailsSince: null } ? Channel.Mail
        : options.Value.SendsTexts && client is { CanBeTexted: true, TextFailsSince: null } ? Channel.Text
        : null;
}

/// <summary>Whose wishes and offers the signed-in user may see.</summary>
public static class WaitlistAccess
{
    /// <summary>The wishes and offers of the signed-in client.</summary>
    public static IQueryable<WaitlistWish> OwnWishes(this PracticeDb db) => db.WaitlistWishes.Where(w => db.Clients.Any(c => c.Id == w.ClientId && c.UserId == db.Current.UserId));

    public static IQueryable<SlotOffer> OwnOffers(this PracticeDb db) => db.SlotOffers.Where(o => db.Clients.Any(c => c.Id == o.ClientId && c.UserId == db.Current.UserId));

    /// <summary>A time that is kept for the signed-in client now.</summary>
    public static Task<SlotOffer?> OpenOfferAsync(this PracticeDb db, DateTime now, CancellationToken ct) =>
        db.OwnOffers().AsNoTracking().Where(o => o.State == OfferState.Open && o.ExpiresAt > now).OrderBy(o => o.ExpiresAt).FirstOrDefaultAsync(ct);

    /// <summary>Whoever accepted this time and took it back waits on, as if they had not.</summary>
    internal static async Task WaitOnAsync(this PracticeDb db, Guid appointmentId, CancellationToken ct)
    {
        var wish = await db.WaitlistWishes.Where(w => w.EndedWhy == WishEnd.Booked && db.SlotOffers.Any(o => o.AppointmentId == appointmentId && o.WishId == w.Id && o.State == OfferState.Accepted)
            && !db.WaitlistWishes.Any(x => x.ClientId == w.ClientId && x.EndedAt == null)).SingleOrDefaultAsync(ct);
        wish?.GoOn();
    }

    /// <summary>What waits for this psychologist is looked at anew with the next run, because a wish or an offer changed.</summary>
    /// <param name="psychologistId">Null: for all of them.</param>
    internal static Task LookAgainAsync(this PracticeDb db, Guid? psychologistId, DateTime now, CancellationToken ct) => db.FreedTimes
        .Where(f => (psychologistId == null || f.PsychologistId == psychologistId) && f.EndsAt > now && f.CheckAt > now).ExecuteUpdateAsync(s => s.SetProperty(f => f.CheckAt, now), ct);
}
