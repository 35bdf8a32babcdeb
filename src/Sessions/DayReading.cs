using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;
using PracticeApp.Booking;
using PracticeApp.Clients;
using PracticeApp.Money;
using PracticeApp.Platform;
using PracticeApp.Privacy;
using PracticeApp.Reminders;

namespace PracticeApp.Sessions;

public enum ProtocolState { None, Open, Signed }

/// <summary>One session of a day, as its psychologist sees it.</summary>
/// <param name="RemindedAt">When the last reminder went out.</param>
/// <param name="Unsettled">Participants whose attendance nobody has said yet.</param>
public sealed record DayLine(
    Guid AppointmentId, Guid EngagementId, DateTime StartsAt, DateTime EndsAt, string? Room, bool Online, IReadOnlyList<Who> Clients, WorkInHand Work,
    bool Confirmed, DateTime? RemindedAt, AgreementState? Agreement, int AgreementNumber, IReadOnlyList<Balance> Due, AttendanceKind? Attendance, bool Unsettled, ProtocolState Protocol, int Number, OnlineDoor? Door)
{
    /// <summary>What is sent to one of them comes back.</summary>
    public bool NotReached { get; init; }
    public bool IsOver(DateTime now) => EndsAt <= now;
    public bool TookPlace => Attendance is null or AttendanceKind.Attended;
}

/// <summary>Gathers the sessions of a day with all that is said of them, and records what was read.</summary>
public sealed class DayReading(PracticeDb db, Vault vault, Audit audit, TimeProvider clock)
{
    public async Task<IReadOnlyList<DayLine>> LinesAsync(LocalDay day, CancellationToken ct)
    {
        var sessions = await db.OwnSessions().AsNoTracking().Include(a => a.Participants).Where(a => a.StartsAt >= day.From && a.StartsAt < day.To).OrderBy(a => a.StartsAt).ToListAsync(ct);
        var ids = sessions.ConvertAll(s => s.Id);
        var engagements = sessions.Select(s => s.EngagementId).Distinct().ToList();
        var clientIds = sessions.SelectMany(s => s.Participants).Select(p => p.ClientId).Distinct().ToList();

        var names = await db.Clients.AsNoTracking().Where(c => clientIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => Client.Shown(c.Name, c.CalledName), ct);
        var unreached = await db.Clients.Where(c => clientIds.Contains(c.Id) && ((c.MailFailsSince != null && c.Contact.Mail) || (c.TextFailsSince != null && c.Contact.Text))).Select(c => c.Id).ToListAsync(ct);
        var rooms = await db.Rooms.AsNoTracking().ToDictionaryAsync(r => r.Id, r => r.Name, ct);
        var agreements = (await db.Agreements.AsNoTracking().Where(a => engagements.Contains(a.EngagementId)).ToListAsync(ct)).ToLookup(a => a.EngagementId);
        var protocols = await db.Protocols.AsNoTracking().Where(p => ids.Contains(p.AppointmentId)).Select(p => new { p.AppointmentId, p.SignedAt }).ToDictionaryAsync(p => p.AppointmentId, p => p.SignedAt, ct);
        var reminders = await db.Notices.AsNoTracking().Where(n => n.AppointmentId != null && ids.Contains(n.AppointmentId.Value) && n.OffsetMinutes > 0 && n.SentAt != null)
            .GroupBy(n => n.AppointmentId!.Value).Select(g => new { g.Key, At = g.Max(n => n.SentAt) }).ToDictionaryAsync(g => g.Key, g => g.At, ct);
        var doors = await db.DoorsAsync(sessions, clock.GetUtcNow().UtcDateTime, ct);
        var numbers = await NumbersAsync(engagements, ct);
        var balances = await BalancesAsync(clientIds, ct);
        var work = await WorkInHand.OfAsync(db, vault, engagements, ct);

        return sessions.ConvertAll(s =>
        {
            var clients = s.Participants.Where(p => p.WithdrawnAt is null).Select(p => new Who(p.ClientId, names[p.ClientId])).ToList();
            var inHand = work[s.EngagementId];
            if (inHand.Words.Length > 0) clients.ForEach(c => audit.Record("request.read", "request", inHand.RequestId ?? s.EngagementId, c.ClientId));
            var agreement = agreements[s.EngagementId].OrderByDescending(a => a.State == AgreementState.InForce).ThenByDescending(a => a.Number).FirstOrDefault();
            return new DayLine(s.Id, s.EngagementId, s.StartsAt, s.EndsAt, s.RoomId is { } room ? rooms.GetValueOrDefault(room) : null, s.Place == MeetingPlace.Online, clients, inHand,
                s.Participants.All(p => p.ConfirmedAt != null || p.WithdrawnAt != null), reminders.GetValueOrDefault(s.Id), agreement?.State, agreement?.Number ?? 0,
                [.. clients.SelectMany(c => balances[c.ClientId]).Where(b => b.Due > 0)], s.Participants.Select(p => p.Attendance).OrderBy(a => a).FirstOrDefault(),
                s.Participants.Any(p => p.Attendance == null && p.WithdrawnAt == null), !protocols.TryGetValue(s.Id, out var signed) ? ProtocolState.None : signed is null ? ProtocolState.Open : ProtocolState.Signed,
                numbers[s.EngagementId].Count(at => at <= s.StartsAt), doors.GetValueOrDefault(s.Id)) { NotReached = clients.Exists(c => unreached.Contains(c.ClientId)) };
        });
    }

    /// <summary>What was agreed until today: from the last signed protocol of an engagement before this moment.</summary>
    public async Task<string> AgreedUntilAsync(DayLine line, CancellationToken ct)
    {
        var last = await db.ReadableProtocols(line.StartsAt).AsNoTracking().Where(p => p.EngagementId == line.EngagementId && p.AuthorId == db.Current.UserId)
            .Join(db.Appointments.Where(a => a.StartsAt < line.StartsAt), p => p.AppointmentId, a => a.Id, (p, a) => new { p, a.StartsAt })
            .OrderByDescending(x => x.StartsAt).Select(x => x.p).FirstOrDefaultAsync(ct);
        if (last is null) return "";
        foreach (var client in line.Clients) audit.Record("protocol.read", "protocol", last.Id, client.ClientId);
        var sections = last.Read(await vault.KeyAsync(last.KeyId, ct));
        return sections["agreed"].Length > 0 ? sections["agreed"] : sections["next"];
    }

    private async Task<ILookup<Guid, DateTime>> NumbersAsync(List<Guid> engagements, CancellationToken ct) =>
        (await db.Appointments.Where(a => engagements.Contains(a.EngagementId) && a.State == AppointmentState.Booked
            && a.Participants.Any(p => p.Attendance == null || p.Attendance == AttendanceKind.Attended)).Select(a => new { a.EngagementId, a.StartsAt }).ToListAsync(ct))
        .ToLookup(a => a.EngagementId, a => a.StartsAt);

    private async Task<ILookup<Guid, Balance>> BalancesAsync(List<Guid> clientIds, CancellationToken ct)
    {
        var charges = (await db.Charges.AsNoTracking().Where(c => clientIds.Contains(c.ClientId)).ToListAsync(ct)).ToLookup(c => c.ClientId);
        var payments = (await db.Payments.AsNoTracking().Where(p => clientIds.Contains(p.ClientId)).ToListAsync(ct)).ToLookup(p => p.ClientId);
        return clientIds.SelectMany(id => Balance.Of(charges[id], payments[id]), (id, balance) => (id, balance)).ToLookup(x => x.id, x => x.balance);
    }
}
