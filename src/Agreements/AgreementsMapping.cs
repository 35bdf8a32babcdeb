using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PracticeApp.Clients;
using PracticeApp.Engagements;
using PracticeApp.Platform;

namespace PracticeApp.Agreements;

internal sealed class TemplateSeriesMapping : IEntityTypeConfiguration<TemplateSeries>
{
    public void Configure(EntityTypeBuilder<TemplateSeries> entity)
    {
        entity.ToTable("template_series");
        entity.Property(s => s.Name).HasMaxLength(TemplateSeries.LongestName);
    }
}

internal sealed class AgreementTemplateMapping : IEntityTypeConfiguration<AgreementTemplate>
{
    public void Configure(EntityTypeBuilder<AgreementTemplate> entity)
    {
        entity.ToTable("agreement_templates");
        entity.Ignore(t => t.Terms);
        entity.Ignore(t => t.IsPublished);
        entity.Ignore(t => t.Offered);
        entity.HasIndex(t => new { t.PracticeId, t.SeriesId, t.Number }).IsUnique().HasDatabaseName("template_versions");
        entity.HasIndex(t => new { t.PracticeId, t.SeriesId }).IsUnique().HasFilter("published_at is null").HasDatabaseName("one_working_copy");
        entity.HasOne(t => t.Series).WithMany().HasForeignKey(t => new { t.PracticeId, t.SeriesId }).OnDelete(DeleteBehavior.Restrict);
        entity.Property(t => t.Note).HasMaxLength(AgreementTemplate.LongestNote);
        entity.IsVersioned();
        entity.Property(t => t.TermsJson).HasColumnType("jsonb");
        entity.Property(t => t.Texts).HasColumnType("jsonb").HasConversion(
            texts => JsonSerializer.Serialize(texts, JsonSerializerOptions.Default),
            json => JsonSerializer.Deserialize<Dictionary<string, string>>(json, JsonSerializerOptions.Default)!,
            new ValueComparer<Dictionary<string, string>>(
                (a, b) => a!.Count == b!.Count && !a.Except(b).Any(),
                d => d.Count,
                d => new Dictionary<string, string>(d)));
    }
}

internal sealed class AgreementMapping : IEntityTypeConfiguration<Agreement>
{
    public void Configure(EntityTypeBuilder<Agreement> entity)
    {
        entity.ToTable("agreements");
        entity.Ignore(a => a.Terms);
        entity.Ignore(a => a.DocumentPlace);
        entity.Ignore(a => a.WordsPlace);
        entity.Ignore(a => a.HasOwnWords);
        entity.Ignore(a => a.WaitsForClient);
        entity.Ignore(a => a.WasInForce);
        entity.Ignore(a => a.IsSignedByAll);
        entity.HasIndex(a => a.NextFollowUpAt).HasFilter("next_follow_up_at is not null").HasDatabaseName("agreements_to_follow_up");
        entity.HasIndex(a => a.ExpiresAt).HasFilter("state in ('Sent', 'Viewed')").HasDatabaseName("agreements_to_expire");
        entity.HasIndex(a => new { a.PracticeId, a.EngagementId, a.Number }).IsUnique();
        entity.HasIndex(a => new { a.PracticeId, a.EngagementId }).IsUnique().HasFilter("state = 'InForce'").HasDatabaseName("one_agreement_in_force");
        entity.HasIndex(a => new { a.PracticeId, a.PsychologistId, a.State });
        entity.Property(a => a.Language).HasMaxLength(2);
        entity.Property(a => a.TermsJson).HasColumnType("jsonb");
        entity.BelongsTo<Agreement, Engagement>(a => a.EngagementId);
        entity.BelongsTo<Agreement, AgreementTemplate>(a => a.TemplateId);
        entity.BelongsTo<Agreement, DataKeyRow>(a => a.KeyId);
        entity.HasMany(a => a.Parties).WithOne().HasForeignKey(p => new { p.PracticeId, p.AgreementId }).OnDelete(DeleteBehavior.Cascade);
        entity.Navigation(a => a.Parties).HasField("_parties").UsePropertyAccessMode(PropertyAccessMode.Field);
        entity.IsVersioned();
    }
}

