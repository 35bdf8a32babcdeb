using System.Globalization;
using System.Resources;
using Microsoft.AspNetCore.Html;
using PracticeApp.Shared;

namespace PracticeApp.Agreements;

/// <summary>Says in words what extra work or contact costs, by which clause, and how that is reckoned.</summary>
public static class ExtraWorkWords
{
    private static readonly ResourceManager Texts = new("PracticeApp.src.Agreements.AssessmentTexts", typeof(ExtraWorkWords).Assembly);
    private static readonly ResourceManager Terms = new("PracticeApp.src.Agreements.TermsTexts", typeof(ExtraWorkWords).Assembly);

    /// <summary>"€60 (clause 14, version 1): letter, 1 × €60."</summary>
    public static string Record(ExtraCost cost, int version, CultureInfo culture) => Text("extra-record", culture)
        .Replace("{charge}", Money(cost.Total, cost, culture), StringComparison.Ordinal)
        .Replace("{clause}", AssessmentWords.Clause(cost.Clause, version, culture), StringComparison.Ordinal)
        .Replace("{how}", Reckoning(cost, culture), StringComparison.Ordinal);

    /// <summary>The same with its clause as a link to it.</summary>
    public static IHtmlContent Linked(ExtraCost cost, Guid agreementId, int version, CultureInfo culture) =>
        AssessmentWords.Linked(Record(cost, version, culture), AssessmentWords.Clause(cost.Clause, version, culture), agreementId, cost.Clause);

    /// <summary>"letter, 2 × €60"; "45 min of contact in this week, 15 min of them included: 2 × €10 for every quarter of an hour begun".</summary>
    public static string Reckoning(ExtraCost cost, CultureInfo culture) =>
        Text(cost.IsContact ? cost.Total == 0 ? "extra-contact-free" : "extra-contact" : cost.Per switch
        {
            PricedPer.Started15Minutes => "extra-quarters",
            PricedPer.Hour => "extra-hours",
            _ => "extra-pieces",
        }, culture)
        .Replace("{count}", cost.Units.ToString("0.##", culture), StringComparison.Ordinal)
        .Replace("{minutes}", Minutes(cost.Amount, culture), StringComparison.Ordinal)
        .Replace("{included}", Minutes(cost.Included, culture), StringComparison.Ordinal)
        .Replace("{price}", Money(cost.Price, cost, culture), StringComparison.Ordinal)
        .Replace("{work}", Name(cost.Key, cost.Label, culture), StringComparison.Ordinal);

    /// <summary>What it is: the practice's own words where it has some.</summary>
    public static string Name(string key, string? label, CultureInfo culture) =>
        label ?? (key == ExtraWorkCost.Contact ? Text("extra-contact-name", culture) : Terms.GetString("Extra-" + key, culture) ?? key);

    /// <summary>"€60 each", "€20 for every quarter of an hour begun".</summary>
    public static string Price(decimal price, PricedPer per, string currency, CultureInfo culture) =>
        Text($"extra-price-{per}", culture).Replace("{price}", Currencies.Format(price, currency, culture), StringComparison.Ordinal);

    private static string Minutes(int minutes, CultureInfo culture) => string.Format(culture, Text("minutes", culture), minutes);

    private static string Money(decimal amount, ExtraCost cost, CultureInfo culture) => Currencies.Format(amount, cost.Currency, culture);

    private static string Text(string key, CultureInfo culture) => Texts.GetString(key, culture) ?? throw new MissingManifestResourceException($"No text '{key}'.");
}
