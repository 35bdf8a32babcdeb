using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PracticeApp.Booking;
using PracticeApp.Clients;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Practices;

namespace PracticeApp.Enquiries;

internal sealed class EnquiryMapping : IEntityTypeConfiguration<Enquiry>
{
    public void Configure(EntityTypeBuilder<Enquiry> entity)
    {
        entity.ToTable("enquiries");
        entity.ComplexProperty(e => e.Contact, contact => contact.ToJson());
        entity.HasIndex(e => new { e.PracticeId, e.State, e.ReceivedAt });
        entity.HasIndex(e => new { e.PracticeId, e.FormToken }).IsUnique();
        entity.Ignore(e => e.IsOpen);
        entity.Property(e => e.CalledName).HasMaxLength(120);
        entity.Property(e => e.Email).HasMaxLength(254);
        entity.Property(e => e.Phone).HasMaxLength(40);
        entity.HasMany(e => e.Acts).WithOne().HasForeignKey(a => new { a.PracticeId, a.EnquiryId }).OnDelete(DeleteBehavior.Restrict);
        entity.Navigation(e => e.Acts).HasField("_acts").UsePropertyAccessMode(PropertyAccessMode.Field);
        entity.BelongsTo<Enquiry, DataKeyRow>(e => e.KeyId);
        entity.BelongsTo<Enquiry, Client>(e => e.ClientId);
        entity.IsVersioned();
    }
}

internal sealed class TalkHoldMapping : IEntityTypeConfiguration<TalkHold>
{
    public void Configure(EntityTypeBuilder<TalkHold> entity)
    {
        entity.ToTable("talk_holds");
        entity.HasIndex(h => new { h.PracticeId, h.HeldUntil });
        entity.Property(h => h.HeldFrom).HasMaxLength(64);
        entity.BelongsTo<TalkHold, Room>(h => h.RoomId);
    }
}

internal sealed class TalkWishMapping : IEntityTypeConfiguration<TalkWish>
{
    public void Configure(EntityTypeBuilder<TalkWish> entity)
    {
        entity.ToTable("talk_wishes");
        entity.ComplexProperty(w => w.Contact, contact => contact.ToJson());
        entity.Property(w => w.CalledName).HasMaxLength(120);
        entity.Property(w => w.Email).HasMaxLength(254);
        entity.Property(w => w.Phone).HasMaxLength(40);
        entity.HasIndex(w => new { w.PracticeId, w.FormToken }).IsUnique();
        entity.HasIndex(w => new { w.PracticeId, w.Email });
        entity.BelongsTo<TalkWish, TalkHold>(w => w.HoldId);
        entity.BelongsTo<TalkWish, SessionKind>(w => w.KindId);
        entity.BelongsTo<TalkWish, DataKeyRow>(w => w.KeyId);
        entity.BelongsTo<TalkWish, Enquiry>(w => w.EnquiryId);
        entity.BelongsTo<TalkWish, Client>(w => w.ClientId);
        entity.BelongsTo<TalkWish, Appointment>(w => w.AppointmentId);
    }
}

internal sealed class TalkQuestionMapping : IEntityTypeConfiguration<TalkQuestion>
{
    public void Configure(EntityTypeBuilder<TalkQuestion> entity)
    {
        entity.ToTable("talk_questions");
        entity.ComplexProperty(q => q.Text, name => name.ToJson());
        entity.ComplexProperty(q => q.Why, name => name.ToJson());
        entity.ComplexProperty(q => q.Choices, name => name.ToJson());
        entity.IsVersioned();
    }
}

internal sealed class TalkAnswersMapping : IEntityTypeConfiguration<TalkAnswers>
{
    public void Configure(EntityTypeBuilder<TalkAnswers> entity)
    {
        entity.ToTable("talk_answers");
        entity.HasIndex(a => new { a.PracticeId, a.FormToken }).IsUnique();
        entity.HasIndex(a => new { a.PracticeId, a.AppointmentId, a.AnsweredAt });
        entity.BelongsTo<TalkAnswers, Engagement>(a => a.EngagementId);
        entity.BelongsTo<TalkAnswers, Client>(a => a.ClientId);
        entity.BelongsTo<TalkAnswers, Appointment>(a => a.AppointmentId);
        entity.BelongsTo<TalkAnswers, DataKeyRow>(a => a.KeyId);
    }
}

internal sealed class EnquiryActMapping : IEntityTypeConfiguration<EnquiryAct>
{
    public void Configure(EntityTypeBuilder<EnquiryAct> entity)
    {
        entity.ToTable("enquiry_acts");
        entity.HasIndex(a => new { a.PracticeId, a.EnquiryId, a.At });
    }
}

internal sealed class EnquiryLetterMapping : IEntityTypeConfiguration<EnquiryLetter>
{
    public void Configure(EntityTypeBuilder<EnquiryLetter> entity)
    {
        entity.ToTable("enquiry_letters");
        entity.BelongsTo<EnquiryLetter, Enquiry>(l => l.EnquiryId);
        entity.BelongsTo<EnquiryLetter, ReferralContact>(l => l.ReferralContactId);
    }
}
