using System.Text.RegularExpressions;

namespace PracticeApp.Platform;

/// <summary>
/// Reads a script written for <c>psql</c>, so that one file serves an administrator's terminal and the app. Understood:
/// variables (<c>:'text'</c>, <c>:"name"</c>), <c>\gexec</c>, <c>\connect</c>; statements end with a line's end.
/// </summary>
static partial class PsqlScript
{
    internal enum Act { Execute, ExecuteRows, Connect }

    internal readonly record struct Part(Act Kind, string Text);

    internal static string Embedded(string file)
    {
        using var stream = typeof(PsqlScript).Assembly.GetManifestResourceStream("migrations/" + file)
            ?? throw new InvalidOperationException($"migrations/{file} is not part of the app.");
        return new StreamReader(stream).ReadToEnd();
    }

    internal static IEnumerable<Part> Parts(string script, IReadOnlyDictionary<string, string> variables)
    {
        var statement = new List<string>();
        foreach (var line in script.Split('\n').Select(l => l.TrimEnd()))
        {
            if (line.Length == 0 || line.StartsWith("--", StringComparison.Ordinal) || line.StartsWith("\\set ", StringComparison.Ordinal)) continue;
            if (line.StartsWith("\\connect ", StringComparison.Ordinal))
            {
                yield return new(Act.Connect, Variable().Replace(line["\\connect ".Length..], m => variables[m.Groups["name"].Value]));
                continue;
            }
            statement.Add(line);
            if (!line.EndsWith(';') && !line.EndsWith("\\gexec", StringComparison.Ordinal)) continue;
            var text = Variable().Replace(string.Join('\n', statement), m => Quoted(variables[m.Groups["name"].Value], m.Groups["quote"].Value));
            statement.Clear();
            yield return text.EndsWith("\\gexec", StringComparison.Ordinal)
                ? new(Act.ExecuteRows, text[..^"\\gexec".Length])
                : new(Act.Execute, text);
        }
    }

    static string Quoted(string value, string quote)
    {
        if (value.Contains('\\', StringComparison.Ordinal)) throw new ArgumentException("A script's value has no backslash.", nameof(value));
        return quote + value.Replace(quote, quote + quote, StringComparison.Ordinal) + quote;
    }

    [GeneratedRegex("""(?<!:):(?<quote>['"])(?<name>\w+)\k<quote>""")]
    private static partial Regex Variable();
}
