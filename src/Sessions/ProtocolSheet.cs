using Microsoft.EntityFrameworkCore;
using PracticeApp.Booking;
using PracticeApp.Clients;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Sessions;

/// <summary>Somebody in a session, as they are known here.</summary>
public sealed record Who(Guid ClientId, string Name);

/// <summary>What stands on and beside a protocol while it is written or read.</summary>
public sealed record ProtocolSheet(
    Guid AppointmentId, Guid EngagementId, DateTime StartsAt, DateTime EndsAt, DateTime? StartedAt, DateTime? FinishedAt, bool Online, string? Room,
    IReadOnlyList<Who> Clients, int Number, string Author, WorkInHand Work, ProtocolFormat Format, Sections Sections, DateTime? SignedAt, DateTime? SavedAt,
    IReadOnlyList<AddendumLine> Addenda, EarlierProtocol? Beside, IReadOnlyList<EarlierLine> Earlier, IReadOnlyList<Namesake> Namesakes);

public sealed record AddendumLine(string Text, DateTime SignedAt);
public sealed record EarlierLine(Guid ProtocolId, Guid AppointmentId, DateTime StartsAt);
public sealed record EarlierProtocol(Guid ProtocolId, DateTime StartsAt, DateTime? SignedAt, ProtocolFormat Format, Sections Sections);
public sealed record Namesake(Guid ClientId, string Name, DateTime StartsAt);

/// <summary>Gathers a <see cref="ProtocolSheet"/> and records every read of it.</summary>
public sealed class ProtocolReading(PracticeDb db, Vault vault, Audit audit, TimeProvider clock)
{
    /// <param name="appointment">One the user may see; <paramref name="protocol"/> is what they may read of it, null before anything is written.</param>
    /// <param name="besideId">Which earlier protocol to lay beside; the latest when null.</param>
    /// <returns>Null when that one is not readable.</returns>
    public async Task<ProtocolSheet?> SheetAsync(Appointment appointment, Protocol? protocol, Guid? besideId, TimeZoneInfo zone, CancellationToken ct)
    {
        var clients = await ClientsOfAsync(appointment, ct);
        var room = appointment.RoomId is { } roomId ? await db.Rooms.Where(r => r.Id == roomId).Select(r => r.Name).SingleOrDefaultAsync(ct) : null;
        var number = await db.Appointments.CountAsync(a => a.EngagementId == appointment.EngagementId && a.State == AppointmentState.Booked && a.StartsAt <= appointment.StartsAt
            && a.Participants.Any(p => p.Attendance == null || p.Attendance == AttendanceKind.Attended), ct);
        var authorId = protocol?.AuthorId ?? appointment.PsychologistId;
        var author = await db.Memberships.Where(m => m.UserId == authorId).Select(m => m.Name).SingleAsync(ct);
        var work = (await WorkInHand.OfAsync(db, vault, [appointment.EngagementId], ct))[appointment.EngagementId];
        var earlier = await EarlierAsync(appointment, ct);
        var beside = besideId is null ? earlier.FirstOrDefault() : earlier.Find(e => e.ProtocolId == besideId);
        if (besideId is not null && beside is null) return null;

        if (protocol is not null) Record("protocol.read", "protocol", protocol.Id, clients);
        if (work.Words.Length > 0) Record("request.read", "request", work.RequestId ?? appointment.EngagementId, clients);
        return new ProtocolSheet(appointment.Id, appointment.EngagementId, appointment.StartsAt, appointment.EndsAt, appointment.StartedAt, appointment.FinishedAt,
            appointment.Place == MeetingPlace.Online, room, clients.ConvertAll(c => new Who(c.Id, Client.Shown(c.Name, c.CalledName))), number, author, work,
            protocol?.Headings ?? ProtocolFormat.Default, await ReadAsync(protocol, ct), protocol?.SignedAt, protocol?.SavedAt,
            protocol is null ? [] : await AddendaAsync(protocol, ct), beside is null ? null : await BesideAsync(beside, clients, ct), earlier,
            await NamesakesAsync(appointment, clients, zone, ct));
    }

    private Task<List<Client>> ClientsOfAsync(Appointment appointment, CancellationToken ct)
    {
        var ids = appointment.Participants.Where(p => p.WithdrawnAt is null).Select(p => p.ClientId).ToList();
        return db.Clients.AsNoTracking().Where(c => ids.Contains(c.Id)).OrderBy(c => c.CreatedAt).ToListAsync(ct);
    }

    private async Task<Sections> ReadAsync(Protocol? protocol, CancellationToken ct) =>
        protocol is null ? Sections.Empty : protocol.Read(await vault.KeyAsync(protocol.KeyId, ct));

    private async Task<List<AddendumLine>> AddendaAsync(Protocol protocol, CancellationToken ct)
    {
        var addenda = await db.Addenda.AsNoTracking().Where(a => a.ProtocolId == protocol.Id).OrderBy(a => a.SignedAt).ToListAsync(ct);
        var key = await vault.KeyAsync(protocol.KeyId, ct);
        return addenda.ConvertAll(a => new AddendumLine(a.Read(key), a.SignedAt));
    }

    private Task<List<EarlierLine>> EarlierAsync(Appointment appointment, CancellationToken ct) =>
        db.ReadableProtocols(clock.GetUtcNow().UtcDateTime).Where(p => p.EngagementId == appointment.EngagementId)
            .Join(db.Appointments, p => p.AppointmentId, a => a.Id, (p, a) => new { p.Id, Appointment = a })
            .Where(x => x.Appointment.StartsAt < appointment.StartsAt).OrderByDescending(x => x.Appointment.StartsAt)
            .Select(x => new EarlierLine(x.Id, x.Appointment.Id, x.Appointment.StartsAt)).ToListAsync(ct);

    private async Task<EarlierProtocol> BesideAsync(EarlierLine line, List<Client> clients, CancellationToken ct)
    {
        var protocol = await db.Protocols.AsNoTracking().SingleAsync(p => p.Id == line.ProtocolId, ct);
        Record("protocol.read", "protocol", protocol.Id, clients);
        return new EarlierProtocol(protocol.Id, line.StartsAt, protocol.SignedAt, protocol.Headings, await ReadAsync(protocol, ct));
    }

    private async Task<List<Namesake>> NamesakesAsync(Appointment appointment, List<Client> clients, TimeZoneInfo zone, CancellationToken ct)
    {
        var day = LocalDay.At(appointment.StartsAt, zone);
        var others = await db.OwnSessions().Where(a => a.Id != appointment.Id && a.StartsAt >= day.From && a.StartsAt < day.To)
            .SelectMany(a => a.Participants, (a, p) => new { a.StartsAt, p.ClientId })
            .Join(db.Clients, x => x.ClientId, c => c.Id, (x, c) => new { x.StartsAt, c.Id, c.Name, c.CalledName, c.NormalizedName }).ToListAsync(ct);
        return [.. others.Where(o => clients.TrueForAll(c => c.Id != o.Id) && clients.Exists(c => Clients.Namesakes.AreAlike(c.NormalizedName, o.NormalizedName)))
            .OrderBy(o => o.StartsAt).Select(o => new Namesake(o.Id, Client.Shown(o.Name, o.CalledName), o.StartsAt))];
    }

    private void Record(string act, string subject, Guid id, List<Client> clients) => clients.ForEach(c => audit.Record(act, subject, id, c.Id));
}
