using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Clients;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Shared;

namespace PracticeApp.Endings;

/// <summary>
/// Puts the letter together, in the client's language: thanks, what is open, what becomes of the records, where to turn.
/// Nothing of what was said stands in it unless the psychologist added it.
/// </summary>
public sealed class WriteLetter(PracticeDb db, EndingTerms terms, IStringLocalizer<Texts> t, IStringLocalizer<Shared.Texts> s)
{
    /// <param name="agreed">The terms as they were until the end.</param>
    public async Task<EndingLetter> ForAsync(
        Engagement engagement, Client client, string psychologist, AgreedEnding agreed, DateTime endedAt, string? workedOn, IReadOnlyList<Recommended> referrals, CancellationToken ct)
    {
        var practice = await db.Practices.AsNoTracking().SingleAsync(ct);
        var balances = await terms.OpenMoneyAsync(client.Id, ct);
        return Compose(practice, engagement, client, psychologist, agreed, endedAt, workedOn, referrals, balances);
    }

    /// <summary>Nothing is read here: the demonstration writes its letters with this too.</summary>
    internal EndingLetter Compose(
        Practice practice, Engagement engagement, Client client, string psychologist, AgreedEnding agreed, DateTime endedAt, string? workedOn,
        IReadOnlyList<Recommended> referrals, IReadOnlyList<Money.Balance> balances) => Languages.In(client.Language, () =>
    {
        DateOnly Day(DateTime at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(at, practice.Zone));
        // The end of a day belongs to that day.
        var (began, ended) = (Day(engagement.StartedAt), Day(endedAt.AddTicks(-1)));
        var parts = new List<LetterPart> { new(null, [t["Letter.Ended", psychologist, Words.Date(began), Words.Date(ended)], t["Letter.Thanks"]]) };
        if (workedOn is { } worked) parts.Add(new LetterPart(t["Letter.WorkedOn"], [worked]));
        parts.Add(new LetterPart(t["Letter.Money"], balances.Count == 0 ? [t["Letter.Money.Even"]] : [.. balances.Select(b => b.Due > 0m
            ? agreed.PayWithinDays is { } days
                ? t["Letter.Money.Owe", Words.Money(b.Due, b.Currency), Words.Date(ended.AddDays(days)), agreed.PayClause ?? "–"].Value
                : t["Letter.Money.OweOnly", Words.Money(b.Due, b.Currency)].Value
            : t["Letter.Money.Kept", Words.Money(-b.Due, b.Currency)].Value)]));
        parts.Add(new LetterPart(t["Letter.Records"], [RecordsText(t, practice, ended)]));
        if (referrals.Count > 0) parts.Add(new LetterPart(t["Letter.Referrals"], [.. referrals.Select(r => r.Reach.Length > 0 ? $"{r.Name}, {r.Reach}" : r.Name)]));
        parts.Add(new LetterPart(t["Letter.Back"], [t["Letter.Back.Text", practice.Name]]));
        parts.Add(new LetterPart(t["Letter.Crisis"],
            [.. CrisisContacts.Of(client.Country is { Length: > 0 } country ? country : practice.Country).Select(c => $"{s["Crisis." + c.For].Value}{(c.Name is { } name ? $", {name}" : "")}: {c.Number}")]));
        return new EndingLetter(practice.Name, practice.Address, practice.Phone, ended, client.Language, t["Letter.Title"], t["Letter.Dear", client.CalledName], parts, t["Letter.Regards"], psychologist);
    });

    /// <summary>How long records are kept and how one gets a copy; said before the end and in the letter.</summary>
    internal static string RecordsText(IStringLocalizer<Texts> t, Practice practice, DateOnly ended) =>
        t["Records.Kept", Words.Date(ended.AddYears(practice.Policy.RecordsKeptYears)), string.Join(", ", new[] { practice.Name, practice.Phone }.Where(p => p.Length > 0))];
}
