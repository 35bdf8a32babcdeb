using Microsoft.EntityFrameworkCore;
using PracticeApp.Clients;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Reminders;

namespace PracticeApp.Money;

/// <summary>Says that there is something about money to look at: never how much, never for what. A minor's guardians are told instead of the minor.</summary>
public sealed class TellOfMoney(PracticeDb db, PublicAddress address, TimeProvider clock)
{
    public const string Invoice = "money.invoice", Unpaid = "money.unpaid", Agreed = "money.agreed";

    public Task InvoiceReadyAsync(Client client, CancellationToken ct) => WriteAsync(client, Invoice, ct);

    /// <returns>Whether anybody may be written to.</returns>
    public Task<bool> RemindAsync(Client client, CancellationToken ct) => WriteAsync(client, Unpaid, ct);

    public Task AgreedAsync(Client client, CancellationToken ct) => WriteAsync(client, Agreed, ct);

    private async Task<bool> WriteAsync(Client client, string kind, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var policy = await db.Practices.AsNoTracking().Select(p => p.Policy).SingleAsync(ct);
        var told = false;
        foreach (var reader in await ReadersAsync(client, ct))
        {
            if (reader.UserId is not null) db.Notices.Add(Put(new Notice(client.PracticeId, kind, Channel.InApp, "", reader.Language, now, now), reader));
            if (reader.CanBeMailed) db.Notices.Add(Put(new Notice(client.PracticeId, kind, Channel.Mail, reader.Email!, reader.Language, reader.QuietHours(policy).After(now), now), reader));
            told |= reader.CanBeMailed || reader.UserId is not null;
        }
        await db.SaveChangesAsync(ct);
        return told;
    }

    private Notice Put(Notice notice, Client reader)
    {
        notice.To(reader.Id, reader.UserId).With("name", reader.CalledName).With("address", $"{address.Value}/me/money").With("path", "/me/money");
        if (reader.Contact.SenderName is { Length: > 0 } sender) notice.With("sender", sender);
        return notice;
    }

    /// <summary>Guardians who see the whole account (as <see cref="EngagementAccess.Wards"/>), else the client.</summary>
    private async Task<List<Client>> ReadersAsync(Client client, CancellationToken ct)
    {
        var work = await db.Engagements.AsNoTracking().Include(e => e.Parties).Where(e => e.Parties.Any(p => p.ClientId == client.Id && p.Role == PartyRole.Client)).ToListAsync(ct);
        var guardians = work.SelectMany(e => e.Parties).Where(p => p.Role == PartyRole.Guardian).Select(p => p.ClientId).Distinct()
            .Where(g => work.TrueForAll(e => e.Parties.Any(p => p.ClientId == g && p.Role == PartyRole.Guardian))).ToList();
        return guardians.Count == 0 ? [client] : await db.Clients.AsNoTracking().Where(c => guardians.Contains(c.Id)).ToListAsync(ct);
    }
}
