using Microsoft.Extensions.Localization;
using PracticeApp.Clients;
using PracticeApp.Platform;
using PracticeApp.Practices;

namespace PracticeApp.Sessions;

/// <summary>How somebody is reminded, in one sentence.</summary>
public static class ReminderWords
{
    public static string OfPractice(PracticePolicy policy, IStringLocalizer<Texts> t) => Of(policy.MailReminderHours, policy.TextReminderHours, t);

    public static string Of(Client client, IStringLocalizer<Texts> t) => client.NoReminders ? t["Contact.Way.None"] : Of(client.Reminders.MailHours, client.Reminders.TextHours, t);

    private static string Of(int[] mail, int[] text, IStringLocalizer<Texts> t) => string.Join("; ",
        new[] { mail.Length == 0 ? null : t["Contact.ByMail", Before(mail, t)].Value, text.Length == 0 ? null : t["Contact.ByText", Before(text, t)].Value }.OfType<string>());

    private static string Before(int[] hours, IStringLocalizer<Texts> t) => string.Join(", ", hours.Select(h =>
        t[$"Contact.Hours.{h}"] is { ResourceNotFound: false } known ? known.Value : t.Plural("Contact.HoursBefore", h)));
}
