using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using PracticeApp.Booking;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Privacy;
using PracticeApp.Reminders;
using PracticeApp.Shared;

namespace PracticeApp.Caseload;

/// <summary>When the practice reminds of what, with an example beside it that says what would go out and why. What is coming is rewritten when it changes.</summary>
[Access(Role.Admin)]
public sealed class RemindersModel(PracticeDb db, Audit audit, IOptions<PracticeOptions> options, TimeProvider clock, IStringLocalizer<Texts> t, Words words) : PageModel
{
    public const int ExampleFreeHours = 24;
    /// <summary>A day needs some hours in which something can be sent.</summary>
    private static readonly TimeSpan LongestQuiet = TimeSpan.FromHours(18);

    [BindProperty] public InputModel Input { get; set; } = new();
    [TempData] public string? Done { get; set; }
    /// <summary>What is shown is what was typed, and nothing of it is saved.</summary>
    public bool Looked { get; private set; }
    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;
    public IReadOnlyList<Example> Examples { get; private set; } = [];
    public bool SendsTexts => options.Value.SendsTexts;

    public sealed record Example(DateTime Start, DateTime Booked, IReadOnlyList<ConsideredReminder> Reminders);

    public sealed class InputModel
    {
        [StringLength(60)] public string? MailReminderHours { get; set; }
        [StringLength(60)] public string? TextReminderHours { get; set; }
        [Required] public TimeOnly? QuietFrom { get; set; }
        [Required] public TimeOnly? QuietUntil { get; set; }
        [Required, Range(0, 336)] public int? PrepaymentReminderHours { get; set; }
        [Required, Range(0, 336)] public int? QuestionsReminderHours { get; set; }
        [Required, Range(1, 60)] public int? FollowUpFirstDays { get; set; }
        [Required, Range(1, 60)] public int? FollowUpEveryDays { get; set; }
        [Required, Range(0, 20)] public int? FollowUps { get; set; }
        [Required, Range(0, 90)] public int? ProtocolsOpenDays { get; set; }
        /// <summary>The row as it was when the form was shown.</summary>
        public uint Version { get; set; }
    }

    public async Task OnGetAsync(CancellationToken ct)
    {
        var p = await db.Practices.AsNoTracking().SingleAsync(ct);
        Input = new()
        {
            MailReminderHours = ReminderHours.Write(p.Policy.MailReminderHours), TextReminderHours = ReminderHours.Write(p.Policy.TextReminderHours),
            QuietFrom = p.Policy.QuietFrom, QuietUntil = p.Policy.QuietUntil, PrepaymentReminderHours = p.Policy.PrepaymentReminderHours,
            QuestionsReminderHours = p.Policy.QuestionsReminderHours, FollowUpFirstDays = p.Policy.FollowUpFirstDays, FollowUpEveryDays = p.Policy.FollowUpEveryDays,
            FollowUps = p.Policy.FollowUps, ProtocolsOpenDays = p.Policy.ProtocolsOpenDays, Version = p.Version,
        };
        Show(p);
    }

