using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace PracticeApp.Accounts;

/// <summary>Sets a password after checking it, and ends every session that the old one had opened.</summary>
public sealed class NewPassword(PracticeDb db, UserManager<AppUser> users, TimeProvider clock)
{
    /// <returns>The key of a message beside the field, or null when it was set.</returns>
    public async Task<string?> SetAsync(AppUser user, string password, Guid? keepSignIn, CancellationToken ct)
    {
        if (await ProblemAsync(user, password) is { } problem) return problem;
        user.PasswordHash = users.PasswordHasher.HashPassword(user, password);
        await users.UpdateSecurityStampAsync(user);
        var now = clock.GetUtcNow().UtcDateTime;
        await db.SignIns.Where(s => s.UserId == user.Id && s.EndedAt == null && s.Id != keepSignIn)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAt, now), ct);
        return null;
    }

    public async Task<string?> ProblemAsync(AppUser user, string password)
    {
        foreach (var validator in users.PasswordValidators)
            if (await validator.ValidateAsync(users, user, password) is { Succeeded: false } refused)
                return refused.Errors.First().Code is "PasswordCommon" ? "Password.Common" : "Password.Short";
        return null;
    }
}
