using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PracticeApp.Booking;
using PracticeApp.Clients;
using PracticeApp.Platform;

namespace PracticeApp.Reminders;

internal sealed class NoticeMapping : IEntityTypeConfiguration<Notice>
{
    public void Configure(EntityTypeBuilder<Notice> entity)
    {
        entity.ToTable("notices");
        entity.Property(n => n.Kind).HasMaxLength(60);
        entity.Property(n => n.Recipient).HasMaxLength(254);
        entity.Property(n => n.Data).HasColumnType("jsonb").HasConversion(
            data => JsonSerializer.Serialize(data, JsonSerializerOptions.Default),
            json => JsonSerializer.Deserialize<Dictionary<string, string>>(json, JsonSerializerOptions.Default)!,
            new ValueComparer<Dictionary<string, string>>(
                (a, b) => a!.Count == b!.Count && !a.Except(b).Any(),
                d => d.Count,
                d => new Dictionary<string, string>(d)));
        entity.HasIndex(n => new { n.PracticeId, n.Channel, n.DueAt }).HasFilter("state = 'Due'").HasDatabaseName("notices_due");
        entity.HasIndex(n => new { n.PracticeId, n.State, n.DueAt });
        entity.HasIndex(n => new { n.PracticeId, n.AppointmentId, n.Kind, n.OffsetMinutes, n.AppointmentAt, n.Channel, n.Recipient, n.ClientId }).IsUnique().AreNullsDistinct(false)
            .HasFilter("appointment_id is not null and state <> 'Withdrawn'").HasDatabaseName("one_notice_of_a_kind");
        entity.BelongsTo<Notice, Client>(n => n.ClientId);
        entity.BelongsTo<Notice, Appointment>(n => n.AppointmentId);
        entity.IsVersioned();
    }
}

internal sealed class NoticeWordingMapping : IEntityTypeConfiguration<NoticeWording>
{
    public void Configure(EntityTypeBuilder<NoticeWording> entity)
    {
        entity.ToTable("notice_wordings");
        entity.Property(w => w.Kind).HasMaxLength(60);
        entity.Property(w => w.Language).HasMaxLength(2);
        entity.Property(w => w.Subject).HasMaxLength(NoticeWording.LongestSubject);
        entity.Property(w => w.Body).HasMaxLength(NoticeWording.LongestBody);
        entity.HasIndex(w => new { w.PracticeId, w.Kind, w.Language, w.Channel }).IsUnique();
        entity.IsVersioned();
    }
}
