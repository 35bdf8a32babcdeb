using Microsoft.AspNetCore.Identity;

namespace PracticeApp.Accounts;

/// <summary>Credentials of one person, global to the installation; what they may do stands in memberships.</summary>
public sealed class AppUser : IdentityUser<Guid>
{
    public AppUser() => Id = Platform.Ids.New();
}

/// <summary>One browser that is signed in. The cookie only names it: ending it ends the browser's rights at once.</summary>
public sealed class SignIn
{
    public Guid Id { get; private set; } = Platform.Ids.New();
    public Guid UserId { get; private set; }
    public Guid? PracticeId { get; private set; }
    public DateTime At { get; private set; }
    public DateTime LastSeenAt { get; private set; }
    public DateTime ExpiresAt { get; private set; }
    public DateTime? EndedAt { get; private set; }
    public string? Address { get; private set; }
    public string? Browser { get; private set; }

    private SignIn() { }

    public SignIn(Guid userId, Guid? practiceId, DateTime at, TimeSpan atMost, string? address, string? browser)
    {
        (UserId, PracticeId, At, LastSeenAt, ExpiresAt, Address) = (userId, practiceId, at, at, at + atMost, address);
        Browser = browser is { Length: > 200 } ? browser[..200] : browser;
    }

    public void End(DateTime at) => EndedAt ??= at;
    public void Choose(Guid practiceId) => PracticeId = practiceId;
}

/// <summary>Counts attempts per subject (an address, an account) in a window, in the database so that all instances share it.</summary>
public sealed class AttemptCounter
{
    public string Subject { get; private set; } = "";
    public DateTime WindowStart { get; private set; }
    public int Count { get; private set; }
}
