using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;
using PracticeApp.Engagements;

namespace PracticeApp.Booking;

/// <summary>A course of work in which the signed-in client may book.</summary>
public sealed record ClientChoice(Engagement Engagement, Guid ClientId, string Psychologist, TimeZoneInfo PsychologistZone);

/// <summary>An agreement that waits for a signature.</summary>
/// <param name="Clause">The clause on booking.</param>
public sealed record WaitingAgreement(Guid Id, bool ClientHasSigned, string? Clause);

/// <summary>With whom and for what the signed-in client may book.</summary>
public static class ClientChoices
{
    public static async Task<IReadOnlyList<ClientChoice>> ClientChoicesAsync(this PracticeDb db, CancellationToken ct)
    {
        var user = db.Current.UserId;
        var engagements = await db.EngagementsAsParty().AsNoTracking().Include(e => e.Parties).Where(e => e.EndedAt == null).OrderBy(e => e.StartedAt).ToListAsync(ct);
        var own = await db.OwnClient().Select(c => c.Id).ToListAsync(ct);
        var psychologists = engagements.Select(e => e.PsychologistId).ToList();
        var members = await db.Memberships.AsNoTracking().Where(m => psychologists.Contains(m.UserId) && m.Active).ToDictionaryAsync(m => m.UserId, ct);
        return [.. engagements.Where(e => members.ContainsKey(e.PsychologistId) && e.Parties.Any(p => p.Role == PartyRole.Client && own.Contains(p.ClientId)))
            .Select(e => new ClientChoice(e, e.Parties.First(p => p.Role == PartyRole.Client && own.Contains(p.ClientId)).ClientId, members[e.PsychologistId].Name, members[e.PsychologistId].Zone))];
    }

    /// <summary>Kinds a client of this engagement may book; the first talk only until there was one.</summary>
    public static async Task<IReadOnlyList<SessionKind>> KindsForAsync(this PracticeDb db, Engagement engagement, CancellationToken ct)
    {
        var kinds = await db.SessionKinds.AsNoTracking().Where(k => k.Active && k.WhoMayBook != WhoMayBook.StaffOnly).OrderBy(k => k.Position).ToListAsync(ct);
        var begun = await db.Appointments.AnyAsync(a => a.EngagementId == engagement.Id && a.State == AppointmentState.Booked, ct);
        return [.. kinds.Where(k => Fits(k.Form, engagement.Kind) && (!begun || k.Form != SessionForm.FirstTalk))];
    }

    public static async Task<WaitingAgreement?> WaitingAgreementAsync(this PracticeDb db, Guid engagementId, CancellationToken ct)
    {
        var waiting = await db.Agreements.AsNoTracking()
            .Where(a => a.EngagementId == engagementId && (a.State == AgreementState.Sent || a.State == AgreementState.Viewed || a.State == AgreementState.SignedByClient))
            .OrderByDescending(a => a.Number).FirstOrDefaultAsync(ct);
        return waiting is null ? null : new WaitingAgreement(waiting.Id, waiting.State == AgreementState.SignedByClient, Terms.Parse(waiting.TermsJson).Booking.Clause);
    }

    /// <summary>Nothing is in force, and the kind, or what was laid before the parties to sign, asks for it before this session.</summary>
    public static async Task<bool> LacksAgreementAsync(this PracticeDb db, Guid engagementId, SessionKind kind, CancellationToken ct)
    {
        if (await db.HasAgreementAsync(engagementId, ct)) return false;
        if (kind.NeedsAgreement) return true;
        if (kind.Form == SessionForm.FirstTalk || await db.SignedFromSessionAsync(engagementId, ct) is not { } from) return false;
        var before = await db.Appointments.CountAsync(a => a.EngagementId == engagementId && a.State == AppointmentState.Booked
            && !db.SessionKinds.Any(k => k.Id == a.KindId && k.Form == SessionForm.FirstTalk), ct);
        return before + 1 >= from;
    }

    public static Task<bool> HasAgreementAsync(this PracticeDb db, Guid engagementId, CancellationToken ct) =>
        db.Agreements.AnyAsync(a => a.EngagementId == engagementId && a.State == AgreementState.InForce, ct);

    internal static bool Fits(SessionForm form, EngagementKind kind) => form == SessionForm.FirstTalk || form == (kind switch
    {
        EngagementKind.Couple => SessionForm.Couple,
        EngagementKind.Family => SessionForm.Family,
        EngagementKind.Group => SessionForm.Group,
        _ => SessionForm.Individual,
    });
}
