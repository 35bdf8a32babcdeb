using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PracticeApp.Platform;
using PracticeApp.Practices;

namespace PracticeApp.Accounts;

/// <summary>Starts a signed-in session in one of the person's practices and sets the cookie that names it.</summary>
public sealed class SignUserIn(PracticeDb db, TimeProvider clock, IOptions<PracticeOptions> options)
{
    /// <param name="practiceId">Which of their practices; null takes the one they have belonged to longest.</param>
    /// <returns>Who they are there, or null when the person belongs to no practice (any more).</returns>
    public async Task<Membership?> RunAsync(HttpContext http, Guid userId, Guid? practiceId, CancellationToken ct)
    {
        var practices = await PracticesOfAsync(userId, ct);
        if (practices.Count == 0) return null;
        var practice = practiceId is { } wanted && practices.Contains(wanted) ? wanted : practices[0];
        if (!db.IsOpen) await db.OpenAsync(practice, ct);
        var membership = await db.Memberships.SingleOrDefaultAsync(m => m.UserId == userId && m.Active, ct);
        if (membership is null) return null;

        var signIn = new SignIn(userId, practice, clock.GetUtcNow().UtcDateTime, TimeSpan.FromHours(options.Value.SignInHours),
            http.Connection.RemoteIpAddress?.ToString(), http.Request.Headers.UserAgent.ToString());
        db.SignIns.Add(signIn);
        await db.SaveChangesAsync(ct);
        // From here on their own language counts, whatever was switched to before.
        http.Response.Cookies.Delete(Languages.CookieName);
        await http.SignInAsync(IdentityConstants.ApplicationScheme, new ClaimsPrincipal(new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, userId.ToString()),
            new(OpenSignIn.SignInClaim, signIn.Id.ToString()),
            new(OpenSignIn.PracticeClaim, practice.ToString()),
            new(Languages.Claim, membership.Language),
        ], IdentityConstants.ApplicationScheme)));
        return membership;
    }

    public async Task<List<Guid>> PracticesOfAsync(Guid userId, CancellationToken ct) =>
        await db.Database.SqlQuery<Guid>($"""select practice_id as "Value" from memberships_of({userId})""").ToListAsync(ct);
}
