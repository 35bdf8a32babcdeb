using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace PracticeApp.Agreements;

/// <summary>One problem of terms.</summary>
/// <param name="Field">Path as in the JSON: <c>cancellation.tiers[1].hoursBefore</c>.</param>
/// <param name="Code">Text key: <c>range</c> (with <paramref name="Min"/> and <paramref name="Max"/>), <c>duplicate</c>,
/// <c>clause</c>, <c>currency</c>, <c>key</c>, <c>one-of</c>, <c>empty</c>, <c>too-many</c>, <c>hours</c>, <c>ascending</c>, <c>both</c>.</param>
public sealed record TermsProblem(string Field, string Code, decimal? Min = null, decimal? Max = null);

internal static partial class TermsRules
{
    private const decimal HighestAmount = 1_000_000m;
    private const int Year = 366;

    [GeneratedRegex(@"^[1-9]\d?(\.[1-9]\d?)?\z")]
    private static partial Regex ClauseNumber();

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,39}\z")]
    private static partial Regex Key();

    [GeneratedRegex(@"^[A-Z]{3}\z")]
    private static partial Regex Currency();

    public static IReadOnlyList<TermsProblem> Problems(Terms terms)
    {
        var found = new Findings();
        found.Matches("currency", Currency().IsMatch(terms.Currency), "currency");
        Fee(found, "fee", terms.Fee);
        Session(found, "session", terms.Session);
        Cancellation(found, "cancellation", terms.Cancellation);
        found.Clause("absence", terms.Absence.Clause);
        found.Cost("absence.cost", terms.Absence.Cost);
        Lateness(found, "lateness", terms.Lateness, terms.Session);
        Repeats(found, "repeats", terms.Repeats);
        Passes(found, "freePasses", terms.FreePasses);
        Reasons(found, terms.Reasons);
        Escalations(found, terms.Escalations);
        Prepayment(found, "prepayment", terms.Prepayment);
        Booking(found, terms.Booking);
        Moving(found, "moving", terms.Moving);
        Room(found, "room", terms.Room);
        Reminders(found, terms.Reminders);
        Contact(found, terms.Contact);
        Scope(found, terms.Scope);
        Psychologist(found, "psychologist", terms.Psychologist);
        found.Clause("ending", terms.Ending.Clause);
        found.Range("ending.noticeDays", terms.Ending.NoticeDays, 0, Year);
        Overrides(found, terms);
        return found.List;
    }

    private static void Fee(Findings found, string at, FeeTerms fee)
    {
        found.Clause(at, fee.Clause);
        found.Range($"{at}.amount", fee.Amount, 0, HighestAmount);
        found.Range($"{at}.payWithinDays", fee.PayWithinDays, 0, 120);
    }

    private static void Session(Findings found, string at, SessionTerms session)
    {
        found.Clause(at, session.Clause);
        found.Range($"{at}.minutes", session.Minutes, 5, 600);
        found.Range($"{at}.reviewEverySessions", session.ReviewEverySessions, 1, 100);
    }

    private static void Cancellation(Findings found, string at, CancellationTerms cancellation)
    {
        found.Clause(at, cancellation.Clause);
        found.Many($"{at}.tiers", cancellation.Tiers, 10, (path, tier) =>
        {
            found.Range($"{path}.hoursBefore", tier.HoursBefore, 1, Year * 24);
            found.Cost($"{path}.cost", tier.Cost);
        });
        found.Distinct($"{at}.tiers", cancellation.Tiers, tier => tier.HoursBefore, "hoursBefore");
    }

    private static void Lateness(Findings found, string at, LatenessTerms lateness, SessionTerms session)
    {
        found.Clause(at, lateness.Clause);
        found.Range($"{at}.graceMinutes", lateness.GraceMinutes, 0, Math.Max(0, session.Minutes));
    }

    private static void Repeats(Findings found, string at, RepeatTerms? repeats)
    {
        if (repeats is not null)
        {
            found.Clause(at, repeats.Clause);
            found.Range($"{at}.windowDays", repeats.WindowDays, 1, 5 * Year);
            found.Matches($"{at}.percents", !repeats.Percents.IsEmpty, "empty");
            found.Matches($"{at}.percents", repeats.Percents.Zip(repeats.Percents.Skip(1)).All(pair => pair.First <= pair.Second), "ascending");
            found.Many($"{at}.percents", repeats.Percents, 10, (path, percent) => found.Range(path, percent, 0, 100));
        }
    }

    private static void Passes(Findings found, string at, FreePassTerms? passes)
    {
        if (passes is not null)
        {
            found.Clause(at, passes.Clause);
            found.Range($"{at}.count", passes.Count, 1, 50);
            found.Range($"{at}.perDays", passes.PerDays, 1, 5 * Year);
        }
    }

    private static void Reasons(Findings found, ReasonTerms reasons)
    {
        found.Clause("reasons", reasons.Clause);
        found.Many("reasons.reasons", reasons.Reasons, 20, (path, reason) =>
        {
            found.Matches($"{path}.key", Key().IsMatch(reason.Key), "key");
            found.Range($"{path}.label", reason.Label?.Trim().Length, 1, 80);
        });
        found.Distinct("reasons.reasons", reasons.Reasons, reason => reason.Key, "key");
    }

    private static void Escalations(Findings found, ImmutableArray<EscalationTerm> escalations) =>
        found.Many("escalations", escalations, 20, (path, escalation) =>
        {
            found.Clause(path, escalation.Clause);
            found.Range($"{path}.afterEvents", escalation.AfterEvents, 1, 50);
            found.Range($"{path}.withinDays", escalation.WithinDays, 1, 5 * Year);
        });

    private static void Prepayment(Findings found, string at, PrepaymentTerms? prepayment)
    {
        if (prepayment is not null)
        {
            found.Clause(at, prepayment.Clause);
            found.Range($"{at}.percent", prepayment.Percent, 1, 100);
            found.Range($"{at}.hoursBefore", prepayment.HoursBefore, 0, Year * 24);
        }
    }

    private static void Booking(Findings found, BookingTerms booking)
    {
        found.Clause("booking", booking.Clause);
        found.Range("booking.highestUnpaid", booking.HighestUnpaid, 0, HighestAmount);
        found.Range("booking.signedFromSession", booking.SignedFromSession, 1, 100);
    }

    private static void Moving(Findings found, string at, MovingTerms moving)
    {
        found.Clause(at, moving.Clause);
        found.Range($"{at}.timesPerAppointment", moving.TimesPerAppointment, 0, 50);
        found.Range($"{at}.untilHoursBefore", moving.UntilHoursBefore, 0, Year * 24);
        found.Cost($"{at}.lateCost", moving.LateCost);
    }

    private static void Room(Findings found, string at, RoomTerms? room)
    {
        if (room is not null)
        {
            found.Clause(at, room.Clause);
            found.Range($"{at}.amount", room.Amount, 0, HighestAmount);
            found.Range($"{at}.hoursBefore", room.HoursBefore, 1, Year * 24);
        }
    }

    private static void Reminders(Findings found, ReminderTerms? reminders)
    {
        if (reminders is null) return;
        found.Clause("reminders", reminders.Clause);
        foreach (var (path, hours) in new[] { ("reminders.mailHours", reminders.MailHours), ("reminders.textHours", reminders.TextHours) })
        {
            found.Many(path, hours, 5, (row, before) => found.Range(row, before, 1, 336));
            found.Distinct(path, hours, before => before, null);
        }
    }

    private static void Contact(Findings found, ContactTerms contact)
    {
        found.Clause("contact", contact.Clause);
        found.Many("contact.channels", contact.Channels, 10, (path, key) => found.Matches(path, Key().IsMatch(key), "key"));
        found.Distinct("contact.channels", contact.Channels, key => key, null);
        found.Many("contact.hours.days", contact.Hours.Days, 7, (path, day) => found.Range(path, day, 1, 7));
        found.Distinct("contact.hours.days", contact.Hours.Days, day => day, null);
        found.Matches("contact.hours.to", contact.Hours.From < contact.Hours.To, "hours");
        found.Range("contact.minutesPerWeek", contact.MinutesPerWeek, 0, 7 * 24 * 60);
        found.Range("contact.pricePer15Minutes", contact.PricePer15Minutes, 0, HighestAmount);
        found.Range("contact.answerWithinHours", contact.AnswerWithinHours, 1, 30 * 24);
        found.Clause("contact.emergency", contact.Emergency.Clause);
        found.Many("contact.emergency.countsAs", contact.Emergency.CountsAs, 20, (path, key) => found.Matches(path, Key().IsMatch(key), "key"));
        found.Distinct("contact.emergency.countsAs", contact.Emergency.CountsAs, key => key, null);
        found.Many("contact.emergency.also", contact.Emergency.Also, 10, (path, text) => found.Range(path, text.Trim().Length, 1, 120));
        found.Many("contact.emergency.turnTo", contact.Emergency.TurnTo, 10, (path, text) => found.Range(path, text.Trim().Length, 1, 200));
    }

    private static void Scope(Findings found, ScopeTerms scope)
    {
        found.Clause("scope", scope.Clause);
        found.Range("scope.revisions", scope.Revisions, 0, 100);
        found.Many("scope.extraWork", scope.ExtraWork, 20, (path, work) =>
        {
            found.Matches($"{path}.key", Key().IsMatch(work.Key), "key");
            found.Range($"{path}.price", work.Price, 0, HighestAmount);
            found.Range($"{path}.label", work.Label?.Trim().Length, 1, 80);
        });
        found.Distinct("scope.extraWork", scope.ExtraWork, work => work.Key, "key");
    }

    private static void Psychologist(Findings found, string at, PsychologistTerms side)
    {
        found.Clause(at, side.Clause);
        found.Range($"{at}.graceMinutes", side.GraceMinutes, 0, 120);
        found.Credit($"{at}.late", side.Late);
        found.Credit($"{at}.absent", side.Absent);
        found.Credit($"{at}.shortNotice", side.ShortNotice);
        found.Range($"{at}.noticeHours", side.NoticeHours, 0, Year * 24);
        found.Range($"{at}.holidayNoticeDays", side.HolidayNoticeDays, 0, Year);
    }

    private static void Overrides(Findings found, Terms terms)
    {
        found.Many("overrides", terms.Overrides, 40, (path, over) =>
        {
            found.Matches(path, over.Kind is not null || over.Place is not null, "empty");
            found.Matches($"{path}.kind", over.Kind is null || Key().IsMatch(over.Kind), "key");
            if (over.Fee is { } fee) Fee(found, $"{path}.fee", fee);
            if (over.Session is { } session) Session(found, $"{path}.session", session);
            if (over.Cancellation is { } cancellation) Cancellation(found, $"{path}.cancellation", cancellation);
            if (over.Absence is { } absence)
            {
                found.Clause($"{path}.absence", absence.Clause);
                found.Cost($"{path}.absence.cost", absence.Cost);
            }
            if (over.Lateness is { } lateness) Lateness(found, $"{path}.lateness", lateness, over.Session ?? terms.Session);
            if (over.Moving is { } moving) Moving(found, $"{path}.moving", moving);
            Prepayment(found, $"{path}.prepayment", over.Prepayment);
            Room(found, $"{path}.room", over.Room);
            Repeats(found, $"{path}.repeats", over.Repeats);
            Passes(found, $"{path}.freePasses", over.FreePasses);
            if (over.Psychologist is { } side) Psychologist(found, $"{path}.psychologist", side);
            found.Distinct($"{path}.without", over.Without, part => part, null);
            found.Matches($"{path}.without", !over.Without.Any(part => part switch
            {
                LiftedPart.Prepayment => over.Prepayment is not null,
                LiftedPart.Room => over.Room is not null,
                LiftedPart.FreePasses => over.FreePasses is not null,
                _ => over.Repeats is not null,
            }), "both");
        });
        found.Distinct("overrides", terms.Overrides, over => (over.Kind, over.Place), "kind");
    }

    private sealed class Findings
    {
        public List<TermsProblem> List { get; } = [];

        public void Matches(string field, bool holds, string code)
        {
            if (!holds)
            {
                List.Add(new TermsProblem(field, code));
            }
        }

        public void Range(string field, decimal? value, decimal min, decimal max)
        {
            if (value is { } number && (number < min || number > max))
            {
                List.Add(new TermsProblem(field, "range", min, max));
            }
        }

        public void Clause(string part, string? clause) =>
            Matches($"{part}.clause", clause is null || ClauseNumber().IsMatch(clause), "clause");

        public void Cost(string field, Cost? cost)
        {
            if (cost is null)
            {
                return;
            }
            Matches(field, cost.Percent is null != cost.Fixed is null, "one-of");
            Range($"{field}.percent", cost.Percent, 0, 100);
            Range($"{field}.fixed", cost.Fixed, 0, HighestAmount);
        }

        public void Credit(string field, CreditTerm? credit)
        {
            if (credit is not null)
            {
                Matches(field, credit.Cost is not null != credit.FreeSession, "one-of");
                Cost($"{field}.cost", credit.Cost);
            }
        }

        public void Many<T>(string field, ImmutableArray<T> items, int most, Action<string, T> check)
        {
            if (items.Length > most)
            {
                List.Add(new TermsProblem(field, "too-many", 0, most));
            }
            for (var i = 0; i < Math.Min(items.Length, most); i++)
            {
                Matches($"{field}[{i}]", items[i] is not null, "empty");
                if (items[i] is not null)
                {
                    check($"{field}[{i}]", items[i]);
                }
            }
        }

        public void Distinct<T, TKey>(string field, ImmutableArray<T> items, Func<T, TKey> key, string? member)
        {
            var seen = new HashSet<TKey>();
            for (var i = 0; i < items.Length; i++)
            {
                Matches($"{field}[{i}]{(member is null ? "" : "." + member)}", items[i] is null || seen.Add(key(items[i])), "duplicate");
            }
        }
    }
}
