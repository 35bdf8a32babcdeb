using Microsoft.EntityFrameworkCore;
using PracticeApp.Accounts;
using PracticeApp.Agreements;
using PracticeApp.Booking;
using PracticeApp.Clients;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Privacy;
using PracticeApp.Requests;

namespace PracticeApp.Enquiries;

/// <summary>The link was followed, so the address is theirs: the first talk is booked, and whoever asked becomes a client.</summary>
public sealed class BookTalk(
    PracticeDb db, Occupying occupying, OfferedSlots offered, Vault vault, PlanReminders reminders, TellOfBooking tell, Invite invite, ScreenText screen, Audit audit)
{
    /// <param name="another">Another hour than the one that was held, with whom.</param>
    public async Task<TalkOutcome> RunAsync(Guid wishId, (Guid PsychologistId, SlotValue At)? another, CancellationToken ct)
    {
        var hold = await db.TalkHolds.AsNoTracking().SingleAsync(h => db.TalkWishes.Any(w => w.Id == wishId && w.HoldId == h.Id), ct);
        var (psychologist, wanted) = another ?? (hold.PsychologistId, new SlotValue(hold.StartsAt, hold.Place));
        var known = false;
        var booked = await occupying.TryAsync([psychologist, wishId], async now =>
        {
            var wish = await db.TalkWishes.SingleAsync(w => w.Id == wishId, ct);
            if (wish.AppointmentId is not null) return true;
            var enquiry = await db.Enquiries.SingleOrDefaultAsync(e => e.Id == wish.EnquiryId, ct);
            if (enquiry?.ClientId is null && await db.IsKnownAsync(wish.Email, ct)) return known = true;

            var kind = await db.SessionKinds.SingleAsync(k => k.Id == wish.KindId, ct);
            // The hold may have been given back since the page was opened, and the psychologist may be away by now.
            var stands = another is null && await db.TalkHolds.AnyAsync(h => h.Id == hold.Id && h.EndedAt == null && h.HeldUntil > now, ct)
                && !await db.IsAwayAsync(psychologist, hold.StartsAt, hold.EndsAt, ct);
            await db.TalkHolds.Where(h => h.Id == wish.HoldId && h.EndedAt == null).ExecuteUpdateAsync(h => h.SetProperty(x => x.EndedAt, now), ct);
            // What is held is theirs; anything else has to be free at this moment.
            var slot = stands ? new Slot(hold.StartsAt, hold.StartsAt + kind.Length, new SlotPlace(hold.Place, hold.RoomId))
                : await offered.AtAsync(new SlotWish(psychologist, kind, []), wanted.StartUtc, wanted.Place, ct);
            if (slot is not { } free) return false;
            await BookAsync(wish, enquiry, kind, psychologist, free, now, ct);
            return true;
        }, ct);
        return known ? TalkOutcome.Known : booked ? TalkOutcome.Done : TalkOutcome.Taken;
    }

    private async Task BookAsync(TalkWish wish, Enquiry? enquiry, SessionKind kind, Guid psychologist, Slot slot, DateTime now, CancellationToken ct)
    {
        var practice = await db.Practices.AsNoTracking().SingleAsync(ct);
        var client = await db.Clients.SingleOrDefaultAsync(c => enquiry != null && c.Id == enquiry.ClientId, ct);
        if (client is null)
        {
            client = new Client(practice.Id, wish.CalledName, wish.CalledName, wish.Email, wish.Phone, wish.Contact, wish.Language, wish.TimeZone, practice.Country, wish.KeyId, now);
            db.Clients.Add(client);
        }
        var engagement = new Engagement(practice.Id, EngagementKind.Individual, psychologist, client.KeyId, now, enquiry is { IsOpen: true } ? enquiry.Id : null);
        engagement.Join(client.Id);
        engagement.For(wish.ForWhom);
        db.Engagements.Add(engagement);
        if (enquiry is { IsOpen: true })
        {
            enquiry.Accept(client.Id, psychologist, psychologist, now);
            foreach (var flag in await db.SafetyFlags.Where(f => f.EnquiryId == enquiry.Id).ToListAsync(ct)) flag.GoTo(engagement.Id, client.Id);
        }
        var words = wish.Read(await vault.KeyAsync(wish.KeyId, ct));
        var complaint = words is null ? null : new Complaint(practice.Id, await vault.KeyAsync(client.KeyId, ct), words, wish.Language, WrittenBy.Client, now, About.Unsaid, null, null, null, null, engagement.Id, client.Id);
        if (complaint is not null) db.Complaints.Add(complaint);

        var appointment = new Appointment(practice.Id, engagement.Id, psychologist, kind.Id, slot.Place.Kind, slot.Place.RoomId, slot.StartUtc, slot.EndUtc,
            kind.Price, kind.Currency, [client.Id], null, kind.BufferMinutes);
        appointment.Ask(new BookingAsks(AgreedTerms.None(kind.Currency), null, null, null, null, true).Before(kind, slot.Place.Kind, slot.StartUtc, now));
        appointment.Book(now, SecondThoughts.FinalAt(slot.StartUtc, now, TimeSpan.FromMinutes(practice.Policy.SecondThoughtsMinutes)), client.Id);
        db.Appointments.Add(appointment);
        wish.Book(client.Id, appointment.Id);
        // Reminders and letters look people up as they are stored.
        await db.SaveChangesAsync(ct);
        // What tells of danger went to the board; what tells of grief is flagged here, wherever it was typed.
        if (wish.EnquiryId is null)
            await screen.RunAsync(complaint is null ? "talk_wishes" : "complaints", complaint?.Id ?? wish.Id, wish.Typed(words), wish.Language, null, engagement.Id, client.Id, ct);
        await reminders.RewriteAsync(appointment, ct);
        await tell.WriteAsync(appointment, Actor.Client(client.Id), ct);
        if (wish.WishesPortal && client.UserId is null) invite.Client(client);
        audit.Record("talk.booked", "appointment", appointment.Id, client.Id);
    }
}
