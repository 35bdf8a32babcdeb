using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PracticeApp.Agreements;

/// <summary>Everything the parties see and sign: who, when, the words, what they mean in practice, and the terms.</summary>
/// <param name="Version">Number of the agreement within its engagement.</param>
/// <param name="Clients">Names of the parties who sign beside the psychologist.</param>
/// <param name="SentAt">UTC; when the words and terms were frozen.</param>
public sealed record AgreementDocument(
    Guid AgreementId, int Version, string Language, string Practice, string Psychologist, ImmutableArray<string> Clients,
    DateTime SentAt, AgreementText Text, ImmutableArray<Meaning> Card, string TermsJson)
{
    /// <summary>Who signs for a minor, with their relation: "Selma Softić (mother)".</summary>
    public ImmutableArray<string> Guardians { get; init; } = [];

    /// <summary>Everybody who stands in it beside the psychologist.</summary>
    public string Parties => string.Join(", ", Clients.AddRange(Guardians));

    /// <summary>The machine-readable part; the JSON itself is what was signed, and stays as it was written.</summary>
    public Terms Terms => Terms.Parse(TermsJson);
}

/// <summary>
/// The one written form of an agreement. Its SHA-256 is what is signed, the page and the PDF are drawn from it, and it
/// travels inside the sealed PDF. Documented for anyone in docs/sealing.md; changing the form means a new form number.
/// </summary>
public static class CanonicalText
{
    private const string FirstLine = "Practice agreement, form 1";
    private const string Indent = "  ";

    /// <summary>UTF-8 without a mark, NFC, lines ended by LF. Headers stand at the margin, everything people wrote two spaces in.</summary>
    public static string Write(AgreementDocument document)
    {
        var text = new StringBuilder();
        text.Append(FirstLine).Append('\n');
        Header(text, "Agreement", document.AgreementId.ToString());
        Header(text, "Version", document.Version.ToString(CultureInfo.InvariantCulture));
        Header(text, "Language", document.Language);
        Header(text, "Practice", document.Practice);
        Header(text, "Psychologist", document.Psychologist);
        foreach (var client in document.Clients)
        {
            Header(text, "Client", client);
        }

        foreach (var guardian in document.Guardians)
        {
            Header(text, "Guardian", guardian);
        }

        Header(text, "Sent", Instant(document.SentAt));
        Section(text, "Title", document.Text.Title);
        Section(text, "Opening", document.Text.Opening);
        foreach (var clause in document.Text.Clauses)
        {
            Section(text, $"Clause {clause.Number} {clause.Kind}", $"{OneLine(clause.Heading)}\n{clause.Text}");
        }

        foreach (var term in document.Text.Responsibilities)
        {
            Section(text, $"Responsibility {term.Number} {term.Bearer}", term.Text);
        }

        foreach (var meaning in document.Card)
        {
            Section(text, $"In practice {meaning.Clause ?? "-"}", meaning.Text);
        }

        Section(text, "Terms", document.TermsJson);
        return text.ToString().Normalize(NormalizationForm.FormC);
    }

    /// <exception cref="FormatException">Not in this form, or not exactly as <see cref="Write"/> writes it.</exception>
    public static AgreementDocument Read(string canonical)
    {
        try
        {
            return ReadSections(canonical);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            throw new FormatException("This is not an agreement in form 1.", error);
        }
    }

    /// <summary>SHA-256 of the canonical text: 32 bytes.</summary>
    public static byte[] Hash(string canonical) => SHA256.HashData(Encoding.UTF8.GetBytes(canonical));

    /// <summary>A hash as people copy it: 64 lower-case hexadecimal digits.</summary>
    public static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);

    /// <summary>An instant to the microsecond, which is what the database keeps.</summary>
    internal static string Instant(DateTime utc) => utc.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);

    internal static string OneLine(string value) => value.ReplaceLineEndings(" ").Trim();

    private static AgreementDocument ReadSections(string canonical)
    {
        var parts = canonical.Split("\n\n" + "[");
        var headers = parts[0].Split('\n');
        if (headers[0] != FirstLine)
        {
            throw new FormatException("This is not an agreement in form 1.");
        }

        string One(string name) => headers.Skip(1).Single(h => h.StartsWith(name + ": ", StringComparison.Ordinal))[(name.Length + 2)..];
        var sections = parts.Skip(1).Select(ReadSection).ToList();
        string Of(string head) => sections.Single(s => s.Head == head).Body;
        IEnumerable<(string[] Words, string Body)> All(string head) => sections
            .Where(s => s.Head.StartsWith(head + " ", StringComparison.Ordinal))
            .Select(s => (s.Head[(head.Length + 1)..].Split(' '), s.Body));
        var document = new AgreementDocument(
            Guid.Parse(One("Agreement")),
            int.Parse(One("Version"), CultureInfo.InvariantCulture),
            One("Language"),
            One("Practice"),
            One("Psychologist"),
            [.. headers.Where(h => h.StartsWith("Client: ", StringComparison.Ordinal)).Select(h => h["Client: ".Length..])],
            DateTime.Parse(One("Sent"), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal),
            new AgreementText(Of("Title"), Of("Opening"), [.. All("Clause").Select(ReadClause)],
                [.. All("Responsibility").Select(r => new ResponsibilityTerm(Number(r.Words[0]), Enum.Parse<Bearer>(r.Words[1]), r.Body))]),
            [.. All("In practice").Select(m => new Meaning(m.Words[0] == "-" ? null : m.Words[0], m.Body))],
            Of("Terms"))
        {
            Guardians = [.. headers.Where(h => h.StartsWith("Guardian: ", StringComparison.Ordinal)).Select(h => h["Guardian: ".Length..])],
        };
        return Write(document) == canonical ? document : throw new FormatException("The agreement is not written as form 1 asks.");
    }

    private static void Header(StringBuilder text, string name, string value) =>
        text.Append(name).Append(": ").Append(OneLine(value)).Append('\n');

    private static void Section(StringBuilder text, string head, string body)
    {
        text.Append("\n[").Append(head).Append("]\n");
        foreach (var line in body.Trim('\n').ReplaceLineEndings("\n").Split('\n'))
        {
            text.Append(line.Length == 0 ? "" : Indent).Append(line).Append('\n');
        }
    }

    private static (string Head, string Body) ReadSection(string section)
    {
        var end = section.IndexOf("]\n", StringComparison.Ordinal);
        var lines = section[(end + 2)..].TrimEnd('\n').Split('\n');
        return (section[..end], string.Join('\n', lines.Select(l => l.Length == 0 ? l : l[Indent.Length..])));
    }

    private static Clause ReadClause((string[] Words, string Body) section)
    {
        var body = section.Body.Split('\n', 2);
        return new Clause(Number(section.Words[0]), Enum.Parse<ClauseKind>(section.Words[1]), body[0], body.ElementAtOrDefault(1) ?? "");
    }

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);
}
