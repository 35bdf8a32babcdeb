using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PracticeApp.Booking;
using PracticeApp.Clients;
using PracticeApp.Engagements;
using PracticeApp.Enquiries;
using PracticeApp.Platform;
using PracticeApp.Practices;

namespace PracticeApp.Requests;

internal sealed class ComplaintMapping : IEntityTypeConfiguration<Complaint>
{
    public void Configure(EntityTypeBuilder<Complaint> entity)
    {
        entity.ToTable("complaints");
        entity.HasIndex(c => new { c.PracticeId, c.EngagementId });
        entity.HasIndex(c => new { c.PracticeId, c.FormToken });
        entity.Ignore(c => c.RarelyAndCheap);
        entity.BelongsTo<Complaint, DataKeyRow>(c => c.KeyId);
        entity.BelongsTo<Complaint, Enquiry>(c => c.EnquiryId);
        entity.BelongsTo<Complaint, Engagement>(c => c.EngagementId);
        entity.BelongsTo<Complaint, Client>(c => c.ClientId);
    }
}

internal sealed class ComplaintShareMapping : IEntityTypeConfiguration<ComplaintShare>
{
    public void Configure(EntityTypeBuilder<ComplaintShare> entity)
    {
        entity.ToTable("complaint_shares");
        entity.HasIndex(s => new { s.PracticeId, s.ComplaintId }).IsUnique().HasFilter("taken_back_at is null").HasDatabaseName("shared_once");
        entity.BelongsTo<ComplaintShare, Complaint>(s => s.ComplaintId);
        entity.BelongsTo<ComplaintShare, Engagement>(s => s.EngagementId);
        entity.BelongsTo<ComplaintShare, Client>(s => s.ClientId);
    }
}

internal sealed class GoalInvitationMapping : IEntityTypeConfiguration<GoalInvitation>
{
    public void Configure(EntityTypeBuilder<GoalInvitation> entity)
    {
        entity.ToTable("goal_invitations", t => t.HasCheckConstraint("one_to_three_goals", "count between 1 and 3"));
        entity.Ignore(i => i.IsOpen);
        entity.HasIndex(i => new { i.PracticeId, i.EngagementId, i.ClientId }).IsUnique().HasFilter("answered_at is null and withdrawn_at is null").HasDatabaseName("one_open_goal_invitation");
        entity.BelongsTo<GoalInvitation, Engagement>(i => i.EngagementId);
        entity.BelongsTo<GoalInvitation, Client>(i => i.ClientId);
        entity.BelongsTo<GoalInvitation, DataKeyRow>(i => i.KeyId);
        entity.IsVersioned();
    }
}

internal sealed class RequestAcceptanceMapping : IEntityTypeConfiguration<RequestAcceptance>
{
    public void Configure(EntityTypeBuilder<RequestAcceptance> entity)
    {
        entity.ToTable("request_acceptances");
        entity.HasIndex(a => new { a.PracticeId, a.RequestId, a.ClientId, a.FormulationNumber }).IsUnique();
        entity.BelongsTo<RequestAcceptance, Engagement>(a => a.EngagementId);
        entity.BelongsTo<RequestAcceptance, Client>(a => a.ClientId);
    }
}

internal sealed class ClientRequestMapping : IEntityTypeConfiguration<ClientRequest>
{
    public void Configure(EntityTypeBuilder<ClientRequest> entity)
    {
        entity.ToTable("client_requests");
        entity.HasIndex(r => new { r.PracticeId, r.EngagementId, r.State });
        entity.BelongsTo<ClientRequest, Engagement>(r => r.EngagementId);
        entity.BelongsTo<ClientRequest, Client>(r => r.ClientId);
        entity.BelongsTo<ClientRequest, DataKeyRow>(r => r.KeyId);
        entity.BelongsTo<ClientRequest, Theme>(r => r.ThemeId);
        entity.BelongsTo<ClientRequest, ClientRequest>(r => r.FollowsId);
        entity.Ignore(r => r.IsOpen);
        entity.Ignore(r => r.IsJoint);
        entity.Ignore(r => r.Current);
        Owns(entity, r => r.Formulations, "_formulations");
        Owns(entity, r => r.Steps, "_steps");
        Owns(entity, r => r.Changes, "_changes");
        Owns(entity, r => r.WorkReviews, "_workReviews");
        entity.HasIndex(r => new { r.PracticeId, r.EngagementId, r.ClientId }).IsUnique().AreNullsDistinct(false)
            .HasFilter("chosen_at is not null and closed_at is null").HasDatabaseName("one_chosen_request");
        Owns(entity, r => r.CompetenceAnswers, "_competenceAnswers");
        Owns(entity, r => r.Acceptances, "_acceptances");
        entity.IsVersioned();
    }

