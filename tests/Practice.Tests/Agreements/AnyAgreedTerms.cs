using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using PracticeApp.Agreements;

namespace PracticeApp.Tests.Agreements;

/// <summary>Valid terms with every part there is, in every shape: for what must hold of all terms.</summary>
internal static class AnyAgreedTerms
{
    private static Gen<T?> Maybe<T>(Gen<T> gen) where T : class => Gen.OneOf(Gen.Constant<T?>(null), gen.Select(v => (T?)v));

    private static Gen<T?> MaybeValue<T>(Gen<T> gen) where T : struct => Gen.OneOf(Gen.Constant<T?>(null), gen.Select(v => (T?)v));

    private static Gen<bool> Bool => Gen.Elements(true, false);

    private static Gen<T> AnyOf<T>() where T : struct, Enum => Gen.Elements(Enum.GetValues<T>());

    private static Gen<string?> Number => Gen.Elements(null, "1", "5", "5.1", "16", "12.34");

    private static Gen<decimal> Amount => Gen.Choose(0, 100_000).Select(cents => cents / 100m);

    private static Gen<Cost> Costs => Gen.OneOf(Gen.Choose(0, 100_000).Select(n => Cost.OfPercent(n / 1000m)), Amount.Select(Cost.OfAmount));

    private static Gen<CreditTerm> Credits => Gen.OneOf(Costs.Select(c => new CreditTerm(c, false)), Gen.Constant(new CreditTerm(null, true)));

    private static Gen<string> Word => Gen.Elements("report", "letter", "third-party-call", "own-1", "own-2", "note-7", "x");

    private static Gen<string> Text => Gen.Elements("Ambulance 124", "Дом, 5", "a, b; c", "\"quoted\" & <b>", "ääni", "[0].x", "1,5");

    private static Gen<ImmutableArray<T>> Some<T>(Gen<T> gen, int most) => gen.ListOf().Select(list => list.Take(most).ToImmutableArray());

    private static Gen<ImmutableArray<T>> Distinct<T>(Gen<T> gen, int most) => gen.ListOf().Select(list => list.Distinct().Take(most).ToImmutableArray());

    private static Gen<FeeTerms> Fee => from c in Number from a in Amount from d in Gen.Choose(0, 120) select new FeeTerms(c, a, d);

    private static Gen<SessionTerms> Session =>
        from c in Number from m in Gen.Choose(60, 600) from r in MaybeValue(Gen.Choose(1, 100)) select new SessionTerms(c, m, r);

    private static Gen<CancellationTerms> Cancellation =>
        from c in Number
        from tiers in Some(from h in Gen.Choose(1, 8784) from cost in Costs select new NoticeTier(h, cost), 10)
        select new CancellationTerms(c, [.. tiers.DistinctBy(t => t.HoursBefore)]);

    private static Gen<AbsenceTerms> Absence => from c in Number from cost in Costs select new AbsenceTerms(c, cost);

    private static Gen<LatenessTerms> Lateness => from c in Number from g in Gen.Choose(0, 60) from e in Bool select new LatenessTerms(c, g, e);

    private static Gen<MovingTerms> Moving =>
        from c in Number from t in MaybeValue(Gen.Choose(0, 50)) from h in Gen.Choose(0, 8784) from cost in Maybe(Costs) select new MovingTerms(c, t, h, cost);

    private static Gen<PrepaymentTerms> Prepayment =>
        from c in Number from s in AnyOf<PrepaymentScope>() from p in Gen.Choose(1, 100) from h in Gen.Choose(0, 8784) from w in AnyOf<WhenUnpaid>()
        select new PrepaymentTerms(c, s, p, h, w);

    private static Gen<RoomTerms> Room => from c in Number from a in Amount from h in Gen.Choose(1, 8784) select new RoomTerms(c, a, h);

    private static Gen<RepeatTerms> Repeats =>
        from c in Number from w in Gen.Choose(1, 1830) from p in Gen.Choose(0, 100).NonEmptyListOf() select new RepeatTerms(c, w, [.. p.Take(10).Order()]);

    private static Gen<FreePassTerms> Passes =>
        from c in Number from n in Gen.Choose(1, 50) from d in Gen.Choose(1, 1830) from a in Bool select new FreePassTerms(c, n, d, a);

    private static Gen<ReasonTerms> Reasons =>
        from c in Number
        from reasons in Some(
            from key in Gen.Elements("illness", "weather", "emergency", "own-1", "own-7", "moon")
            from effect in AnyOf<ReasonEffect>()
            from label in Maybe(Text)
            select new ReasonTerm(key, effect, label), 20)
        select new ReasonTerms(c, [.. reasons.DistinctBy(r => r.Key)]);

