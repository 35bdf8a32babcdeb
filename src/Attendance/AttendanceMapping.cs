using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PracticeApp.Agreements;
using PracticeApp.Booking;
using PracticeApp.Clients;
using PracticeApp.Engagements;
using PracticeApp.Platform;

namespace PracticeApp.Attendance;

internal sealed class AssessedEventMapping : IEntityTypeConfiguration<AssessedEvent>
{
    public void Configure(EntityTypeBuilder<AssessedEvent> entity)
    {
        entity.ToTable("assessed_events");
        entity.Ignore(e => e.Assessment);
        entity.HasIndex(e => new { e.PracticeId, e.AppointmentId, e.ClientId, e.MoveId }).IsUnique().AreNullsDistinct(false).HasDatabaseName("assessed_once");
        entity.HasIndex(e => new { e.PracticeId, e.EngagementId, e.ClientId, e.At });
        entity.HasIndex(e => new { e.PracticeId, e.AppointmentAt });
        entity.Property(e => e.AssessmentJson).HasColumnType("jsonb");
        entity.Property(e => e.Clause).HasMaxLength(8);
        entity.BelongsTo<AssessedEvent, Engagement>(e => e.EngagementId);
        entity.BelongsTo<AssessedEvent, Client>(e => e.ClientId);
        entity.BelongsTo<AssessedEvent, Appointment>(e => e.AppointmentId);
        entity.BelongsTo<AssessedEvent, AppointmentMove>(e => e.MoveId, DeleteBehavior.Cascade);
        entity.BelongsTo<AssessedEvent, Agreement>(e => e.AgreementId);
    }
}
