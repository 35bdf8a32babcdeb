using System.Collections.Immutable;

namespace PracticeApp.Agreements;

/// <summary>What follows from the client's cancelling, moving or not coming.</summary>
internal static class ClientSide
{
    public static Assessment Assess(AppointmentFacts appointment, AttendanceEvent happened, AgreedTerms agreed, List<CountedEvent> past)
    {
        var terms = agreed.Terms.For(appointment.Kind, appointment.Place);
        var reckoned = Reckon(appointment, happened, terms, past);
        return new Assessment(
            reckoned.Late,
            reckoned.Waived,
            appointment.Fee,
            reckoned.Amount,
            Credit: 0m,
            FreeSession: false,
            terms.Currency,
            AsksPsychologist: reckoned.Amount > 0m && terms.Reasons.EffectOf(happened.Reason) == ReasonEffect.Asks,
            reckoned.Counts,
            reckoned.Counts ? Escalations(appointment, happened, terms, past) : [],
            reckoned.Clause,
            agreed.AgreementId,
            agreed.Version,
            reckoned.Because with { ReasonKey = happened.Reason, ReasonLabel = terms.Reasons.LabelOf(happened.Reason) },
            [.. reckoned.Lines]);
    }

    /// <summary>How an earlier event enters the count.</summary>
    public static CountedEvent Count(AppointmentFacts appointment, AttendanceEvent happened, Terms terms, List<CountedEvent> past)
    {
        var at = AttendancePolicy.Moment(appointment, happened);
        if (happened.What is not (EventKind.Cancelled or EventKind.Moved or EventKind.Absent))
        {
            return new CountedEvent(at, happened.What, Counts: false, UsedPass: false, Kept: happened.What == EventKind.Attended);
        }
        var reckoned = Reckon(appointment, happened, terms.For(appointment.Kind, appointment.Place), past);
        return new CountedEvent(at, happened.What, reckoned.Counts, reckoned.UsedPass, Kept: false);
    }

    private static Reckoned Reckon(AppointmentFacts appointment, AttendanceEvent happened, Terms terms, List<CountedEvent> past)
    {
        var reckoned = Hour(appointment, happened, terms);
        var broken = reckoned.Amount > 0m || happened.What == EventKind.Absent;
        if (happened.Excused)
        {
            return reckoned.Waive("excused", terms.Reasons, happened.Reason);
        }
        if (broken && terms.Reasons.EffectOf(happened.Reason) == ReasonEffect.Waives)
        {
            return reckoned.Waive("waived", terms.Reasons, happened.Reason);
        }
        if (!broken)
        {
            return reckoned.AtLeast(Room(appointment, happened, terms));
        }
        if (PassIsLeft(appointment, happened, terms, past) && reckoned.Amount > 0m)
        {
            return reckoned.Pass(terms.FreePasses!).AtLeast(Room(appointment, happened, terms));
        }
        return reckoned.Counted().Repeat(appointment, terms, past).AtLeast(Room(appointment, happened, terms));
    }

    /// <summary>The hour itself: a tier, the price of moving, or of absence.</summary>
    private static Reckoned Hour(AppointmentFacts appointment, AttendanceEvent happened, Terms terms) => happened.What switch
    {
        EventKind.Absent => Absent(appointment, terms),
        EventKind.Moved => Moved(appointment, happened, terms),
        _ => Cancelled(appointment, happened, terms),
    };

    private static Reckoned Cancelled(AppointmentFacts appointment, AttendanceEvent happened, Terms terms)
    {
        var notice = appointment.NoticeAt(happened.At);
        var tiers = terms.Cancellation.Tiers
            .Where(tier => notice < TimeSpan.FromHours(tier.HoursBefore))
            .Select(tier => (Tier: tier, Amount: tier.Cost.Of(appointment.Fee, terms.Currency)))
            .OrderByDescending(tier => tier.Amount).ThenBy(tier => tier.Tier.HoursBefore)
            .ToList();
        if (tiers.Count == 0 || tiers[0].Amount == 0m)
        {
            return new Reckoned(0m, terms.Cancellation.Clause, new Because("free", notice, terms.FreeUntilHours()),
                [new ReckoningLine("line-free", terms.FreeUntilHours(), 0m, terms.Cancellation.Clause)]);
        }
        var (tier, amount) = tiers[0];
        return new Reckoned(amount, terms.Cancellation.Clause, new Because("late", notice, tier.HoursBefore, tier.Cost.Percent),
            [Fee(appointment, terms), Line("line-tier", tier.Cost, amount, terms.Cancellation.Clause)]);
    }

    private static Reckoned Moved(AppointmentFacts appointment, AttendanceEvent happened, Terms terms)
    {
        var notice = appointment.NoticeAt(happened.At);
        var moving = terms.Moving;
        var late = notice < TimeSpan.FromHours(moving.UntilHoursBefore);
        var exhausted = appointment.Moves >= moving.TimesPerAppointment;
        if (!late && !exhausted)
        {
            return new Reckoned(0m, moving.Clause, new Because("move-free", notice, moving.UntilHoursBefore),
                [new ReckoningLine("line-free", moving.UntilHoursBefore, 0m, moving.Clause)]);
        }
        var cancelling = Cancelled(appointment, happened, terms);
        if (late && moving.LateCost is { } cost && (cost.Of(appointment.Fee, terms.Currency) is var amount) && (!exhausted || amount >= cancelling.Amount))
        {
            return new Reckoned(amount, moving.Clause, new Because("move-late", notice, moving.UntilHoursBefore, cost.Percent),
                [Fee(appointment, terms), Line("line-move", cost, amount, moving.Clause)]);
        }
        return cancelling with
        {
            Because = cancelling.Because with { Key = cancelling.Amount == 0m ? "move-free" : exhausted ? "move-again" : "move-as-cancel" },
        };
    }

