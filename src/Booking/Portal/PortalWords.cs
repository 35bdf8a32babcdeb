using Microsoft.Extensions.Localization;
using PracticeApp.Agreements;
using PracticeApp.Shared;

namespace PracticeApp.Booking;

/// <summary>An hour that could not be had, and the form that takes another one instead.</summary>
public sealed record RefusedView(BookingResult Result, DateTime Start, string Action, string Method = "post", string Name = "slot");

/// <summary>What the agreement asks before booking goes on online.</summary>
public sealed record AsksView(BookingAsks Asks, string Currency, string Psychologist);

/// <summary>Where the clause stands that a consequence rests on.</summary>
public static class ClauseLink
{
    public static string To(Guid agreementId, string? clause) => AgreementAccess.Address(agreementId, clause);
}

/// <summary>Where a kind of session takes place, in words.</summary>
public static class Where
{
    public static string Of(IStringLocalizer<Texts> t, SessionKind kind, string address) => (kind.InPerson && address.Length > 0, kind.Online) switch
    {
        (true, true) => t["Where.Both", address],
        (true, false) => address,
        (false, true) => t["Place.Online"],
        _ => t["Place.Room"],
    };

    public static string Of(IStringLocalizer<Texts> t, MeetingPlace place, string address) =>
        place == MeetingPlace.Online ? t["Place.Online"] : address.Length > 0 ? address : t["Place.Room"];
}

/// <summary>A price, or that there is none.</summary>
public static class PriceWords
{
    public static string Of(IStringLocalizer<Texts> t, decimal price, string currency) => price == 0 ? t["Price.Free"] : Words.Money(price, currency);
}

/// <summary>Whether reader and psychologist live by the same clock while these hours last.</summary>
public static class Zones
{
    public static DateTime Now(HttpContext http) => http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;

    public static bool Same(TimeZoneInfo reader, TimeZoneInfo psychologist, FreeDays free) =>
        free.Days.SelectMany(d => d.Slots).All(s => reader.GetUtcOffset(s.StartUtc) == psychologist.GetUtcOffset(s.StartUtc));
}

/// <summary>What cancelling costs and when, for the partial that says it.</summary>
public sealed record CancellingCostsView(CancellingCosts Costs, string Currency);

/// <summary>A clause to link to; none where nothing is signed.</summary>
public sealed record ClauseView(AgreedTerms Agreed, string? Clause);
