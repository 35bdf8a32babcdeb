using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PracticeApp.Bench;

/// <summary>
/// Writes the statements of a booking as a script for pgbench. What differs between two bookings of the same client is made anew
/// in each transaction: identifiers from <c>:nonce</c>, and the time of the slot from <c>:base</c> and <c>:i</c>, so that every
/// transaction books a slot of its own under the same constraints.
/// </summary>
internal static partial class PgbenchScript
{
    /// <param name="one">A booking of the slot at <paramref name="slotOfOne"/>, UTC.</param>
    /// <param name="other">Another of the same client.</param>
    /// <param name="minutes">Length of a slot.</param>
    public static string Write(Statements one, DateTime slotOfOne, Statements other, DateTime slotOfOther, int minutes)
    {
        static IEnumerable<string> Ids(Statements of) => of.All.SelectMany(s => s.Values).OfType<string>().SelectMany(v => Id().Matches(v).Select(m => m.Value));
        var stays = Ids(other).ToHashSet();
        var made = Ids(one).Where(id => !stays.Contains(id)).Distinct().Select((id, n) => (id, n)).ToDictionary(x => x.id, x => $"md5('{x.n}' || :nonce)::uuid");

        string Value(string? value, string? inOther)
        {
            if (value is null) return "null";
            if (made.TryGetValue(value, out var id)) return id;
            if (value.StartsWith('{') && value.Length > 2 && value[1..^1].Split(',').All(x => Id().Match(x).Length == x.Length))
                return $"array[{string.Join(",", value[1..^1].Split(',').Select(x => made.GetValueOrDefault(x, $"{Literal(x)}::uuid")))}]";
            if (value == inOther) return Literal(value);
            if (Instant(value) is { } at && Instant(inOther ?? "") is { } then && at - slotOfOne == then - slotOfOther)
                return string.Create(CultureInfo.InvariantCulture, $"(timestamptz '2030-01-01 00:00:00+00' + (:base::int + :client_id::int * 20000 + :i::int) * interval '{minutes} minutes' + interval '{(at - slotOfOne).TotalSeconds:0} seconds')");
            return Literal(value);
        }

        var script = new StringBuilder("\\set i :i + 1\n\\set nonce random(1, 9000000000000000000)\nbegin;\n");
        for (var s = 0; s < one.Count; s++)
        {
            var ((sql, values), others) = (one.All[s], other.All[s].Values);
            // What another transaction last wrote is not known beforehand; the row is found and locked all the same.
            sql = Version().Replace(sql, "$1 is not null");
            script.Append(Place().Replace(sql, m => Value(values[int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture) - 1], others[int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture) - 1])).TrimEnd(';', ' ', '\n')).Append(";\n");
        }
        return script.Append("commit;\n").ToString();
    }

    // A colon would begin a variable.
    private static string Literal(string value) =>
        $"E'{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal).Replace(":", "\\x3A", StringComparison.Ordinal)}'";

    private static DateTime? Instant(string value) => value.Length >= 19 && value[4] == '-' && value[10] == ' '
        && DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at.UtcDateTime : null;

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Id();

    [GeneratedRegex(@"\$(\d+)")]
    private static partial Regex Place();

    [GeneratedRegex(@"(\S*\bxmin) = \$\d+")]
    private static partial Regex Version();
}
