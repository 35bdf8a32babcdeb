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

    public static ImmutableArray<Meaning> Of(Terms terms, string language)
    {
        var w = new Wording(language);
        var card = ImmutableArray.CreateBuilder<Meaning>();
        card.Add(new Meaning(terms.Fee.Clause, w.Text("CardFee",
            w.Count("CardFeeMinutes", terms.Session.Minutes), w.Money(terms.Fee.Amount, terms.Currency)) + " " + TermsInWords.Due(terms, w)));
        if (terms.Prepayment is { } prepayment)
        {
            card.Add(new Meaning(prepayment.Clause, TermsInWords.Prepayment(terms, w)));
        }

        AddCancelling(card, terms, w);
        AddAbsence(card, terms, w);
        AddPsychologist(card, terms, w);
        return card.ToImmutable();
    }

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
