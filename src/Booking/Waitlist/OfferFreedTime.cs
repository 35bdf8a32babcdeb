using Microsoft.EntityFrameworkCore;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Privacy;
using Quartz;

namespace PracticeApp.Booking;

/// <summary>Offers what became free to whoever waits for it. Any number of instances may run it: one psychologist is one queue.</summary>
[DisallowConcurrentExecution]
public sealed class OfferFreedTime(DueRows rows) : IJob
{
    private const int BatchSize = 200;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await RunAsync(cancellationToken);

    public Task RunAsync(CancellationToken ct) =>
        rows.EachAsync("waitlist_due", BatchSize, (services, id, stop) => services.GetRequiredService<KeepWaitlist>().RunAsync(id, stop), ct);
}

/// <summary>The waitlist of one psychologist, under its practice: closes offers that ran out, and offers every freed time to the next.</summary>
public sealed class KeepWaitlist(PracticeDb db, Occupying occupying, OfferedSlots offered, BookSession book, WhoWaits who, TellOfOffer tell, Audit audit)
{
    /// <summary>The time stays taken this much longer than the offer stands, so that it goes from one to the next without a gap.</summary>
    public static readonly TimeSpan Handing = TimeSpan.FromMinutes(1);
    /// <summary>What nobody suited is looked at again after this, if nothing changed before.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    public async Task RunAsync(Guid psychologistId, CancellationToken ct)
    {
        var open = await db.SlotOffers.Where(o => o.PsychologistId == psychologistId && o.State == OfferState.Open).Select(o => o.AppointmentId).ToListAsync(ct);
        var concerned = await db.AppointmentParticipants.Where(p => open.Contains(p.AppointmentId)).Select(p => p.ClientId).ToListAsync(ct);
        // All of them at once, so that queueing for one after the other cannot end in a knot.
        Guid[] resources = [psychologistId, .. concerned, .. (await who.ForAsync(psychologistId, ct)).SelectMany(w => w.People)];
        await occupying.TryAsync(resources, async now =>
        {
            await NoteFreedAsync(psychologistId, now, ct);
            await CloseAsync(psychologistId, now, ct);
            await db.SaveChangesAsync(ct);
            var waiting = (await who.ForAsync(psychologistId, ct)).Where(w => w.People.All(resources.Contains)).ToList();
            foreach (var freed in await db.FreedTimes.Where(f => f.PsychologistId == psychologistId && f.CheckAt <= now && f.EndsAt > now).OrderBy(f => f.StartsAt).ToListAsync(ct))
            {
                freed.CheckAgain(await OfferAsync(freed, waiting, now, ct));
                await db.SaveChangesAsync(ct);
            }
            return true;
        }, ct);
    }

    /// <summary>The turns for one freed time, with those of whom nothing is known against it; the first of them is offered it.</summary>
    public async Task<IReadOnlyList<WaitlistTurn>> TurnsAsync(Guid psychologistId, DateTime from, DateTime until, IReadOnlyList<WaitingClient> waiting, DateTime now, CancellationToken ct)
    {
        var wanted = waiting.SelectMany(w => w.Waiting.KindIds).Distinct().ToList();
        var slots = new List<OpenSlot>();
        foreach (var kind in await db.SessionKinds.AsNoTracking().Where(k => wanted.Contains(k.Id) && k.Form != SessionForm.Group).ToListAsync(ct))
            slots.AddRange((await offered.FindAsync(new SlotWish(psychologistId, kind, []), from, until, ct))
                .Select(s => new OpenSlot(kind.Id, s, s.StartUtc == from && s.EndUtc + kind.Buffer == until)));
        slots.AddRange((await db.FreePlacesAsync(psychologistId, from, until, now, ct)).Where(p => wanted.Contains(p.Meeting.KindId))
            .Select(p => new OpenSlot(p.Meeting.KindId, p.Slot, Fills: true)));
        var had = (await db.SlotOffers.Where(o => o.PsychologistId == psychologistId && o.StartsAt >= from && o.StartsAt < until).Select(o => new { o.ClientId, o.StartsAt }).ToListAsync(ct))
            .Select(o => (o.ClientId, o.StartsAt)).ToHashSet();
        return [.. WaitlistMatch.InTurn(waiting.Select(w => w.Waiting), slots, now).Where(t => !had.Contains((t.Who.ClientId, t.What.Slot.StartUtc)))];
    }

    /// <returns>When it is looked at again.</returns>
    private async Task<DateTime> OfferAsync(FreedTime freed, List<WaitingClient> waiting, DateTime now, CancellationToken ct)
    {
        var reachable = waiting.FindAll(w => w is { HasOffer: false, By: not null });
        var turns = await TurnsAsync(freed.PsychologistId, freed.StartsAt, freed.EndsAt, reachable, now, ct);
        var asleep = DateTime.MaxValue;
        foreach (var turn in turns)
        {
            var at = waiting.FindIndex(w => w.Waiting == turn.Who);
            if (waiting[at].HasOffer) continue;
            // Nobody is told at night; the time waits for the morning, and for whoever books it first.
            if (waiting[at].TellAt > now) asleep = waiting[at].TellAt < asleep ? waiting[at].TellAt : asleep;
            else if (await OfferAsync(freed.PsychologistId, waiting[at], turn.What, now, ct))
                for (var i = 0; i < waiting.Count; i++)
                    if (waiting[i].Client.Id == turn.Who.ClientId) waiting[i] = waiting[i] with { HasOffer = true };
        }
        return asleep < now + Pause ? asleep : now + Pause;
    }

