using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PracticeApp.Practices;

internal sealed class RotaShiftMapping : IEntityTypeConfiguration<RotaShift>
{
    public void Configure(EntityTypeBuilder<RotaShift> entity)
    {
        entity.ToTable("rota_shifts");
        entity.HasIndex(s => new { s.PracticeId, s.UserId, s.Day, s.From }).IsUnique();
    }
}

internal sealed class ClosedDayMapping : IEntityTypeConfiguration<ClosedDay>
{
    public void Configure(EntityTypeBuilder<ClosedDay> entity)
    {
        entity.ToTable("closed_days");
        entity.HasIndex(d => new { d.PracticeId, d.Day }).IsUnique();
        entity.Property(d => d.Name).HasMaxLength(80);
    }
}

internal sealed class ReferralContactMapping : IEntityTypeConfiguration<ReferralContact>
{
    public void Configure(EntityTypeBuilder<ReferralContact> entity)
    {
        entity.ToTable("referral_contacts");
        entity.Property(c => c.Name).HasMaxLength(120);
        entity.Property(c => c.Field).HasMaxLength(120);
        entity.Property(c => c.Phone).HasMaxLength(60);
        entity.Property(c => c.Email).HasMaxLength(254);
        entity.Property(c => c.Address).HasMaxLength(200);
        entity.Property(c => c.Website).HasMaxLength(300);
        entity.Property(c => c.Notes).HasMaxLength(1000);
        entity.Ignore(c => c.Contact);
        entity.Ignore(c => c.IsMedical);
    }
}
