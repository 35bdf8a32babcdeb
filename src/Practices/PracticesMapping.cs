using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PracticeApp.Practices;

internal sealed class PracticeMapping : IEntityTypeConfiguration<Practice>
{
    public void Configure(EntityTypeBuilder<Practice> entity)
    {
        entity.ToTable("practices");
        entity.HasKey(p => p.Id);
        entity.HasIndex(p => p.Slug).IsUnique();
        entity.Property(p => p.Slug).HasMaxLength(60);
        entity.Property(p => p.Name).HasMaxLength(120);
        entity.Property(p => p.Country).HasMaxLength(2);
        entity.Property(p => p.Currency).HasMaxLength(3);
        entity.Property(p => p.Language).HasMaxLength(2);
        entity.Ignore(p => p.Zone);
        entity.ComplexProperty(p => p.Policy, policy => policy.ToJson());
        entity.ComplexProperty(p => p.Billing, billing => billing.ToJson());
        entity.Property(p => p.Version).IsRowVersion();
    }
}

internal sealed class MembershipMapping : IEntityTypeConfiguration<Membership>
{
    public void Configure(EntityTypeBuilder<Membership> entity)
    {
        entity.ToTable("memberships");
        entity.HasIndex(m => new { m.PracticeId, m.UserId }).IsUnique();
        entity.HasOne<Accounts.AppUser>().WithMany().HasForeignKey(m => m.UserId).OnDelete(DeleteBehavior.Restrict);
        entity.Property(m => m.Roles).HasConversion(
            roles => roles.Select(r => r.ToString()).ToArray(),
            names => names.Select(n => Enum.Parse<Platform.Role>(n)).ToArray(),
            new Platform.RolesComparer());
        entity.Ignore(m => m.Zone);
        entity.Property(m => m.Name).HasMaxLength(120);
        entity.Property(m => m.Language).HasMaxLength(2);
    }
}

internal sealed class PsychologistProfileMapping : IEntityTypeConfiguration<PsychologistProfile>
{
    public void Configure(EntityTypeBuilder<PsychologistProfile> entity)
    {
        entity.ToTable("psychologist_profiles");
        entity.HasIndex(p => new { p.PracticeId, p.UserId }).IsUnique();
    }
}

internal sealed class ThemeMapping : IEntityTypeConfiguration<Theme>
{
    public void Configure(EntityTypeBuilder<Theme> entity)
    {
        entity.ToTable("themes");
        entity.HasIndex(t => new { t.PracticeId, t.Key }).IsUnique();
        entity.Property(t => t.Name).HasMaxLength(80);
    }
}
