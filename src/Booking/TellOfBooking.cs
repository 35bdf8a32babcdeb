using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;
using PracticeApp.Clients;
using PracticeApp.Platform;
using PracticeApp.Reminders;

namespace PracticeApp.Booking;

/// <summary>
/// Writes to those concerned what was booked, moved or cancelled, in the caller's transaction; due when the act is final.
/// Only safe ways of contact, no kind of session, no names of others.
/// </summary>
public sealed class TellOfBooking(PracticeDb db, WhatItCosts costs, PublicAddress address, TimeProvider clock)
{
    public const string Booked = "booking.booked", Moved = "booking.moved", Cancelled = "booking.cancelled", ToPsychologist = "booking.calendar",
        SeriesBooked = "booking.series-booked", SeriesMoved = "booking.series-moved", SeriesCancelled = "booking.series-cancelled", Absence = "booking.absence", Released = "booking.released";
    private static readonly string[] Kinds = [Booked, Moved, Cancelled, Released, ToPsychologist];

    /// <summary>Call after the act changed the appointment; the caller saves.</summary>
    public async Task WriteAsync(Appointment appointment, Actor actor, CancellationToken ct)
    {
        // Who has not heard of the booking yet is told of it as it stands now, not of a move.
        var unheard = await WithdrawAsync(appointment, ct);
        var kind = appointment.LastAct switch { AppointmentAct.Booked => Booked, AppointmentAct.Moved => unheard ? Booked : Moved, _ => Cancelled };
        await ToClientsAsync(appointment, kind, ct);
        if (actor.ClientId is not null) await ToPsychologistAsync(appointment, ct);
    }

    /// <summary>Call after the time went back because its prepayment was not there; the caller saves.</summary>
    public async Task WriteReleasedAsync(Appointment appointment, CancellationToken ct)
    {
        await WithdrawAsync(appointment, ct);
        await ToClientsAsync(appointment, Released, ct);
        await ToPsychologistAsync(appointment, ct);
    }

    /// <summary>One message for several appointments that staff booked, moved or cancelled together.</summary>
    public async Task WriteSeriesAsync(IReadOnlyList<Appointment> appointments, string kind, CancellationToken ct)
    {
        await WithdrawAsync(appointments, ct);
        var ids = appointments.SelectMany(a => a.Participants).Where(p => p.WithdrawnAt is null).Select(p => p.ClientId).Distinct().ToList();
        // Two who share one address are told once of the same dates.
        var addressed = new HashSet<(string, string)>();
        foreach (var client in await db.Clients.AsNoTracking().Where(c => ids.Contains(c.Id)).OrderBy(c => c.Id).ToListAsync(ct))
        {
            var own = appointments.Where(a => a.Participants.Any(p => p.ClientId == client.Id && p.WithdrawnAt is null)).ToList();
            if (!client.Contact.Mail || client.Email is null || !addressed.Add((client.Email.ToUpperInvariant(), string.Join(' ', own.Select(a => a.Id))))) continue;
            var (first, culture) = (own[0], Languages.Culture(client.Language));
            var notice = NewNotice(first, kind, client.Email, client.Language).To(client.Id).About(first.Id, await NumberAsync(first, kind, ct))
                .With("name", client.CalledName).With("dates", string.Join("\n", own.Select(a => "– " + LocalMoment.Of(a.StartsAt, client.Zone, culture))))
                .With("address", $"{address.Value}/me/sessions");
            if (client.Contact.SenderName is { Length: > 0 } sender) notice.With("sender", sender);
            NoticeCalendar.Put(notice, own.Select(a => Event(a, kind == SeriesCancelled)), client.TimeZone);
            db.Notices.Add(notice);
        }
    }

    /// <summary>One message for all of a client's appointments that fell to an absence, with free times to book instead.</summary>
    /// <param name="instead">Empty: we shall be in touch.</param>
    public async Task WriteAbsenceAsync(IReadOnlyList<Appointment> appointments, Client client, IReadOnlyList<Slot> instead, CancellationToken ct)
    {
        var (first, culture) = (appointments[0], Languages.Culture(client.Language));
        string Offer(Slot slot) => $"– {LocalMoment.Of(slot.StartUtc, client.Zone, culture)}\n{address.Value}/book/confirm?with={first.EngagementId}&kind={first.KindId}&slot={Uri.EscapeDataString(SlotValue.Of(slot).ToString())}";
        var notice = NewNotice(first, Absence, client.Email!, client.Language).To(client.Id).About(first.Id, await NumberAsync(first, Absence, ct))
            .With("name", client.CalledName).With("dates", string.Join("\n", appointments.Select(a => "– " + LocalMoment.Of(a.StartsAt, client.Zone, culture))))
            .With("instead", instead.Count == 0 ? NoticeText.Part("booking.absence-later", culture)
                : NoticeText.Part("booking.absence-instead", culture).Replace("{times}", string.Join("\n", instead.Select(Offer)), StringComparison.Ordinal).Replace("{address}", $"{address.Value}/book", StringComparison.Ordinal));
        if (client.Contact.SenderName is { Length: > 0 } sender) notice.With("sender", sender);
        NoticeCalendar.Put(notice, appointments.Select(a => Event(a, cancelled: true)), client.TimeZone);
        db.Notices.Add(notice);
    }

