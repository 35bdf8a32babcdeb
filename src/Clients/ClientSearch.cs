namespace PracticeApp.Clients;

#pragma warning disable CA1309 // the database compares, by the columns' collation

/// <summary>Finds people by what a caller says: the beginning of a name, either way round, or the end of a phone number.</summary>
public static class ClientSearch
{
    private const int FewestDigits = 4, DecisiveDigits = 8;

    /// <param name="typed">Four digits or more and no letter are a phone number; anything else a name. Blank finds nobody.</param>
    public static IQueryable<Client> FindBy(this IQueryable<Client> clients, string? typed)
    {
        typed = typed?.Trim() ?? "";
        var digits = typed.Count(char.IsAsciiDigit);
        return digits >= FewestDigits && !typed.Any(char.IsLetter) ? ByPhone(clients, typed) : ByName(clients, typed);
    }

    private static IQueryable<Client> ByPhone(IQueryable<Client> clients, string typed)
    {
        // A leading zero or a country code is the caller's way of saying it; the last eight digits decide.
        var number = Client.FromEnd(typed).TrimEnd('0');
        var from = number.Length > DecisiveDigits ? number[..DecisiveDigits] : number;
        var to = End(from);
        return clients.Where(c => c.PhoneFromEnd != null && string.Compare(c.PhoneFromEnd, from) >= 0 && string.Compare(c.PhoneFromEnd, to) < 0);
    }

    private static IQueryable<Client> ByName(IQueryable<Client> clients, string typed)
    {
        var from = Client.SearchName(typed);
        if (from.Length == 0) return clients.Where(c => false);
        var to = End(from);
        return clients.Where(c =>
            (string.Compare(c.NormalizedName, from) >= 0 && string.Compare(c.NormalizedName, to) < 0)
            || (string.Compare(c.NormalizedTurned, from) >= 0 && string.Compare(c.NormalizedTurned, to) < 0)
            || (string.Compare(c.NormalizedCalled, from) >= 0 && string.Compare(c.NormalizedCalled, to) < 0));
    }

    /// <summary>Those who stand behind this one in a list by name.</summary>
    public static IQueryable<Client> After(this IQueryable<Client> clients, string name, Guid id) =>
        clients.Where(c => string.Compare(c.NormalizedName, name) > 0 || (c.NormalizedName == name && c.Id.CompareTo(id) > 0));

    // The last code point there is: above everything that begins like this.
    private static string End(string prefix) => prefix + "\U0010FFFF";
}
