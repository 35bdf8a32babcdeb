using Microsoft.EntityFrameworkCore;
using PracticeApp.Booking;
using PracticeApp.Clients;
using PracticeApp.Reminders;

namespace PracticeApp.Demo;

/// <summary>A reminder in the practice's own words, somebody who is reminded in their own way, and an address that takes no mail.</summary>
internal static class SeedReminders
{
    private static readonly Dictionary<string, (string Subject, string Body)> s_own = new()
    {
        ["en"] = ("We look forward to seeing you: {when}", "Hello {name},\n\nwe have kept {when} for you.\n\nIf something has come up, you can move or cancel it here:\n{link}\n\n{terms}\n\n{prepayment}\n\nWarm regards,\n{practice}"),
        ["fi"] = ("Nähdään pian: {when}", "Hei {name},\n\nolemme varanneet sinulle ajan {when}.\n\nJos jotakin tuli väliin, voit siirtää tai perua ajan täällä:\n{link}\n\n{terms}\n\n{prepayment}\n\nTerveisin\n{practice}"),
    };

    internal static async Task WriteAsync(Settlement s, PlanReminders reminders, CancellationToken ct)
    {
        var practice = await s.Db.Practices.SingleAsync(ct);
        var language = s_own.ContainsKey(practice.Language) ? practice.Language : "en";
        var (subject, body) = s_own[language];
        s.Db.NoticeWordings.Add(new NoticeWording(s.PracticeId, PlanReminders.Kind, language, Channel.Mail, subject, body, s.Operator, s.Now.AddDays(-40)));
        practice.ChangeWordings(s.Now.AddDays(-40));

        var coming = s.Clients.Where(c => c.Client.CanBeMailed && c.Appointments.Any(a => a.State == AppointmentState.Booked && a.StartsAt > s.Now.AddDays(1))).ToList();
        if (coming.Find(c => c.Client.Email == "katherine@lipa.example") is { } own)
            await ChangeAsync(s, own, client => client.WishReminders(new ReminderChoice { By = RemindersBy.Own, MailHours = [24], QuietFrom = new(20, 0), QuietUntil = new(9, 0), Since = s.Now.AddDays(-12) }), reminders, ct);
        // Somebody whom the first psychologist sees next, so that her calendar shows it too.
        if (coming.Where(c => c.Plan.Psychologist == 0 && !s.Cast.Clients.Any(named => named.Email == c.Client.Email)).MinBy(c => c.Appointments.Where(a => a.StartsAt > s.Now).Min(a => a.StartsAt)) is { } gone)
        {
            var failed = new Notice(s.PracticeId, "booking.booked", Channel.Mail, gone.Client.Email!, gone.Client.Language, s.Now.AddDays(-2), s.Now.AddDays(-2)).To(gone.Client.Id)
                .With("name", gone.Client.CalledName);
            failed.MarkFailed("PermanentMailException: 550 5.1.1 The mailbox does not exist.", permanent: true, s.Now.AddDays(-2));
            s.Db.Notices.Add(failed);
            await ChangeAsync(s, gone, client => client.MailFails(s.Now.AddDays(-2)), reminders, ct);
        }
        await s.SaveAsync(ct);
    }

    private static async Task ChangeAsync(Settlement s, Settled settled, Action<Client> change, PlanReminders reminders, CancellationToken ct)
    {
        await s.AsAsync(settled.Engagement.PsychologistId, ct);
        change(await s.Db.Clients.SingleAsync(c => c.Id == settled.Client.Id, ct));
        await s.SaveAsync(ct);
        await reminders.RewriteOfAsync(settled.Client.Id, ct);
        await s.SaveAsync(ct);
    }
}
