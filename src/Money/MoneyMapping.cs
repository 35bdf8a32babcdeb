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
        entity.HasIndex(c => c.StandsAt).HasFilter("state = 'Proposed' and stands_at is not null");
        entity.Ignore(c => c.Assessment);
        entity.Property(c => c.AssessmentJson).HasColumnType("jsonb");
        entity.Property(c => c.Clause).HasMaxLength(8);
        entity.Property(c => c.WaivedBecause).HasMaxLength(200);
        entity.Property(c => c.ExtraKey).HasMaxLength(40);
        entity.HasIndex(c => new { c.PracticeId, c.FormToken }).IsUnique().HasFilter("form_token is not null").HasDatabaseName("entered_once");
        entity.HasIndex(c => new { c.PracticeId, c.EngagementId, c.ClientId, c.DoneOn }).IsUnique()
            .HasFilter($"extra_key = '{ExtraWorkCost.Contact}' and state <> 'Waived'").HasDatabaseName("week_charged_once");
        entity.Property(c => c.Amount).HasPrecision(12, 2);
        entity.Property(c => c.Currency).HasMaxLength(3);
        entity.BelongsTo<Charge, Engagement>(c => c.EngagementId);
        entity.BelongsTo<Charge, Client>(c => c.ClientId);
        entity.BelongsTo<Charge, Appointment>(c => c.AppointmentId);
        entity.BelongsTo<Charge, Agreement>(c => c.AgreementId);
        entity.BelongsTo<Charge, Package>(c => c.PackageId);
        entity.HasIndex(c => new { c.PracticeId, c.PackageId, c.PackageNumber }).IsUnique().HasFilter("package_id is not null").HasDatabaseName("drawn_once");
        entity.Ignore(c => c.Counts);
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

internal sealed class IssuedDocumentMapping : IEntityTypeConfiguration<IssuedDocument>
{
    public void Configure(EntityTypeBuilder<IssuedDocument> entity)
    {
        entity.ToTable("issued_documents");
        entity.HasIndex(d => new { d.PracticeId, d.Kind, d.Year, d.Serial }).IsUnique().HasDatabaseName("number_once");
        entity.HasIndex(d => new { d.PracticeId, d.PaymentId }).IsUnique().HasFilter("payment_id is not null").HasDatabaseName("receipt_once");
        entity.HasIndex(d => new { d.PracticeId, d.ClientId });
        entity.HasIndex(d => new { d.PracticeId, d.IssuedOn });
        entity.Ignore(d => d.Number);
        entity.Ignore(d => d.Content);
        entity.Property(d => d.ContentJson).HasColumnType("jsonb");
        entity.Property(d => d.Language).HasMaxLength(2);
        entity.Property(d => d.Total).HasPrecision(12, 2);
        entity.Property(d => d.Currency).HasMaxLength(3);
        entity.BelongsTo<IssuedDocument, Client>(d => d.ClientId);
        entity.BelongsTo<IssuedDocument, Engagement>(d => d.EngagementId);
        entity.BelongsTo<IssuedDocument, IssuedDocument>(d => d.CorrectsId);
        entity.BelongsTo<IssuedDocument, Payment>(d => d.PaymentId);
    }
}

internal sealed class DocumentCounterMapping : IEntityTypeConfiguration<DocumentCounter>
{
    public void Configure(EntityTypeBuilder<DocumentCounter> entity)
    {
        entity.ToTable("document_counters");
        entity.HasIndex(c => new { c.PracticeId, c.Kind, c.Year }).IsUnique();
    }
}

internal sealed class InvoicedChargeMapping : IEntityTypeConfiguration<InvoicedCharge>
{
    public void Configure(EntityTypeBuilder<InvoicedCharge> entity)
    {
        entity.ToTable("invoiced_charges");
        entity.HasIndex(c => new { c.PracticeId, c.ChargeId }).IsUnique().HasDatabaseName("invoiced_once");
        entity.BelongsTo<InvoicedCharge, Charge>(c => c.ChargeId);
        entity.BelongsTo<InvoicedCharge, IssuedDocument>(c => c.DocumentId);
    }
}

