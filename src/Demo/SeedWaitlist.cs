using PracticeApp.Booking;

namespace PracticeApp.Demo;

/// <summary>Some wait for a time; one of them is offered one at this moment.</summary>
internal static class SeedWaitlist
{
    /// <summary>Weekday mornings, afternoons of two days, evenings, any time.</summary>
    private static readonly WeekTimes[] s_times =
        [WeekTimes.Of([0, 3, 6, 9, 12]), WeekTimes.Of([4, 10]), WeekTimes.Of([2, 5, 8, 11, 14]), WeekTimes.All, WeekTimes.Of([0, 1, 2, 12, 13, 14])];

    internal static async Task WriteAsync(Settlement s, OfferedSlots offered, TellOfOffer tell, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(s.Now);
        var waiting = s.Clients.Where(c => c.Engagement is { EndedAt: null, EndsAt: null } && c.InForceAt is not null && c.Client.Contact.Mail)
            .OrderBy(c => c.Plan.Psychologist).ThenByDescending(c => c.Client.Email is "emina@lipa.example").ThenByDescending(c => c.Client.Email is "katherine@lipa.example").ThenBy(c => c.Plan.Number)
            .GroupBy(c => c.Plan.Psychologist).Take(2).SelectMany(g => g.Take(g.Key == 0 ? 5 : 2)).ToList();
        if (waiting.Count == 0) return;
        await s.AsAsync(s.Psychologist(0), ct);
        var wishes = new List<WaitlistWish>();
        foreach (var (client, n) in waiting.Select((c, n) => (c, n)))
        {
            var wish = new WaitlistWish(s.PracticeId, client.Client.Id, s.Now.AddDays(-3 - 4 * n).AddHours(n), n == 2 ? s.Operator : null);
            wish.Want(n % 3 == 1 ? null : client.Engagement.PsychologistId, [s.Individual.Id], n == 3 ? MeetingPlace.Online : null, n == 0 ? WeekTimes.All : s_times[n % s_times.Length], today.AddDays(40 + n), n == 0 ? 2 : 24);
            wishes.Add(wish);
        }
        s.Db.AddRange(wishes);
        await s.SaveAsync(ct);
        await OfferAsync(s, waiting[0], wishes[0], offered, tell, ct);
    }

    /// <summary>What somebody else cancelled is kept for her.</summary>
    private static async Task OfferAsync(Settlement s, Settled client, WaitlistWish wish, OfferedSlots offered, TellOfOffer tell, CancellationToken ct)
    {
        var (kind, psychologist) = (s.Individual, client.Engagement.PsychologistId);
        var free = await offered.FindAsync(new SlotWish(psychologist, kind, [client.Client.Id]), s.Now.AddDays(2), s.Now.AddDays(20), ct);
        if (free.Count == 0) return;
        var slot = free[free.Count / 4];
        var kept = new Appointment(s.PracticeId, client.Engagement.Id, psychologist, kind.Id, slot.Place.Kind, slot.Place.RoomId, slot.StartUtc, slot.EndUtc, kind.Price, kind.Currency, [client.Client.Id], client.AgreementId, kind.BufferMinutes);
        var until = s.Now.AddHours(4);
        kept.Offer(s.Now, until + KeepWaitlist.Handing);
        var offer = new SlotOffer(wish, kept, s.Now, until);
        s.Db.AddRange(kept, offer, new FreedTime(s.PracticeId, psychologist, kept.Id, slot.StartUtc, slot.EndUtc + kind.Buffer, until));
        tell.Write(offer, kept, client.Client, Reminders.Channel.Mail, s.Now);
        await s.SaveAsync(ct);
    }
}