    private static Reckoned Absent(AppointmentFacts appointment, Terms terms)
    {
        var absence = terms.Absence.Cost.Of(appointment.Fee, terms.Currency);
        var dearest = terms.Cancellation.Tiers
            .Select(tier => (tier.Cost, Amount: tier.Cost.Of(appointment.Fee, terms.Currency)))
            .OrderByDescending(tier => tier.Amount).FirstOrDefault();
        var (cost, amount) = dearest.Cost is not null && dearest.Amount > absence ? dearest : (terms.Absence.Cost, absence);
        return new Reckoned(amount, terms.Absence.Clause, new Because("absent", Percent: cost.Percent),
            [Fee(appointment, terms), Line("line-absence", cost, amount, terms.Absence.Clause)]);
    }

    private static (decimal Rent, RoomTerms? Terms) Room(AppointmentFacts appointment, AttendanceEvent happened, Terms terms)
    {
        var given = happened.What == EventKind.Absent ? TimeSpan.MinValue : appointment.NoticeAt(happened.At);
        return terms.Room is { } room && happened.What != EventKind.Moved && given < TimeSpan.FromHours(room.HoursBefore)
            ? (Cost.OfAmount(room.Amount).Of(appointment.Fee, terms.Currency), room)
            : (0m, null);
    }

    private static bool PassIsLeft(AppointmentFacts appointment, AttendanceEvent happened, Terms terms, List<CountedEvent> past) =>
        terms.FreePasses is { } passes
        && (passes.CoversAbsence || happened.What != EventKind.Absent)
        && past.Count(earlier => earlier.UsedPass && earlier.At > appointment.Start.AddDays(-passes.PerDays)) < passes.Count;

    private static ImmutableArray<EscalationTerm> Escalations(
        AppointmentFacts appointment, AttendanceEvent happened, Terms terms, List<CountedEvent> past) =>
        [.. terms.Escalations.Where(escalation => Matches(escalation, happened.What)
            && 1 + past.AsEnumerable().Reverse()
                .TakeWhile(earlier => !escalation.InARow || !earlier.Kept)
                .Count(earlier => earlier.Counts && Matches(escalation, earlier.What)
                    && earlier.At > appointment.Start.AddDays(-escalation.WithinDays)) >= escalation.AfterEvents)];

    private static bool Matches(EscalationTerm escalation, EventKind what) => escalation.Counts switch
    {
        EscalationCount.Absences => what == EventKind.Absent,
        EscalationCount.LateCancellations => what is EventKind.Cancelled or EventKind.Moved,
        _ => true,
    };

    private static ReckoningLine Fee(AppointmentFacts appointment, Terms terms) =>
        new("line-fee", null, appointment.Fee, terms.Fee.Clause);

    private static ReckoningLine Line(string key, Cost cost, decimal amount, string? clause) =>
        new(cost.Percent is null ? key + "-fixed" : key, cost.Percent ?? cost.Fixed, amount, clause);

    /// <summary>The reckoning as far as it has come.</summary>
    private sealed record Reckoned(decimal Amount, string? Clause, Because Because, ImmutableList<ReckoningLine> Lines)
    {
        public bool Waived { get; private init; }

        public bool Counts { get; private init; }

        public bool UsedPass { get; private init; }

        public bool Late => Counts || UsedPass;

        public Reckoned Counted() => this with { Counts = true };

        public Reckoned Waive(string key, ReasonTerms reasons, string? reason) => this with
        {
            Amount = 0m,
            Clause = reasons.Clause,
            Waived = true,
            Because = Because with { Key = key, ReasonKey = reason, ReasonLabel = reasons.LabelOf(reason) },
            Lines = Lines.Add(new ReckoningLine("line-" + key, null, 0m, reasons.Clause)),
        };

        public Reckoned Pass(FreePassTerms passes) => this with
        {
            Amount = 0m,
            Clause = passes.Clause,
            UsedPass = true,
            Because = Because with { Key = "pass", WindowDays = passes.PerDays, Occurrence = passes.Count },
            Lines = Lines.Add(new ReckoningLine("line-pass", null, 0m, passes.Clause)),
        };

        public Reckoned Repeat(AppointmentFacts appointment, Terms terms, List<CountedEvent> past)
        {
            if (terms.Repeats is not { Percents.Length: > 0 } repeats)
            {
                return this;
            }
            var occurrence = 1 + past.Count(earlier => earlier.Counts && earlier.At > appointment.Start.AddDays(-repeats.WindowDays));
            var percent = repeats.Percents[Math.Min(occurrence, repeats.Percents.Length) - 1];
            var amount = Cost.OfPercent(percent).Of(Amount, terms.Currency);
            return this with
            {
                Amount = amount,
                Clause = repeats.Clause,
                Because = Because with { Key = "repeat", Percent = percent, Occurrence = occurrence, WindowDays = repeats.WindowDays },
                Lines = Lines.Add(new ReckoningLine("line-repeat", percent, amount, repeats.Clause)),
            };
        }

        public Reckoned AtLeast((decimal Rent, RoomTerms? Terms) room) => room.Rent <= Amount ? this : this with
        {
            Amount = room.Rent,
            Clause = room.Terms!.Clause,
            Because = Because with { Key = "room", WindowHours = room.Terms.HoursBefore, Percent = null },
            Lines = Lines.Add(new ReckoningLine("line-room", room.Rent, room.Rent, room.Terms.Clause)),
        };
    }
}
