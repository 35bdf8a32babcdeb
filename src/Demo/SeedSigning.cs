using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Agreements;
using PracticeApp.Clients;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Platform.Encryption;

namespace PracticeApp.Demo;

/// <summary>Agreements on their way to several people: a couple of whom one has signed and the other proposes a change, and a minor whose mother signs.</summary>
internal static class SeedSigning
{
    internal static readonly (string Name, string Email) Ena = ("Ena Pašić", "ena@lipa.example"), Nermina = ("Nermina Pašić", "nermina@lipa.example");
    private const string Consent = "Sign.Consent";
    private const int Cancelling = 5, Contact = 8, Limits = 10;

    internal static async Task WriteAsync(Settlement s, IStringLocalizer<Agreements.Texts> t, CancellationToken ct)
    {
        if (s.Cast.Slug != "lipa") return;
        var lejla = s.Psychologist(0);
        await s.AsAsync(lejla, ct);
        var published = await s.Db.AgreementTemplates.Include(a => a.Series).Where(a => a.PublishedAt != null).OrderByDescending(a => a.Number).ToListAsync(ct);
        await CoupleAsync(s, published.First(a => a.Series!.ChosenAt is null), t, ct);
        await MinorAsync(s, published.First(a => a.Series!.ChosenAt is not null), ct);
        await s.AsAsync(lejla, ct);
    }

    private static async Task CoupleAsync(Settlement s, AgreementTemplate template, IStringLocalizer<Agreements.Texts> t, CancellationToken ct)
    {
        var couple = await s.Db.Engagements.Include(e => e.Parties).SingleAsync(e => e.Kind == EngagementKind.Couple, ct);
        var clients = await s.Db.Clients.Where(c => couple.Parties.Select(p => p.ClientId).Contains(c.Id)).OrderBy(c => c.CreatedAt).ToListAsync(ct);
        var (amra, jasmin) = (clients.Single(c => c.Name == SeedCouple.Amra.Name), clients.Single(c => c.Name == SeedCouple.Jasmin.Name));
        var laid = new Laid(s, couple, await s.Vault.KeyAsync(couple.KeyId, ct), template, s.Now.AddDays(-3));
        laid.Send([amra, jasmin], [], [new(amra.Id, SignerRole.Client), new(jasmin.Id, SignerRole.Client)]);
        laid.Act(ActKind.Viewed, amra, s.Now.AddDays(-3).AddHours(4));
        laid.Sign(amra, s.Now.AddDays(-3).AddHours(5), t);
        await s.SaveAsync(ct);
        await s.AsAsync(s.Users[jasmin.Email!], ct);
        laid.Say(Cancelling, QuestionKind.Proposal, jasmin, "I work shifts and learn of them a day ahead. Could it be twelve hours for us instead of twenty-four?", s.Now.AddDays(-2));
        await s.SaveAsync(ct);
        await s.AsAsync(couple.PsychologistId, ct);
    }

    private static async Task MinorAsync(Settlement s, AgreementTemplate template, CancellationToken ct)
    {
        var (lejla, began) = (s.Psychologist(0), s.Now.AddDays(-6));
        var (ena, key) = await SeedCouple.PersonAsync(s, Ena, "+387 61 555 220", began, ct);
        ena.Born(DateOnly.FromDateTime(s.Now).AddYears(-15).AddDays(-40));
        var work = new Engagement(s.PracticeId, EngagementKind.Individual, lejla, key.OwnerId, began);
        var (nermina, _) = await SeedCouple.PersonAsync(s, Nermina, "+387 61 555 221", began.AddHours(1), ct);
        work.Join(ena.Id);
        work.Join(nermina.Id, PartyRole.Guardian, "mother");
        s.Db.Add(work);
        await s.SaveAsync(ct);

        var laid = new Laid(s, work, key, template, began.AddHours(2));
        laid.Send([ena], [$"{nermina.Name} (mother)"], [new(ena.Id, SignerRole.Minor), new(nermina.Id, SignerRole.Guardian)]);
        laid.Act(ActKind.Viewed, nermina, began.AddHours(9));
        await s.SaveAsync(ct);
        await s.AsAsync(s.Users[Nermina.Email], ct);
        laid.Say(Limits, QuestionKind.Question, nermina, "Will I hear of it if she is not well? I do not want to read along, only to know.", began.AddHours(10));
        await s.SaveAsync(ct);
        await s.AsAsync(lejla, ct);
        laid.Say(Limits, QuestionKind.Answer, null, "What Ena tells me stays with us. If she is in danger, I tell you at once, and I tell her first that I will.", began.AddHours(22));
        await s.SaveAsync(ct);
        await s.AsAsync(s.Users[Ena.Email], ct);
        laid.Say(Contact, QuestionKind.Question, ena, "May I write to you when it is bad at school?", began.AddDays(2));
        await s.SaveAsync(ct);
    }

