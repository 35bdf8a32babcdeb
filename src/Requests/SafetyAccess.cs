using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Reminders;

namespace PracticeApp.Requests;

/// <summary>The only way to safety flags on what clients of the practice write; those of enquiries stand on the board.</summary>
public static class SafetyAccess
{
    /// <summary>Flags of the user's own clients, and those the user was told of until somebody else sees to them.</summary>
    public static IQueryable<SafetyFlag> FlagsOfClients(this PracticeDb db)
    {
        var user = db.Current.UserId;
        return db.SafetyFlags.Where(f => f.EngagementId != null
            && (db.Engagements.Any(e => e.Id == f.EngagementId && e.PsychologistId == user)
                || f.AcknowledgedBy == user
                || (f.AcknowledgedAt == null && db.FlagTellings.Any(t => t.FlagId == f.Id && t.UserId == user))));
    }

    /// <summary>How many the user should look at now.</summary>
    public static Task<int> OpenFlagsAsync(this PracticeDb db, CancellationToken ct) => db.FlagsOfClients().CountAsync(f => f.ClosedAt == null, ct);

    /// <summary>Tells one member of a flag, by a mail that says nothing of it, and remembers that.</summary>
    internal static void Tell(this PracticeDb db, SafetyFlag flag, Membership member, PublicAddress address, DateTime now)
    {
        db.FlagTellings.Add(new FlagTelling(flag, member.UserId, now));
        db.Notices.Add(new Notice(flag.PracticeId, "requests.flag", Channel.Mail, member.Email, member.Language, now, now)
            .To(userId: member.UserId).With("flag", $"{address.Value}/safety/{flag.Id}"));
    }
}
