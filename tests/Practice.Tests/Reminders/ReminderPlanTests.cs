using FsCheck;
using FsCheck.Fluent;
using PracticeApp.Reminders;

namespace PracticeApp.Tests.Reminders;

public class ReminderPlanTests
{
    private static readonly ReminderOffset[] Usual = [new(Channel.Mail, 48 * 60), new(Channel.Mail, 24 * 60), new(Channel.Text, 120)];
    private static readonly TimeZoneInfo Sarajevo = TimeZoneInfo.FindSystemTimeZoneById("Europe/Sarajevo");

    private static QuietHours Quiet(string zone = "Europe/Sarajevo") =>
        new(new TimeOnly(21, 0), new TimeOnly(8, 0), TimeZoneInfo.FindSystemTimeZoneById(zone));

    private static DateTime At(int year, int month, int day, int hour, int minute = 0, TimeZoneInfo? zone = null) =>
        TimeZoneInfo.ConvertTimeToUtc(new DateTime(year, month, day, hour, minute, 0), zone ?? Sarajevo);

    private static PlannedReminder[] Plan(
        DateTime start, DateTime bookedAt, int freeUntilHours = 0, QuietHours? quiet = null, ReminderOffset[]? offsets = null) =>
        [.. ReminderPlan.Plan(new ReminderWishes(start, bookedAt, offsets ?? Usual, quiet ?? Quiet(), freeUntilHours))];

    [Fact]
    public void Mail_two_days_and_one_day_before_and_a_text_two_hours_before()
    {
        var start = At(2026, 5, 20, 15);

        Assert.Equal(
            [new(Channel.Mail, 2880, At(2026, 5, 18, 15)), new(Channel.Mail, 1440, At(2026, 5, 19, 15)), new PlannedReminder(Channel.Text, 120, At(2026, 5, 20, 13))],
            Plan(start, At(2026, 5, 1, 12)));
    }

    [Fact]
    public void The_last_mail_leaves_three_hours_of_free_cancelling()
    {
        var planned = Plan(At(2026, 5, 20, 15), At(2026, 5, 1, 12), freeUntilHours: 24);

        Assert.Equal([At(2026, 5, 18, 15), At(2026, 5, 19, 12), At(2026, 5, 20, 13)], planned.Select(reminder => reminder.DueAt));
    }

    [Fact]
    public void A_long_free_window_brings_the_first_mail_forward_and_keeps_the_others()
    {
        var planned = Plan(At(2026, 5, 20, 15), At(2026, 5, 1, 12), freeUntilHours: 168);

        Assert.Equal([At(2026, 5, 13, 12), At(2026, 5, 19, 15), At(2026, 5, 20, 13)], planned.Select(reminder => reminder.DueAt));
    }

    [Fact]
    public void What_is_past_when_the_booking_becomes_final_is_skipped()
    {
        var start = At(2026, 5, 20, 15);

        Assert.Equal([2880, 1440, 120], Plan(start, At(2026, 5, 18, 15)).Select(reminder => reminder.OffsetMinutes));
        Assert.Equal([1440, 120], Plan(start, At(2026, 5, 18, 15, 1)).Select(reminder => reminder.OffsetMinutes));
        Assert.Equal([120], Plan(start, At(2026, 5, 20, 9)).Select(reminder => reminder.OffsetMinutes));
        Assert.Empty(Plan(start, At(2026, 5, 20, 14)));
    }

    [Fact]
    public void Booked_too_late_to_cancel_free_of_charge_there_is_no_mail_about_it() =>
        Assert.Equal([120], Plan(At(2026, 5, 20, 15), At(2026, 5, 19, 13), freeUntilHours: 24).Select(reminder => reminder.OffsetMinutes));

    [Fact]
    public void Quiet_hours_shift_to_the_evening_before()
    {
        var planned = Plan(At(2026, 5, 20, 9), At(2026, 5, 1, 12), offsets: [new(Channel.Text, 120)]);

        Assert.Equal(At(2026, 5, 19, 20, 45), Assert.Single(planned).DueAt);
    }

    [Fact]
    public void The_quiet_hours_are_those_of_the_recipient()
    {
        var newYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

        // 15:00 in Sarajevo is 9:00 in New York; two hours before is 7:00 there.
        var planned = Plan(At(2026, 5, 20, 15), At(2026, 5, 1, 12), quiet: Quiet("America/New_York"), offsets: [new(Channel.Text, 120)]);

        Assert.Equal(At(2026, 5, 19, 20, 45, newYork), Assert.Single(planned).DueAt);
    }

