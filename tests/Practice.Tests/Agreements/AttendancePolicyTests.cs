using System.Globalization;
using PracticeApp.Agreements;
using static PracticeApp.Tests.Agreements.AgreedWorld;

namespace PracticeApp.Tests.Agreements;

public class AttendancePolicyTests
{
    private static readonly Terms Half = Bare with
    {
        Cancellation = new("5", [new(24, Cost.OfPercent(50))]), Absence = new("6", Cost.OfPercent(100)),
    };

    [Fact]
    public void A_dear_early_tier_is_not_undercut_by_a_later_cheap_one()
    {
        var terms = Bare with { Cancellation = new("5", [new(48, Cost.OfPercent(60)), new(12, Cost.OfPercent(20))]) };
        var appointment = Appointment();

        Assert.Equal(48m, terms.Assess(appointment, appointment.CancelledBefore(3)).Charge);
        Assert.Equal(48m, terms.Assess(appointment, appointment.Missed()).Charge);
    }

    [Fact]
    public void The_free_pass_is_used_once_and_the_next_late_cancellation_costs()
    {
        var terms = Half with { FreePasses = new("5", 1, 365, false) };
        var (first, second) = (Appointment(-10), Appointment());
        var used = new PastEvent(first, first.CancelledBefore(2));

        var passed = terms.Assess(first, used.Event);
        Assert.Equal((0m, "pass", true, false), (passed.Charge, passed.Because.Key, passed.Late, passed.Counts));
        Assert.Equal(40m, terms.Assess(second, second.CancelledBefore(2), used).Charge);
        Assert.Equal(80m, terms.Assess(second, second.Missed()).Charge);
    }

    [Fact]
    public void A_pass_is_not_wasted_on_what_was_free_or_excused()
    {
        var terms = Half with { FreePasses = new("5", 1, 365, false) };
        var (early, excused, now) = (Appointment(-20), Appointment(-10), Appointment());

        var assessed = terms.Assess(now, now.CancelledBefore(2),
            new PastEvent(early, early.CancelledBefore(30)), new PastEvent(excused, excused.CancelledBefore(1) with { Excused = true }));

        Assert.Equal("pass", assessed.Because.Key);
    }

    [Theory]
    [InlineData("bereavement", 0, false, true)]
    [InlineData("illness", 40, true, false)]
    [InlineData("forgot", 40, false, false)]
    [InlineData("never-heard-of", 40, false, false)]
    public void A_reason_waives_asks_or_changes_nothing(string reason, decimal charge, bool asks, bool excused)
    {
        var appointment = Appointment();

        var assessed = Half.Assess(appointment, appointment.CancelledBefore(3, reason));

        Assert.Equal((charge, asks, excused), (assessed.Charge, assessed.AsksPsychologist, assessed.Excused));
    }

    [Fact]
    public void The_psychologist_may_excuse_whatever_the_reason()
    {
        var appointment = Appointment();

        var assessed = Half.Assess(appointment, appointment.Missed("forgot", excused: true));

        Assert.Equal((0m, true, false), (assessed.Charge, assessed.Excused, assessed.Counts));
    }

    [Fact]
    public void Moving_out_of_a_late_cancellation_does_not_make_it_free()
    {
        var terms = Half with { Moving = new("5", null, 12, null) };
        var moved = Appointment(10) with { OriginalStart = Start, LeastNoticeAtMove = TimeSpan.FromHours(20), Moves = 1 };

        Assert.Equal(40m, terms.Assess(moved, moved.CancelledBefore(200)).Charge);
    }

    [Fact]
    public void Who_moved_in_good_time_may_still_cancel_free_of_charge()
    {
        var moved = Appointment(10) with { OriginalStart = Start, LeastNoticeAtMove = TimeSpan.FromDays(5), Moves = 1 };

        Assert.Equal(0m, Half.Assess(moved, moved.CancelledBefore(48)).Charge);
        Assert.Equal(40m, Half.Assess(moved, moved.CancelledBefore(20)).Charge);
    }

    [Fact]
    public void Without_knowing_when_it_was_moved_notice_counts_from_the_original_start()
    {
        var moved = Appointment(2) with { OriginalStart = Start, Moves = 1 };

        Assert.Equal(40m, Half.Assess(moved, new(EventKind.Cancelled, Start.AddHours(-20))).Charge);
    }

    [Fact]
    public void Moving_more_often_than_agreed_counts_as_cancelling()
    {
        var terms = Half with { Moving = new("5", 1, 12, null) };

        var again = terms.Assess(Appointment(moves: 1), Appointment().MovedBefore(20));

        Assert.Equal((40m, "move-again"), (again.Charge, again.Because.Key));
        Assert.Equal(0m, terms.Assess(Appointment(), Appointment().MovedBefore(20)).Charge);
        Assert.Equal("move-as-cancel", terms.Assess(Appointment(), Appointment().MovedBefore(10)).Because.Key);
    }

