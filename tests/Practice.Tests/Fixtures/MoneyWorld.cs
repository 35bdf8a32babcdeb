using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Money;

namespace PracticeApp.Tests.Money;

/// <summary>Charges and payments of the world's people, past the pages.</summary>
internal static class MoneyWorld
{
    /// <summary>A session that took place, decided at this moment of the world's clock.</summary>
    public static Task<Guid> ChargeAsync(this World world, Person client, decimal amount = 80, ChargeKind kind = ChargeKind.Session, int daysAgo = 0) => world.InDbAsync(Of(world, client), db =>
    {
        var at = world.Clock.Now.AddDays(-daysAgo);
        var charge = new Charge(client.PracticeId, client.EngagementId, client.ClientId, null, kind, amount, client.PracticeId == world.Lipa.Id ? "BAM" : "EUR", null, null, at);
        charge.Confirm(client.PsychologistId, at);
        db.Add(charge);
        return Task.FromResult(charge.Id);
    });

    public static Task<IReadOnlyList<IssuedDocument>> InvoiceAsync(this World world, Person client, Person? by = null, Func<IServiceProvider, Task>? then = null) => world.DoAsync(by ?? Of(world, client), async services =>
    {
        var db = services.GetRequiredService<PracticeDb>();
        var issued = await services.GetRequiredService<IssueDocuments>().InvoiceAsync(client.ClientId, db.EngagementsWithNamedCharges().Select(e => e.Id), null, CancellationToken.None);
        if (then is not null) await then(services);
        return issued;
    });

    public static Task<decimal> DueAsync(this World world, Person client) => world.InDbAsync(world.Azra, async db => Balance.Of(
        await db.Charges.Where(c => c.ClientId == client.ClientId).ToListAsync(), await db.Payments.Where(p => p.ClientId == client.ClientId).ToListAsync()).Sum(b => b.Due));

    public static Person Of(World world, Person client) => world.Everybody.Single(p => p.UserId == client.PsychologistId);
}
