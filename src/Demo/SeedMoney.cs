using PracticeApp.Agreements;
using PracticeApp.Attendance;
using PracticeApp.Booking;
using PracticeApp.Money;
using PracticeApp.Platform;

namespace PracticeApp.Demo;

/// <summary>What was owed by the signed terms, and what was paid.</summary>
internal static class SeedMoney
{
    internal static async Task WriteAsync(Settlement s, CancellationToken ct)
    {
        foreach (var client in s.Clients)
        {
            var past = new List<PastEvent>();
            foreach (var (hour, appointment) in client.Plan.Hours.Zip(client.Appointments).Where(h => h.First.Attendance is not null && !h.First.FirstTalk))
                Write(s, client, hour, appointment, past);
        }
        await s.SaveAsync(ct);
    }

    private static void Write(Settlement s, Settled client, PlannedHour hour, Appointment appointment, List<PastEvent> past)
    {
        var psychologist = client.Engagement.PsychologistId;
        var facts = new AppointmentFacts(appointment.Id, appointment.KindId.ToString(), hour.Online ? SessionPlace.Online : SessionPlace.InPerson, appointment.StartsAt, appointment.StartsAt, null, 0, appointment.Price);
        var happened = Happened(hour, appointment);
        var assessment = AttendancePolicy.Assess(facts, happened, client.Agreed ?? AgreedTerms.None(s.Cast.Currency), past, s.Now);
        past.Add(new PastEvent(facts, happened));
        var at = appointment.Participants[0].SettledAt ?? appointment.EndsAt;
        var assessed = new AssessedEvent(s.PracticeId, client.Engagement.Id, client.Client.Id, appointment.Id, null);
        assessed.Reckon(past[^1], assessment, at);
        s.Db.AssessedEvents.Add(assessed);
        if (assessment.Charge == 0) return;
        var kind = happened.What switch { EventKind.Attended => ChargeKind.Session, EventKind.Absent => ChargeKind.Absence, _ => ChargeKind.LateCancellation };
        var charge = new Charge(s.PracticeId, client.Engagement.Id, client.Client.Id, appointment.Id, kind, assessment.Charge, s.Cast.Currency,
            assessment.AgreementVersion == 0 ? null : assessment.AgreementId, assessment.Clause, at).From(assessed.Id, assessment);
        s.Db.Charges.Add(charge);
        // What was missed in the last days is still proposed: the psychologist decides with one tap.
        if (kind != ChargeKind.Session && at > s.Now.AddDays(-6)) return;
        charge.Confirm(psychologist, at.AddMinutes(6));
        var paidAt = at.AddDays(s.Random.Next(0, 9)).AddMinutes(s.Random.Next(5, 400));
        if (s.Random.Next(14) == 0 || paidAt > s.Now || SeedInvoices.PaysOtherwise(client, at, s.Now)) return;
        s.Db.Payments.Add(new Payment(s.PracticeId, client.Client.Id, assessment.Charge, s.Cast.Currency, (PaymentMethod)s.Random.Next(0, 3), paidAt, s.Operator, Ids.New()));
    }

    private static AttendanceEvent Happened(PlannedHour hour, Appointment appointment) => hour.Attendance switch
    {
        AttendanceKind.Attended => new(EventKind.Attended, appointment.StartsAt, LateMinutes: hour.LateMinutes ?? 0),
        AttendanceKind.NoShow => new(EventKind.Absent, appointment.StartsAt),
        AttendanceKind.Excused => new(EventKind.Absent, appointment.StartsAt, SeedAppointments.Excuse, Excused: true),
        AttendanceKind.CancelledByPsychologist => new(EventKind.CancelledByPsychologist, hour.CancelledAt!.Value),
        _ => new(EventKind.Cancelled, hour.CancelledAt!.Value, appointment.CancelReason),
    };
}
