using PracticeApp.Agreements;

namespace PracticeApp.Booking;

/// <summary>From this moment on cancelling costs this much, by this clause.</summary>
public sealed record CostStep(DateTime From, decimal Amount, string? Clause);

/// <summary>How the cost of cancelling grows as the start comes nearer; told before somebody books.</summary>
/// <param name="Steps">The first is what it costs now; then each moment at which it changes.</param>
/// <param name="FreePass">One late cancellation in this many days is free; null where none is left or agreed.</param>
public sealed record CancellingCosts(IReadOnlyList<CostStep> Steps, int? FreePass, string? FreePassClause, AgreedTerms Agreed)
{
    /// <summary>Reads the terms as if the session existed already; repeats and passes left aside, they are told apart.</summary>
    public static CancellingCosts Of(AppointmentFacts appointment, AgreedTerms agreed, IReadOnlyList<PastEvent> history, DateTime now)
    {
        var plain = agreed with { Terms = agreed.Terms.WithoutHistory() };
        Assessment At(AgreedTerms terms, DateTime at, IEnumerable<PastEvent> past) => AttendancePolicy.IfCancelledNow(appointment, [terms], past, at);

        var terms = agreed.Terms.For(appointment.Kind, appointment.Place);
        var hours = terms.Cancellation.Tiers.Select(t => t.HoursBefore).Append(terms.Room?.HoursBefore ?? 0).Where(h => h > 0);
        // Notice of exactly so many hours is still enough; a second later it is not.
        var moments = hours.Select(h => appointment.Start.AddHours(-h).AddSeconds(1)).Where(m => m > now).Distinct().Order().Prepend(now);
        var steps = new List<CostStep>();
        foreach (var moment in moments)
        {
            var cost = At(plain, moment, []);
            if (steps.Count == 0 || steps[^1].Amount != cost.Charge) steps.Add(new CostStep(moment == now ? now : moment.AddSeconds(-1), cost.Charge, cost.Clause));
        }
        var last = At(agreed, moments.Last(), history);
        var pass = last.Because.Key == "pass";
        return new CancellingCosts(steps, pass ? last.Because.WindowDays : null, pass ? last.Clause : null, agreed);
    }
}