internal sealed class AgreementPartyMapping : IEntityTypeConfiguration<AgreementParty>
{
    public void Configure(EntityTypeBuilder<AgreementParty> entity)
    {
        entity.ToTable("agreement_parties");
        entity.Ignore(p => p.Signs);
        entity.HasIndex(p => new { p.PracticeId, p.AgreementId, p.ClientId }).IsUnique();
        entity.BelongsTo<AgreementParty, Client>(p => p.ClientId);
    }
}

internal sealed class AgreementActMapping : IEntityTypeConfiguration<AgreementAct>
{
    public void Configure(EntityTypeBuilder<AgreementAct> entity)
    {
        entity.ToTable("agreement_acts");
        entity.Ignore(a => a.ContentPlace);
        entity.HasIndex(a => new { a.PracticeId, a.AgreementId, a.Number }).IsUnique().HasDatabaseName("acts_in_a_row");
        entity.HasIndex(a => new { a.PracticeId, a.AgreementId, a.ClientId }).IsUnique().HasFilter("kind in ('Signed', 'Assented')").HasDatabaseName("signed_once");
        entity.BelongsTo<AgreementAct, Agreement>(a => a.AgreementId);
        entity.BelongsTo<AgreementAct, Engagement>(a => a.EngagementId);
        entity.BelongsTo<AgreementAct, DataKeyRow>(a => a.KeyId);
        entity.BelongsTo<AgreementAct, Client>(a => a.ClientId);
    }
}

internal sealed class AgreementQuestionMapping : IEntityTypeConfiguration<AgreementQuestion>
{
    public void Configure(EntityTypeBuilder<AgreementQuestion> entity)
    {
        entity.ToTable("agreement_questions");
        entity.Ignore(q => q.TextPlace);
        entity.HasIndex(q => new { q.PracticeId, q.AgreementId, q.Clause, q.At });
        entity.BelongsTo<AgreementQuestion, Agreement>(q => q.AgreementId);
        entity.BelongsTo<AgreementQuestion, Engagement>(q => q.EngagementId);
        entity.BelongsTo<AgreementQuestion, DataKeyRow>(q => q.KeyId);
        entity.BelongsTo<AgreementQuestion, Client>(q => q.ClientId);
    }
}

internal sealed class PaperScanMapping : IEntityTypeConfiguration<PaperScan>
{
    public void Configure(EntityTypeBuilder<PaperScan> entity)
    {
        entity.ToTable("paper_scans");
        entity.Ignore(s => s.ContentPlace);
        entity.Property(s => s.MediaType).HasMaxLength(40);
        entity.HasIndex(s => new { s.PracticeId, s.AgreementId }).IsUnique().HasDatabaseName("one_scan");
        entity.BelongsTo<PaperScan, Agreement>(s => s.AgreementId);
        entity.BelongsTo<PaperScan, Engagement>(s => s.EngagementId);
        entity.BelongsTo<PaperScan, DataKeyRow>(s => s.KeyId);
    }
}

internal sealed class SealedDocumentMapping : IEntityTypeConfiguration<SealedDocument>
{
    public void Configure(EntityTypeBuilder<SealedDocument> entity)
    {
        entity.ToTable("sealed_documents");
        entity.Ignore(d => d.ContentPlace);
        entity.HasIndex(d => new { d.PracticeId, d.AgreementId }).IsUnique().HasDatabaseName("sealed_once");
        entity.HasIndex(d => d.Sha256).HasDatabaseName("sealed_by_hash");
        entity.BelongsTo<SealedDocument, Agreement>(d => d.AgreementId);
        entity.BelongsTo<SealedDocument, Engagement>(d => d.EngagementId);
        entity.BelongsTo<SealedDocument, DataKeyRow>(d => d.KeyId);
    }
}
