using PracticeApp.Agreements;
using PracticeApp.Booking;
using PracticeApp.Requests;

namespace PracticeApp.Demo;

/// <summary>Every hour of the year: held, cancelled, missed, and those of the coming weeks with their reminders.</summary>
internal static class SeedAppointments
{
    internal const string Excuse = "illness";
    private const int OneSeriesIn = 3;
    private static readonly string[] s_reasons = ["work", "transport", "illness", "other"];

    internal static async Task WriteAsync(Settlement s, PlanReminders reminders, CancellationToken ct)
    {
        foreach (var own in s.Clients.GroupBy(c => c.Engagement.PsychologistId))
        {
            await s.AsAsync(own.Key, ct);
            foreach (var client in own)
            {
                foreach (var hour in client.Plan.Hours)
                    client.Appointments.Add(Appointment(s, client, hour));
                if (client.Plan.Number % OneSeriesIn == 0) Series(s, client);
            }
            s.Db.Appointments.AddRange(own.SelectMany(c => c.Appointments));
            s.Db.ProgressRatings.AddRange(own.SelectMany(Ratings));
            await s.SaveAsync(ct);
        }
        foreach (var coming in s.Clients.SelectMany(c => c.Appointments).Where(a => a.StartsAt > s.Now)) await reminders.RewriteAsync(coming, ct);
        await s.SaveAsync(ct);
    }

    /// <summary>Some come every week and have their hours booked together.</summary>
    private static void Series(Settlement s, Settled client)
    {
        var ahead = client.Appointments.Where(a => a.StartsAt > s.Now && a.State == AppointmentState.Booked)
            .GroupBy(a => (a.StartsAt.DayOfWeek, a.StartsAt.TimeOfDay)).MaxBy(g => g.Count())?.OrderBy(a => a.StartsAt).ToList();
        if (ahead is null or [] or [_]) return;
        var series = new AppointmentSeries(s.PracticeId, client.Engagement.Id, (int)Math.Max(1, Math.Round((ahead[1].StartsAt - ahead[0].StartsAt).TotalDays / 7)), client.Engagement.PsychologistId, ahead[0].BookedAt);
        s.Db.AppointmentSeries.Add(series);
        foreach (var appointment in ahead) appointment.Join(series.Id);
    }

    private static Appointment Appointment(Settlement s, Settled client, PlannedHour hour)
    {
        var kind = hour.FirstTalk ? s.FirstTalk : s.Individual;
        var psychologist = client.Engagement.PsychologistId;
        var booked = Later(client.Plan.AcceptedAt.AddMinutes(5), hour.StartsAt.AddDays(-9));
        if (booked > s.Now) booked = s.Now.AddHours(-2);
        var inForce = client.InForceAt is { } at && at <= hour.StartsAt && !hour.FirstTalk ? client.AgreementId : null;
        var appointment = new Appointment(s.PracticeId, client.Engagement.Id, psychologist, kind.Id, hour.Online ? MeetingPlace.Online : MeetingPlace.Room,
            hour.Online ? null : s.Rooms[client.Plan.Psychologist].Id, hour.StartsAt, hour.StartsAt.AddMinutes(hour.Minutes), kind.Price, kind.Currency, [client.Client.Id], inForce, kind.BufferMinutes);
        if (inForce is not null && client.Agreed?.Terms.Prepayment is { } before && hour.StartsAt.AddHours(-before.HoursBefore) is var due && due > s.Now.AddHours(12))
            appointment.Ask(new Prepayment(Cost.OfPercent(before.Percent).Of(kind.Price, kind.Currency), due, before.Clause, before.WhenUnpaid == WhenUnpaid.ReleaseSlot));
        appointment.Book(booked, booked.AddMinutes(3), client.Client.Id);
        var place = appointment.Participants[0];
        if (hour.ConfirmedAt is { } confirmed && confirmed > booked) place.Confirm(confirmed);
        if (hour.CancelledAt is { } cancelled)
        {
            var byPsychologist = hour.Attendance == AttendanceKind.CancelledByPsychologist;
            appointment.Cancel(cancelled, cancelled, byPsychologist ? psychologist : client.UserId, byPsychologist ? null : client.Client.Id, s_reasons[client.Plan.Number % s_reasons.Length]);
        }
        // The last hour of today that has passed is still to be settled, so that one sees how.
        if (hour.Attendance is { } attendance) place.Settle(attendance, hour.LateMinutes, psychologist, hour.CancelledAt ?? hour.StartsAt.AddMinutes(hour.Minutes + 4),
            because: attendance == AttendanceKind.Excused ? Excuse : null);
        return appointment;
    }

    private static IEnumerable<ProgressRating> Ratings(Settled client) =>
        client.Plan.Hours.Zip(client.Appointments).Where(h => h.First.Level is not null && client.Request.AcceptedAt < h.First.StartsAt)
            .Select(h => new ProgressRating(client.Request, h.Second.Id, h.First.Level!.Value, client.UserId, h.Second.EndsAt));

    private static DateTime Later(DateTime a, DateTime b) => a > b ? a : b;
}
