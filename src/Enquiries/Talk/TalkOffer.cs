using Microsoft.EntityFrameworkCore;
using PracticeApp.Booking;
using PracticeApp.Practices;

namespace PracticeApp.Enquiries;

/// <summary>A psychologist with whom a first talk can be booked from outside.</summary>
public sealed record TalkPerson(Guid Id, string Name, string About, IReadOnlyList<string> Languages, IReadOnlyList<Theme> Themes);

/// <summary>What the public page offers to whoever wants a first talk: kinds, people, hours.</summary>
public sealed class TalkOffer(PracticeDb db, OfferedSlots offered, TimeProvider clock)
{
    private static readonly TimeSpan InSight = TimeSpan.FromDays(60);

    /// <summary>Kinds that anybody may book, where the practice lets them.</summary>
    public async Task<IReadOnlyList<SessionKind>> KindsAsync(Practice practice, CancellationToken ct) => !practice.Policy.PublicFirstTalks ? [] :
        await db.SessionKinds.AsNoTracking().Where(k => k.Active && k.WhoMayBook == WhoMayBook.Public && !k.NeedsAgreement).OrderBy(k => k.Position).ToListAsync(ct);

    /// <summary>Psychologists who take new clients, by name.</summary>
    public async Task<IReadOnlyList<TalkPerson>> PeopleAsync(CancellationToken ct)
    {
        var themes = await db.Themes.AsNoTracking().Where(x => x.RetiredAt == null).OrderBy(x => x.Position).ToListAsync(ct);
        var people = await (from profile in db.PsychologistProfiles.AsNoTracking()
                            join member in db.Memberships on profile.UserId equals member.UserId
                            where member.Active && profile.TakesNewClients
                            orderby member.Name
                            select new { member.UserId, member.Name, profile.About, profile.Languages, profile.ThemeIds }).ToListAsync(ct);
        return [.. people.Select(p => new TalkPerson(p.UserId, p.Name, p.About, p.Languages, [.. themes.Where(x => p.ThemeIds.Contains(x.Id))]))];
    }

    /// <summary>Free hours with any of these, by start.</summary>
    public Task<IReadOnlyList<(Guid PsychologistId, Slot Slot)>> HoursAsync(SessionKind kind, IEnumerable<Guid> people, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return offered.FindAsync([.. people], kind, [], now, now + InSight, ct);
    }
}
