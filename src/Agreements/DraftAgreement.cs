using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Shared;

namespace PracticeApp.Agreements;

/// <summary>What a session of a kind is called, lasts and costs; the fee an agreement begins from.</summary>
public sealed record KindPrice(Guid Id, string Name, int Minutes, decimal Price);

/// <summary>Prepares agreements: from the practice's template and a kind of session to the document as the client will see it.</summary>
public sealed class DraftAgreement(PracticeDb db, Vault vault, TimeProvider clock, IStringLocalizer<Shared.Texts> shared)
{
    /// <summary>The kinds whose sessions need a signed agreement, in the practice's order.</summary>
    public async Task<List<KindPrice>> KindsAsync(string language, CancellationToken ct)
    {
        var column = Languages.IsSupported(language) ? char.ToUpperInvariant(language[0]) + language[1..] : "En";
        return await db.Database.SqlQuery<KindPrice>(
            $"""
            select id, name ->> {column} as name, minutes, price from session_kinds
            where practice_id = {db.Current.PracticeId} and active and needs_agreement order by position
            """).ToListAsync(ct);
    }

    /// <summary>The newest published version of each template in use, the one that is offered first at the head; a practice without any is given the default.</summary>
    public async Task<List<AgreementTemplate>> TemplatesAsync(CancellationToken ct)
    {
        var found = await db.AgreementTemplates.Include(t => t.Series).Where(t => t.PublishedAt != null && t.Series!.RetiredAt == null
            && !db.AgreementTemplates.Any(n => n.SeriesId == t.SeriesId && n.PublishedAt != null && n.Number > t.Number)).ToListAsync(ct);
        if (found.Count == 0) found.Add(await FirstTemplateAsync(ct));
        return [.. found.OrderByDescending(t => t.Series!.ChosenAt).ThenBy(t => t.Series!.CreatedAt)];
    }

    /// <summary>A draft with the terms of a published template and the length and price of a kind.</summary>
    public async Task<Agreement> MakeAsync(Engagement engagement, AgreementTemplate template, string language, KindPrice? kind, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var terms = template.Terms;
        if (kind is not null) terms = terms with { Fee = terms.Fee with { Amount = kind.Price }, Session = terms.Session with { Minutes = kind.Minutes } };
        return await AddAsync(engagement, template.Id, language, terms, now, ct);
    }

    /// <summary>A draft with the words and terms of an earlier version, to be changed.</summary>
    public async Task<Agreement> NextVersionAsync(Engagement engagement, Agreement before, CancellationToken ct)
    {
        var next = await AddAsync(engagement, before.TemplateId, before.Language, before.Terms, clock.GetUtcNow().UtcDateTime, ct);
        if (before.HasOwnWords)
        {
            var key = await vault.KeyAsync(before.KeyId, ct);
            next.Reword(before.OpenWords(key), key);
        }

        return next;
    }

    /// <summary>The words of an agreement with their placeholders: its own, or the template's.</summary>
    public async Task<AgreementText> TextAsync(Agreement agreement, CancellationToken ct) => agreement.HasOwnWords
        ? AgreementText.Parse(agreement.OpenWords(await vault.KeyAsync(agreement.KeyId, ct)))
        : (await db.AgreementTemplates.SingleAsync(t => t.Id == agreement.TemplateId, ct)).In(agreement.Language);

    /// <summary>One draft at a time: preparing anew replaces it.</summary>
    private async Task<Agreement> AddAsync(Engagement engagement, Guid templateId, string language, Terms terms, DateTime now, CancellationToken ct)
    {
        var old = await db.Agreements.Include(a => a.Parties).SingleOrDefaultAsync(a => a.EngagementId == engagement.Id && a.State == AgreementState.Draft, ct);
        if (old is not null)
        {
            db.Agreements.Remove(old);
            await db.SaveChangesAsync(ct);
        }

        var last = await db.Agreements.Where(a => a.EngagementId == engagement.Id).MaxAsync(a => (int?)a.Number, ct) ?? 0;
        var agreement = new Agreement(engagement.PracticeId, engagement.Id, engagement.PsychologistId, templateId, engagement.KeyId, last + 1, language, terms, now);
        db.Agreements.Add(agreement);
        return agreement;
    }

    /// <summary>The words of a draft as they are now, as if it were sent at <paramref name="sentAt"/>.</summary>
    public async Task<AgreementDocument> ComposeAsync(Agreement draft, DateTime sentAt, CancellationToken ct) =>
        Compose(draft, sentAt, await TextAsync(draft, ct), draft.Terms, await SettingAsync(draft, ct));

