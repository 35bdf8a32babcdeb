using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using PracticeApp.Agreements;

namespace PracticeApp.Tests.Agreements;

/// <summary>Terms, appointments and histories for tests of the policy.</summary>
internal static class AgreedWorld
{
    public static readonly DateTime Start = new(2026, 3, 10, 14, 0, 0, DateTimeKind.Utc);

    /// <summary>Nothing costs anything until a test says so.</summary>
    public static readonly Terms Bare = Terms.Default(80m, "EUR") with
    {
        Cancellation = new("5", []),
        Absence = new("6", Cost.OfPercent(0)),
        FreePasses = null,
        Escalations = [],
        Moving = new("5", null, 0, null),
    };

    public static AgreedTerms Agreed(this Terms terms, int version = 1) => new(Guid.Empty, version, terms);

    public static AppointmentFacts Appointment(
        int inDays = 0, decimal fee = 80m, SessionPlace place = SessionPlace.Online, string kind = "individual", int moves = 0) =>
        new(Guid.CreateVersion7(), kind, place, Start.AddDays(inDays), Start.AddDays(inDays), null, moves, fee);

    public static AttendanceEvent CancelledBefore(this AppointmentFacts appointment, double hours, string? reason = null) =>
        new(EventKind.Cancelled, appointment.Start.AddHours(-hours), reason);

    public static AttendanceEvent MovedBefore(this AppointmentFacts appointment, double hours) =>
        new(EventKind.Moved, appointment.Start.AddHours(-hours));

    public static AttendanceEvent Missed(this AppointmentFacts appointment, string? reason = null, bool excused = false) =>
        new(EventKind.Absent, appointment.Start, reason, excused);

    public static Assessment Assess(this Terms terms, AppointmentFacts appointment, AttendanceEvent happened, params PastEvent[] past) =>
        AttendancePolicy.Assess(appointment, happened, terms.Agreed(), past, Start.AddYears(1));

    private static Gen<Cost> Costs => Gen.OneOf(
        Gen.Choose(0, 100).Select(percent => Cost.OfPercent(percent)),
        Gen.Choose(0, 12000).Select(cents => Cost.OfAmount(cents / 100m)));

    private static Gen<ImmutableArray<NoticeTier>> Tiers =>
        from hours in Gen.Choose(1, 200).ListOf()
        from costs in Costs.ListOf(hours.Count)
        select hours.Distinct().Take(4).Zip(costs, (h, c) => new NoticeTier(h, c)).ToImmutableArray();

    private static Gen<RepeatTerms?> Repeats => Gen.OneOf(
        Gen.Constant<RepeatTerms?>(null),
        from window in Gen.Choose(1, 200)
        from percents in Gen.Choose(0, 100).NonEmptyListOf()
        select (RepeatTerms?)new RepeatTerms("6", window, [.. percents.Take(5).Order()]));

    private static Gen<FreePassTerms?> Passes => Gen.OneOf(
        Gen.Constant<FreePassTerms?>(null),
        from count in Gen.Choose(1, 3)
        from days in Gen.Choose(1, 400)
        from absence in Gen.Elements(true, false)
        select (FreePassTerms?)new FreePassTerms("5", count, days, absence));

    private static Gen<MovingTerms> Movings =>
        from times in Gen.Elements<int?>(null, 0, 1, 2)
        from until in Gen.Choose(0, 100)
        from cost in Gen.OneOf(Gen.Constant<Cost?>(null), Costs.Select(cost => (Cost?)cost))
        select new MovingTerms("5.1", times, until, cost);

    public static Arbitrary<Terms> AnyTerms => (
        from tiers in Tiers
        from absence in Costs
        from repeats in Repeats
        from passes in Passes
        from moving in Movings
        from room in Gen.OneOf(
            Gen.Constant<RoomTerms?>(null),
            Gen.Choose(1, 100).Select(hours => (RoomTerms?)new RoomTerms("2.1", hours, hours)))
        select Bare with
        {
            Cancellation = new("5", tiers), Absence = new("6", absence), Repeats = repeats, FreePasses = passes, Moving = moving, Room = room,
            Escalations = [new("6", EscalationCount.Both, 2, 90, false, EscalationAction.InviteToTalk)],
        }).ToArbitrary();

    private static Gen<PastEvent> Past =>
        from days in Gen.Choose(-150, 20)
        from what in Gen.Elements(EventKind.Cancelled, EventKind.Absent, EventKind.Attended, EventKind.Moved, EventKind.CancelledByPsychologist)
        from hours in Gen.Choose(-1, 150)
        from fee in Gen.Choose(0, 12000)
        from reason in Gen.Elements(null, "illness", "bereavement", "forgot")
        from excused in Gen.Elements(false, false, false, true)
        let appointment = Appointment(days, fee / 100m)
        select new PastEvent(appointment, new AttendanceEvent(what, appointment.Start.AddHours(-hours), reason, excused));

    public static Arbitrary<PastEvent[]> AnyHistory => Past.ListOf().Select(list => list.Take(12).ToArray()).ToArbitrary();

    public static Arbitrary<EventKind> AnyAct => Gen.Elements(EventKind.Cancelled, EventKind.Moved, EventKind.Absent).ToArbitrary();

    /// <summary>Notice in minutes: from an hour after the start to ten days before.</summary>
    public static Arbitrary<int> AnyNotice => Gen.Choose(-60, 14400).ToArbitrary();
}
