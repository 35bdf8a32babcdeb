using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PracticeApp.Agreements;
using PracticeApp.Clients;
using PracticeApp.Engagements;
using PracticeApp.Platform;

namespace PracticeApp.Booking;

internal sealed class AppointmentMapping : IEntityTypeConfiguration<Appointment>
{
    public void Configure(EntityTypeBuilder<Appointment> entity)
    {
        entity.ToTable("appointments");
        entity.HasIndex(a => new { a.PracticeId, a.PsychologistId, a.StartsAt });
        entity.HasIndex(a => new { a.PracticeId, a.EngagementId, a.StartsAt });
        entity.HasIndex(a => new { a.PracticeId, a.EngagementId }).IsUnique().HasFilter("on_minimal_terms and state in ('Held', 'Booked')").HasDatabaseName("one_on_minimal_terms");
        entity.Property(a => a.Price).HasPrecision(12, 2);
        entity.Property(a => a.Currency).HasMaxLength(3);
        entity.BelongsTo<Appointment, Engagement>(a => a.EngagementId);
        entity.BelongsTo<Appointment, SessionKind>(a => a.KindId);
        entity.BelongsTo<Appointment, Room>(a => a.RoomId);
        entity.BelongsTo<Appointment, Agreement>(a => a.AgreementId);
        entity.BelongsTo<Appointment, AppointmentSeries>(a => a.SeriesId);
        entity.BelongsTo<Appointment, Group>(a => a.GroupId);
        entity.BelongsTo<Appointment, Appointment>(a => a.MeetingId);
        entity.HasIndex(a => new { a.PracticeId, a.MeetingId, a.Seat }).IsUnique().HasFilter("state = 'Booked' and meeting_id is not null").HasDatabaseName("one_to_a_seat");
        entity.HasIndex(a => new { a.PracticeId, a.SeriesId }).HasFilter("series_id is not null");
        entity.HasMany(a => a.Participants).WithOne().HasForeignKey(p => new { p.PracticeId, p.AppointmentId }).OnDelete(DeleteBehavior.Cascade);
        entity.Navigation(a => a.Participants).HasField("_participants").UsePropertyAccessMode(PropertyAccessMode.Field);
        entity.HasMany(a => a.Occupancies).WithOne().HasForeignKey(o => new { o.PracticeId, o.AppointmentId }).OnDelete(DeleteBehavior.Cascade);
        entity.Navigation(a => a.Occupancies).HasField("_occupancies").UsePropertyAccessMode(PropertyAccessMode.Field);
        entity.ComplexProperty(a => a.Before, before => before.ToJson());
        entity.Ignore(a => a.Resources);
        entity.Property(a => a.CancelReason).HasMaxLength(300);
        entity.Property(a => a.JoinRoom).HasMaxLength(32);
        entity.Property(a => a.PrepaymentAmount).HasPrecision(12, 2);
        entity.Property(a => a.PrepaymentClause).HasMaxLength(8);
        entity.BelongsTo<Appointment, Client>(a => a.CancelledByClientId);
        entity.IsVersioned();
    }
}

internal sealed class AppointmentParticipantMapping : IEntityTypeConfiguration<AppointmentParticipant>
{
    public void Configure(EntityTypeBuilder<AppointmentParticipant> entity)
    {
        entity.ToTable("appointment_participants");
        entity.HasIndex(p => new { p.PracticeId, p.AppointmentId, p.ClientId }).IsUnique();
        entity.HasIndex(p => new { p.PracticeId, p.ClientId });
        entity.BelongsTo<AppointmentParticipant, Client>(p => p.ClientId);
        entity.IsVersioned();
    }
}

// That no two rows of one resource overlap is said in migrations/Initial.5-booking.sql.
internal sealed class OccupancyMapping : IEntityTypeConfiguration<Occupancy>
{
    public void Configure(EntityTypeBuilder<Occupancy> entity)
    {
        entity.ToTable("occupancies");
        entity.HasIndex(o => new { o.PracticeId, o.ResourceId, o.StartsAt });
    }
}

internal sealed class AppointmentMoveMapping : IEntityTypeConfiguration<AppointmentMove>
{
    public void Configure(EntityTypeBuilder<AppointmentMove> entity)
    {
        entity.ToTable("appointment_moves");
        entity.HasIndex(m => new { m.PracticeId, m.AppointmentId, m.At });
        entity.BelongsTo<AppointmentMove, Appointment>(m => m.AppointmentId);
        entity.BelongsTo<AppointmentMove, Client>(m => m.ClientId);
    }
}