    /// <summary>Somebody else noted that a psychologist is away.</summary>
    /// <param name="cancelled">How many sessions were cancelled for it.</param>
    public async Task WriteAbsentAsync(Guid psychologistId, AbsenceTime time, int cancelled, CancellationToken ct)
    {
        var member = await db.Memberships.AsNoTracking().SingleAsync(m => m.UserId == psychologistId, ct);
        if (member.Email.Length == 0) return;
        var (culture, now) = (Languages.Culture(member.Language), clock.GetUtcNow().UtcDateTime);
        string Day(DateOnly day) => day.ToString("D", culture);
        var when = time.From is { } from && time.To is { } to ? $"{Day(time.First)}, {from.ToString("t", culture)}–{to.ToString("t", culture)}" : time.Last == time.First ? Day(time.First) : $"{Day(time.First)} – {Day(time.Last)}";
        db.Notices.Add(new Notice(member.PracticeId, ToPsychologist, Channel.Mail, member.Email, member.Language, now, now).To(userId: member.UserId)
            .With("name", member.Name)
            .With("what", NoticeText.Part("booking.calendar-absent", culture).Replace("{when}", when, StringComparison.Ordinal)
                .Replace("{cancelled}", cancelled == 0 ? "" : " " + NoticeText.Part("booking.calendar-absent-cancelled", culture).Replace("{count}", cancelled.ToString(culture), StringComparison.Ordinal), StringComparison.Ordinal)));
    }

    /// <summary>What was not sent yet of these appointments is not sent.</summary>
    public async Task WithdrawAsync(IEnumerable<Appointment> appointments, CancellationToken ct)
    {
        foreach (var appointment in appointments) await WithdrawAsync(appointment, ct);
    }

    private CalendarEvent Event(Appointment a, bool cancelled) =>
        new(FeedEvents.Uid(a.Id, address), a.Changes, a.ChangedAt, a.StartsAt, a.EndsAt, "", cancelled);

    /// <summary>What was not sent yet is not sent; who never heard of a booking that stands is told.</summary>
    public async Task TakeBackAsync(Appointment appointment, CancellationToken ct)
    {
        await WithdrawAsync(appointment, ct);
        if (appointment.State != AppointmentState.Booked) return;
        var told = await db.Notices.Where(n => n.AppointmentId == appointment.Id && (n.Kind == Booked || n.Kind == Moved) && n.State == NoticeState.Sent).Select(n => n.Recipient).ToListAsync(ct);
        await ToClientsAsync(appointment, Booked, ct, told);
    }

    private async Task<bool> WithdrawAsync(Appointment appointment, CancellationToken ct)
    {
        var left = appointment.Participants.Where(p => p.WithdrawnAt is not null).Select(p => p.ClientId).ToList();
        // Who leaves changes what is said to them alone; and what is said to one who has left is not taken back by what comes later.
        var leaves = appointment.LastAct == AppointmentAct.Withdrawn ? left.Find(c => c == appointment.LastActClientId) : default;
        var unsent = db.Notices.Where(n => n.AppointmentId == appointment.Id && Kinds.Contains(n.Kind) && n.State == NoticeState.Due && n.ClaimedUntil == null
            && (leaves == default ? n.ClientId == null || !left.Contains(n.ClientId.Value) : n.ClientId == leaves));
        var unheard = await unsent.AnyAsync(n => n.Kind == Booked, ct);
        await unsent.ExecuteUpdateAsync(s => s.SetProperty(n => n.State, NoticeState.Withdrawn), ct);
        return unheard;
    }

