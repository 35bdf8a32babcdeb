using PracticeApp.Agreements;
using static PracticeApp.Tests.Agreements.AgreedWorld;

namespace PracticeApp.Tests.Agreements;

/// <summary>Cancellation policies as practices publish them; each must be expressible.</summary>
public class PublishedPracticesTests
{
    internal static readonly Terms HalfUnder24Hours = Bare with { Cancellation = new("5", [new(24, Cost.OfPercent(50))]), Absence = new("6", Cost.OfPercent(100)) };

    internal static readonly Terms FixedUnder12Hours = Bare with
    {
        Cancellation = new("5", [new(12, Cost.OfAmount(25)), new(2, Cost.OfPercent(100))]),
        Booking = new("4", HighestUnpaid: 0m, SignedFromSession: null),
    };

    internal static readonly Terms FirstFree = Bare with
    {
        Absence = new("6", Cost.OfPercent(100)),
        Repeats = new("6", 180, [0, 25]),
        Escalations = [new("6", EscalationCount.Absences, 2, 180, false, EscalationAction.PauseOnlineBooking)],
    };

    internal static readonly Terms SevenDays = Bare with
    {
        Cancellation = new("5", [new(168, Cost.OfPercent(100))]),
        Reasons = new("13", [new("illness", ReasonEffect.Never, null)]),
    };

    internal static readonly Terms MovingLate = Bare with
    {
        Cancellation = new("5", [new(24, Cost.OfPercent(100))]),
        Moving = new("5.1", null, 24, Cost.OfPercent(70)),
    };

    internal static readonly Terms InPersonAndOnline = Bare with
    {
        Cancellation = new("5", [new(24, Cost.OfPercent(100))]),
        FreePasses = new("5", 1, 365, false),
        Overrides =
        [
            TermsOverride.Of(null, SessionPlace.InPerson) with
            {
                Cancellation = new("5.2", [new(48, Cost.OfPercent(50)), new(24, Cost.OfPercent(100))]), Room = new("2.1", 15m, 48),
            },
        ],
    };

    public static TheoryData<string> Names => [.. All.Keys];

    internal static IReadOnlyDictionary<string, Terms> All => new Dictionary<string, Terms>
    {
        ["half under 24 hours"] = HalfUnder24Hours, ["fixed under 12 hours"] = FixedUnder12Hours, ["the first is free"] = FirstFree,
        ["seven days"] = SevenDays, ["moving late"] = MovingLate, ["in person and online"] = InPersonAndOnline,
    };

    [Fact]
    public void Half_under_24_hours_and_everything_for_absence()
    {
        var terms = HalfUnder24Hours;
        var appointment = Appointment();

        Assert.Equal(0m, terms.Assess(appointment, appointment.CancelledBefore(24)).Charge);
        Assert.Equal(40m, terms.Assess(appointment, appointment.CancelledBefore(23.99)).Charge);
        Assert.Equal(80m, terms.Assess(appointment, appointment.Missed()).Charge);
        Assert.Equal("6", terms.Assess(appointment, appointment.Missed()).Clause);
    }

    [Fact]
    public void A_fixed_25_under_12_hours_everything_under_2_and_the_next_booking_only_when_paid()
    {
        var terms = FixedUnder12Hours;
        var appointment = Appointment();

        Assert.Equal([0m, 25m, 25m, 80m, 80m], new[] { 12, 11.9, 2, 1.9, -0.1 }
            .Select(hours => terms.Assess(appointment, appointment.CancelledBefore(hours)).Charge));
        Assert.Equal(80m, terms.Assess(appointment, appointment.Missed()).Charge);
        Assert.Equal(20m, terms.Assess(Appointment(fee: 20m), appointment.CancelledBefore(5)).Charge);
        Assert.Empty(terms.Validate());
    }

    [Fact]
    public void The_first_missed_session_is_free_the_second_25_percent_then_booking_is_paused()
    {
        var terms = FirstFree;
        PastEvent Missed(int day) => Appointment(day) is var appointment ? new(appointment, appointment.Missed()) : null!;
        var third = Appointment();

        var first = terms.Assess(third, third.Missed());
        var second = terms.Assess(third, third.Missed(), Missed(-30));
        var longAgo = terms.Assess(third, third.Missed(), Missed(-180));

        Assert.Equal((0m, 0), (first.Charge, first.Escalations.Length));
        Assert.Equal((20m, EscalationAction.PauseOnlineBooking), (second.Charge, second.Escalations[0].Action));
        Assert.Equal(2, second.Because.Occurrence);
        Assert.Equal(0m, longAgo.Charge);
    }

    [Fact]
    public void The_full_fee_unless_seven_days_notice_and_illness_does_not_waive()
    {
        var terms = SevenDays;
        var appointment = Appointment();

        Assert.Equal(0m, terms.Assess(appointment, appointment.CancelledBefore(168, "illness")).Charge);
        var late = terms.Assess(appointment, appointment.CancelledBefore(167, "illness"));
        Assert.Equal((80m, false), (late.Charge, late.AsksPsychologist));
    }

    [Fact]
    public void Seventy_percent_for_moving_late()
    {
        var terms = MovingLate;
        var appointment = Appointment();

        Assert.Equal(0m, terms.Assess(appointment, appointment.MovedBefore(24)).Charge);
        Assert.Equal(56m, terms.Assess(appointment, appointment.MovedBefore(23)).Charge);
        Assert.Equal("5.1", terms.Assess(appointment, appointment.MovedBefore(23)).Clause);
    }

    [Fact]
    public void In_person_48_hours_with_room_rent_and_online_24_hours()
    {
        var terms = InPersonAndOnline;
        var (online, there) = (Appointment(), Appointment(place: SessionPlace.InPerson));
        var used = new PastEvent(Appointment(-20), Appointment(-20).CancelledBefore(1));

        Assert.Equal(0m, terms.Assess(online, online.CancelledBefore(30), used).Charge);
        Assert.Equal(40m, terms.Assess(there, there.CancelledBefore(30), used).Charge);
        Assert.Equal(0m, terms.Assess(there, there.CancelledBefore(48), used).Charge);
        var passed = terms.Assess(there, there.CancelledBefore(30));
        Assert.Equal((15m, "room", "2.1"), (passed.Charge, passed.Because.Key, passed.Clause));
    }
}
