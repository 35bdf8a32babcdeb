using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PracticeApp.Booking;
using PracticeApp.Clients;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Requests;

namespace PracticeApp.Sessions;

internal sealed class ProtocolMapping : IEntityTypeConfiguration<Protocol>
{
    public void Configure(EntityTypeBuilder<Protocol> entity)
    {
        entity.ToTable("protocols");
        entity.Ignore(p => p.ContentPlace).Ignore(p => p.IsSigned).Ignore(p => p.Headings);
        entity.Property(p => p.Format).HasMaxLength(40);
        entity.HasIndex(p => new { p.PracticeId, p.AppointmentId }).IsUnique();
        entity.HasIndex(p => new { p.PracticeId, p.AuthorId, p.SignedAt });
        entity.HasIndex(p => new { p.PracticeId, p.EngagementId });
        entity.BelongsTo<Protocol, Appointment>(p => p.AppointmentId);
        entity.BelongsTo<Protocol, Engagement>(p => p.EngagementId);
        entity.BelongsTo<Protocol, ClientRequest>(p => p.RequestId);
        entity.BelongsTo<Protocol, DataKeyRow>(p => p.KeyId);
        entity.IsVersioned();
    }
}

internal sealed class AddendumMapping : IEntityTypeConfiguration<Addendum>
{
    public void Configure(EntityTypeBuilder<Addendum> entity)
    {
        entity.ToTable("addenda");
        entity.Ignore(a => a.TextPlace);
        entity.HasIndex(a => new { a.PracticeId, a.ProtocolId, a.SignedAt });
        entity.HasIndex(a => new { a.PracticeId, a.FormToken }).IsUnique();
        entity.BelongsTo<Addendum, Protocol>(a => a.ProtocolId);
        entity.BelongsTo<Addendum, DataKeyRow>(a => a.KeyId);
    }
}

internal sealed class ProcessNoteMapping : IEntityTypeConfiguration<ProcessNote>
{
    public void Configure(EntityTypeBuilder<ProcessNote> entity)
    {
        entity.ToTable("process_notes");
        entity.Ignore(n => n.TextPlace);
        entity.HasIndex(n => new { n.PracticeId, n.AppointmentId, n.AuthorId }).IsUnique();
        entity.BelongsTo<ProcessNote, Appointment>(n => n.AppointmentId);
        entity.BelongsTo<ProcessNote, Engagement>(n => n.EngagementId);
        entity.BelongsTo<ProcessNote, DataKeyRow>(n => n.KeyId);
    }
}

internal sealed class ClientWordsMapping : IEntityTypeConfiguration<ClientWords>
{
    public void Configure(EntityTypeBuilder<ClientWords> entity)
    {
        entity.ToTable("client_words");
        entity.HasIndex(w => new { w.PracticeId, w.EngagementId, w.ClientId }).IsUnique();
        entity.BelongsTo<ClientWords, Engagement>(w => w.EngagementId);
        entity.BelongsTo<ClientWords, Client>(w => w.ClientId);
        entity.BelongsTo<ClientWords, DataKeyRow>(w => w.KeyId);
        entity.IsVersioned();
    }
}
