using System.Globalization;
using PracticeApp.Agreements;
using PracticeApp.Shared;

namespace PracticeApp.Money;

/// <summary>Amounts as people type them.</summary>
public static class Amounts
{
    public const decimal Highest = 100_000m;

    /// <summary>
    /// "80", "80.50", "80,5", "1 250,00": a comma or point with at most as many digits behind it as the currency has cents
    /// is the decimal mark in every language; anything that could mean two things is refused. Positive, at most
    /// <see cref="Highest"/>.
    /// </summary>
    public static bool TryRead(string? typed, string currency, out decimal amount)
    {
        amount = 0;
        var text = string.Concat((typed ?? "").Where(c => !char.IsWhiteSpace(c)));
        if (text.Length is 0 or > 12 || text.Any(c => !char.IsAsciiDigit(c) && c is not ('.' or ','))) return false;
        var marks = text.Count(c => c is '.' or ',');
        if (marks > 1) return false;
        var cents = marks == 0 ? 0 : text.Length - text.IndexOfAny(['.', ',']) - 1;
        if (marks == 1 && (cents == 0 || cents > Currencies.Decimals(currency) || cents == text.Length - 1)) return false;
        return decimal.TryParse(text.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount)
            && amount is > 0 and <= Highest;
    }
}
