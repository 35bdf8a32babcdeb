using System.Globalization;

namespace PracticeApp.Shared;

/// <summary>ISO 4217 currencies: decimals, rounding, writing.</summary>
public static class Currencies
{
    private static readonly HashSet<string> WithoutDecimals =
        ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"];
    private static readonly HashSet<string> WithThree = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

    /// <summary>80 KM, 80,50 €, €80 in English: as the reader writes it, without decimals where there are none.</summary>
    /// <param name="exact">Keeps the cents of round sums, as invoices do.</param>
    public static string Format(decimal amount, string currency, CultureInfo culture, bool exact = false)
    {
        var decimals = amount == decimal.Truncate(amount) && !exact ? 0 : Decimals(currency);
        var number = amount.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), culture);
        var (symbol, first) = currency switch
        {
            "GBP" => ("£", true),
            "USD" => ("$", true),
            "EUR" => ("€", culture.TwoLetterISOLanguageName == "en"),
            "BAM" => ("KM", false),
            "RUB" => ("₽", false),
            _ => (currency, false),
        };
        return first ? symbol + number : number + "\u00a0" + symbol;
    }

    public static int Decimals(string currency) =>
        WithoutDecimals.Contains(currency) ? 0 : WithThree.Contains(currency) ? 3 : 2;

    public static decimal RoundDown(decimal amount, string currency) =>
        Math.Round(amount, Decimals(currency), MidpointRounding.ToZero);

    public static decimal RoundUp(decimal amount, string currency) =>
        Math.Round(amount, Decimals(currency), MidpointRounding.ToPositiveInfinity);
}
