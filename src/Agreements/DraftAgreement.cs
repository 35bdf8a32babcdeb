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

    /// <summary>A draft with the terms of the newest template and the length and price of a kind.</summary>
    public async Task<Agreement> MakeAsync(Engagement engagement, string language, KindPrice? kind, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var template = await TemplateAsync(now, ct);
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
    public async Task<AgreementDocument> ComposeAsync(Agreement draft, DateTime sentAt, CancellationToken ct)
    {
        var practice = await db.Practices.SingleAsync(ct);
        var psychologist = await db.Memberships.Where(m => m.UserId == draft.PsychologistId).Select(m => m.Name).SingleAsync(ct);
        var clients = await db.Clients
            .Where(c => db.EngagementParties.Any(p => p.EngagementId == draft.EngagementId && p.ClientId == c.Id && p.Role == PartyRole.Client))
            .OrderBy(c => c.CreatedAt).ThenBy(c => c.Id).Select(c => new { c.Name, c.CalledName, c.Country }).ToListAsync(ct);
        var setting = new AgreementSetting(
            string.Join(", ", clients.Select(c => c.Name)), string.Join(", ", clients.Select(c => c.CalledName)), psychologist,
            practice.Name, practice.Address, practice.Phone, CrisisLines(clients[0].Country is { Length: > 0 } country ? country : practice.Country, draft.Language));
        var guardians = await db.EngagementParties.Where(p => p.EngagementId == draft.EngagementId && p.Role == PartyRole.Guardian)
            .Join(db.Clients, p => p.ClientId, c => c.Id, (p, c) => new { c.Name, p.Relation, c.CreatedAt }).OrderBy(g => g.CreatedAt).ToListAsync(ct);
        var text = Placeholders.Fill(await TextAsync(draft, ct), TermsInWords.Values(draft.Terms, setting, draft.Language));
        return new AgreementDocument(draft.Id, draft.Number, draft.Language, practice.Name, psychologist, [.. clients.Select(c => c.Name)],
            sentAt, text, TermsCard.Of(draft.Terms, draft.Language), draft.Terms.ToJson())
        {
            Guardians = [.. guardians.Select(g => string.IsNullOrEmpty(g.Relation) ? g.Name : $"{g.Name} ({g.Relation})")],
        };
    }

    /// <summary>Where to turn in an emergency, as lines of the agreement: "Ambulance: 124".</summary>
    public ImmutableArray<string> CrisisLines(string country, string language) => Languages.In(language, () => CrisisContacts.Of(country)
        .Select(c => $"{shared["Crisis." + c.For].Value}{(c.Name is null ? "" : $", {c.Name}")}: {c.Number}{(c.Hours is null ? "" : $" ({c.Hours})")}")
        .ToImmutableArray());

    private async Task<AgreementTemplate> TemplateAsync(DateTime now, CancellationToken ct)
    {
        var template = await db.AgreementTemplates.Where(t => t.RetiredAt == null).OrderByDescending(t => t.Version).FirstOrDefaultAsync(ct);
        if (template is not null) return template;
        var practice = await db.Practices.SingleAsync(ct);
        var first = (await KindsAsync(practice.Language, ct)).FirstOrDefault();
        template = AgreementTemplate.Default(practice.Id, practice.Currency, first?.Price ?? 0m, now);
        db.AgreementTemplates.Add(template);
        return template;
    }
}
