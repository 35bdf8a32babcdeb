using System.Collections.Immutable;

namespace PracticeApp.Agreements;

/// <summary>What follows when the session takes place, or the psychologist moves, cancels or does not come.</summary>
internal static class PsychologistSide
{
    public static Assessment Assess(AppointmentFacts appointment, AttendanceEvent happened, AgreedTerms agreed)
    {
        var terms = agreed.Terms.For(appointment.Kind, appointment.Place);
        return happened.What switch
        {
            EventKind.Attended => Attended(appointment, happened, agreed, terms),
            EventKind.PsychologistAbsent => Owed(
                appointment, agreed, terms, 0m, terms.Psychologist.Absent, new Because("psychologist-absent")),
            _ => ByPsychologist(appointment, happened, agreed, terms),
        };
    }

    private static Assessment Attended(AppointmentFacts appointment, AttendanceEvent happened, AgreedTerms agreed, Terms terms)
    {
        if (happened.PsychologistLateMinutes > terms.Psychologist.GraceMinutes && terms.Psychologist.Late is { } late)
        {
            return Owed(appointment, agreed, terms, appointment.Fee, late,
                new Because("psychologist-late", Minutes: happened.PsychologistLateMinutes));
        }
        return Owed(appointment, agreed, terms, appointment.Fee, null, happened.LateMinutes > 0
            ? new Because(terms.Lateness.EndsOnTime ? "attended-late" : "attended-late-open", Minutes: happened.LateMinutes)
            : new Because("attended"));
    }

    private static Assessment ByPsychologist(AppointmentFacts appointment, AttendanceEvent happened, AgreedTerms agreed, Terms terms)
    {
        var notice = appointment.Start - happened.At;
        var cancelled = happened.What == EventKind.CancelledByPsychologist;
        var isShort = notice < TimeSpan.FromHours(terms.Psychologist.NoticeHours);
        var key = (cancelled ? "psychologist-cancelled" : "psychologist-moved") + (isShort ? "-short" : "");
        return Owed(appointment, agreed, terms, 0m,
            isShort ? terms.Psychologist.ShortNotice : null, new Because(key, notice, terms.Psychologist.NoticeHours));
    }

    private static Assessment Owed(
        AppointmentFacts appointment, AgreedTerms agreed, Terms terms, decimal charge, CreditTerm? credit,
        Because because)
    {
        var owed = credit is null ? 0m
            : credit.FreeSession ? appointment.Fee
            : credit.Cost?.OwedOf(appointment.Fee, terms.Currency) ?? 0m;
        var lines = ImmutableArray.CreateBuilder<ReckoningLine>();
        if (charge > 0m)
        {
            lines.Add(new ReckoningLine("line-fee", null, charge, terms.Fee.Clause));
        }
        if (credit is not null)
        {
            lines.Add(new ReckoningLine(
                credit.FreeSession ? "line-free-session" : "line-credit", credit.Cost?.Percent, -owed, terms.Psychologist.Clause));
        }
        return new Assessment(
            Late: false, Excused: false, appointment.Fee, charge, owed, credit?.FreeSession ?? false, terms.Currency,
            AsksPsychologist: false, Counts: false, [], credit is null && charge > 0m ? terms.Fee.Clause : terms.Psychologist.Clause,
            agreed.AgreementId, agreed.Version, because with { Percent = credit?.Cost?.Percent }, lines.ToImmutable());
    }
}