    private static Gen<EscalationTerm> Escalation =>
        from c in Number from counts in AnyOf<EscalationCount>() from n in Gen.Choose(1, 50) from d in Gen.Choose(1, 1830) from row in Bool from act in AnyOf<EscalationAction>()
        select new EscalationTerm(c, counts, n, d, row, act);

    private static Gen<ContactTerms> Contact =>
        from c in Number
        from channels in Distinct(Gen.Elements("messages", "email", "sms", "phone", "pigeon"), 10)
        from days in Distinct(Gen.Choose(1, 7), 7)
        from hour in Gen.Choose(0, 600) from length in Gen.Choose(1, 800)
        from minutes in Gen.Choose(0, 10080) from price in MaybeValue(Amount) from answer in MaybeValue(Gen.Choose(1, 720))
        from ec in Number
        from counts in Distinct(Gen.Elements("danger-to-self", "danger-to-others", "violence", "flood"), 20)
        from also in Some(Text, 10) from turn in Some(Text, 10)
        let from_ = new TimeOnly(0, 0).AddMinutes(hour)
        select new ContactTerms(c, channels, new ContactHours(days, from_, from_.AddMinutes(length)), minutes, price, answer, new EmergencyTerms(ec, counts, also, turn));

    private static Gen<ScopeTerms> Scope =>
        from c in Number from r in Gen.Choose(0, 100)
        from work in Some(from k in Word from p in Amount from per in AnyOf<PricedPer>() from label in Maybe(Text) select new ExtraWorkPrice(k, p, per, label), 20)
        select new ScopeTerms(c, r, [.. work.DistinctBy(w => w.Key)]);

    private static Gen<PsychologistTerms> Psychologist =>
        from c in Number from g in Gen.Choose(0, 120) from late in Maybe(Credits) from absent in Maybe(Credits) from h in Gen.Choose(0, 8784)
        from shortly in Maybe(Credits) from holidays in Gen.Choose(0, 366)
        select new PsychologistTerms(c, g, late, absent, h, shortly, holidays);

    private static Gen<TermsOverride> Override =>
        from kind in Maybe(Gen.Elements("couple", "individual", "0191b2f4-9a3f-7c55-8a35-6d0f1c2b3a4d"))
        from place in MaybeValue(AnyOf<SessionPlace>())
        from fee in Maybe(Fee) from session in Maybe(Session) from cancellation in Maybe(Cancellation) from absence in Maybe(Absence)
        from lateness in Maybe(Lateness) from moving in Maybe(Moving) from prepayment in Maybe(Prepayment) from room in Maybe(Room)
        from repeats in Maybe(Repeats) from passes in Maybe(Passes) from side in Maybe(Psychologist) from without in Distinct(AnyOf<LiftedPart>(), 4)
        select TermsOverride.Of(kind, place) with
        {
            Repeats = repeats, FreePasses = passes, Psychologist = side,
            Without = [.. without.Where(part => part switch { LiftedPart.Prepayment => prepayment is null, LiftedPart.Room => room is null, LiftedPart.FreePasses => passes is null, _ => repeats is null })],
            Fee = fee, Session = session, Cancellation = cancellation, Absence = absence, Lateness = lateness, Moving = moving, Prepayment = prepayment, Room = room,
        };

    private static Gen<ReminderTerms> Reminders =>
        from c in Number from mail in Distinct(Gen.Choose(1, 336), 5) from text in Distinct(Gen.Choose(1, 336), 5)
        select new ReminderTerms(c, mail, text);

    public static Arbitrary<Terms> Arbitrary => (
        from fee in Fee from session in Session from cancellation in Cancellation from absence in Absence from lateness in Lateness
        from repeats in Maybe(Repeats) from passes in Maybe(Passes) from reasons in Reasons from escalations in Some(Escalation, 20)
        from prepayment in Maybe(Prepayment)
        from bc in Number from unpaid in MaybeValue(Amount) from signed in MaybeValue(Gen.Choose(1, 100))
        from moving in Moving from room in Maybe(Room) from reminders in Maybe(Reminders) from contact in Contact from scope in Scope from psychologist in Psychologist
        from ec in Number from notice in Gen.Choose(0, 366) from closing in Bool
        from overrides in Some(Override, 8)
        select new Terms(Terms.CurrentSchema, "EUR", fee, session, cancellation, absence, lateness, repeats, passes, reasons, escalations, prepayment,
            new BookingTerms(bc, unpaid, signed), moving, room, reminders, contact, scope, psychologist, new EndingTerms(ec, notice, closing),
            [.. overrides.Where(o => o.Kind is not null || o.Place is not null).DistinctBy(o => (o.Kind, o.Place))])).ToArbitrary();
}
