using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PracticeApp.Accounts;

internal sealed class SignInMapping : IEntityTypeConfiguration<SignIn>
{
    public void Configure(EntityTypeBuilder<SignIn> entity)
    {
        entity.ToTable("sign_ins");
        entity.HasIndex(s => s.UserId);
        entity.HasIndex(s => s.ExpiresAt);
        entity.HasOne<AppUser>().WithMany().HasForeignKey(s => s.UserId).OnDelete(DeleteBehavior.Cascade);
        entity.Property(s => s.Address).HasMaxLength(45);
        entity.Property(s => s.Browser).HasMaxLength(200);
    }
}

internal sealed class AttemptCounterMapping : IEntityTypeConfiguration<AttemptCounter>
{
    public void Configure(EntityTypeBuilder<AttemptCounter> entity)
    {
        entity.ToTable("attempt_counters");
        entity.HasKey(c => new { c.Subject, c.WindowStart });
        entity.Property(c => c.Subject).HasMaxLength(100);
    }
}

internal sealed class InvitationMapping : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> entity)
    {
        entity.ToTable("invitations");
        entity.Property(i => i.Email).HasMaxLength(254);
        entity.Property(i => i.Name).HasMaxLength(120);
        entity.Property(i => i.Roles).HasConversion(
            roles => roles.Select(r => r.ToString()).ToArray(),
            names => names.Select(n => Enum.Parse<Platform.Role>(n)).ToArray(),
            new Platform.RolesComparer());
        entity.Property<uint>("Version").IsRowVersion();
        entity.HasOne<Clients.Client>().WithMany().HasForeignKey(i => new { i.PracticeId, i.ClientId }).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class PasswordResetMapping : IEntityTypeConfiguration<PasswordReset>
{
    public void Configure(EntityTypeBuilder<PasswordReset> entity)
    {
        entity.ToTable("password_resets");
        entity.HasOne<AppUser>().WithMany().HasForeignKey(r => r.UserId).OnDelete(DeleteBehavior.Cascade);
        entity.Property<uint>("Version").IsRowVersion();
    }
}