    /// <param name="told">Addresses that have heard of it.</param>
    private async Task ToClientsAsync(Appointment appointment, string kind, CancellationToken ct, IReadOnlyList<string>? told = null)
    {
        var only = appointment.LastAct == AppointmentAct.Withdrawn && kind == Cancelled ? appointment.LastActClientId : null;
        var ids = appointment.Participants.Where(p => only is null ? p.WithdrawnAt is null : p.ClientId == only).Select(p => p.ClientId).ToList();
        // Two who share one address are told once.
        var addressed = new HashSet<string>(told ?? [], StringComparer.OrdinalIgnoreCase);
        foreach (var client in await db.Clients.AsNoTracking().Where(c => ids.Contains(c.Id)).OrderBy(c => c.Id).ToListAsync(ct))
            if (client.Contact.Mail && client.Email is not null && addressed.Add(client.Email)) db.Notices.Add(await ToClientAsync(appointment, client, kind, ct));
    }

    private async Task<Notice> ToClientAsync(Appointment appointment, Client client, string kind, CancellationToken ct)
    {
        var culture = Languages.Culture(client.Language);
        var notice = NewNotice(appointment, kind, client.Email!, client.Language).To(client.Id)
            .With("name", client.CalledName).With("when", LocalMoment.Of(appointment.StartsAt, client.Zone, culture));
        if (client.Contact.SenderName is { Length: > 0 } sender) notice.With("sender", sender);
        if (kind == Moved) notice.With("before", LocalMoment.Of(appointment.Before!.StartsAt, client.Zone, culture));
        NoticeCalendar.Put(notice, [Event(appointment, kind is Cancelled or Released)], client.TimeZone);
        if (kind == Released) return notice.About(appointment.Id).With("address", $"{address.Value}/book");
        if (kind == Cancelled) return notice.About(appointment.Id, await NumberAsync(appointment, kind, ct)).With("cost", await CostAsync(appointment, client, culture, ct));
        NoticeLinks.Put(notice, "/a", PlanReminders.LinkPurpose, appointment.Id, appointment.EndsAt);
        return notice.About(appointment.Id, await NumberAsync(appointment, kind, ct), appointment.StartsAt);
    }

    /// <summary>What the client's own cancelling costs; nobody else's does.</summary>
    private async Task<string> CostAsync(Appointment appointment, Client client, System.Globalization.CultureInfo culture, CancellationToken ct) =>
        appointment.LastActClientId == client.Id
            ? AssessmentWords.ToClient(await costs.IfCancelledAsync(appointment, client.Id, Reason(appointment, client.Id), ct), culture)
            : NoticeText.Part("booking.cost-nothing", culture);

    private static string? Reason(Appointment appointment, Guid clientId) =>
        appointment.CancelReason ?? appointment.Participants.FirstOrDefault(p => p.ClientId == clientId)?.WithdrawReason;

    private async Task ToPsychologistAsync(Appointment appointment, CancellationToken ct)
    {
        var member = await db.Memberships.AsNoTracking().SingleAsync(m => m.UserId == appointment.PsychologistId, ct);
        if (member.Email.Length == 0) return;
        var culture = Languages.Culture(member.Language);
        var what = appointment.ReleasedAt is not null ? "booking.calendar-released" : appointment.LastAct switch { AppointmentAct.Booked => "booking.calendar-booked", AppointmentAct.Moved => "booking.calendar-moved", AppointmentAct.Withdrawn => "booking.calendar-withdrawn", _ => "booking.calendar-cancelled" };
        db.Notices.Add(NewNotice(appointment, ToPsychologist, member.Email, member.Language).To(userId: member.UserId).About(appointment.Id, await NumberAsync(appointment, ToPsychologist, ct))
            .With("name", member.Name)
            .With("what", NoticeText.Part(what, culture)
                .Replace("{when}", LocalMoment.Of(appointment.StartsAt, member.Zone, culture), StringComparison.Ordinal)
                .Replace("{before}", LocalMoment.Of(appointment.Before?.StartsAt ?? appointment.StartsAt, member.Zone, culture), StringComparison.Ordinal)));
    }

    /// <summary>An appointment may be moved and cancelled more than once: each telling has its own number below the offsets of reminders.</summary>
    private async Task<int> NumberAsync(Appointment appointment, string kind, CancellationToken ct) =>
        -await db.Notices.CountAsync(n => n.AppointmentId == appointment.Id && n.Kind == kind && n.State != NoticeState.Withdrawn, ct);

    private Notice NewNotice(Appointment appointment, string kind, string recipient, string language) =>
        new(appointment.PracticeId, kind, Channel.Mail, recipient, language, appointment.FinalAt, clock.GetUtcNow().UtcDateTime);
}
