using System.Collections.Immutable;

namespace PracticeApp.Agreements;

/// <summary>Whom and where an agreement is between; what a template may name besides the terms.</summary>
/// <param name="CrisisContacts">Lines such as "Ambulance 124", of the client's country.</param>
public sealed record AgreementSetting(
    string ClientName, string ClientCalledName, string PsychologistName, string PracticeName, string PracticeAddress,
    string PracticePhone, ImmutableArray<string> CrisisContacts)
{
    /// <summary>Names of those who sign beside the psychologist, one by one.</summary>
    public ImmutableArray<string> Clients { get; init; } = [];
    /// <summary>Names of the guardians who sign for them, each with their relation.</summary>
    public ImmutableArray<string> Guardians { get; init; } = [];
    /// <summary>Names of the kinds of session that exceptions of the terms may name, by id.</summary>
    public IReadOnlyDictionary<string, string>? Kinds { get; init; }
}

/// <summary>
/// The terms in the words of one language: a value for every placeholder on the list. Sentences about what is not
/// agreed are empty.
/// </summary>
public static class TermsInWords
{
    public static IReadOnlyDictionary<string, string> Values(Terms terms, AgreementSetting setting, string language)
    {
        var w = new Wording(language);
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["client.name"] = Placeholders.Literal(setting.ClientName),
            ["client.called"] = Placeholders.Literal(setting.ClientCalledName),
            ["psychologist.name"] = Placeholders.Literal(setting.PsychologistName),
            ["practice.name"] = Placeholders.Literal(setting.PracticeName),
            ["practice.address"] = Placeholders.Literal(setting.PracticeAddress),
            ["practice.phone"] = Placeholders.Literal(setting.PracticePhone),
            ["session.rule"] = w.Text("Session", w.Count("Minutes", terms.Session.Minutes)),
            ["review.rule"] = Review(terms, w),
            ["place.rule"] = setting.PracticeAddress.Length > 0
                ? w.Text("PlaceAddress", Placeholders.Literal(setting.PracticeAddress))
                : w.Text("PlaceOpen"),
            ["fee"] = w.Money(terms.Fee.Amount, terms.Currency),
            ["fee.due"] = Due(terms, w),
            ["prepayment.rule"] = Prepayment(terms, w),
            ["booking.rule"] = Booking(terms.Booking, terms.Currency, w),
        };
        AddCancelling(values, terms, w);
        AddAbsence(values, terms, w);
        AddPsychologist(values, terms, w);
        AddContact(values, terms.Contact, terms.Currency, w);
        AddEmergency(values, terms.Contact.Emergency, setting, w);
        AddScopeAndEnding(values, terms, w);
        return values;
    }

    internal static string Due(Terms terms, Wording w) =>
        terms.Fee.PayWithinDays == 0 ? w.Text("PaySameDay") : w.Count("PayWithin", terms.Fee.PayWithinDays);

    internal static string Prepayment(Terms terms, Wording w)
    {
        if (terms.Prepayment is not { } prepayment)
        {
            return w.Text("PrepayNone");
        }

        var amount = w.Money(Cost.OfPercent(prepayment.Percent).Of(terms.Fee.Amount, terms.Currency), terms.Currency);
        return w.Text(prepayment.Scope == PrepaymentScope.FirstSession ? "PrepayFirst" : "PrepayAlways",
                CostPhrase(prepayment.Percent, 0m, "", w), amount, Until(prepayment.HoursBefore, w))
            + " " + w.Text(prepayment.WhenUnpaid == WhenUnpaid.ReleaseSlot ? "PrepayRelease" : "PrepayKeep");
    }

    internal static string Passes(FreePassTerms? passes, Wording w) => passes is null ? "" : w.Text(
        passes.CoversAbsence ? "PassBoth" : "PassLate", w.Count("Times", passes.Count), w.Count("WithinDays", passes.PerDays));

    internal static string Repeats(RepeatTerms? repeats, Wording w)
    {
        if (repeats is null)
        {
            return "";
        }

        var items = repeats.Percents.Select((percent, i) =>
            w.Text(i == repeats.Percents.Length - 1 ? "RepeatLast" : "RepeatItem", i + 1, percent));
        return w.Text("Repeats", w.Count("WithinDays", repeats.WindowDays), string.Join("; ", items));
    }

    internal static IEnumerable<string> Escalations(Terms terms, Wording w) => terms.Escalations.Select(step =>
    {
        var counted = step.Counts switch
        {
            EscalationCount.Absences => "AfterAbsences",
            EscalationCount.LateCancellations => "AfterLate",
            _ => "AfterBoth",
        };
        return w.Text(step.InARow ? "EscalationInARow" : "Escalation",
            w.Count(counted, step.AfterEvents), w.Count("WithinDays", step.WithinDays), w.Text($"Do{step.Action}"));
    });

    internal static string Until(int hours, Wording w) => hours == 0 ? w.Text("UntilStart") : w.Count("UntilHours", hours);

    private static string CostPhrase(decimal? percent, decimal amount, string currency, Wording w) => percent switch
    {
        100m => w.Text("CostFull"),
        50m => w.Text("CostHalf"),
        { } share => w.Text("CostPercent", w.Number(share)),
        null => w.Money(amount, currency),
    };

    private static string CreditPhrase(Assessment owed, Wording w) => owed switch
    {
        { FreeSession: true } => w.Text("CreditFree"),
        { Because.Percent: 100m } => w.Text("CreditFull"),
        { Because.Percent: 50m } => w.Text("CreditHalf"),
        { Because.Percent: { } share } => w.Text("CreditPercent", w.Number(share)),
        _ => w.Text("CreditAmount", w.Money(owed.Credit, owed.Currency)),
    };

    private static string Booking(BookingTerms booking, string currency, Wording w) => Join(
        booking.SignedFromSession switch
        {
            null => "",
            1 => w.Text("BookSignedFirst"),
            { } session => w.Text("BookSigned", session),
        },
        booking.HighestUnpaid switch
        {
            null => "",
            0m => w.Text("BookPaid"),
            { } most => w.Text("BookUnpaid", w.Money(most, currency)),
        });

    private static void AddCancelling(Dictionary<string, string> values, Terms terms, Wording w)
    {
        var steps = NoticeSteps.Of(terms with { Room = null });
        values["cancel.free"] = Until(steps.IsEmpty ? 0 : steps[0].HoursBefore, w);
        values["cancel.tiers"] = string.Join(" ", steps.Select(step =>
            w.Text("Tier", w.Count("HoursNotice", step.HoursBefore), CostPhrase(step.Percent, step.Amount, terms.Currency, w))));
        values["cancel.room"] = terms.Room is { Amount: > 0m } room
            ? w.Text("Room", w.Count("HoursNotice", room.HoursBefore), w.Money(room.Amount, terms.Currency))
            : "";
        values["cancel.pass"] = Passes(terms.FreePasses, w);
        values["move.rule"] = Moving(terms, w);
        values["reminders.rule"] = Reminders(terms.Reminders, w);
    }

    internal static string Review(Terms terms, Wording w) => terms.Session.ReviewEverySessions is { } every ? w.Text("Review", every) : "";

    internal static string Late(Terms terms, Wording w) => Join(
        w.Text(terms.Lateness.EndsOnTime ? "LateEnds" : "LateMoves", w.Count("Minutes", terms.Lateness.GraceMinutes)),
        terms.Absence.Clause is { } clause ? w.Text("LateAbsent", clause) : "");

    internal static string Reminders(ReminderTerms? reminders, Wording w)
    {
        string? By(string key, ImmutableArray<int> hours) =>
            hours.IsEmpty ? null : w.Text(key, string.Join(", ", hours.OrderDescending().Select(h => w.Count("RemindHours", h))));
        return reminders is null ? ""
            : reminders.MailHours.IsEmpty && reminders.TextHours.IsEmpty ? w.Text("RemindNone")
            : w.Text("Remind", string.Join("; ", new[] { By("RemindMail", reminders.MailHours), By("RemindText", reminders.TextHours) }.OfType<string>()));
    }

    internal static string Moving(Terms terms, Wording w)
    {
        var moving = terms.Moving;
        var free = moving.TimesPerAppointment switch
        {
            null => w.Text("MoveFreely", Until(moving.UntilHoursBefore, w)),
            0 => w.Text("MoveNever"),
            { } times => w.Text("MoveTimes", w.Count("Times", times), Until(moving.UntilHoursBefore, w)),
        };
        return moving.LateCost is { } cost
            ? Join(free, w.Text("MoveLater", CostPhrase(cost.Percent, cost.Fixed ?? 0m, terms.Currency, w)),
                moving.TimesPerAppointment is null ? "" : w.Text("MoveOften"))
            : Join(free, w.Text("MoveAsCancel"));
    }

    private static void AddAbsence(Dictionary<string, string> values, Terms terms, Wording w)
    {
        var absence = NoticeSteps.Absence(terms with { Room = null });
        values["absence.rule"] = absence.Charge == 0m
            ? w.Text("AbsenceFree")
            : w.Text("Absence", CostPhrase(absence.Because.Percent, absence.Charge, terms.Currency, w));
        values["absence.repeats"] = Repeats(terms.Repeats, w);
        values["absence.steps"] = string.Join(" ", Escalations(terms, w));
        values["late.rule"] = Late(terms, w);
    }

    private static void AddPsychologist(Dictionary<string, string> values, Terms terms, Wording w)
    {
        var side = terms.Psychologist;
        var absent = NoticeSteps.PsychologistAbsent(terms);
        values["psychologist.late"] = side.Late is null ? "" : w.Text("PsyLate",
            w.Count("PsyLateMinutes", side.GraceMinutes), CreditPhrase(NoticeSteps.PsychologistLate(terms), w));
        values["psychologist.absent"] = side.Absent is null ? w.Text("PsyAbsentOnly") : w.Text("PsyAbsent", CreditPhrase(absent, w));
        values["psychologist.notice"] = side.NoticeHours == 0 ? "" : Join(
            w.Count("PsyNotice", side.NoticeHours),
            side.ShortNotice is null ? "" : w.Text("PsyShort", CreditPhrase(NoticeSteps.PsychologistShort(terms), w)));
        values["psychologist.holidays"] = side.HolidayNoticeDays == 0 ? "" : w.Count("PsyHolidays", side.HolidayNoticeDays);
    }

    private static void AddContact(Dictionary<string, string> values, ContactTerms contact, string currency, Wording w)
    {
        values["contact.channels"] = contact.Channels.IsEmpty
            ? ""
            : w.Text("ContactBy", string.Join(", ", contact.Channels.Select(key => w.Find($"Contact-{key}") ?? key)));
        values["contact.hours"] = contact.Hours.Days.IsEmpty
            ? w.Text("ContactNever")
            : w.Text("ContactHours", w.Days(contact.Hours.Days), w.Time(contact.Hours.From), w.Time(contact.Hours.To));
        values["contact.answer"] = contact.AnswerWithinHours is { } hours ? w.Count("ContactAnswer", hours) : "";
        values["contact.included"] = contact.MinutesPerWeek == 0 ? "" : w.Count("ContactIncluded", contact.MinutesPerWeek);
        values["contact.beyond"] = contact.PricePer15Minutes is { } price
            ? w.Text("ContactBeyond", w.Money(price, currency))
            : w.Text("ContactNoMore");
    }

    private static void AddEmergency(Dictionary<string, string> values, EmergencyTerms emergency, AgreementSetting setting, Wording w)
    {
        var named = emergency.TurnTo.Concat(setting.CrisisContacts).Select(line => $"- {Placeholders.Literal(line)}").ToList();
        var counts = emergency.CountsAs.Select(key => w.Find($"Emergency-{key}") ?? key).Concat(emergency.Also.Select(Placeholders.Literal)).ToList();
        values["emergency.what"] = counts.Count == 0 ? "" : w.Text("Emergency", string.Join("; ", counts));
        values["emergency.where"] = w.Text("TurnToEmergencyNumber")
            + (named.Count == 0 ? "" : "\n\n" + string.Join("\n", named));
    }

    private static void AddScopeAndEnding(Dictionary<string, string> values, Terms terms, Wording w)
    {
        string Reasons(ReasonEffect effect, string key)
        {
            var named = terms.Reasons.Reasons.Where(r => r.Effect == effect)
                .Select(r => r.Label is { } label ? Placeholders.Literal(label) : w.Find($"Reason-{r.Key}") ?? r.Key).ToList();
            return named.Count == 0 ? "" : w.Text(key, string.Join(", ", named));
        }

        values["reasons.waive"] = Reasons(ReasonEffect.Waives, "ReasonsWaive");
        values["reasons.ask"] = Reasons(ReasonEffect.Asks, "ReasonsAsk");
        values["scope.rule"] = terms.Scope.Revisions == 0 ? w.Text("RevisionsNone") : w.Text("Revisions", w.Count("Times", terms.Scope.Revisions));
        values["extra.rule"] = terms.Scope.ExtraWork.IsEmpty ? "" : w.Text("Extra", string.Join("; ", terms.Scope.ExtraWork.Select(work =>
            w.Text($"Per{work.Per}", work.Label is { } label ? Placeholders.Literal(label) : w.Find($"Extra-{work.Key}") ?? work.Key, w.Money(work.Price, terms.Currency)))));
        values["ending.notice"] = terms.Ending.NoticeDays == 0 ? w.Text("EndNoNotice") : w.Count("EndNotice", terms.Ending.NoticeDays);
        values["ending.closing"] = terms.Ending.ClosingSessionOffered ? w.Text("EndClosing") : "";
    }

    private static string Join(params string[] sentences) => string.Join(" ", sentences.Where(s => s.Length > 0));
}
