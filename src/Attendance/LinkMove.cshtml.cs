using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using PracticeApp.Agreements;
using PracticeApp.Booking;
using PracticeApp.Platform;
using PracticeApp.Shared;

namespace PracticeApp.Attendance;

/// <summary>Moving by the link of a reminder: the cost first, then the free hours, then the act.</summary>
[Anyone]
public sealed class LinkMoveModel(LinkedAppointment linkedAppointment, WhatItCosts costs, MoveAppointment move, OfferedSlots offered, IStringLocalizer<Texts> t) : PageModel
{
    private const int Days = 21;

    [BindProperty(SupportsGet = true)] public string? Token { get; set; }
    [BindProperty] public InputModel Input { get; set; } = new();
    public Linked Linked { get; private set; } = null!;
    public Assessment Cost { get; private set; } = null!;
    public IReadOnlyList<Slot> Slots { get; private set; } = [];

    public sealed class InputModel
    {
        /// <summary>"{start, UTC, round-trip}|{Room or Online}".</summary>
        public string? Slot { get; set; }
        public decimal Shown { get; set; }
    }

    public static string ValueOf(Slot slot) => $"{slot.StartUtc:yyyy-MM-ddTHH:mm}Z|{slot.Place.Kind}";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await OpenAsync(ct) is { } elsewhere) return elsewhere;
        Input.Shown = Cost.Charge;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (await OpenAsync(ct) is { } elsewhere) return elsewhere;
        if (Read(Input.Slot) is not var (start, place)) ModelState.AddModelError("Input.Slot", t["Move.Choose"]);
        else if (Cost.Charge > Input.Shown) ModelState.AddModelError("Input.Slot", t["Link.CostsMore", Currencies.Format(Cost.Charge, Cost.Currency, CultureInfo.CurrentUICulture)]);
        else if (ModelState.IsValid)
        {
            var result = await move.RunAsync(Linked.Appointment.Id, start, place, null, Linked.Actor, ct);
            if (result.IsDone) return RedirectToPage("Link", new { Token });
            ModelState.AddModelError("Input.Slot", t[result.Outcome == BookingOutcome.Joint ? "Move.Joint" : "Move.Taken"]);
            if (result.Nearest.Count > 0) Slots = result.Nearest;
        }
        ModelState.Remove("Input.Shown");
        Input.Shown = Cost.Charge;
        return Page();
    }

    private async Task<IActionResult?> OpenAsync(CancellationToken ct)
    {
        if (await linkedAppointment.OpenAsync(Token, ct) is not { } linked) return NotFound();
        if (linked.IsClosed) return RedirectToPage("Link", new { Token });
        Linked = linked;
        Cost = await costs.IfMovedAsync(linked.Appointment, linked.Client.Id, ct);
        Slots = linked.Appointment.MovesTogether ? [] : await offered.FindAsync(await move.WishAsync(linked.Appointment, ct), linked.Now, linked.Now.AddDays(Days), ct);
        return null;
    }

    private static (DateTime Start, MeetingPlace Place)? Read(string? value) =>
        value?.Split('|') is [var at, var place] && Enum.TryParse<MeetingPlace>(place, out var kind) && Enum.IsDefined(kind)
        && DateTime.TryParseExact(at, "yyyy-MM-ddTHH:mm'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var start)
            ? (start, kind) : null;
}
