using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PracticeApp.Agreements;
using PracticeApp.Booking;
using PracticeApp.Clients;
using PracticeApp.Engagements;
using PracticeApp.Platform;

namespace PracticeApp.Incidents;

internal sealed class IncidentMapping : IEntityTypeConfiguration<Incident>
{
    public void Configure(EntityTypeBuilder<Incident> entity)
    {
        entity.ToTable("incidents", t => t.HasCheckConstraint("clause_or_promise", "(clause is null) <> (promise is null)"));
        entity.Ignore(i => i.IsWithdrawn);
        entity.HasIndex(i => new { i.PracticeId, i.FormToken }).IsUnique().HasDatabaseName("incident_sent_once");
        entity.HasIndex(i => new { i.PracticeId, i.PsychologistId, i.RecordedAt });
        entity.HasIndex(i => new { i.PracticeId, i.ClientId, i.RecordedAt });
        entity.HasIndex(i => new { i.PracticeId, i.AppointmentId, i.ClientId }).IsUnique()
            .HasFilter("credited_at is not null").HasDatabaseName("session_credited_once");
        entity.BelongsTo<Incident, Engagement>(i => i.EngagementId);
        entity.BelongsTo<Incident, Client>(i => i.ClientId);
        entity.BelongsTo<Incident, Agreement>(i => i.AgreementId);
        entity.BelongsTo<Incident, Appointment>(i => i.AppointmentId);
        entity.BelongsTo<Incident, DataKeyRow>(i => i.KeyId);
        entity.HasMany(i => i.Answers).WithOne().HasForeignKey(a => new { a.PracticeId, a.IncidentId }).OnDelete(DeleteBehavior.Restrict);
        entity.Navigation(i => i.Answers).HasField("_answers").UsePropertyAccessMode(PropertyAccessMode.Field);
        entity.IsVersioned();
    }
}

internal sealed class IncidentAnswerMapping : IEntityTypeConfiguration<IncidentAnswer>
{
    public void Configure(EntityTypeBuilder<IncidentAnswer> entity)
    {
        entity.ToTable("incident_answers");
        entity.HasIndex(a => new { a.PracticeId, a.IncidentId, a.At });
        entity.HasIndex(a => new { a.PracticeId, a.FormToken }).IsUnique().HasDatabaseName("incident_answered_once");
    }
}
