using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;

namespace PracticeApp.Requests;

/// <summary>Texts of clients that may tell of danger or loss and that a person is still to see to.</summary>
[Access(Role.Psychologist, Role.Operator, Role.Admin)]
public sealed class FlagsModel(PracticeDb db) : PageModel
{
    public sealed record Row(Guid Id, string Client, Danger Danger, DateTime RaisedAt, DateTime? SeenAt);

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        var flags = await db.FlagsOfClients().AsNoTracking().Where(f => f.ClosedAt == null)
            .Select(f => new { Flag = f, Client = db.Clients.Where(c => c.Id == f.ClientId).Select(c => c.Name).FirstOrDefault() }).ToListAsync(ct);
        Rows = [.. flags.OrderByDescending(f => f.Flag.Danger.ComesFirst()).ThenBy(f => f.Flag.AcknowledgedAt is not null).ThenBy(f => f.Flag.RaisedAt)
            .Select(f => new Row(f.Flag.Id, f.Client ?? "", f.Flag.Danger, f.Flag.RaisedAt, f.Flag.AcknowledgedAt))];
    }
}