    [Fact]
    public void What_was_shifted_next_to_another_is_dropped()
    {
        var offsets = new ReminderOffset[] { new(Channel.Mail, 14 * 60), new(Channel.Text, 120) };

        // Mail at 19:00 the evening before; the text at 7:00 would move to 20:45.
        Assert.Equal([14 * 60], Plan(At(2026, 5, 20, 9), At(2026, 5, 1, 12), offsets: offsets).Select(reminder => reminder.OffsetMinutes));
    }

    [Fact]
    public void What_was_shifted_before_the_booking_is_dropped() =>
        Assert.Empty(Plan(At(2026, 5, 20, 9), At(2026, 5, 19, 21, 30), offsets: [new(Channel.Text, 120)]));

    [Fact]
    public void Quiet_hours_on_the_nights_the_clocks_change_end_where_people_sleep()
    {
        // 29 March 2026: 2:00 becomes 3:00. A text at 1:30 and one at 3:30 both move to 20:45 on Saturday.
        var quiet = Quiet();
        Assert.Equal(At(2026, 3, 28, 20, 45), quiet.Before(At(2026, 3, 29, 1, 30)));
        Assert.Equal(At(2026, 3, 28, 20, 45), quiet.Before(At(2026, 3, 29, 3, 30)));
        // 25 October 2026: 3:00 becomes 2:00 again.
        var twice = TimeZoneInfo.ConvertTimeToUtc(new DateTime(2026, 10, 25, 2, 30, 0), Sarajevo);
        Assert.Equal(At(2026, 10, 24, 20, 45), quiet.Before(twice));
        Assert.Equal(At(2026, 10, 24, 20, 45), quiet.Before(twice.AddHours(-1)));
    }

    [Fact]
    public void Quiet_hours_that_begin_in_a_gap_of_the_clock_begin_before_it()
    {
        var quiet = new QuietHours(new TimeOnly(2, 30), new TimeOnly(6, 0), Sarajevo);

        Assert.Equal(At(2026, 3, 29, 1, 30), quiet.Before(At(2026, 3, 29, 4, 0)));
    }

    [Fact]
    public void For_any_booking_nothing_is_early_late_loud_or_twice()
    {
        var zones = new[] { "Europe/Sarajevo", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia", "Europe/Helsinki" };
        var wishes = (
            from minute in Gen.Choose(0, 60 * 24 * 400)
            from lead in Gen.Choose(0, 60 * 24 * 9)
            from zone in Gen.Elements(zones)
            from free in Gen.Elements(0, 2, 12, 24, 48, 168)
            from offsets in Gen.Elements(Usual, [new(Channel.Mail, 2880), new(Channel.Mail, 1440)], [new(Channel.Mail, 1500)])
            select new ReminderWishes(
                At(2026, 1, 1, 0).AddMinutes(minute), At(2026, 1, 1, 0).AddMinutes(minute - lead), offsets, Quiet(zone), free)).ToArbitrary();

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(wishes, wish =>
        {
            var planned = ReminderPlan.Plan(wish);
            var lastUseful = wish.Start.AddHours(-wish.FreeUntilHours - 3);
            var mails = planned.Where(reminder => reminder.Channel == Channel.Mail).ToList();
            return planned.All(reminder => reminder.DueAt >= wish.FinalAt && reminder.DueAt <= wish.Start.AddMinutes(-reminder.OffsetMinutes))
                && planned.All(reminder => wish.Quiet.Before(reminder.DueAt) == reminder.DueAt)
                && planned.Select(reminder => (reminder.Channel, reminder.OffsetMinutes)).Distinct().Count() == planned.Count
                && planned.Zip(planned.Skip(1)).All(pair => pair.Second.DueAt - pair.First.DueAt >= TimeSpan.FromHours(4))
                && (wish.FreeUntilHours == 0 || mails.All(mail => mail.DueAt <= lastUseful || mail.DueAt > lastUseful.AddHours(3)))
                && (wish.FreeUntilHours == 0 || wish.Quiet.Before(lastUseful) < wish.FinalAt || mails.Count == 0 || mails[0].DueAt <= lastUseful);
        }));
    }
}
