using PracticeApp.Booking;
using PracticeApp.Engagements;

namespace PracticeApp.Demo;

/// <summary>A group that meets in the coming weeks, each member by their own agreement; one date is full, the others have places.</summary>
internal static class SeedGroup
{
    private const int Seats = 6, Dates = 3;

    internal static async Task WriteAsync(Settlement s, OfferedSlots offered, CancellationToken ct)
    {
        if (s.Cast.Slug != "lipa") return;
        var lejla = s.Psychologist(0);
        await s.AsAsync(lejla, ct);
        var kind = new SessionKind(s.PracticeId, new LocalizedName { En = "Group session", Ru = "Встреча группы", Bs = "Grupni susret", Fi = "Ryhmätapaaminen" }, 90, 10, 30, s.Individual.Currency, WhoMayBook.OwnClients, true, 3, SessionForm.Group);
        var key = await s.Vault.NewKeyAsync(ct);
        var work = new Engagement(s.PracticeId, EngagementKind.Group, lejla, key.OwnerId, s.Now.AddDays(-20));
        var group = new Group(s.PracticeId, lejla, kind.Id, work.Id, "Mornings without hurry", Seats, s.Now.AddDays(-20));
        var members = s.Clients.Where(c => c.Plan.Psychologist == 0 && c.Engagement is { EndedAt: null, EndsAt: null } && c.InForceAt is not null && c.Client.Email is not ("emina@lipa.example" or "katherine@lipa.example"))
            .OrderByDescending(c => c.Plan.Number).Take(Seats).ToList();
        foreach (var member in members.Take(Seats - 2)) group.Add(member.Client.Id, member.Engagement.Id, s.Now.AddDays(-18));
        s.Db.AddRange(kind, work, group);
        await s.SaveAsync(ct);

        var free = await offered.FindAsync(new SlotWish(lejla, kind, []), s.Now.AddDays(3), s.Now.AddDays(40), ct);
        var dates = free.GroupBy(f => (int)(f.StartUtc - s.Now).TotalDays / 7).Select(w => w.Last()).Take(Dates).ToList();
        foreach (var (slot, n) in dates.Select((d, n) => (d, n)))
        {
            var meeting = new Appointment(s.PracticeId, work.Id, lejla, kind.Id, slot.Place.Kind, slot.Place.RoomId, slot.StartUtc, slot.EndUtc, kind.Price, kind.Currency, [], null, kind.BufferMinutes);
            meeting.Host(group.Id, Seats);
            meeting.Book(s.Now.AddDays(-15), s.Now.AddDays(-15));
            s.Db.Add(meeting);
            // The second date is full: two came for once.
            foreach (var (member, seat) in members.Take(n == 1 ? Seats : Seats - 2).Select((m, i) => (m, i + 1)))
            {
                var place = new Appointment(s.PracticeId, member.Engagement.Id, lejla, kind.Id, slot.Place.Kind, slot.Place.RoomId, slot.StartUtc, slot.EndUtc, kind.Price, kind.Currency, [member.Client.Id], member.AgreementId, kind.BufferMinutes);
                place.Sit(meeting.Id, seat);
                place.Book(s.Now.AddDays(-15), s.Now.AddDays(-15));
                s.Db.Add(place);
            }
        }
        await s.SaveAsync(ct);
    }
}
