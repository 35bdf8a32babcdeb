using PracticeApp.Clients;
using PracticeApp.Platform;
using PracticeApp.Reminders;

namespace PracticeApp.Booking;

/// <summary>Tells a client of a time that is kept for them: when it is and until when, nothing else.</summary>
public sealed class TellOfOffer(PracticeDb db)
{
    public const string Kind = "booking.offer", LinkPurpose = "offer";

    public void Write(SlotOffer offer, Appointment kept, Client client, Channel by, DateTime now)
    {
        var culture = Languages.Culture(client.Language);
        var notice = new Notice(offer.PracticeId, Kind, by, by == Channel.Mail ? client.Email! : client.Phone!, client.Language, now, now)
            .To(client.Id).About(kept.Id, 0, kept.StartsAt)
            .With("name", client.CalledName)
            .With("when", LocalMoment.Of(kept.StartsAt, client.Zone, culture))
            .With("until", LocalMoment.Of(offer.ExpiresAt, client.Zone, culture));
        if (client.Contact.SenderName is { Length: > 0 } sender) notice.With("sender", sender);
        // Longer than the offer stands: whoever comes late is told so kindly.
        NoticeLinks.Put(notice, "/w", LinkPurpose, offer.Id, kept.EndsAt);
        db.Notices.Add(notice);
    }
}
