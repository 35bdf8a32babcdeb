using Microsoft.EntityFrameworkCore;
using PracticeApp.Booking;
using PracticeApp.Money;
using PracticeApp.Platform;
using PracticeApp.Privacy;
using PracticeApp.Requests;

namespace PracticeApp.Sessions;

/// <summary>One thing that happened with a client. <paramref name="Key"/> names its text (<c>Timeline.Key</c>), <paramref name="Facts"/> fill it.</summary>
/// <param name="Words">What the client wrote then, for whoever may read it.</param>
public sealed record TimelineEntry(DateTime At, string Key, IReadOnlyList<TimelineFact> Facts, string Words = "", string? Link = null);

/// <summary>A moment, a sum or a word that the page puts into the reader's language.</summary>
public sealed record TimelineFact(DateTime? At = null, Balance? Sum = null, string? Text = null, string? Key = null);

/// <summary>Gathers what happened with a client from the rows of every feature, as far as the reader may see it.</summary>
public sealed class TimelineReading(PracticeDb db, Vault vault, Audit audit, TimeProvider clock)
{
    private const int MostOfAKind = 60;

    /// <param name="engagements">Those the reader may see words of.</param>
    public async Task<IReadOnlyList<TimelineEntry>> OfAsync(Guid clientId, IReadOnlyCollection<Guid> engagements, CardSight sight, CancellationToken ct)
    {
        var all = new List<TimelineEntry>();
        if (sight.Words) all.AddRange([.. await BeginningsAsync(clientId, engagements, ct), .. await RequestsAsync(clientId, engagements, ct)]);
        if (sight.Agreement) all.AddRange(await AgreementsAsync(clientId, engagements, sight, ct));
        if (sight.Booking) all.AddRange(await AppointmentsAsync(clientId, engagements, sight, ct));
        if (sight.Contact) all.AddRange(await NoticesAsync(clientId, ct));
        if (sight.Money) all.AddRange(await MoneyAsync(clientId, ct));
        // The later of two things at one moment stands above.
        return [.. Enumerable.Reverse(all).OrderByDescending(e => e.At)];
    }

    private async Task<List<TimelineEntry>> BeginningsAsync(Guid clientId, IReadOnlyCollection<Guid> engagements, CancellationToken ct)
    {
        var entries = new List<TimelineEntry>();
        foreach (var engagement in await db.Engagements.AsNoTracking().Where(e => engagements.Contains(e.Id)).ToListAsync(ct))
        {
            entries.Add(new TimelineEntry(engagement.StartedAt, "Began", []));
            if (engagement.EndedAt is { } ended) entries.Add(new TimelineEntry(ended, "Ended", []));
            var complaints = await db.Complaints.AsNoTracking().Where(c => c.EngagementId == engagement.Id || (c.EnquiryId != null && c.EnquiryId == engagement.EnquiryId)).ToListAsync(ct);
            foreach (var complaint in complaints)
            {
                audit.Record("complaint.read", "complaint", complaint.Id, clientId);
                entries.Add(new TimelineEntry(complaint.WrittenAt, "Wrote", [], complaint.Read(await vault.KeyAsync(complaint.KeyId, ct))));
            }
        }
        return entries;
    }

    private async Task<List<TimelineEntry>> RequestsAsync(Guid clientId, IReadOnlyCollection<Guid> engagements, CancellationToken ct)
    {
        var entries = new List<TimelineEntry>();
        foreach (var request in await db.ClientRequests.AsNoTracking().AsSplitQuery().Include(r => r.Formulations).Include(r => r.Changes).Where(r => engagements.Contains(r.EngagementId)).ToListAsync(ct))
        {
            audit.Record("request.read", "request", request.Id, clientId);
            var key = await vault.KeyAsync(request.KeyId, ct);
            entries.AddRange(request.Formulations.OrderBy(f => f.Number).Select(f => new TimelineEntry(f.WrittenAt, $"Worded.{f.WordedBy}", [], f.Read(key), $"/requests/{request.Id}")));
            entries.AddRange(request.Changes.OrderBy(c => c.At).ThenBy(c => c.Id).Where(c => c.To is not (RequestState.Draft or RequestState.Clarifying)).Select(c => new TimelineEntry(c.At, $"Request.{c.To}", [], c.ReadWhy(key) ?? "", $"/requests/{request.Id}")));
        }
        return entries;
    }

