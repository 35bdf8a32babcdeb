using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Clients;
using PracticeApp.Platform;

namespace PracticeApp.Sessions;

/// <summary>Protocols that wait to be written or signed, the overdue ones first, and those signed last.</summary>
[Access(Role.Psychologist)]
public sealed class ProtocolsModel(PracticeDb db, TimeProvider clock) : PageModel
{
    public static readonly TimeSpan Overdue = TimeSpan.FromDays(7);
    private const int MostOpen = 100, MostSigned = 20;

    public IReadOnlyList<Line> Late { get; private set; } = [];
    public IReadOnlyList<Line> Open { get; private set; } = [];
    public IReadOnlyList<Line> Signed { get; private set; } = [];

    public sealed record Line(Guid AppointmentId, DateTime StartsAt, string Who, bool Begun, DateTime? SignedAt);

    public async Task OnGetAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var open = await LinesAsync(db.OpenProtocols(now).OrderBy(a => a.StartsAt).Take(MostOpen), ct);
        (Late, Open) = ([.. open.Where(l => l.StartsAt < now - Overdue)], [.. open.Where(l => l.StartsAt >= now - Overdue)]);
        Signed = await LinesAsync(db.OwnSessions().Where(a => db.Protocols.Any(p => p.AppointmentId == a.Id && p.AuthorId == db.Current.UserId && p.SignedAt != null))
            .OrderByDescending(a => a.StartsAt).Take(MostSigned), ct);
    }

    private async Task<List<Line>> LinesAsync(IQueryable<Booking.Appointment> appointments, CancellationToken ct)
    {
        var rows = await appointments.Select(a => new
        {
            a.Id, a.StartsAt,
            Names = a.Participants.Join(db.Clients, p => p.ClientId, c => c.Id, (p, c) => new { c.Name, c.CalledName }).ToList(),
            Protocol = db.Protocols.Where(p => p.AppointmentId == a.Id).Select(p => new { p.SignedAt }).FirstOrDefault(),
        }).ToListAsync(ct);
        return rows.ConvertAll(r => new Line(r.Id, r.StartsAt, string.Join(", ", r.Names.Select(n => Client.Shown(n.Name, n.CalledName))), r.Protocol is not null, r.Protocol?.SignedAt));
    }
}
