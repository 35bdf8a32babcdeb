using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using PracticeApp.Agreements;
using static PracticeApp.Tests.Agreements.AgreedWorld;
using PracticeApp.Shared;

namespace PracticeApp.Tests.Agreements;

public class AttendancePolicyProperties
{
    private static readonly DateTime Later = Start.AddYears(1);

    private static AttendanceEvent Act(EventKind what, AppointmentFacts appointment, int noticeMinutes) =>
        new(what, appointment.Start.AddMinutes(-noticeMinutes));

    private static void ForAll(Func<Terms, PastEvent[], EventKind, int, int, bool> holds)
    {
        var pair = (from a in AnyNotice.Generator from b in AnyNotice.Generator select (a, b)).ToArbitrary();
        var rest = (from act in AnyAct.Generator from history in AnyHistory.Generator select (act, history)).ToArbitrary();
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(400),
            Prop.ForAll(AnyTerms, rest, pair, (terms, other, notices) => holds(terms, other.history, other.act, notices.a, notices.b)));
    }

    [Fact]
    public void Generated_terms_are_valid() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(AnyTerms, terms => terms.Validate().Count == 0 && Terms.Parse(terms.ToJson()) == terms));

    [Fact]
    public void The_charge_is_bounded_by_the_fee_and_by_the_dearest_term() => ForAll((terms, history, what, notice, _) =>
    {
        var appointment = Appointment();
        var assessed = terms.Assess(appointment, Act(what, appointment, notice), history);
        var dearest = terms.Cancellation.Tiers.Select(tier => tier.Cost).Append(what == EventKind.Absent ? terms.Absence.Cost : Cost.OfPercent(0))
            .Append(what == EventKind.Moved && terms.Moving.LateCost is { } late ? late : Cost.OfPercent(0))
            .Max(cost => cost.Of(80m, "EUR"));
        return assessed.Charge >= 0m && assessed.Charge <= Math.Min(80m, Math.Max(dearest, terms.Room?.Amount ?? 0m));
    });

    [Fact]
    public void The_charge_never_falls_as_notice_gets_shorter() => ForAll((terms, history, what, one, two) =>
    {
        var appointment = Appointment();
        var shorter = terms.Assess(appointment, Act(what, appointment, Math.Min(one, two)), history);
        var longer = terms.Assess(appointment, Act(what, appointment, Math.Max(one, two)), history);
        return shorter.Charge >= longer.Charge;
    });

    [Fact]
    public void With_exceptions_by_kind_and_place_too_the_charge_never_falls_as_notice_gets_shorter() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(
            AnyAgreedTerms.Arbitrary, AnyHistory, (from a in AnyNotice.Generator from b in AnyNotice.Generator from act in AnyAct.Generator select (a, b, act)).ToArbitrary(), (terms, history, given) =>
            {
                foreach (var kind in terms.Overrides.Select(o => o.Kind ?? "other").Append("other").Distinct())
                foreach (var place in Enum.GetValues<SessionPlace>())
                {
                    var appointment = Appointment(place: place, kind: kind);
                    var shorter = terms.Assess(appointment, Act(given.act, appointment, Math.Min(given.a, given.b)), history);
                    var longer = terms.Assess(appointment, Act(given.act, appointment, Math.Max(given.a, given.b)), history);
                    Assert.InRange(longer.Charge, 0m, shorter.Charge);
                    Assert.InRange(shorter.Charge, 0m, 80m);
                }
            }));

    [Fact]
    public void Absence_is_never_cheaper_than_cancelling() => ForAll((terms, history, _, notice, _) =>
    {
        var appointment = Appointment();
        return terms.Assess(appointment, appointment.Missed(), history).Charge
            >= terms.Assess(appointment, Act(EventKind.Cancelled, appointment, Math.Max(0, notice)), history).Charge;
    });

    [Fact]
    public void The_order_in_which_events_become_known_plays_no_part() => ForAll((terms, history, _, _, _) =>
    {
        var agreed = terms.Agreed();
        var there = AttendancePolicy.Fold(history, agreed, Later).Select(item => (item.Past.Appointment.Id, item.Assessment.ToJson()));
        var back = AttendancePolicy.Fold(history.Reverse(), agreed, Later).Select(item => (item.Past.Appointment.Id, item.Assessment.ToJson()));
        var mixed = AttendancePolicy.Fold(history.OrderBy(past => past.Event.Reason).ThenBy(past => past.Appointment.Fee), agreed, Later)
            .Select(item => (item.Past.Appointment.Id, item.Assessment.ToJson()));
        return there.SequenceEqual(back) && there.SequenceEqual(mixed);
    });

    [Fact]
    public void What_is_waived_costs_nothing() => ForAll((terms, history, what, notice, _) =>
    {
        var appointment = Appointment();
        var excused = terms.Assess(appointment, Act(what, appointment, notice) with { Excused = true }, history);
        var bereaved = terms.Assess(appointment, Act(what, appointment, notice) with { Reason = "bereavement" }, history);
        return excused.Charge == 0m && !excused.Counts && (bereaved.Charge == 0m || bereaved.Because.Key == "room") && !bereaved.Counts;
    });

    [Fact]
    public void The_words_state_the_charge_in_every_language() => ForAll((terms, history, what, notice, _) =>
    {
        var appointment = Appointment();
        var assessed = terms.Assess(appointment, Act(what, appointment, notice), history);
        return new[] { "en", "ru", "bs", "fi" }.All(language =>
        {
            var culture = CultureInfo.GetCultureInfo(language);
            var stated = Currencies.Format(assessed.Charge, "EUR", culture);
            var words = AssessmentWords.Record(assessed, culture) + AssessmentWords.IfNow(assessed, what, culture);
            var lines = assessed.Reckoning.Select(line => AssessmentWords.Line(line, culture));
            return !words.Contains('{') && !lines.Any(line => line.Contains('{')) && (assessed.Charge == 0m || words.Split(stated).Length >= 3);
        });
    });

    [Fact]
    public void An_assessment_survives_storage() => ForAll((terms, history, what, notice, _) =>
    {
        var appointment = Appointment();
        var assessed = terms.Assess(appointment, Act(what, appointment, notice), history);
        return Assessment.Parse(assessed.ToJson()).ToJson() == assessed.ToJson() && assessed.Reckoning[^1].Amount == assessed.Charge;
    });
}
