using PracticeApp.Platform;

namespace PracticeApp.Accounts;

/// <summary>Somebody asked for a new password; the link in the mail works once, for two hours.</summary>
public sealed class PasswordReset : PracticeEntity
{
    public static readonly TimeSpan Valid = TimeSpan.FromHours(2);
    public const string Purpose = "reset";

    public Guid UserId { get; private set; }
    public DateTime AskedAt { get; private set; }
    public DateTime ExpiresAt { get; private set; }
    public DateTime? UsedAt { get; private set; }

    private PasswordReset() { }

    public PasswordReset(Guid practiceId, Guid userId, DateTime askedAt) : base(practiceId) =>
        (UserId, AskedAt, ExpiresAt) = (userId, askedAt, askedAt + Valid);

    public bool IsOpen(DateTime now) => UsedAt is null && now < ExpiresAt;
    public void Use(DateTime at) => UsedAt = at;
}
