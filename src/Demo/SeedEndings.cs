using Microsoft.EntityFrameworkCore;
using PracticeApp.Endings;
using PracticeApp.Money;

namespace PracticeApp.Demo;

/// <summary>Work that has ended, with its letters, and one whose end is coming.</summary>
internal static class SeedEndings
{
    private const string UnderNotice = "sanna@lipa.example";

    internal static async Task WriteAsync(Settlement s, WriteLetter write, CancellationToken ct)
    {
        var practice = await s.Db.Practices.AsNoTracking().SingleAsync(ct);
        foreach (var own in s.Clients.Where(c => c.Plan.EndedAt is not null && c.AgreementId is not null).GroupBy(c => c.Engagement.PsychologistId))
        {
            await s.AsAsync(own.Key, ct);
            var psychologist = s.Cast.Psychologists[own.First().Plan.Psychologist].Name;
            var ids = own.Select(c => c.Client.Id).ToList();
            var charges = (await s.Db.Charges.AsNoTracking().Where(c => ids.Contains(c.ClientId)).ToListAsync(ct)).ToLookup(c => c.ClientId);
            var payments = (await s.Db.Payments.AsNoTracking().Where(p => ids.Contains(p.ClientId)).ToListAsync(ct)).ToLookup(p => p.ClientId);
            foreach (var client in own)
            {
                var ended = client.Plan.EndedAt!.Value;
                var terms = client.Agreed!.Terms;
                var ending = Decided(s, client, DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(ended, s.Zone)), ended.AddDays(-terms.Ending.NoticeDays), ended);
                ending.Finish(ended);
                var agreed = new AgreedEnding(client.AgreementId, 1, terms.Ending.Clause, terms.Ending.NoticeDays, terms.Ending.ClosingSessionOffered, terms.Fee.PayWithinDays, terms.Fee.Clause);
                var letter = write.Compose(practice, client.Engagement, client.Client, psychologist, agreed, ended, null, [], Balance.Of(charges[client.Client.Id], payments[client.Client.Id]));
                ending.Of(client.Client.Id, client.Client.KeyId).Write(client.Key, letter, ended);
                s.Db.Endings.Add(ending);
            }

            await s.SaveAsync(ct);
        }

        if (s.Clients.Find(c => c.Plan.Email == UnderNotice) is not { AgreementId: not null } leaving) return;
        await s.AsAsync(leaving.Engagement.PsychologistId, ct);
        var last = leaving.Appointments.Select(a => a.EndsAt).Append(s.Now.AddDays(9)).Max().AddDays(1);
        var lastDay = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(last, s.Zone));
        var endsAt = Ending.EndOf(lastDay, lastDay.AddDays(-1), s.Zone, s.Now);
        s.Db.Endings.Add(Decided(s, leaving, lastDay, s.Now.AddHours(-30), endsAt));
        await s.SaveAsync(ct);
        await s.Db.Engagements.Where(e => e.Id == leaving.Engagement.Id).ExecuteUpdateAsync(e => e.SetProperty(x => x.EndsAt, endsAt), ct);
    }

    private static Ending Decided(Settlement s, Settled client, DateOnly lastDay, DateTime decidedAt, DateTime endsAt)
    {
        var psychologist = client.Engagement.PsychologistId;
        var ending = new Ending(s.PracticeId, client.Engagement.Id, psychologist, client.Key, null, lastDay, decidedAt);
        ending.Begin(client.Key, (client.Plan.Outcome is Outcome.Reached or Outcome.InWork ? s_reasons : s_others)[client.Plan.Story.Language], lastDay, noticeWaived: false, closingOffered: true);
        ending.Decide(endsAt, psychologist, decidedAt);
        return ending;
    }

    private static readonly Dictionary<string, string> s_reasons = new()
    {
        ["en"] = "We have come to where you wanted to be. You said so first, and I see it too.",
        ["bs"] = "Stigli smo tamo gdje ste željeli biti. Vi ste to rekli prvi, i ja to vidim.",
        ["ru"] = "Мы пришли туда, куда вы хотели. Вы сказали об этом первыми, и я вижу это тоже.",
        ["fi"] = "Olemme siellä, minne halusit päästä. Sanoit sen itse ensin, ja näen sen myös.",
    };

    private static readonly Dictionary<string, string> s_others = new()
    {
        ["en"] = "We agreed to stop here for now. The door stays open.",
        ["bs"] = "Dogovorili smo se da za sada stanemo. Vrata ostaju otvorena.",
        ["ru"] = "Мы договорились пока остановиться на этом. Дверь остаётся открытой.",
        ["fi"] = "Sovimme, että pysähdymme toistaiseksi tähän. Ovi pysyy auki.",
    };
}
