using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PracticeApp.Privacy;

internal sealed class AuditEntryMapping : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> entity)
    {
        entity.ToTable("audit_entries");
        entity.HasIndex(e => new { e.PracticeId, e.At });
        entity.HasIndex(e => new { e.PracticeId, e.ClientId, e.At });
        entity.Property(e => e.Act).HasMaxLength(60);
        entity.Property(e => e.Subject).HasMaxLength(40);
        entity.Property(e => e.Address).HasMaxLength(45);
        entity.Property(e => e.Why).HasMaxLength(300);
    }
}

internal sealed class AuditSealMapping : IEntityTypeConfiguration<AuditSeal>
{
    public void Configure(EntityTypeBuilder<AuditSeal> entity)
    {
        entity.ToTable("audit_seals");
        entity.HasIndex(e => new { e.PracticeId, e.Number }).IsUnique();
        entity.HasIndex(e => new { e.PracticeId, e.EntryId }).IsUnique();
    }
}
