using PracticeApp.Attendance;
using PracticeApp.Agreements;
using PracticeApp.Booking;
using PracticeApp.Endings;
using PracticeApp.Enquiries;
using PracticeApp.Privacy;
using PracticeApp.Money;
using PracticeApp.Reminders;
using PracticeApp.Sessions;
using Quartz;

namespace PracticeApp;

/// <summary>Every recurring job, in one list.</summary>
public static class Schedule
{
    /// <param name="Name">Shown to admins; the job's identity in the store.</param>
    public sealed record Recurring(string Name, Type Job, TimeSpan Every);

    public static readonly IReadOnlyList<Recurring> Jobs =
    [
        new("send-due-notices", typeof(SendDueNotices), TimeSpan.FromSeconds(5)),
        new("rewrite-reminders", typeof(RewriteReminders), TimeSpan.FromSeconds(10)),
        new("watch-attendance", typeof(WatchAttendance), TimeSpan.FromMinutes(1)),
        new("watch-flags", typeof(WatchFlags), TimeSpan.FromMinutes(1)),
        new("offer-freed-time", typeof(OfferFreedTime), TimeSpan.FromSeconds(10)),
        new("release-unpaid", typeof(ReleaseUnpaid), TimeSpan.FromMinutes(1)),
        new("let-charges-stand", typeof(LetChargesStand), TimeSpan.FromMinutes(5)),
        new("seal-audit", typeof(SealAudit), TimeSpan.FromSeconds(3)),
        new("carry-out-endings", typeof(CarryOutEndings), TimeSpan.FromSeconds(5)),
        new("follow-up-agreements", typeof(FollowUpAgreements), TimeSpan.FromMinutes(10)),
        new("remind-of-unpaid", typeof(RemindOfUnpaid), TimeSpan.FromMinutes(10)),
        new("remind-of-protocols", typeof(RemindOfProtocols), TimeSpan.FromHours(1)),
        new("forget-talks", typeof(ForgetTalks), TimeSpan.FromMinutes(10)),
        new("seal-agreements", typeof(SealAgreements), TimeSpan.FromSeconds(3)),
    ];

    public static void AddTo(IQuartzBuilder quartz)
    {
        foreach (var job in Jobs)
        {
            quartz.AddJob(job.Job, j => j.WithIdentity(job.Name).StoreDurably());
            quartz.AddTrigger(t => t.ForJob(job.Name).WithIdentity(job.Name).StartNow()
                .WithSimpleSchedule(s => s.WithInterval(job.Every).RepeatForever()));
        }
    }
}