    private async Task<List<TimelineEntry>> AgreementsAsync(Guid clientId, IReadOnlyCollection<Guid> engagements, CardSight sight, CancellationToken ct)
    {
        var desk = !sight.Writes;
        var agreements = await db.Agreements.AsNoTracking()
            .Where(a => engagements.Contains(a.EngagementId) || (desk && db.EngagementParties.Any(p => p.EngagementId == a.EngagementId && p.ClientId == clientId))).ToListAsync(ct);
        return [.. agreements.SelectMany(a => new[] { (a.SentAt, "AgreementSent"), (a.InForceAt, "AgreementInForce"), (a.EndedAt, "AgreementEnded") }
            .Where(x => x.Item1 is not null).Select(x => new TimelineEntry(x.Item1!.Value, x.Item2, [new(Text: $"{a.Number}")])))];
    }

    private async Task<List<TimelineEntry>> AppointmentsAsync(Guid clientId, IReadOnlyCollection<Guid> engagements, CardSight sight, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var everything = sight.Contact && !sight.Writes;
        var places = await db.Appointments.AsNoTracking().Where(a => (a.State == AppointmentState.Booked || a.State == AppointmentState.Cancelled) && (everything || engagements.Contains(a.EngagementId)))
            .SelectMany(a => a.Participants.Where(p => p.ClientId == clientId), (a, p) => new { a.Id, a.StartsAt, a.State, a.CancelledAt, a.BookedAt, p.Attendance })
            .OrderByDescending(x => x.StartsAt).Take(MostOfAKind).ToListAsync(ct);
        var written = sight.Words ? await db.ReadableProtocols(now).Where(p => engagements.Contains(p.EngagementId)).Select(p => p.AppointmentId).ToHashSetAsync(ct) : [];
        string? Protocol(Guid id) => written.Contains(id) ? $"/protocols/{id}" : null;
        var moves = await db.AppointmentMoves.AsNoTracking()
            .Where(m => db.Appointments.Any(a => a.Id == m.AppointmentId && (everything || engagements.Contains(a.EngagementId)) && a.Participants.Any(p => p.ClientId == clientId)))
            .OrderByDescending(m => m.At).Take(MostOfAKind).ToListAsync(ct);
        return [.. moves.Select(m => new TimelineEntry(m.At, "Moved", [new(At: m.FromStartsAt), new(At: m.ToStartsAt)])), .. places.Select(x => x switch
        {
            { Attendance: { } attendance } => new TimelineEntry(x.StartsAt, "Session", [new(Key: $"Attendance.{attendance}")], Link: Protocol(x.Id)),
            { State: AppointmentState.Cancelled, CancelledAt: { } at } => new TimelineEntry(at, "Cancelled", [new(At: x.StartsAt)]),
            _ when x.StartsAt <= now => new TimelineEntry(x.StartsAt, "Session", [new(Key: "Attendance.Unsettled")], Link: Protocol(x.Id)),
            _ => new TimelineEntry(x.BookedAt, "Booked", [new(At: x.StartsAt)]),
        })];
    }

    private async Task<List<TimelineEntry>> NoticesAsync(Guid clientId, CancellationToken ct) =>
        (await db.Notices.AsNoTracking().Where(n => n.ClientId == clientId && n.SentAt != null).OrderByDescending(n => n.SentAt).Take(MostOfAKind)
            .Select(n => new { n.SentAt, n.OffsetMinutes }).ToListAsync(ct))
        .ConvertAll(n => new TimelineEntry(n.SentAt!.Value, n.OffsetMinutes > 0 ? "Reminded" : "Notice", []));

    private async Task<List<TimelineEntry>> MoneyAsync(Guid clientId, CancellationToken ct)
    {
        var charges = await db.Charges.AsNoTracking().Where(c => c.ClientId == clientId).OrderByDescending(c => c.ProposedAt).Take(MostOfAKind).ToListAsync(ct);
        var payments = await db.Payments.AsNoTracking().Where(p => p.ClientId == clientId && p.TakesBack == null && !db.Payments.Any(b => b.TakesBack == p.Id)).OrderByDescending(p => p.PaidAt).Take(MostOfAKind).ToListAsync(ct);
        return [.. charges.Select(c => new TimelineEntry(c.DecidedAt ?? c.ProposedAt, c.State switch
            {
                ChargeState.Proposed => "ChargeProposed",
                ChargeState.Waived => "ChargeWaived",
                _ => c.Amount < 0 ? "Credit" : "Charge",
            }, [new(Sum: new Balance(Math.Abs(c.Amount), c.Currency, null))])),
            .. payments.Select(p => new TimelineEntry(p.PaidAt, "Payment", [new(Sum: new Balance(p.Amount, p.Currency, null))]))];
    }
}