    /// <summary>What would go out by what is typed; nothing is saved.</summary>
    public async Task<IActionResult> OnPostLookAsync(CancellationToken ct)
    {
        Check();
        Show(await db.Practices.AsNoTracking().SingleAsync(ct));
        Looked = true;
        return Request.Headers.XRequestedWith == "fetch" ? Partial("_ReminderPreview", this) : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var practice = await db.Practices.SingleAsync(ct);
        var (mail, text) = Check();
        if (!ModelState.IsValid)
        {
            Show(practice);
            return Page();
        }
        db.Entry(practice).Property(p => p.Version).OriginalValue = Input.Version;
        var before = practice.Policy;
        practice.Decide(before.With(p =>
        {
            (p.MailReminderHours, p.TextReminderHours, p.QuietFrom, p.QuietUntil) = (mail!, text!, Input.QuietFrom!.Value, Input.QuietUntil!.Value);
            (p.PrepaymentReminderHours, p.QuestionsReminderHours, p.ProtocolsOpenDays) = (Input.PrepaymentReminderHours!.Value, Input.QuestionsReminderHours!.Value, Input.ProtocolsOpenDays!.Value);
            (p.FollowUpFirstDays, p.FollowUpEveryDays, p.FollowUps) = (Input.FollowUpFirstDays!.Value, Input.FollowUpEveryDays!.Value, Input.FollowUps!.Value);
        }));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            ModelState.AddModelError("Input.MailReminderHours", t["Settings.ChangedMeanwhile"]);
            Show(practice);
            return Page();
        }
        var coming = Differs(before, practice.Policy) ? await RewriteReminders.AskAsync(db, clock.GetUtcNow().UtcDateTime, ct) : 0;
        audit.Record("practice.reminders-changed", "practice", practice.Id);
        Done = coming == 0 ? t["Saved"] : $"{t["Saved"].Value} {t.Plural("Reminders.Rewriting", coming)}";
        return RedirectToPage();
    }

    /// <summary>Why it does not go out, or not when it was wished.</summary>
    public IEnumerable<string> Why(ConsideredReminder one)
    {
        if (one.LeftOut is { } left) yield return t[$"Reminders.Why.{left}"];
        else if (one.DueAt != one.WishedAt) yield return t["Reminders.Why.Earlier", words.Moment(one.WishedAt, Zone)];
        if (one.LeftOut is null && one.ForTimeToAct) yield return t["Reminders.Why.TimeToAct"];
        if (one.LeftOut is null && one.ForQuiet) yield return t["Reminders.Why.Quiet"];
    }

    private (int[]? Mail, int[]? Text) Check()
    {
        var (mail, text) = (ReminderHours.Read(Input.MailReminderHours), ReminderHours.Read(Input.TextReminderHours));
        // A version that nobody can read is none that is still current.
        ModelState.Remove("Input.Version");
        Say("MailReminderHours", mail is not null, "Settings.Hours.Unclear");
        Say("TextReminderHours", text is not null, "Settings.Hours.Unclear");
        if (Input is { QuietFrom: { } from, QuietUntil: { } until }) Say("QuietFrom", until - from <= LongestQuiet, "Reminders.QuietTooLong");
        return (mail, text);
    }

    private void Say(string field, bool holds, string otherwise)
    {
        if (!holds && ModelState.GetFieldValidationState($"Input.{field}") != Microsoft.AspNetCore.Mvc.ModelBinding.ModelValidationState.Invalid)
            ModelState.AddModelError($"Input.{field}", t[otherwise]);
    }

    // What cannot be read is shown as it is decided now.
    private void Show(Practice practice)
    {
        Zone = practice.Zone;
        var policy = practice.Policy;
        var quiet = new QuietHours(Input.QuietFrom ?? policy.QuietFrom, Input.QuietUntil ?? policy.QuietUntil, Zone);
        ReminderOffset[] offsets = [.. (ReminderHours.Read(Input.MailReminderHours) ?? policy.MailReminderHours).Select(h => new ReminderOffset(Channel.Mail, h * 60)),
            .. (ReminderHours.Read(Input.TextReminderHours) ?? policy.TextReminderHours).Select(h => new ReminderOffset(Channel.Text, h * 60))];
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(clock.GetUtcNow().UtcDateTime, Zone));
        // Thursday of next week: far enough that Monday before it is still ahead.
        var thursday = today.AddDays((DayOfWeek.Thursday - today.DayOfWeek + 7) % 7 + 7);
        Examples = [Of(thursday, 10, thursday.AddDays(-3), 12), Of(thursday, 10, thursday.AddDays(-1), 18)];

        Example Of(DateOnly day, int hour, DateOnly bookedOn, int bookedAt)
        {
            var (start, booked) = (At(day, hour), At(bookedOn, bookedAt));
            return new Example(start, booked, ReminderPlan.Consider(new ReminderWishes(start, booked, offsets, quiet, ExampleFreeHours)));
        }
        DateTime At(DateOnly day, int hour) => TimeZoneInfo.ConvertTimeToUtc(day.ToDateTime(new TimeOnly(hour, 0)), Zone);
    }

    private static bool Differs(PracticePolicy a, PracticePolicy b) =>
        !a.MailReminderHours.SequenceEqual(b.MailReminderHours) || !a.TextReminderHours.SequenceEqual(b.TextReminderHours)
        || (a.QuietFrom, a.QuietUntil, a.PrepaymentReminderHours, a.QuestionsReminderHours) != (b.QuietFrom, b.QuietUntil, b.PrepaymentReminderHours, b.QuestionsReminderHours);
}
