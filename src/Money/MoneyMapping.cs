using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PracticeApp.Agreements;
using PracticeApp.Booking;
using PracticeApp.Clients;
using PracticeApp.Engagements;
using PracticeApp.Platform;

namespace PracticeApp.Money;

internal sealed class ChargeMapping : IEntityTypeConfiguration<Charge>
{
    public void Configure(EntityTypeBuilder<Charge> entity)
    {
        entity.ToTable("charges");
        entity.HasIndex(c => new { c.PracticeId, c.ClientId, c.State });
        entity.HasIndex(c => new { c.PracticeId, c.AppointmentId, c.ClientId, c.Kind, c.EventId }).IsUnique().AreNullsDistinct(false)
            .HasFilter("appointment_id is not null").HasDatabaseName("charged_once");
        entity.Ignore(c => c.Assessment);
        entity.Property(c => c.AssessmentJson).HasColumnType("jsonb");
        entity.Property(c => c.Clause).HasMaxLength(8);
        entity.Property(c => c.WaivedBecause).HasMaxLength(200);
        entity.Property(c => c.Amount).HasPrecision(12, 2);
        entity.Property(c => c.Currency).HasMaxLength(3);
        entity.BelongsTo<Charge, Engagement>(c => c.EngagementId);
        entity.BelongsTo<Charge, Client>(c => c.ClientId);
        entity.BelongsTo<Charge, Appointment>(c => c.AppointmentId);
        entity.BelongsTo<Charge, Agreement>(c => c.AgreementId);
        entity.IsVersioned();
    }
}

internal sealed class PaymentMapping : IEntityTypeConfiguration<Payment>
{
    public void Configure(EntityTypeBuilder<Payment> entity)
    {
        entity.ToTable("payments");
        entity.HasIndex(p => new { p.PracticeId, p.ClientId });
        entity.HasIndex(p => new { p.PracticeId, p.FormToken }).IsUnique();
        entity.Property(p => p.Amount).HasPrecision(12, 2);
        entity.Property(p => p.Currency).HasMaxLength(3);
        entity.HasIndex(p => new { p.PracticeId, p.TakesBack }).IsUnique().HasFilter("takes_back is not null").HasDatabaseName("taken_back_once");
        entity.BelongsTo<Payment, Client>(p => p.ClientId);
    }
}
