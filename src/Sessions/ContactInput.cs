using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;
using PracticeApp.Clients;
using PracticeApp.Reminders;

namespace PracticeApp.Sessions;

/// <summary>As the practice does it, in an own way, or not at all.</summary>
public enum ReminderWay { Practice, Own, None }

/// <summary>Where a person is reached, how they may be, and how they are reminded; the same form for the client and for staff.</summary>
public sealed class ContactInput
{
    /// <summary>Hours before the start that one may choose from.</summary>
    public static readonly IReadOnlyList<int> Hours = [168, 72, 48, 24, 4, 2];

    [StringLength(254), EmailAddress] public string? Email { get; set; }
    [StringLength(40), RegularExpression(@"[0-9+() /.\-]{5,}", ErrorMessage = "Contact.Phone.Unclear")] public string? Phone { get; set; }
    public bool Mail { get; set; }
    public bool Text { get; set; }
    public bool Call { get; set; }
    public bool Voicemail { get; set; }
    [StringLength(200)] public string? When { get; set; }
    [StringLength(60)] public string? SenderName { get; set; }
    [Required] public ReminderWay? Way { get; set; }
    public int[] MailHours { get; set; } = [];
    public int[] TextHours { get; set; } = [];
    public TimeOnly? QuietFrom { get; set; }
    public TimeOnly? QuietUntil { get; set; }

    public static ContactInput Of(Client client) => new()
    {
        Email = client.Email, Phone = client.Phone, Mail = client.Contact.Mail, Text = client.Contact.Text, Call = client.Contact.Call, Voicemail = client.Contact.Voicemail,
        When = client.Contact.When, SenderName = client.Contact.SenderName,
        Way = client.NoReminders ? ReminderWay.None : client.Reminders.By == RemindersBy.Practice ? ReminderWay.Practice : ReminderWay.Own,
        MailHours = client.Reminders.MailHours, TextHours = client.Reminders.TextHours, QuietFrom = client.Reminders.QuietFrom, QuietUntil = client.Reminders.QuietUntil,
    };

    public ContactRules Rules => new() { Mail = Mail, Text = Text, Call = Call, Voicemail = Call && Voicemail, When = Kept(When), SenderName = Kept(SenderName) };

    /// <param name="reminders">The form asks about reminders too.</param>
    public void Check(ModelStateDictionary state, bool reminders, IStringLocalizer<Texts> t)
    {
        if (Mail && string.IsNullOrWhiteSpace(Email)) state.AddModelError("Input.Email", t["Contact.Email.Missing"]);
        if ((Text || Call) && string.IsNullOrWhiteSpace(Phone)) state.AddModelError("Input.Phone", t["Contact.Phone.Missing"]);
        if (NeutralSender.TellingIn(SenderName) is { } telling) state.AddModelError("Input.SenderName", t["Contact.Sender.Telling", telling]);
        if (!reminders)
        {
            foreach (var key in new[] { "Input.Way", "Input.MailHours", "Input.TextHours", "Input.QuietFrom", "Input.QuietUntil" }) state.Remove(key);
            return;
        }
        if (Way is { } way && !Enum.IsDefined(way)) state.AddModelError("Input.Way", t["Contact.Way.Choose"]);
        if (Way == ReminderWay.Own && MailHours.Length + TextHours.Length == 0) state.AddModelError("Input.Way", t["Contact.Way.Empty"]);
        if (MailHours.Concat(TextHours).Any(h => !Hours.Contains(h))) state.AddModelError("Input.Way", t["Contact.Way.Choose"]);
        if (QuietFrom is null != QuietUntil is null) state.AddModelError(QuietFrom is null ? "Input.QuietFrom" : "Input.QuietUntil", t["Contact.Quiet.Both"]);
        if (QuietFrom is { } from && QuietUntil is { } until && until - from > TimeSpan.FromHours(18)) state.AddModelError("Input.QuietFrom", t["Contact.Quiet.Long"]);
    }

    public ReminderChoice Choice(RemindersBy by, DateTime now) => Way switch
    {
        ReminderWay.None => ReminderChoice.Nothing(by, now),
        ReminderWay.Own => new ReminderChoice { By = by, Since = now, MailHours = Chosen(MailHours), TextHours = Chosen(TextHours), QuietFrom = QuietFrom, QuietUntil = QuietUntil },
        // Own quiet hours hold for the practice's reminders too.
        _ => new ReminderChoice { By = RemindersBy.Practice, Since = now, QuietFrom = QuietFrom, QuietUntil = QuietUntil },
    };

    private static int[] Chosen(int[] hours) => [.. hours.Distinct().OrderDescending()];
    private static string? Kept(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <param name="Own">The client fills it in; otherwise staff.</param>
/// <param name="Reminders">It asks about reminders too.</param>
/// <param name="AsPractice">How the practice reminds, in words.</param>
public sealed record ContactForm(ContactInput Input, bool Own, bool Reminders, string AsPractice);
