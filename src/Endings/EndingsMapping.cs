using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PracticeApp.Clients;
using PracticeApp.Engagements;
using PracticeApp.Platform;

namespace PracticeApp.Endings;

internal sealed class EndingMapping : IEntityTypeConfiguration<Ending>
{
    public void Configure(EntityTypeBuilder<Ending> entity)
    {
        entity.ToTable("endings");
        entity.Ignore(e => e.ByClient);
        entity.Ignore(e => e.IsDecided);
        // Of two who end at once one is first, and there is one ending.
        entity.HasIndex(e => new { e.PracticeId, e.EngagementId }).IsUnique().HasFilter("state in ('UnderNotice', 'Ended')").HasDatabaseName("one_ending");
        entity.HasIndex(e => new { e.PracticeId, e.EngagementId, e.ByClientId }).IsUnique().AreNullsDistinct(false).HasFilter("state = 'Draft'").HasDatabaseName("one_draft_of_an_ending");
        entity.BelongsTo<Ending, Engagement>(e => e.EngagementId);
        entity.BelongsTo<Ending, DataKeyRow>(e => e.KeyId);
        entity.BelongsTo<Ending, Client>(e => e.ByClientId);
        entity.HasMany(e => e.Parties).WithOne().HasForeignKey(p => new { p.PracticeId, p.EndingId }).OnDelete(DeleteBehavior.Cascade);
        entity.Navigation(e => e.Parties).HasField("_parties").UsePropertyAccessMode(PropertyAccessMode.Field);
        entity.IsVersioned();
    }
}

internal sealed class EndingPartyMapping : IEntityTypeConfiguration<EndingParty>
{
    public void Configure(EntityTypeBuilder<EndingParty> entity)
    {
        entity.ToTable("ending_parties");
        entity.HasIndex(p => new { p.PracticeId, p.EndingId, p.ClientId }).IsUnique();
        entity.BelongsTo<EndingParty, Client>(p => p.ClientId);
        entity.BelongsTo<EndingParty, DataKeyRow>(p => p.KeyId);
    }
}
