using Microsoft.AspNetCore.Identity;
using PracticeApp.Platform;

namespace PracticeApp.Accounts;

/// <summary>
/// Tells who somebody is by address and password. Unknown, known and barred take the same time and get the same answer;
/// tries are bounded by account and by network address, together and alone.
/// </summary>
public sealed class CheckPassword(UserManager<AppUser> users, Attempts attempts, Current current)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);
    // Verified when there is no such account, so that the work done is the same.
    private static readonly AppUser Nobody = new() { UserName = "nobody" };
    private static readonly string NobodysHash = new PasswordHasher<AppUser>().HashPassword(Nobody, "not a password of anybody");

    public async Task<AppUser?> RunAsync(string email, string password, CancellationToken ct)
    {
        var account = users.NormalizeEmail(email.Trim()) ?? "";
        var allowed = await attempts.AllowAsync("sign-in/address", current.Address, 60, Window, ct)
            & await attempts.AllowAsync("sign-in/pair", current.Address + "/" + account, 10, Window, ct)
            & await attempts.AllowAsync("sign-in/account", account, 40, Window, ct);
        var user = await users.FindByEmailAsync(account);
        var result = users.PasswordHasher.VerifyHashedPassword(user ?? Nobody, user?.PasswordHash ?? NobodysHash, password);
        if (!allowed || user?.PasswordHash is null || result == PasswordVerificationResult.Failed) return null;
        if (result == PasswordVerificationResult.SuccessRehashNeeded)
        {
            user.PasswordHash = users.PasswordHasher.HashPassword(user, password);
            await users.UpdateAsync(user);
        }
        return user;
    }
}