internal sealed class CardAttemptMapping : IEntityTypeConfiguration<CardAttempt>
{
    public void Configure(EntityTypeBuilder<CardAttempt> entity)
    {
        entity.ToTable("card_attempts");
        entity.HasIndex(a => new { a.PracticeId, a.FormToken }).IsUnique();
        entity.HasIndex(a => new { a.PracticeId, a.ClientId });
        entity.Ignore(a => a.Reference);
        entity.Property(a => a.Amount).HasPrecision(12, 2);
        entity.Property(a => a.Currency).HasMaxLength(3);
        entity.BelongsTo<CardAttempt, Client>(a => a.ClientId);
        entity.BelongsTo<CardAttempt, Payment>(a => a.PaymentId);
        entity.IsVersioned();
    }
}

internal sealed class CardEventMapping : IEntityTypeConfiguration<CardEvent>
{
    public void Configure(EntityTypeBuilder<CardEvent> entity)
    {
        entity.ToTable("card_events");
        entity.HasIndex(e => new { e.PracticeId, e.EventId }).IsUnique().HasDatabaseName("heard_once");
        entity.Property(e => e.EventId).HasMaxLength(100);
        entity.Property(e => e.Outcome).HasMaxLength(20);
        entity.Property(e => e.Amount).HasPrecision(12, 2);
        entity.Property(e => e.Currency).HasMaxLength(3);
        entity.BelongsTo<CardEvent, CardAttempt>(e => e.AttemptId);
    }
}

internal sealed class PaymentPlanMapping : IEntityTypeConfiguration<PaymentPlan>
{
    public void Configure(EntityTypeBuilder<PaymentPlan> entity)
    {
        entity.ToTable("payment_plans");
        entity.HasIndex(p => new { p.PracticeId, p.ClientId, p.Currency }).IsUnique().HasFilter("ended_at is null").HasDatabaseName("one_plan");
        entity.HasIndex(p => new { p.PracticeId, p.FormToken }).IsUnique().HasDatabaseName("agreed_once");
        entity.Property(p => p.Total).HasPrecision(12, 2);
        entity.Property(p => p.Currency).HasMaxLength(3);
        entity.BelongsTo<PaymentPlan, Client>(p => p.ClientId);
        entity.HasMany(p => p.Parts).WithOne().HasForeignKey(nameof(PlanPart.PracticeId), nameof(PlanPart.PlanId)).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class PlanPartMapping : IEntityTypeConfiguration<PlanPart>
{
    public void Configure(EntityTypeBuilder<PlanPart> entity)
    {
        entity.ToTable("plan_parts");
        entity.HasIndex(p => new { p.PracticeId, p.PlanId, p.Number }).IsUnique();
        entity.Property(p => p.Amount).HasPrecision(12, 2);
    }
}

internal sealed class PackageMapping : IEntityTypeConfiguration<Package>
{
    public void Configure(EntityTypeBuilder<Package> entity)
    {
        entity.ToTable("packages");
        entity.HasIndex(p => new { p.PracticeId, p.ClientId });
        entity.HasIndex(p => new { p.PracticeId, p.FormToken }).IsUnique().HasDatabaseName("sold_once");
        entity.Ignore(p => p.ToHave);
        entity.Property(p => p.Price).HasPrecision(12, 2);
        entity.Property(p => p.GivenBack).HasPrecision(12, 2);
        entity.Property(p => p.Currency).HasMaxLength(3);
        entity.BelongsTo<Package, Client>(p => p.ClientId);
        entity.BelongsTo<Package, Engagement>(p => p.EngagementId);
        entity.BelongsTo<Package, SessionKind>(p => p.KindId);
        entity.BelongsTo<Package, Charge>(p => p.ChargeId);
        entity.IsVersioned();
    }
}

internal sealed class UnpaidReminderMapping : IEntityTypeConfiguration<UnpaidReminder>
{
    public void Configure(EntityTypeBuilder<UnpaidReminder> entity)
    {
        entity.ToTable("unpaid_reminders");
        entity.HasIndex(r => new { r.PracticeId, r.ClientId, r.Currency }).IsUnique();
        entity.Property(r => r.Currency).HasMaxLength(3);
        entity.BelongsTo<UnpaidReminder, Client>(r => r.ClientId);
        entity.IsVersioned();
    }
}