    /// <summary>One agreement that was laid before its parties, each act at its time.</summary>
    private sealed class Laid(Settlement s, Engagement engagement, DataKey key, AgreementTemplate template, DateTime sentAt)
    {
        private readonly List<string> _acts = [];
        private readonly string _psychologist = s.Cast.Psychologists[0].Name;
        private AgreementDocument _document = null!;
        private Agreement _agreement = null!;

        public void Send(IReadOnlyList<Client> clients, ImmutableArray<string> guardians, IEnumerable<Signer> signers)
        {
            var terms = template.Terms;
            _agreement = new Agreement(s.PracticeId, engagement.Id, engagement.PsychologistId, template.Id, engagement.KeyId, 1, "en", terms, sentAt.AddMinutes(-10));
            var setting = new AgreementSetting(string.Join(", ", clients.Select(c => c.Name)), string.Join(", ", clients.Select(c => c.CalledName)), _psychologist, s.Cast.Name, s.Cast.Address, s.Cast.Phone, []);
            _document = new AgreementDocument(_agreement.Id, 1, "en", s.Cast.Name, _psychologist, [.. clients.Select(c => c.Name)], sentAt,
                Placeholders.Fill(template.In("en"), TermsInWords.Values(terms, setting, "en")), TermsCard.Of(terms, "en"), terms.ToJson()) { Guardians = guardians };
            _agreement.Send(_document, key, signers, FollowUpRule.Default);
            s.Db.Agreements.Add(_agreement);
            Act(ActKind.Sent, null, sentAt);
        }

        public void Sign(Client client, DateTime at, IStringLocalizer<Agreements.Texts> t)
        {
            _agreement.Sign(client.Id, _agreement.DocumentHash!, at);
            var letters = string.Concat(client.Name.Split(' ').Select(part => part[0]));
            Act(ActKind.Initialled, client, at, act => act with { Initials = [.. _document.Text.InitialledByClient.Select(p => new Initials(p.Number, letters))] });
            Act(ActKind.Signed, client, at, act => act with { Consent = Languages.In("en", () => t[Consent].Value), TypedName = client.Name, Strokes = Drawn });
        }

        public void Act(ActKind kind, Client? client, DateTime at, Func<Act, Act>? more = null)
        {
            if (kind == ActKind.Viewed) _agreement.View(at);
            var party = client is null ? "psychologist" : _agreement.Parties.Single(p => p.ClientId == client.Id).Role.ToString().ToLowerInvariant();
            var who = new Witnessed(party, client?.Name ?? _psychologist, client?.UserId ?? engagement.PsychologistId, $"password, {CanonicalText.Instant(at.AddMinutes(-9))}", "127.0.0.1", "Demonstration",
                engagement.Parties.SingleOrDefault(p => p.ClientId == client?.Id)?.Relation);
            var act = new Act(_agreement.Id, _acts.Count + 1, kind, at, who, _agreement.DocumentHash!);
            var previous = _acts.Count == 0 ? _agreement.DocumentHash! : EvidenceChain.Hash(_acts[^1]);
            act = more?.Invoke(act) ?? act;
            _acts.Add(EvidenceChain.Write(act, previous));
            s.Db.AgreementActs.Add(new AgreementAct(_agreement, act, previous, client?.Id, key));
        }

        public void Say(int clause, QuestionKind kind, Client? client, string text, DateTime at) =>
            s.Db.AgreementQuestions.Add(new AgreementQuestion(_agreement, clause, kind, client?.Id, text, key, at));

        private const string Drawn =
            "40,150 52,118 66,84 80,52 90,40 98,56 106,92 116,132 122,152;58,112 80,106 104,104;138,150 142,122 146,104 152,122 158,140 166,112 172,104 180,122 184,148;"
            + "200,146 204,120 212,106 222,112 218,128 206,134 216,148 232,150;246,150 252,118 264,104 278,112 284,130 276,148 262,150 254,136 262,116 282,112 290,136 300,150 340,142 400,120";
    }
}