    /// <summary>The same with other words and terms, as they would be if they were kept.</summary>
    public static AgreementDocument Compose(Agreement draft, DateTime sentAt, AgreementText text, Terms terms, AgreementSetting setting) =>
        Compose(draft.Id, draft.Number, draft.Language, sentAt, text, terms, setting);

    /// <summary>A template's words with people who do not exist.</summary>
    public static AgreementDocument Compose(string language, AgreementText text, Terms terms, AgreementSetting setting, DateTime now) =>
        Compose(Guid.Empty, 1, language, now, text, terms, setting);

    private static AgreementDocument Compose(Guid id, int number, string language, DateTime sentAt, AgreementText text, Terms terms, AgreementSetting setting)
    {
        var values = TermsInWords.Values(terms, setting, language).ToDictionary();
        // A text that is still being typed may name what does not exist; it stays as it was typed.
        foreach (var name in Placeholders.UnknownIn(text)) values[name] = Placeholders.Literal("{{" + name + "}}");
        return new AgreementDocument(id, number, language, setting.PracticeName, setting.PsychologistName, setting.Clients,
            sentAt, Placeholders.Fill(text, values), TermsCard.Of(terms, language, setting.Kinds), terms.ToJson()) { Guardians = setting.Guardians };
    }

    private async Task<Dictionary<string, string>> KindNamesAsync(string language, CancellationToken ct) => (await KindsAsync(language, ct)).ToDictionary(k => $"{k.Id}", k => k.Name);

    /// <summary>Whom and where a draft is between.</summary>
    public async Task<AgreementSetting> SettingAsync(Agreement draft, CancellationToken ct)
    {
        var practice = await db.Practices.SingleAsync(ct);
        var psychologist = await db.Memberships.Where(m => m.UserId == draft.PsychologistId).Select(m => m.Name).SingleAsync(ct);
        var clients = await db.Clients
            .Where(c => db.EngagementParties.Any(p => p.EngagementId == draft.EngagementId && p.ClientId == c.Id && p.Role == PartyRole.Client))
            .OrderBy(c => c.CreatedAt).ThenBy(c => c.Id).Select(c => new { c.Name, c.CalledName, c.Country }).ToListAsync(ct);
        var guardians = await db.EngagementParties.Where(p => p.EngagementId == draft.EngagementId && p.Role == PartyRole.Guardian)
            .Join(db.Clients, p => p.ClientId, c => c.Id, (p, c) => new { c.Name, p.Relation, c.CreatedAt }).OrderBy(g => g.CreatedAt).ToListAsync(ct);
        return new AgreementSetting(
            string.Join(", ", clients.Select(c => c.Name)), string.Join(", ", clients.Select(c => c.CalledName)), psychologist,
            practice.Name, practice.Address, practice.Phone, CrisisLines(clients[0].Country is { Length: > 0 } country ? country : practice.Country, draft.Language))
        {
            Clients = [.. clients.Select(c => c.Name)],
            Guardians = [.. guardians.Select(g => string.IsNullOrEmpty(g.Relation) ? g.Name : $"{g.Name} ({g.Relation})")],
            Kinds = await KindNamesAsync(draft.Language, ct),
        };
    }

    /// <summary>The practice with somebody who does not exist.</summary>
    public async Task<AgreementSetting> SampleAsync(string client, string psychologist, string language, CancellationToken ct)
    {
        var practice = await db.Practices.SingleAsync(ct);
        return new AgreementSetting(client, client.Split(' ')[0], psychologist, practice.Name, practice.Address, practice.Phone, CrisisLines(practice.Country, language))
        { Clients = [client], Kinds = await KindNamesAsync(language, ct) };
    }

    /// <summary>Where to turn in an emergency, as lines of the agreement: "Ambulance: 124".</summary>
    public ImmutableArray<string> CrisisLines(string country, string language) => Languages.In(language, () => CrisisContacts.Of(country)
        .Select(c => $"{shared["Crisis." + c.For].Value}{(c.Name is null ? "" : $", {c.Name}")}: {c.Number}{(c.Hours is null ? "" : $" ({c.Hours})")}")
        .ToImmutableArray());

    private async Task<AgreementTemplate> FirstTemplateAsync(CancellationToken ct)
    {
        var practice = await db.Practices.SingleAsync(ct);
        var first = (await KindsAsync(practice.Language, ct)).FirstOrDefault();
        var template = AgreementTemplate.Default(practice.Id, practice.Currency, first?.Price ?? 0m, clock.GetUtcNow().UtcDateTime, practice.Language);
        db.AgreementTemplates.Add(template);
        return template;
    }
}
