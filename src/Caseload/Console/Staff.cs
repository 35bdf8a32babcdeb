using Microsoft.EntityFrameworkCore;
using PracticeApp.Accounts;
using PracticeApp.Platform;
using PracticeApp.Practices;

namespace PracticeApp.Caseload;

/// <summary>The people who work in a practice; clients are members too, but not of its staff.</summary>
internal static class Staff
{
    public static readonly IReadOnlyList<Role> Roles = [Role.Psychologist, Role.Operator, Role.Supervisor, Role.Admin];

    public static IQueryable<Membership> StaffMembers(this PracticeDb db) => db.Memberships.FromSql(
        $"select * from memberships where practice_id = {db.Current.PracticeId} and roles && array['Psychologist', 'Operator', 'Supervisor', 'Admin']");

    /// <summary>Open and run-out invitations of staff that nobody accepted, the newest of each address.</summary>
    public static async Task<List<Invitation>> StaffInvitationsAsync(this PracticeDb db, CancellationToken ct) =>
        [.. (await db.Invitations.Where(i => i.ClientId == null && i.AcceptedAt == null).OrderByDescending(i => i.ExpiresAt).ThenByDescending(i => i.Id).ToListAsync(ct))
            .DistinctBy(i => i.Email.ToUpperInvariant())];

    /// <summary>Re-authentication: the password of whoever is signed in, bounded as signing in is.</summary>
    public static async Task<bool> KnowsPasswordAsync(this CheckPassword check, PracticeDb db, string password, CancellationToken ct)
    {
        var email = await db.Users.Where(u => u.Id == db.Current.UserId).Select(u => u.Email).SingleAsync(ct);
        return (await check.RunAsync(email!, password, ct))?.Id == db.Current.UserId;
    }
}