internal sealed class AppointmentSeriesMapping : IEntityTypeConfiguration<AppointmentSeries>
{
    public void Configure(EntityTypeBuilder<AppointmentSeries> entity)
    {
        entity.ToTable("appointment_series");
        entity.BelongsTo<AppointmentSeries, Engagement>(s => s.EngagementId);
    }
}

internal sealed class LiftedStepMapping : IEntityTypeConfiguration<LiftedStep>
{
    public void Configure(EntityTypeBuilder<LiftedStep> entity)
    {
        entity.ToTable("lifted_steps");
        entity.HasIndex(l => new { l.PracticeId, l.EngagementId, l.ClientId });
        entity.Property(l => l.Reason).HasMaxLength(LiftedStep.LongestReason);
        entity.BelongsTo<LiftedStep, Engagement>(l => l.EngagementId);
        entity.BelongsTo<LiftedStep, Client>(l => l.ClientId);
    }
}

internal sealed class CalendarFeedMapping : IEntityTypeConfiguration<CalendarFeed>
{
    public void Configure(EntityTypeBuilder<CalendarFeed> entity)
    {
        entity.ToTable("calendar_feeds");
        entity.HasIndex(f => new { f.PracticeId, f.UserId }).IsUnique().HasFilter("revoked_at is null").HasDatabaseName("one_feed_a_person");
    }
}

internal sealed class WorkingHoursMapping : IEntityTypeConfiguration<WorkingHours>
{
    public void Configure(EntityTypeBuilder<WorkingHours> entity)
    {
        entity.ToTable("working_hours");
        entity.HasIndex(h => new { h.PracticeId, h.PsychologistId });
        entity.BelongsTo<WorkingHours, Room>(h => h.RoomId);
    }
}

internal sealed class HoursExceptionMapping : IEntityTypeConfiguration<HoursException>
{
    public void Configure(EntityTypeBuilder<HoursException> entity)
    {
        entity.ToTable("hours_exceptions");
        entity.HasIndex(x => new { x.PracticeId, x.PsychologistId, x.Last });
        entity.Property(x => x.Note).HasMaxLength(120);
        entity.BelongsTo<HoursException, Room>(x => x.RoomId);
    }
}

internal sealed class BookingRulesMapping : IEntityTypeConfiguration<BookingRules>
{
    public void Configure(EntityTypeBuilder<BookingRules> entity)
    {
        entity.ToTable("booking_rules");
        entity.HasIndex(r => new { r.PracticeId, r.PsychologistId }).IsUnique();
    }
}

internal sealed class SessionKindMapping : IEntityTypeConfiguration<SessionKind>
{
    public void Configure(EntityTypeBuilder<SessionKind> entity)
    {
        entity.ToTable("session_kinds");
        entity.Property(k => k.Price).HasPrecision(12, 2);
        entity.Property(k => k.Currency).HasMaxLength(3);
        entity.ComplexProperty(k => k.Name, name => name.ToJson());
        entity.Ignore(k => k.Length);
        entity.Ignore(k => k.Buffer);
        entity.Ignore(k => k.Places);
        entity.IsVersioned();
    }
}

internal sealed class RoomMapping : IEntityTypeConfiguration<Room>
{
    public void Configure(EntityTypeBuilder<Room> entity)
    {
        entity.ToTable("rooms");
        entity.Property(r => r.Name).HasMaxLength(60);
    }
}

internal sealed class RoomHoursMapping : IEntityTypeConfiguration<RoomHours>
{
    public void Configure(EntityTypeBuilder<RoomHours> entity)
    {
        entity.ToTable("room_hours");
        entity.HasIndex(h => new { h.PracticeId, h.RoomId });
        entity.BelongsTo<RoomHours, Room>(h => h.RoomId);
    }
}

internal sealed class ReminderRewriteMapping : IEntityTypeConfiguration<ReminderRewrite>
{
    public void Configure(EntityTypeBuilder<ReminderRewrite> entity)
    {
        entity.ToTable("reminder_rewrites");
        entity.HasIndex(r => new { r.PracticeId, r.AppointmentId }).IsUnique();
        entity.BelongsTo<ReminderRewrite, Appointment>(r => r.AppointmentId, DeleteBehavior.Cascade);
    }
}
