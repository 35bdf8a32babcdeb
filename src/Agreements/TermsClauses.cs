using System.Globalization;

namespace PracticeApp.Agreements;

/// <summary>Which clause each part of the terms rests on, given the words they stand beside.</summary>
internal static class TermsClauses
{
    public static Terms Follow(Terms terms, AgreementText text)
    {
        // The first kind that the words have; a number that already points into such a clause stays (5.1 stays 5.1).
        string? At(string? before, params ClauseKind[] kinds)
        {
            var present = kinds.Where(k => text.NumberOf(k) is not null).ToList();
            if (present.Count == 0) return null;
            return text.Clauses.Any(c => c.Kind == present[0] && before?.Split('.')[0] == c.Number.ToString(CultureInfo.InvariantCulture))
                ? before
                : text.NumberOf(present[0])!.Value.ToString(CultureInfo.InvariantCulture);
        }

        FeeTerms Fee(FeeTerms p) => p with { Clause = At(p.Clause, ClauseKind.Fee) };
        SessionTerms Session(SessionTerms p) => p with { Clause = At(p.Clause, ClauseKind.Place, ClauseKind.Services) };
        CancellationTerms Cancellation(CancellationTerms p) => p with { Clause = At(p.Clause, ClauseKind.Cancelling) };
        AbsenceTerms Absence(AbsenceTerms p) => p with { Clause = At(p.Clause, ClauseKind.Absence, ClauseKind.Cancelling) };
        LatenessTerms Lateness(LatenessTerms p) => p with { Clause = At(p.Clause, ClauseKind.Lateness, ClauseKind.Absence) };
        MovingTerms Moving(MovingTerms p) => p with { Clause = At(p.Clause, ClauseKind.Cancelling) };
        PrepaymentTerms? Prepayment(PrepaymentTerms? p) => p is null ? null : p with { Clause = At(p.Clause, ClauseKind.Prepayment, ClauseKind.Fee) };
        RoomTerms? Room(RoomTerms? p) => p is null ? null : p with { Clause = At(p.Clause, ClauseKind.Cancelling, ClauseKind.Place) };
        ReminderTerms? Reminders(ReminderTerms? p) => p is null ? null : p with { Clause = At(p.Clause, ClauseKind.Cancelling, ClauseKind.Contact) };
        RepeatTerms? Repeats(RepeatTerms? p) => p is null ? null : p with { Clause = At(p.Clause, ClauseKind.Absence, ClauseKind.Cancelling) };
        FreePassTerms? Passes(FreePassTerms? p) => p is null ? null : p with { Clause = At(p.Clause, ClauseKind.Cancelling, ClauseKind.Absence) };
        PsychologistTerms Psychologist(PsychologistTerms p) => p with { Clause = At(p.Clause, ClauseKind.Lateness) };

        return terms with
        {
            Fee = Fee(terms.Fee),
            Session = Session(terms.Session),
            Cancellation = Cancellation(terms.Cancellation),
            Absence = Absence(terms.Absence),
            Lateness = Lateness(terms.Lateness),
            Repeats = Repeats(terms.Repeats),
            FreePasses = Passes(terms.FreePasses),
            Reasons = terms.Reasons with { Clause = At(terms.Reasons.Clause, ClauseKind.ForceMajeure, ClauseKind.Cancelling) },
            Escalations = [.. terms.Escalations.Select(e => e with { Clause = At(e.Clause, ClauseKind.Absence, ClauseKind.Cancelling) })],
            Prepayment = Prepayment(terms.Prepayment),
            Booking = terms.Booking with { Clause = At(terms.Booking.Clause, ClauseKind.Prepayment, ClauseKind.Fee) },
            Moving = Moving(terms.Moving),
            Room = Room(terms.Room),
            Reminders = Reminders(terms.Reminders),
            Contact = terms.Contact with
            {
                Clause = At(terms.Contact.Clause, ClauseKind.Contact),
                Emergency = terms.Contact.Emergency with { Clause = At(terms.Contact.Emergency.Clause, ClauseKind.Emergency, ClauseKind.Contact) },
            },
            Scope = terms.Scope with { Clause = At(terms.Scope.Clause, ClauseKind.Changes, ClauseKind.Services) },
            Psychologist = Psychologist(terms.Psychologist),
            Ending = terms.Ending with { Clause = At(terms.Ending.Clause, ClauseKind.Ending) },
            Overrides = [.. terms.Overrides.Select(o => o with
            {
                Fee = o.Fee is { } fee ? Fee(fee) : null,
                Session = o.Session is { } session ? Session(session) : null,
                Cancellation = o.Cancellation is { } cancellation ? Cancellation(cancellation) : null,
                Absence = o.Absence is { } absence ? Absence(absence) : null,
                Lateness = o.Lateness is { } lateness ? Lateness(lateness) : null,
                Moving = o.Moving is { } moving ? Moving(moving) : null,
                Prepayment = Prepayment(o.Prepayment),
                Room = Room(o.Room),
                Repeats = Repeats(o.Repeats),
                FreePasses = Passes(o.FreePasses),
                Psychologist = o.Psychologist is { } side ? Psychologist(side) : null,
            })],
        };
    }
}
