using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PracticeApp.Clients;
using PracticeApp.Engagements;
using PracticeApp.Platform;

namespace PracticeApp.Booking;

internal sealed class WaitlistWishMapping : IEntityTypeConfiguration<WaitlistWish>
{
    public void Configure(EntityTypeBuilder<WaitlistWish> entity)
    {
        entity.ToTable("waitlist_wishes");
        entity.HasIndex(w => new { w.PracticeId, w.ClientId }).IsUnique().HasFilter("ended_at is null").HasDatabaseName("one_wish_a_client");
        entity.BelongsTo<WaitlistWish, Client>(w => w.ClientId);
        entity.Ignore(w => w.WeekTimes);
        entity.IsVersioned();
    }
}

internal sealed class SlotOfferMapping : IEntityTypeConfiguration<SlotOffer>
{
    public void Configure(EntityTypeBuilder<SlotOffer> entity)
    {
        entity.ToTable("slot_offers");
        entity.HasIndex(o => new { o.PracticeId, o.PsychologistId, o.StartsAt, o.ClientId }).IsUnique().HasDatabaseName("one_offer_of_a_slot_to_a_client");
        // Places of one date in a group are several.
        entity.HasIndex(o => new { o.PracticeId, o.PsychologistId, o.StartsAt, o.Seat }).IsUnique().AreNullsDistinct(false).HasFilter("state = 'Open'").HasDatabaseName("one_open_offer_a_slot");
        entity.HasIndex(o => new { o.PracticeId, o.ClientId }).IsUnique().HasFilter("state = 'Open'").HasDatabaseName("one_open_offer_a_client");
        entity.HasIndex(o => new { o.PracticeId, o.AppointmentId }).IsUnique();
        entity.BelongsTo<SlotOffer, WaitlistWish>(o => o.WishId);
        entity.BelongsTo<SlotOffer, Client>(o => o.ClientId);
        entity.BelongsTo<SlotOffer, Engagement>(o => o.EngagementId);
        entity.BelongsTo<SlotOffer, Appointment>(o => o.AppointmentId);
        entity.IsVersioned();
    }
}

internal sealed class FreedTimeMapping : IEntityTypeConfiguration<FreedTime>
{
    public void Configure(EntityTypeBuilder<FreedTime> entity)
    {
        entity.ToTable("freed_times");
        entity.HasIndex(f => new { f.PracticeId, f.SourceId }).IsUnique().HasDatabaseName("time_is_freed_once");
        entity.HasIndex(f => new { f.PracticeId, f.PsychologistId, f.CheckAt });
    }
}