    private static void Owns<T>(EntityTypeBuilder<ClientRequest> entity, System.Linq.Expressions.Expression<Func<ClientRequest, IEnumerable<T>?>> list, string field) where T : PracticeEntity
    {
        entity.HasMany(list).WithOne().HasForeignKey("PracticeId", "RequestId").OnDelete(DeleteBehavior.Restrict);
        entity.Navigation(((System.Linq.Expressions.MemberExpression)list.Body).Member.Name).HasField(field).UsePropertyAccessMode(PropertyAccessMode.Field);
    }
}

internal sealed class FormulationMapping : IEntityTypeConfiguration<Formulation>
{
    public void Configure(EntityTypeBuilder<Formulation> entity)
    {
        entity.ToTable("formulations");
        entity.Ignore(f => f.TextPlace);
        entity.HasIndex(f => new { f.PracticeId, f.RequestId, f.Number }).IsUnique();
        entity.BelongsTo<Formulation, Engagement>(f => f.EngagementId);
    }
}

internal sealed class FormulationReviewMapping : IEntityTypeConfiguration<FormulationReview>
{
    public void Configure(EntityTypeBuilder<FormulationReview> entity)
    {
        entity.ToTable("formulation_reviews");
        entity.HasIndex(r => new { r.PracticeId, r.FormulationId }).IsUnique();
        entity.Property(r => r.Criteria).HasColumnType("jsonb");
        entity.BelongsTo<FormulationReview, Formulation>(r => r.FormulationId);
        entity.BelongsTo<FormulationReview, Engagement>(r => r.EngagementId);
    }
}

internal sealed class RequestStepMapping : IEntityTypeConfiguration<RequestStep>
{
    public void Configure(EntityTypeBuilder<RequestStep> entity)
    {
        entity.ToTable("request_steps");
        entity.HasIndex(s => new { s.PracticeId, s.RequestId, s.Number }).IsUnique();
        entity.BelongsTo<RequestStep, Engagement>(s => s.EngagementId);
    }
}

internal sealed class RequestChangeMapping : IEntityTypeConfiguration<RequestChange>
{
    public void Configure(EntityTypeBuilder<RequestChange> entity)
    {
        entity.ToTable("request_changes");
        entity.HasIndex(c => new { c.PracticeId, c.RequestId, c.At });
        entity.BelongsTo<RequestChange, Engagement>(c => c.EngagementId);
    }
}

internal sealed class WorkReviewMapping : IEntityTypeConfiguration<WorkReview>
{
    public void Configure(EntityTypeBuilder<WorkReview> entity)
    {
        entity.ToTable("work_reviews");
        entity.HasIndex(w => new { w.PracticeId, w.RequestId, w.At });
        entity.BelongsTo<WorkReview, Engagement>(w => w.EngagementId);
    }
}

internal sealed class HearingMapping : IEntityTypeConfiguration<Hearing>
{
    public void Configure(EntityTypeBuilder<Hearing> entity)
    {
        entity.ToTable("hearings");
        entity.HasIndex(h => new { h.PracticeId, h.EngagementId, h.AuthorId }).IsUnique();
        entity.BelongsTo<Hearing, Engagement>(h => h.EngagementId);
        entity.BelongsTo<Hearing, DataKeyRow>(h => h.KeyId);
        entity.IsVersioned();
    }
}

internal sealed class ProgressRatingMapping : IEntityTypeConfiguration<ProgressRating>
{
    public void Configure(EntityTypeBuilder<ProgressRating> entity)
    {
        entity.ToTable("progress_ratings");
        entity.HasIndex(r => new { r.PracticeId, r.RequestId, r.AppointmentId }).IsUnique();
        entity.BelongsTo<ProgressRating, ClientRequest>(r => r.RequestId);
        entity.BelongsTo<ProgressRating, Engagement>(r => r.EngagementId);
        entity.BelongsTo<ProgressRating, Appointment>(r => r.AppointmentId);
    }
}

internal sealed class SafetyFlagMapping : IEntityTypeConfiguration<SafetyFlag>
{
    public void Configure(EntityTypeBuilder<SafetyFlag> entity)
    {
        entity.ToTable("safety_flags");
        entity.Ignore(f => f.IsOpen);
        entity.HasIndex(f => new { f.PracticeId, f.ClosedAt, f.RaisedAt });
        entity.HasIndex(f => new { f.PracticeId, f.Source, f.SourceId }).IsUnique().HasFilter("closed_at is null").HasDatabaseName("one_open_flag_per_text");
        entity.BelongsTo<SafetyFlag, Enquiry>(f => f.EnquiryId);
        entity.BelongsTo<SafetyFlag, Engagement>(f => f.EngagementId);
        entity.BelongsTo<SafetyFlag, Client>(f => f.ClientId);
    }
}

internal sealed class FlagTellingMapping : IEntityTypeConfiguration<FlagTelling>
{
    public void Configure(EntityTypeBuilder<FlagTelling> entity)
    {
        entity.ToTable("flag_tellings");
        entity.BelongsTo<FlagTelling, SafetyFlag>(t => t.FlagId);
        entity.HasIndex(t => new { t.PracticeId, t.FlagId, t.ToldAt });
    }
}