    private async Task<bool> OfferAsync(Guid psychologistId, WaitingClient to, OpenSlot what, DateTime now, CancellationToken ct)
    {
        var kind = await db.SessionKinds.AsNoTracking().SingleAsync(k => k.Id == what.KindId, ct);
        // Asked once more with the client's own time, and with what was offered a moment ago.
        var place = kind.Form == SessionForm.Group ? await PlaceAsync(psychologistId, to, what, now, ct) : null;
        if ((kind.Form == SessionForm.Group ? place?.Slot : await offered.AtAsync(BookSession.Wish(to.Engagement, kind), what.Slot.StartUtc, what.Slot.Place.Kind, ct)) is not { } slot) return false;
        if (await book.RefusalAsync(to.Engagement, kind, to.Client.Id, slot.StartUtc, ct) is not null) return false;
        var rules = await db.BookingRules.AsNoTracking().SingleOrDefaultAsync(r => r.PsychologistId == psychologistId, ct) ?? BookingRules.Default(db.Current.PracticeId, psychologistId);
        var policy = await db.Practices.AsNoTracking().Select(p => p.Policy).SingleAsync(ct);
        var notice = TimeSpan.FromHours(Math.Max(rules.NoticeHours, to.Wish.NoticeHours));
        if (OfferLength.Until(now, TimeSpan.FromMinutes(policy.OfferMinutes), slot.StartUtc - notice, to.Quiet) is not { } until) return false;

        var kept = await book.NewAsync(to.Engagement, kind, slot, ct);
        if (place is not null) kept.Sit(place.Meeting.Id, place.Seat);
        kept.Offer(now, until + Handing);
        var offer = new SlotOffer(to.Wish, kept, now, until);
        db.AddRange(kept, offer);
        tell.Write(offer, kept, to.Client, to.By!.Value, now);
        audit.Record("offer.made", "offer", offer.Id, to.Client.Id);
        await db.SaveChangesAsync(ct);
        return true;
    }

    /// <summary>A place in the group's date, if there is still one and the client is nowhere else then.</summary>
    private async Task<FreePlace?> PlaceAsync(Guid psychologistId, WaitingClient to, OpenSlot what, DateTime now, CancellationToken ct)
    {
        var (from, until) = (what.Slot.StartUtc, what.Slot.EndUtc);
        if (await db.Occupancies.AnyAsync(o => o.ResourceId == to.Client.Id && o.StartsAt < until && o.EndsAt > from && (o.ExpiresAt == null || o.ExpiresAt > now), ct)) return null;
        return (await db.FreePlacesAsync(psychologistId, from, from.AddMinutes(1), now, ct)).FirstOrDefault(p => p.Meeting.KindId == what.KindId);
    }

    /// <summary>Offers that ran out, and those of clients whose work has ended or ends before.</summary>
    private async Task CloseAsync(Guid psychologistId, DateTime now, CancellationToken ct)
    {
        var over = await db.SlotOffers.Where(o => o.PsychologistId == psychologistId && o.State == OfferState.Open
            && (o.ExpiresAt <= now || db.Engagements.Any(e => e.Id == o.EngagementId && (e.EndedAt != null || e.EndsAt <= o.StartsAt)))).ToListAsync(ct);
        foreach (var offer in over) await ReleaseAsync(db, offer, offer.ExpiresAt <= now ? OfferState.Expired : OfferState.Withdrawn, now, ct);
    }

    /// <summary>Closes an offer that was not accepted, and frees its time.</summary>
    internal static async Task ReleaseAsync(PracticeDb db, SlotOffer offer, OfferState state, DateTime now, CancellationToken ct)
    {
        var kept = await db.WholeAppointments().SingleAsync(a => a.Id == offer.AppointmentId, ct);
        offer.Close(state, now);
        kept.LetGo();
        await db.LookAgainAsync(offer.PsychologistId, now, ct);
    }

    private async Task NoteFreedAsync(Guid psychologistId, DateTime now, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into freed_times (practice_id, id, psychologist_id, source_id, starts_at, ends_at, check_at)
            select practice_id, gen_random_uuid(), psychologist_id, source_id, starts_at, ends_at, {now} from freed_sources({now}) where practice_id = {db.Current.PracticeId} and psychologist_id = {psychologistId}
            on conflict do nothing
            """, ct);
        var today = DateOnly.FromDateTime(now);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(await db.Memberships.Where(m => m.UserId == psychologistId).Select(m => m.TimeZone).SingleAsync(ct));
        foreach (var extra in await db.HoursExceptions.AsNoTracking().Where(x => x.PsychologistId == psychologistId && x.Of == ExceptionOf.ExtraHours && x.Last >= today
            && !db.FreedTimes.Any(f => f.SourceId == x.Id)).ToListAsync(ct))
        {
            var from = LocalTime.ToUtc(extra.First.ToDateTime(extra.From!.Value), zone);
            var until = LocalTime.ToUtc((extra.To <= extra.From ? extra.First.AddDays(1) : extra.First).ToDateTime(extra.To!.Value), zone);
            if (from < until) db.Add(new FreedTime(db.Current.PracticeId, psychologistId, extra.Id, from, until, now));
        }
    }
}
