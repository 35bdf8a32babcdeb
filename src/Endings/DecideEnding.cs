using Microsoft.EntityFrameworkCore;
using Npgsql;
using PracticeApp.Booking;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Endings;

public enum DecideOutcome
{
    Done,
    /// <summary>The other side was quicker, or it is over.</summary>
    Already,
    /// <summary>The last day has passed, or is sooner than the notice allows by now.</summary>
    TooEarly,
}

/// <summary>The last step, and what may still be done until the date: one ending for two who end at once.</summary>
public sealed class DecideEnding(PracticeDb db, EndingTerms terms, CancelAppointment cancel, TellOfEnding tell, Audit audit, TimeProvider clock)
{
    /// <summary>The well-known reason that cancelling with the ending gives.</summary>
    public const string Reason = "stop";

    public async Task<DecideOutcome> RunAsync(Ending ending, CancellationToken ct)
    {
        var engagement = await db.LockEngagementAsync(ending.EngagementId, ct);
        await db.Entry(ending).ReloadAsync(ct);
        if (ending.State != EndingState.Draft || !engagement.IsOpen
            || await db.Endings.AnyAsync(e => e.EngagementId == engagement.Id && (e.State == EndingState.UnderNotice || e.State == EndingState.Ended), ct)) return DecideOutcome.Already;
        var (now, zone, today) = await TodayAsync(ct);
        var notice = (await terms.OfAsync(engagement.Id, ct)).NoticeDays;
        if (ending.LastDay < today || (ending.LastDay < Ending.Earliest(today, notice) && !ending.NoticeWaived)) return DecideOutcome.TooEarly;
        var endsAt = Ending.EndOf(ending.LastDay, today, zone, now);
        ending.Decide(endsAt, db.Current.UserId, now);
        engagement.EndOn(endsAt);
        audit.Record("ending.decided", "ending", ending.Id, ending.ByClientId ?? First(engagement));
        await tell.WriteAsync(engagement, ending, "decided", ending.ByClientId ?? engagement.PsychologistId, ct);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "one_ending" })
        {
            db.ChangeTracker.Clear();
            return DecideOutcome.Already;
        }

        await CancelAfterAsync(engagement, endsAt, ending.ByClientId, ct);
        await db.SaveChangesAsync(ct);
        return DecideOutcome.Done;
    }

    /// <summary>The side that decided takes it back, before its date. Sessions that were cancelled are booked anew by people.</summary>
    public async Task<bool> CallOffAsync(Ending ending, CancellationToken ct)
    {
        var engagement = await db.LockEngagementAsync(ending.EngagementId, ct);
        await db.Entry(ending).ReloadAsync(ct);
        var now = clock.GetUtcNow().UtcDateTime;
        if (ending.State != EndingState.UnderNotice || ending.EndsAt <= now) return false;
        ending.CallOff(now);
        engagement.GoOn();
        audit.Record("ending.called-off", "ending", ending.Id, ending.ByClientId ?? First(engagement));
        await tell.WriteAsync(engagement, ending, "called-off", except: null, ct);
        await db.SaveChangesAsync(ct);
        return true;
    }

    /// <summary>The psychologist lets go sooner than the notice says; what falls away by that costs nobody anything.</summary>
    public async Task<DecideOutcome> BringForwardAsync(Ending ending, DateOnly lastDay, CancellationToken ct)
    {
        var engagement = await db.LockEngagementAsync(ending.EngagementId, ct);
        await db.Entry(ending).ReloadAsync(ct);
        var (now, zone, today) = await TodayAsync(ct);
        if (ending.State != EndingState.UnderNotice || ending.EndsAt <= now) return DecideOutcome.Already;
        if (lastDay < today || lastDay >= ending.LastDay) return DecideOutcome.TooEarly;
        var endsAt = Ending.EndOf(lastDay, today, zone, now);
        ending.BringForward(lastDay, endsAt);
        engagement.EndOn(endsAt);
        audit.Record("ending.brought-forward", "ending", ending.Id, ending.ByClientId ?? First(engagement));
        await tell.WriteAsync(engagement, ending, "decided", engagement.PsychologistId, ct);
        await db.SaveChangesAsync(ct);
        await CancelAfterAsync(engagement, endsAt, byClient: null, ct, nothingFollows: true);
        await db.SaveChangesAsync(ct);
        return DecideOutcome.Done;
    }

    /// <summary>Those concerned are told of each by the messages of booking.</summary>
    internal async Task CancelAfterAsync(Engagement engagement, DateTime endsAt, Guid? byClient, CancellationToken ct, bool nothingFollows = false)
    {
        foreach (var appointment in await terms.BookedAfter(engagement.Id, endsAt).AsNoTracking().ToListAsync(ct))
        {
            // What several share is cancelled for all of them, so nobody pays for another's decision.
            var actor = byClient is { } client && !appointment.IsJoint ? Actor.Client(client, db.Current.UserId) : Actor.Staff(engagement.PsychologistId);
            await cancel.RunAsync(appointment.Id, actor, Reason, ct, nothingFollows || appointment.IsJoint);
        }
    }

    private async Task<(DateTime Now, TimeZoneInfo Zone, DateOnly Today)> TodayAsync(CancellationToken ct)
    {
        var (now, zone) = (clock.GetUtcNow().UtcDateTime, (await db.Practices.AsNoTracking().SingleAsync(ct)).Zone);
        return (now, zone, DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(now, zone)));
    }

    private static Guid First(Engagement engagement) => engagement.Parties.First(p => p.Role == PartyRole.Client).ClientId;
}
