using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Agreements;
using PracticeApp.Clients;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Reminders;

namespace PracticeApp.Booking;

/// <summary>A psychologist is away: what that cancels is shown first, with what it costs; then it is done, and says whom to ring.</summary>
[Access(Role.Psychologist, Role.Admin)]
public sealed class AbsenceModel(PracticeDb db, TakeAbsence take, WhatItCosts costs, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    private const int MostDays = 366;

    [BindProperty(SupportsGet = true)] public Guid? Who { get; set; }
    [BindProperty(SupportsGet = true)] public InputModel Input { get; set; } = new();
    /// <summary><see cref="Fingerprint"/> of what was shown.</summary>
    [BindProperty] public string? Seen { get; set; }
    /// <summary>The absence is noted; the page says what became of it.</summary>
    [BindProperty(SupportsGet = true)] public bool Noted { get; set; }

    public sealed class InputModel
    {
        [Required] public DateOnly? First { get; set; }
        public DateOnly? Last { get; set; }
        public TimeOnly? From { get; set; }
        public TimeOnly? To { get; set; }
        [Required, StringLength(300)] public string? Reason { get; set; }
    }

    /// <param name="IsTold">A mail is on its way or there.</param>
    public sealed record Concerned(Client Client, string Cost, bool IsTold)
    {
        /// <summary>How they may be rung, if at all.</summary>
        public string? Phone => Client.Contact.Call ? Client.Phone : null;
    }

    /// <param name="Promised">Both agreed to hear of holidays earlier than this; null where it is early enough.</param>
    public sealed record Row(Appointment Appointment, IReadOnlyList<Concerned> Clients, PsychologistTerms? Promised);

    public Membership Psychologist { get; private set; } = null!;
    /// <summary>What it would cancel, or, once noted, what it cancelled; null before it is asked for.</summary>
    public IReadOnlyList<Row>? Rows { get; private set; }
    public bool Changed { get; private set; }
    public IReadOnlyList<Concerned> ToCall => [.. (Rows ?? []).SelectMany(r => r.Clients).Where(c => !c.IsTold).DistinctBy(c => c.Client.Id)];
    public string Fingerprint => string.Join('|', [Time.ToString(), .. (Rows ?? []).Select(r => $"{r.Appointment.Id:N}{r.Appointment.StartsAt.Ticks}")]);
    public AbsenceTime Time => new(Input.First ?? Today, Input.Last ?? Input.First ?? Today, Input.From, Input.To);
    private DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(Now, Psychologist.Zone));
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        ModelState.Clear();
        Noted &= Input.First is not null && await IsNotedAsync(ct);
        if (Noted) Rows = await RowsAsync(await CancelledAsync(ct), ct);
        Input.First ??= Today;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        Noted = false;
        Check();
        if (!ModelState.IsValid) return Page();
        var booked = await db.ReachableAppointments().AsNoTracking().Include(a => a.Participants).Where(TakeAbsence.InTime(Psychologist.UserId, Time, Psychologist.Zone, Now)).OrderBy(a => a.StartsAt).ToListAsync(ct);
        // Sent once more after it was done: nothing is left to do.
        if (Seen is not null && booked.Count == 0 && await IsNotedAsync(ct)) return Redirect(Done());
        Rows = await RowsAsync(booked, ct);
        if (Seen == Fingerprint && await take.RunAsync(Psychologist.UserId, Time, Psychologist.Zone, [.. booked.Select(a => a.Id)], Input.Reason!.Trim(), Actor.Staff(db.Current.UserId), ct) == AbsenceOutcome.Done)
        {
            await db.SaveChangesAsync(ct);
            return Redirect(Done());
        }
        Changed = Seen is not null;
        if (Changed) Rows = await RowsAsync(await db.ReachableAppointments().AsNoTracking().Include(a => a.Participants).Where(TakeAbsence.InTime(Psychologist.UserId, Time, Psychologist.Zone, Now)).OrderBy(a => a.StartsAt).ToListAsync(ct), ct);
        return Page();
    }

    private void Check()
    {
        void Wrong(string field, string why) => ModelState.AddModelError($"Input.{field}", t[why]);
        if (Input.First < Today) Wrong("First", "Start.Past");
        if (Input.First > Today.AddYears(2)) Wrong("First", "Start.TooFar");
        if (Input.Last < Input.First) Wrong("Last", "Days.LastBeforeFirst");
        if (Input.Last?.DayNumber - Input.First?.DayNumber > MostDays) Wrong("Last", "Start.TooFar");
        if (Input.From is null != Input.To is null) Wrong(Input.From is null ? "From" : "To", "Absence.BothTimes");
        if (Input.From is not null && Input.Last is { } last && last != Input.First) Wrong("Last", "Absence.OneDay");
    }

    private Task<bool> IsNotedAsync(CancellationToken ct)
    {
        var time = Time;
        return db.HoursExceptions.AnyAsync(x => x.PsychologistId == Psychologist.UserId && x.Of != ExceptionOf.ExtraHours && x.First == time.First && x.Last == time.Last && x.From == time.From && x.To == time.To, ct);
    }

    private Task<List<Appointment>> CancelledAsync(CancellationToken ct)
    {
        var (from, until) = Time.In(Psychologist.Zone);
        return db.ReachableAppointments().AsNoTracking().Include(a => a.Participants).Where(a => a.PsychologistId == Psychologist.UserId && a.State == AppointmentState.Cancelled && a.CancelledByClientId == null
            && a.StartsAt < until && a.EndsAt > from).OrderBy(a => a.StartsAt).ToListAsync(ct);
    }

    private async Task<IReadOnlyList<Row>> RowsAsync(List<Appointment> appointments, CancellationToken ct)
    {
        var ids = appointments.SelectMany(a => a.Participants).Select(p => p.ClientId).Distinct().ToList();
        var clients = await db.Clients.AsNoTracking().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
        var rows = new List<Row>();
        foreach (var appointment in appointments)
        {
            var concerned = new List<Concerned>();
            foreach (var place in appointment.Participants.Where(p => p.WithdrawnAt is null && clients.ContainsKey(p.ClientId)))
            {
                var cost = Noted ? "" : AssessmentWords.Record(await costs.IfPracticeCancelsAsync(appointment, place.ClientId, ct), CultureInfo.CurrentCulture);
                concerned.Add(new Concerned(clients[place.ClientId], cost, clients[place.ClientId].CanBeMailed));
            }
            rows.Add(new Row(appointment, concerned, Noted ? null : await PromisedAsync(appointment, ct)));
        }
        return rows;
    }

    private async Task<PsychologistTerms?> PromisedAsync(Appointment appointment, CancellationToken ct)
    {
        var place = appointment.Place == MeetingPlace.Online ? SessionPlace.Online : SessionPlace.InPerson;
        return (await db.TermsOfAsync(appointment, ct)).Where(v => v.IsSigned).Select(v => v.Terms.For(appointment.KindId.ToString(), place).Psychologist)
            .Where(p => appointment.StartsAt < Now.AddDays(p.HolidayNoticeDays)).MaxBy(p => p.HolidayNoticeDays);
    }

    public string Address => "/hours/absence" + (Who is null ? "" : $"?who={Who}");

    private string Done() => Address + (Who is null ? "?" : "&") + string.Create(CultureInfo.InvariantCulture, $"noted=true&Input.First={Time.First:yyyy-MM-dd}&Input.Last={Time.Last:yyyy-MM-dd}")
        + (Time is { From: { } from, To: { } to } ? string.Create(CultureInfo.InvariantCulture, $"&Input.From={from:HH:mm}&Input.To={to:HH:mm}") : "");

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (await db.OwnHoursAsync(Who, ct) is not { } psychologist) return false;
        Psychologist = psychologist;
        return true;
    }
}
