using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Agreements;
using PracticeApp.Platform;
using PracticeApp.Shared;

namespace PracticeApp.Booking;

/// <summary>Staff note who cancels, the practice or a client who asked them to; what each costs, and whom, is said first.</summary>
[Access(Role.Psychologist, Role.Operator, Role.Admin)]
public sealed class CancelModel(PracticeDb db, WhatItCosts costs, CancelAppointment cancel, SeriesActs series, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    public const string Practice = "Practice";

    /// <param name="Cost">What follows if they cancel.</param>
    public sealed record Party(Guid Id, string Name, string Cost);

    /// <summary>"Practice", or the id of the client who cancels.</summary>
    [BindProperty] public string? By { get; set; }

    /// <summary>The practice says why in its own words; a client's reason is one of their terms, or none.</summary>
    [BindProperty, StringLength(300)] public string? Reason { get; set; }
    [BindProperty] public string? Because { get; set; }

    [BindProperty] public SeriesScope Scope { get; set; }

    /// <summary>Sessions of the same series after this one, and all of them ahead beside this one, with their days.</summary>
    public int Following { get; private set; }
    public int Ahead { get; private set; }
    public string FollowingDays { get; private set; } = "";
    public string AheadDays { get; private set; } = "";

    public Appointment Appointment { get; private set; } = null!;
    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;
    public string Clients { get; private set; } = "";
    public string Psychologist { get; private set; } = "";
    public string PracticeCost { get; private set; } = "";
    public IReadOnlyList<Party> Parties { get; private set; } = [];
    public IReadOnlyList<SessionCancelModel.Reason> Reasons { get; private set; } = [];
    /// <summary>A client's reason may change what it costs.</summary>
    public bool Costs { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => await LoadAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();
        var client = Parties.FirstOrDefault(p => p.Id.ToString() == By)?.Id;
        if (By != Practice) ModelState.Remove(nameof(Reason));
        if (By == Practice && string.IsNullOrWhiteSpace(Reason)) ModelState.AddModelError(nameof(Reason), t["Groups.Reason.None"]);
        if (By != Practice && client is null) ModelState.AddModelError(nameof(By), t["Choose"]);
        if (client is not null && !string.IsNullOrEmpty(Because) && Reasons.All(r => r.Key != Because)) ModelState.AddModelError(nameof(Because), t["Choose"]);
        if (!ModelState.IsValid) return Page();

        var actor = client is { } who ? Actor.Client(who, db.Current.UserId) : Actor.Staff(db.Current.UserId);
        var reason = client is null ? Reason!.Trim() : string.IsNullOrEmpty(Because) ? null : Because;
        if (Scope != SeriesScope.One && Appointment.SeriesId is not null)
        {
            var reached = await series.ReachedAsync(Appointment, Scope, clock.GetUtcNow().UtcDateTime, ct);
            await series.CancelAsync([.. reached.Select(a => a.Id)], reached.SelectMany(a => a.Resources), reason, actor, ct);
        }
        else await cancel.RunAsync(id, actor, reason, ct);
        return Redirect($"/calendar/{id}");
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken ct)
    {
        var appointment = await db.ReachableAppointments().AsNoTracking().Include(a => a.Participants).SingleOrDefaultAsync(a => a.Id == id && a.State == AppointmentState.Booked && a.Seats == null, ct);
        if (appointment is null) return false;
        Appointment = appointment;
        var psychologist = await db.Memberships.AsNoTracking().SingleAsync(m => m.UserId == appointment.PsychologistId, ct);
        (Zone, Psychologist) = (psychologist.Zone, psychologist.Name);
        var now = clock.GetUtcNow().UtcDateTime;
        string Days(IEnumerable<Appointment> sessions) => string.Join(" · ", sessions.Select(Day));
        var (following, ahead) = (await series.ReachedAsync(appointment, SeriesScope.Following, now, ct), await series.ReachedAsync(appointment, SeriesScope.All, now, ct));
        (Following, Ahead) = (following.Count(a => a.Id != id), ahead.Count(a => a.Id != id));
        (FollowingDays, AheadDays) = (Days(following), Days(ahead));
        var ids = appointment.Participants.Where(p => p.WithdrawnAt is null).Select(p => p.ClientId).ToList();
        var clients = await db.Clients.AsNoTracking().Where(c => ids.Contains(c.Id)).OrderBy(c => c.Name).Select(c => new { c.Id, c.Name }).ToListAsync(ct);
        Clients = string.Join(", ", clients.Select(c => c.Name));
        var (parties, practice) = (new List<Party>(), new List<string>());
        foreach (var client in clients)
        {
            parties.Add(new Party(client.Id, client.Name, await CostAsync(client.Id, EventKind.Cancelled, ahead, ct)));
            var cost = await CostAsync(client.Id, EventKind.CancelledByPsychologist, ahead, ct);
            practice.Add(clients.Count > 1 ? $"{client.Name}: {cost}" : cost);
        }
        (Parties, PracticeCost) = (parties, string.Join(" ", practice));
        Reasons = [.. (await db.TermsOfAsync(appointment, ct))[^1].Terms.Reasons.Reasons.Select(r => new SessionCancelModel.Reason(r.Key, AssessmentWords.Reason(r.Key, r.Label, CultureInfo.CurrentCulture), r.Effect))];
        return true;
    }

    /// <summary>What this session costs, then each other one of the series that costs or credits something.</summary>
    private async Task<string> CostAsync(Guid client, EventKind what, IEnumerable<Appointment> series, CancellationToken ct)
    {
        var culture = CultureInfo.CurrentCulture;
        Task<Assessment> Of(Appointment a) => what == EventKind.Cancelled ? costs.IfCancelledAsync(a, client, null, ct) : costs.IfPracticeCancelsAsync(a, client, ct);
        var cost = await Of(Appointment);
        Costs |= cost.Charge > 0;
        var said = what == EventKind.Cancelled ? AssessmentWords.IfNow(cost, what, culture) : AssessmentWords.Record(cost, culture);
        foreach (var other in series.Where(a => a.Id != Appointment.Id && a.Participants.Any(p => p.ClientId == client && p.WithdrawnAt is null)))
            if (await Of(other) is var more && (more.Charge > 0 || more.Credit > 0)) (said, Costs) = ($"{said} {Day(other)}: {AssessmentWords.Record(more, culture)}", Costs || more.Charge > 0);
        return said;
    }

    private string Day(Appointment a) => Words.DayMonth(DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(a.StartsAt, Zone)));
}
