using PracticeApp.Privacy;

namespace PracticeApp.Platform;

/// <summary>What a person may be in a practice; one user may hold several.</summary>
public enum Role { Psychologist, Client, Admin, Operator, Supervisor }

/// <summary>For whom and in which practice the present unit of work runs. One per request or job item; never shared.</summary>
public sealed class Current
{
    public Guid PracticeId { get; private set; }
    /// <summary>The signed-in user; empty for the public, signed links and jobs.</summary>
    public Guid UserId { get; private set; }
    public IReadOnlySet<Role> Roles { get; private set; } = new HashSet<Role>();
    public string Name { get; private set; } = "";
    public Guid SignInId { get; private set; }
    /// <summary>Where the request came from, for the audit log; null in jobs.</summary>
    public string? Address { get; set; }
    /// <summary>Rows written with the transaction that is open; see <see cref="Audit"/>.</summary>
    internal List<AuditEntry> PendingAudit { get; } = [];

    public bool InPractice => PracticeId != Guid.Empty;
    public bool IsSignedIn => UserId != Guid.Empty;
    public bool Is(Role role) => Roles.Contains(role);
    public bool IsStaff => Roles.Any(r => r != Role.Client);

    internal void Enter(Guid practiceId)
    {
        if (InPractice && PracticeId != practiceId) throw new InvalidOperationException("A unit of work stays in one practice.");
        PracticeId = practiceId;
    }

    internal void SignIn(Guid userId, Guid signInId, string name, IEnumerable<Role> roles)
    {
        (UserId, SignInId, Name, Roles) = (userId, signInId, name, roles.ToHashSet());
    }
}
