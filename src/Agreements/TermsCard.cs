using System.Collections.Immutable;

namespace PracticeApp.Agreements;

/// <summary>One line of <em>What this means in practice</em> and the clause it belongs to.</summary>
public sealed record Meaning(string? Clause, string Text);

/// <summary>
/// <em>What this means in practice</em>: the terms as amounts and examples. Every amount is what
/// <see cref="AttendancePolicy"/> decides for such an event.
/// </summary>
public static class TermsCard
{
    // The example is an appointment on a Thursday at ten.
    private const int ExampleHour = 4 * 24 + 10;
    private const int LongestExample = 6 * 24;

    /// <param name="kinds">Names of the kinds of session by their id, for the exceptions.</param>
    public static ImmutableArray<Meaning> Of(Terms terms, string language, IReadOnlyDictionary<string, string>? kinds = null)
    {
        var w = new Wording(language);
        var card = ImmutableArray.CreateBuilder<Meaning>();
        card.Add(new Meaning(terms.Fee.Clause, FeeLine(terms, w)));
        if (terms.Prepayment is { } prepayment)
        {
            card.Add(new Meaning(prepayment.Clause, TermsInWords.Prepayment(terms, w)));
        }

        AddCancelling(card, terms, w);
        if (terms.Reminders is { } reminders)
        {
            card.Add(new Meaning(reminders.Clause, TermsInWords.Reminders(reminders, w)));
        }

        AddAbsence(card, terms, w);
        AddPsychologist(card, terms, w);
        AddExceptions(card, terms, kinds, w);
        return card.ToImmutable();
    }

    /// <summary>What holds for one kind or place where it is not what the lines above say: in whole sentences, each after its name.</summary>
    private static void AddExceptions(ImmutableArray<Meaning>.Builder card, Terms terms, IReadOnlyDictionary<string, string>? kinds, Wording w)
    {
        var usual = Parts(terms, w).ToList();
        foreach (var over in terms.Overrides)
        {
            var kind = over.Kind is { } id ? kinds?.GetValueOrDefault(id) ?? w.Text("CardOtherKind") : null;
            var name = string.Join(", ", new[] { kind, over.Place is { } place ? w.Text($"Card{place}") : null }.OfType<string>());
            card.AddRange(Parts(terms.For(over.Kind, over.Place), w).Zip(usual).Where(p => p.First.Text != p.Second.Text)
                .Select(p => p.First with { Text = w.Text("CardException", name, p.First.Text) }));
        }
    }

    private static IEnumerable<Meaning> Parts(Terms terms, Wording w)
    {
        Meaning Together(string? clause, Action<ImmutableArray<Meaning>.Builder, Terms, Wording> add)
        {
            var lines = ImmutableArray.CreateBuilder<Meaning>();
            add(lines, terms with { FreePasses = null, Repeats = null, Escalations = [] }, w);
            return new Meaning(clause, string.Join(" ", lines.Select(l => l.Text)));
        }

        yield return new Meaning(terms.Fee.Clause, FeeLine(terms, w));
        yield return new Meaning(terms.Session.Clause, TermsInWords.Review(terms, w));
        yield return new Meaning(terms.Prepayment?.Clause ?? terms.Booking.Clause, TermsInWords.Prepayment(terms, w));
        yield return Together(terms.Cancellation.Clause, AddCancelling);
        yield return new Meaning(terms.FreePasses?.Clause ?? terms.Cancellation.Clause, terms.FreePasses is { } passes ? TermsInWords.Passes(passes, w) : w.Text("CardNoPass"));
        yield return new Meaning(terms.Moving.Clause, TermsInWords.Moving(terms, w));
        yield return Together(terms.Absence.Clause, AddAbsence);
        yield return new Meaning(terms.Repeats?.Clause ?? terms.Absence.Clause, terms.Repeats is { } repeats ? TermsInWords.Repeats(repeats, w) : w.Text("CardNoRepeats"));
        yield return new Meaning(terms.Lateness.Clause, TermsInWords.Late(terms, w));
        yield return Together(terms.Psychologist.Clause, AddPsychologist);
    }

    private static string FeeLine(Terms terms, Wording w) => w.Text("CardFee",
        w.Count("CardFeeMinutes", terms.Session.Minutes), w.Money(terms.Fee.Amount, terms.Currency)) + " " + TermsInWords.Due(terms, w);

    private static void AddCancelling(ImmutableArray<Meaning>.Builder card, Terms terms, Wording w)
    {
        var clause = terms.Cancellation.Clause;
        var steps = NoticeSteps.Of(terms);
        if (steps.IsEmpty)
        {
            card.Add(new Meaning(clause, w.Text("CardAlways")));
        }
        else if (steps[0].HoursBefore <= LongestExample)
        {
            var until = ExampleHour - steps[0].HoursBefore + 7 * 24;
            card.Add(new Meaning(clause, w.Text("CardUntil",
                w.Time(new TimeOnly(10, 0)), w.Nth("UntilDays", until / 24 % 7), w.Time(new TimeOnly(until % 24, 0)))));
        }

        foreach (var step in steps)
        {
            card.Add(new Meaning(clause, w.Text("CardTier", w.Count("HoursNotice", step.HoursBefore), w.Money(step.Amount, terms.Currency))));
        }

        if (terms.FreePasses is { } passes)
        {
            card.Add(new Meaning(passes.Clause, TermsInWords.Passes(passes, w)));
        }
    }

    private static void AddAbsence(ImmutableArray<Meaning>.Builder card, Terms terms, Wording w)
    {
        var absence = NoticeSteps.Absence(terms);
        card.Add(new Meaning(terms.Absence.Clause, absence.Charge == 0m
            ? w.Text("CardAbsenceFree")
            : w.Text("CardAbsence", w.Money(absence.Charge, terms.Currency))));
        if (terms.Repeats is { } repeats)
        {
            card.Add(new Meaning(repeats.Clause, TermsInWords.Repeats(repeats, w)));
        }

        card.AddRange(TermsInWords.Escalations(terms, w).Zip(terms.Escalations, (text, step) => new Meaning(step.Clause, text)));
    }

    private static void AddPsychologist(ImmutableArray<Meaning>.Builder card, Terms terms, Wording w)
    {
        var side = terms.Psychologist;
        string Credit(Assessment owed) => owed.FreeSession
            ? w.Text("CreditFree")
            : w.Text("CreditAmount", w.Money(owed.Credit, terms.Currency));
        if (side.Late is not null)
        {
            card.Add(new Meaning(side.Clause, w.Text("PsyLate",
                w.Count("PsyLateMinutes", side.GraceMinutes), Credit(NoticeSteps.PsychologistLate(terms)))));
        }

        card.Add(new Meaning(side.Clause, side.Absent is null
            ? w.Text("PsyAbsentOnly")
            : w.Text("PsyAbsent", Credit(NoticeSteps.PsychologistAbsent(terms)))));
        if (side is { ShortNotice: not null, NoticeHours: > 0 })
        {
            card.Add(new Meaning(side.Clause, w.Count("PsyNotice", side.NoticeHours) + " "
                + w.Text("PsyShort", Credit(NoticeSteps.PsychologistShort(terms)))));
        }
    }
}
