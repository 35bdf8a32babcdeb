using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PracticeApp.Clients;
using PracticeApp.Engagements;
using PracticeApp.Platform;

namespace PracticeApp.Booking;

internal sealed class GroupMapping : IEntityTypeConfiguration<Group>
{
    public void Configure(EntityTypeBuilder<Group> entity)
    {
        entity.ToTable("groups", table => table.HasCheckConstraint("groups_have_seats", "seats between 2 and 40"));
        entity.Property(g => g.Name).HasMaxLength(80);
        entity.HasIndex(g => new { g.PracticeId, g.PsychologistId });
        entity.BelongsTo<Group, SessionKind>(g => g.KindId);
        entity.BelongsTo<Group, Engagement>(g => g.EngagementId);
        entity.HasMany(g => g.Members).WithOne().HasForeignKey(m => new { m.PracticeId, m.GroupId }).OnDelete(DeleteBehavior.Restrict);
        entity.Navigation(g => g.Members).HasField("_members").UsePropertyAccessMode(PropertyAccessMode.Field);
        entity.IsVersioned();
    }
}

internal sealed class GroupMemberMapping : IEntityTypeConfiguration<GroupMember>
{
    public void Configure(EntityTypeBuilder<GroupMember> entity)
    {
        entity.ToTable("group_members");
        entity.HasIndex(m => new { m.PracticeId, m.GroupId, m.ClientId }).IsUnique().HasFilter("left_at is null").HasDatabaseName("one_membership_of_a_group");
        entity.BelongsTo<GroupMember, Client>(m => m.ClientId);
        entity.BelongsTo<GroupMember, Engagement>(m => m.EngagementId);
    }
}
