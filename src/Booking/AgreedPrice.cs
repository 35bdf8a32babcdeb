using PracticeApp.Agreements;

namespace PracticeApp.Booking;

/// <summary>What a session costs by what was signed.</summary>
public static class AgreedPrice
{
    public static decimal Of(SessionKind kind, MeetingPlace place, AgreedTerms agreed)
    {
        if (kind.Price == 0 || !agreed.IsSigned || agreed.Terms.Currency != kind.Currency) return kind.Price;
        var id = kind.Id.ToString();
        var terms = agreed.Terms.For(id, place == MeetingPlace.Online ? SessionPlace.Online : SessionPlace.InPerson);
        return terms.Session.Minutes == kind.Minutes || agreed.Terms.Overrides.Any(o => o.Kind == id && o.Fee is not null) ? terms.Fee.Amount : kind.Price;
    }
}
