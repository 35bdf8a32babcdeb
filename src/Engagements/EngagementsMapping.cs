using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PracticeApp.Clients;
using PracticeApp.Platform;

namespace PracticeApp.Engagements;

internal sealed class EngagementMapping : IEntityTypeConfiguration<Engagement>
{
    public void Configure(EntityTypeBuilder<Engagement> entity)
    {
        entity.ToTable("engagements");
        entity.Ignore(e => e.IsOpen);
        entity.HasIndex(e => new { e.PracticeId, e.PsychologistId, e.EndedAt });
        entity.BelongsTo<Engagement, DataKeyRow>(e => e.KeyId);
        entity.HasMany(e => e.Parties).WithOne().HasForeignKey(p => new { p.PracticeId, p.EngagementId }).OnDelete(DeleteBehavior.Restrict);
        entity.Navigation(e => e.Parties).HasField("_parties").UsePropertyAccessMode(PropertyAccessMode.Field);
        entity.IsVersioned();
    }
}

internal sealed class EngagementPartyMapping : IEntityTypeConfiguration<EngagementParty>
{
    public void Configure(EntityTypeBuilder<EngagementParty> entity)
    {
        entity.ToTable("engagement_parties");
        entity.Property(p => p.Relation).HasMaxLength(60);
        entity.HasIndex(p => new { p.PracticeId, p.EngagementId, p.ClientId }).IsUnique();
        entity.BelongsTo<EngagementParty, Client>(p => p.ClientId);
    }
}

internal sealed class AccessGrantMapping : IEntityTypeConfiguration<AccessGrant>
{
    public void Configure(EntityTypeBuilder<AccessGrant> entity)
    {
        entity.ToTable("access_grants");
        entity.HasIndex(g => new { g.PracticeId, g.EngagementId, g.UserId });
        entity.BelongsTo<AccessGrant, Engagement>(g => g.EngagementId);
    }
}