    [Fact]
    public void A_late_or_absent_psychologist_owes_what_the_agreement_says()
    {
        var terms = Half with { Psychologist = new("7", 10, new(Cost.OfPercent(25), false), new(null, true), 24, new(Cost.OfPercent(50), false), 14) };
        var appointment = Appointment();
        Assessment After(AttendanceEvent happened) => terms.Assess(appointment, happened);

        Assert.Equal((80m, 0m), Owed(After(new(EventKind.Attended, Start, PsychologistLateMinutes: 10))));
        Assert.Equal((80m, 20m), Owed(After(new(EventKind.Attended, Start, PsychologistLateMinutes: 11))));
        Assert.Equal((0m, 80m), Owed(After(new(EventKind.PsychologistAbsent, Start))));
        Assert.True(After(new(EventKind.PsychologistAbsent, Start)).FreeSession);
        Assert.Equal((0m, 40m), Owed(After(new(EventKind.CancelledByPsychologist, Start.AddHours(-23)))));
        Assert.Equal((0m, 0m), Owed(After(new(EventKind.CancelledByPsychologist, Start.AddHours(-24)))));
        Assert.Equal((0m, 40m), Owed(After(new(EventKind.MovedByPsychologist, Start.AddHours(-2)))));

        static (decimal, decimal) Owed(Assessment assessment) => (assessment.Charge, assessment.Credit);
    }

    [Fact]
    public void A_kept_session_costs_its_fee_and_late_arrival_changes_nothing()
    {
        var late = Half.Assess(Appointment(), new(EventKind.Attended, Start, LateMinutes: 12));

        Assert.Equal((80m, "3", "attended-late", false), (late.Charge, late.Clause, late.Because.Key, late.Counts));
        var open = (Half with { Lateness = new("7", 15, EndsOnTime: false) }).Assess(Appointment(), new(EventKind.Attended, Start, LateMinutes: 12));
        Assert.DoesNotContain("on time", AssessmentWords.Record(open, System.Globalization.CultureInfo.GetCultureInfo("en")), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_two_versions_the_lower_total_counts_and_the_other_is_named()
    {
        var (older, newer) = (Half.Agreed(1), (Half with { Cancellation = new("5", [new(48, Cost.OfPercent(75))]) }).Agreed(2));
        var appointment = Appointment();

        var assessed = AttendancePolicy.Assess(appointment, appointment.CancelledBefore(30), [older, newer], [], Start);
        var words = AssessmentWords.Record(assessed, CultureInfo.GetCultureInfo("en"));

        Assert.Equal((0m, 1, 2, 60m), (assessed.Charge, assessed.AgreementVersion, assessed.Because.OtherVersion, assessed.Because.OtherTotal));
        Assert.Contains("Version 2 would ask €60", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_versions_agree_the_newest_is_named()
    {
        var appointment = Appointment();

        var assessed = AttendancePolicy.Assess(appointment, appointment.CancelledBefore(3), [Half.Agreed(1), Half.Agreed(2)], [], Start);

        Assert.Equal((2, null), (assessed.AgreementVersion, assessed.Because.OtherVersion));
    }

    [Fact]
    public void Kept_sessions_break_a_row_of_absences()
    {
        var terms = Half with { Escalations = [new("6", EscalationCount.Absences, 2, 90, InARow: true, EscalationAction.OfferEnding)] };
        var (missed, kept, now) = (Appointment(-14), Appointment(-7), Appointment());
        var first = new PastEvent(missed, missed.Missed());

        Assert.Single(terms.Assess(now, now.Missed(), first).Escalations);
        Assert.Empty(terms.Assess(now, now.Missed(), first, new PastEvent(kept, new(EventKind.Attended, kept.Start))).Escalations);
    }

    [Fact]
    public void What_it_costs_now_is_the_same_as_what_it_then_costs()
    {
        var appointment = Appointment();
        var now = Start.AddHours(-5);

        var before = AttendancePolicy.IfCancelledNow(appointment, [Half.Agreed()], [], now);
        var after = Half.Assess(appointment, new(EventKind.Cancelled, now));

        Assert.Equal(after.ToJson(), before.ToJson());
        Assert.Equal(
            "Cancelling now costs €40 (clause 5, version 1): with less than 24 h before the start it is 50% of the fee of €80.",
            AssessmentWords.IfNow(before, EventKind.Cancelled, CultureInfo.GetCultureInfo("en")));
    }

    [Fact]
    public void Notice_is_elapsed_time_also_over_a_clock_change()
    {
        // Sunday 29 March 2026 in Sarajevo has 23 hours: 15:00 on Saturday is 23 hours before 15:00 on Sunday.
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Sarajevo");
        var start = TimeZoneInfo.ConvertTimeToUtc(new DateTime(2026, 3, 29, 15, 0, 0), zone);
        var appointment = Appointment() with { Start = start, OriginalStart = start };

        var assessed = Half.Assess(appointment, new(EventKind.Cancelled, TimeZoneInfo.ConvertTimeToUtc(new DateTime(2026, 3, 28, 15, 0, 0), zone)));

        Assert.Equal((40m, TimeSpan.FromHours(23)), (assessed.Charge, assessed.Because.Notice));
    }
}
