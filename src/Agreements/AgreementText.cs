using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace PracticeApp.Agreements;

/// <summary>What a clause is about. A template may leave kinds out, repeat them, and add <see cref="Other"/>.</summary>
public enum ClauseKind
{
    Services, Place, Fee, Prepayment, Cancelling, Absence, Lateness, Contact, Confidentiality, Limits, Records, Recording,
    ForceMajeure, Changes, Ending, Emergency, Other,
}

/// <summary>Who carries a responsibility term.</summary>
public enum Bearer { Psychologist, Client, Both }

/// <summary>One numbered provision; its text is Markdown without HTML (see <see cref="ClauseMarkdown"/>).</summary>
public sealed record Clause(int Number, ClauseKind Kind, string Heading, string Text);

/// <summary>One promise in one sentence, initialled by whoever bears it.</summary>
public sealed record ResponsibilityTerm(int Number, Bearer Bearer, string Text);

/// <summary>
/// The words of an agreement: of a template, with placeholders in them, or of one agreement, filled in.
/// </summary>
public sealed partial record AgreementText(
    string Title, string Opening, ImmutableArray<Clause> Clauses, ImmutableArray<ResponsibilityTerm> Responsibilities)
{
    private const string PromisesHeading = "promises";

    /// <summary>The template a new practice starts with, in one of the product's languages; complete in each.</summary>
    public static AgreementText DefaultTemplate(string language) => Parse(DefaultMarkdown(language));

    /// <summary>The same as the file it stands in.</summary>
    public static string DefaultMarkdown(string language)
    {
        using var file = typeof(AgreementText).Assembly.GetManifestResourceStream($"templates/{language}.md")
            ?? throw new ArgumentException($"There is no template in '{language}'.", nameof(language));
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }

    /// <summary>
    /// Reads a template from Markdown: <c># title</c>, opening, <c>## kind: heading</c> with its text for each clause,
    /// and last <c>## promises</c> with a list of <c>- bearer: sentence</c>.
    /// </summary>
    /// <exception cref="FormatException">A line that is none of these, or a kind or bearer that does not exist.</exception>
    public static AgreementText Parse(string markdown)
    {
        var sections = markdown.ReplaceLineEndings("\n").Trim().Split("\n## ");
        var opening = sections[0].Split('\n', 2);
        if (!$"{opening[0]} ".StartsWith("# ", StringComparison.Ordinal))
        {
            throw new FormatException("A template begins with '# ' and its title.");
        }

        var clauses = ImmutableArray.CreateBuilder<Clause>();
        var promises = ImmutableArray<ResponsibilityTerm>.Empty;
        foreach (var section in sections.Skip(1))
        {
            var (head, text) = Halves(section, '\n');
            if (head == PromisesHeading)
            {
                promises = [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(ParsePromise)];
                continue;
            }

            var (kind, heading) = Halves(head, ':');
            clauses.Add(new Clause(clauses.Count + 1, Word<ClauseKind>(kind), heading, Unmarked().Replace(text, "")));
        }

        return new AgreementText(opening[0][1..].Trim(), Unmarked().Replace(opening.ElementAtOrDefault(1)?.Trim() ?? "", ""), clauses.ToImmutable(), promises);
    }

    /// <summary>
    /// The form that <see cref="Parse"/> reads. A line of text that begins like a clause is marked with a backslash, which
    /// reading takes away again.
    /// </summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder("# " + OneLine(Title) + '\n');
        void Add(string part)
        {
            if (part.Length > 0) text.Append('\n').Append(LikeAClause().Replace(part, @"\$0")).Append('\n');
        }

        Add(Lines(Opening));
        foreach (var clause in Clauses)
        {
            text.Append("\n## " + clause.Kind.ToString().ToLowerInvariant() + ": " + OneLine(clause.Heading) + '\n');
            Add(Lines(clause.Text));
        }

        if (Responsibilities.Length > 0) text.Append("\n## " + PromisesHeading + "\n\n");
        foreach (var promise in Responsibilities)
        {
            text.Append("- " + promise.Bearer.ToString().ToLowerInvariant() + ": " + OneLine(promise.Text) + '\n');
        }

        return text.ToString();
    }

    /// <summary>These words in the structure of <paramref name="other"/>, a text in another language of the same template.</summary>
    /// <param name="clauses">For each clause of it the number that it has here; null where it is new.</param>
    /// <param name="promises">The same for the promises.</param>
    public AgreementText Following(AgreementText other, IReadOnlyList<int?> clauses, IReadOnlyList<int?> promises) => this with
    {
        Clauses = [.. other.Clauses.Select((c, i) => clauses[i] is { } number && Clauses[number - 1] is var old
            ? c with { Heading = old.Heading, Text = old.Text } : c with { Heading = "", Text = "" })],
        Responsibilities = [.. other.Responsibilities.Select((r, i) => r with { Text = promises[i] is { } number ? Responsibilities[number - 1].Text : "" })],
    };

    /// <summary>For each clause the number of its counterpart in another text: the n-th of a kind for the n-th of that kind, null where that has fewer.</summary>
    public IReadOnlyList<int?> OriginsIn(AgreementText before)
    {
        var left = before.Clauses.GroupBy(c => c.Kind).ToDictionary(g => g.Key, g => new Queue<int>(g.Select(c => c.Number)));
        return [.. Clauses.Select(c => left.TryGetValue(c.Kind, out var queue) && queue.TryDequeue(out var number) ? number : (int?)null)];
    }

    public static string OneLine(string? text) => Blanks().Replace(text ?? "", " ").Trim();

    public static string Lines(string? text) => (text ?? "").ReplaceLineEndings("\n").Trim();

    /// <summary>The number under which the text has a kind of clause; null where it has none.</summary>
    public int? NumberOf(ClauseKind kind) => Clauses.FirstOrDefault(c => c.Kind == kind)?.Number;

    /// <summary>The responsibility terms a client initials: their own and those both bear.</summary>
    public IEnumerable<ResponsibilityTerm> InitialledByClient => Responsibilities.Where(r => r.Bearer != Bearer.Psychologist);

    /// <summary>The same for the psychologist.</summary>
    public IEnumerable<ResponsibilityTerm> InitialledByPsychologist => Responsibilities.Where(r => r.Bearer != Bearer.Client);

    /// <summary>The same words with every text changed in the same way.</summary>
    public AgreementText Map(Func<string, string> change) => new(
        change(Title),
        change(Opening),
        [.. Clauses.Select(c => c with { Heading = change(c.Heading), Text = change(c.Text) })],
        [.. Responsibilities.Select(r => r with { Text = change(r.Text) })]);

    private static ResponsibilityTerm ParsePromise(string line, int index)
    {
        if (!line.StartsWith("- ", StringComparison.Ordinal))
        {
            throw new FormatException($"A promise begins with '- ': {line}");
        }

        var (bearer, sentence) = Halves(line[2..], ':');
        return new ResponsibilityTerm(index + 1, Word<Bearer>(bearer), sentence);
    }

    private static (string First, string Second) Halves(string text, char separator)
    {
        var parts = text.Split(separator, 2);
        return (parts[0].Trim(), parts.ElementAtOrDefault(1)?.Trim() ?? "");
    }

    [GeneratedRegex(@"^\\*## ", RegexOptions.Multiline)]
    private static partial Regex LikeAClause();

    [GeneratedRegex(@"^\\(?=\\*## )", RegexOptions.Multiline)]
    private static partial Regex Unmarked();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    private static T Word<T>(string word) where T : struct, Enum =>
        Enum.TryParse<T>(word, ignoreCase: true, out var value) && Enum.IsDefined(value)
            ? value
            : throw new FormatException($"'{word}' is no {typeof(T).Name}.");
}
