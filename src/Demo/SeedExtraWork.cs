using PracticeApp.Agreements;
using PracticeApp.Money;
using PracticeApp.Platform;

namespace PracticeApp.Demo;

/// <summary>A letter for the employer, charged by the price list that was signed; it waits for the next invoice.</summary>
internal static class SeedExtraWork
{
    private static readonly string[] s_asked = ["emina@lipa.example", "aino@saaristo.example"];

    /// <summary>Prices of letters, reports and talks in proportion to the session's.</summary>
    internal static Terms Priced(Terms terms) => terms with
    {
        Contact = terms.Contact with { PricePer15Minutes = Whole(terms.Fee.Amount / 4) },
        Scope = terms.Scope with
        {
            ExtraWork =
            [
                new("letter", Whole(terms.Fee.Amount / 2), PricedPer.Piece),
                new("report", terms.Fee.Amount * 2, PricedPer.Piece),
                new("third-party-call", Whole(terms.Fee.Amount / 4), PricedPer.Started15Minutes),
            ],
        },
    };

    internal static async Task WriteAsync(Settlement s, CancellationToken ct)
    {
        foreach (var client in s.Clients.Where(c => s_asked.Contains(c.Client.Email)))
        {
            if (client is not { Agreed: { } agreed, InForceAt: { } since } || ExtraWorkCost.Of(agreed.Terms, "letter", 1) is not { } cost) continue;
            var at = s.Now.AddHours(-20);
            if (at < since) continue;
            var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(at, s.Zone));
            s.Db.Charges.Add(Charge.Extra(s.PracticeId, client.Engagement.Id, client.Client.Id, agreed.AgreementId, cost, day, client.Engagement.PsychologistId, Ids.New(), at));
        }
        await s.SaveAsync(ct);
    }

    private static decimal Whole(decimal amount) => decimal.Truncate(amount);
}
