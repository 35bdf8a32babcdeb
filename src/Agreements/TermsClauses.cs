namespace PracticeApp.Agreements;

/// <summary>The clauses that the parts of the terms rest on, followed when clauses move.</summary>
public static class TermsClauses
{
    /// <summary>
    /// The same terms for a text whose clauses have moved. What rested on a clause that is gone rests on the first of its
    /// kind, or on none.
    /// </summary>
    /// <param name="origins">For each clause of <paramref name="after"/> its number in <paramref name="before"/>; null for a new one.</param>
    public static Terms Renumbered(this Terms terms, AgreementText before, AgreementText after, IReadOnlyList<int?> origins)
    {
        var moved = origins.Select((number, index) => (number, index)).Where(o => o.number is not null)
            .GroupBy(o => o.number!.Value).ToDictionary(g => g.Key, g => g.First().index + 1);
        return terms.OnClauses((clause, kind) =>
        {
            if (clause?.Split('.', 2) is [var head, .. var rest] && int.TryParse(head, out var number) && number <= before.Clauses.Length
                && moved.TryGetValue(number, out var now)) return string.Join('.', [$"{now}", .. rest]);
            return after.NumberOf(kind)?.ToString(System.Globalization.CultureInfo.InvariantCulture);
        });
    }

    /// <summary>For a text of the same kinds in another order: the first of a kind stays the first of its kind.</summary>
    public static Terms Renumbered(this Terms terms, AgreementText before, AgreementText after) => terms.Renumbered(before, after, Origins(before, after));

    /// <summary>For each clause of a text the number of its counterpart, the n-th of a kind for the n-th of that kind.</summary>
    public static IReadOnlyList<int?> Origins(AgreementText before, AgreementText after)
    {
        var left = before.Clauses.GroupBy(c => c.Kind).ToDictionary(g => g.Key, g => new Queue<int>(g.Select(c => c.Number)));
        return [.. after.Clauses.Select(c => left.TryGetValue(c.Kind, out var queue) && queue.TryDequeue(out var number) ? number : (int?)null)];
    }

    /// <param name="on">From the clause it rests on and the kind of clause it belongs to, the clause it rests on.</param>
    private static Terms OnClauses(this Terms t, Func<string?, ClauseKind, string?> on) => t with
    {
        Fee = t.Fee with { Clause = on(t.Fee.Clause, ClauseKind.Fee) },
        Session = t.Session with { Clause = on(t.Session.Clause, ClauseKind.Place) },
        Cancellation = t.Cancellation with { Clause = on(t.Cancellation.Clause, ClauseKind.Cancelling) },
        Absence = t.Absence with { Clause = on(t.Absence.Clause, ClauseKind.Absence) },
        Lateness = t.Lateness with { Clause = on(t.Lateness.Clause, ClauseKind.Lateness) },
        Repeats = t.Repeats is { } repeats ? repeats with { Clause = on(repeats.Clause, ClauseKind.Absence) } : null,
        FreePasses = t.FreePasses is { } passes ? passes with { Clause = on(passes.Clause, ClauseKind.Cancelling) } : null,
        Reasons = t.Reasons with { Clause = on(t.Reasons.Clause, ClauseKind.ForceMajeure) },
        Escalations = [.. t.Escalations.Select(e => e with { Clause = on(e.Clause, ClauseKind.Absence) })],
        Prepayment = t.Prepayment is { } prepayment ? prepayment with { Clause = on(prepayment.Clause, ClauseKind.Prepayment) } : null,
        Booking = t.Booking with { Clause = on(t.Booking.Clause, ClauseKind.Prepayment) },
        Moving = t.Moving with { Clause = on(t.Moving.Clause, ClauseKind.Cancelling) },
        Room = t.Room is { } room ? room with { Clause = on(room.Clause, ClauseKind.Cancelling) } : null,
        Contact = t.Contact with
        {
            Clause = on(t.Contact.Clause, ClauseKind.Contact),
            Emergency = t.Contact.Emergency with { Clause = on(t.Contact.Emergency.Clause, ClauseKind.Emergency) },
        },
        Scope = t.Scope with { Clause = on(t.Scope.Clause, ClauseKind.Changes) },
        Psychologist = t.Psychologist with { Clause = on(t.Psychologist.Clause, ClauseKind.Lateness) },
        Ending = t.Ending with { Clause = on(t.Ending.Clause, ClauseKind.Ending) },
        Overrides = [.. t.Overrides.Select(o => o with
        {
            Fee = o.Fee is { } fee ? fee with { Clause = on(fee.Clause, ClauseKind.Fee) } : null,
            Session = o.Session is { } session ? session with { Clause = on(session.Clause, ClauseKind.Place) } : null,
            Cancellation = o.Cancellation is { } cancellation ? cancellation with { Clause = on(cancellation.Clause, ClauseKind.Cancelling) } : null,
            Absence = o.Absence is { } absence ? absence with { Clause = on(absence.Clause, ClauseKind.Absence) } : null,
            Lateness = o.Lateness is { } lateness ? lateness with { Clause = on(lateness.Clause, ClauseKind.Lateness) } : null,
            Moving = o.Moving is { } moving ? moving with { Clause = on(moving.Clause, ClauseKind.Cancelling) } : null,
            Prepayment = o.Prepayment is { } ahead ? ahead with { Clause = on(ahead.Clause, ClauseKind.Prepayment) } : null,
            Room = o.Room is { } rented ? rented with { Clause = on(rented.Clause, ClauseKind.Cancelling) } : null,
        })],
    };
}
