using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PracticeApp.Clients;
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
