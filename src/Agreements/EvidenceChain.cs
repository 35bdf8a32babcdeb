using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PracticeApp.Agreements;

public enum ActKind { Sent, Viewed, Initialled, Signed, Declined, Withdrawn, Countersigned, Superseded, Ended, Expired, Assented, SignedOnPaper }

/// <summary>Initials set to one responsibility term.</summary>
public readonly record struct Initials(int Term, string Letters);

/// <summary>Who acted and from where, as the server saw it.</summary>
/// <param name="Name">Name of the person, or of the system for what happens by itself.</param>
/// <param name="Account">Their account; empty for the system.</param>
/// <param name="SignIn">How the account was signed in, a comma, and since when.</param>
/// <param name="Relation">What a guardian is to the minor.</param>
public sealed record Witnessed(string Party, string Name, Guid Account, string SignIn, string Address, string Browser, string? Relation = null)
{
    /// <summary>What happens by itself.</summary>
    public static Witnessed System(string practice) => new("system", practice, Guid.Empty, "", "", "");
}

/// <summary>A sheet of paper that was signed: who set their names to it, when, and the SHA-256 of its scan.</summary>
public sealed record Paper(ImmutableArray<string> SignedBy, DateOnly SignedOn, byte[] Scan);

/// <summary>One act on an agreement with all that is kept as evidence of it.</summary>
/// <param name="Number">1 for the first act of an agreement, then upwards without gaps.</param>
/// <param name="At">UTC, to the microsecond.</param>
/// <param name="DocumentHash">SHA-256 of the canonical text that was on the page.</param>
/// <param name="Consent">The exact sentence that was agreed to.</param>
/// <param name="TypedName">The name as it was typed to sign.</param>
/// <param name="Reason">Why somebody declined, withdrew or ended.</param>
/// <param name="Strokes">The name as it was drawn (<see cref="Agreements.Strokes"/>).</param>
public sealed record Act(
    Guid AgreementId, int Number, ActKind Kind, DateTime At, Witnessed Who, byte[] DocumentHash,
    string? Consent = null, string? TypedName = null, ImmutableArray<Initials> Initials = default, string? Reason = null,
    string? Strokes = null, Paper? Paper = null);

/// <summary>
/// The append-only chain of acts: each act is a text that ends with the hash of the one before, the first with the hash
/// of the document. Changing, leaving out or reordering any of them breaks every hash that follows. See docs/sealing.md.
/// </summary>
public static class EvidenceChain
{
    private const string FirstLine = "Practice act, form 1";

    /// <summary>The act's text; its SHA-256 is the act's hash.</summary>
    /// <param name="previous">Hash of the act before; for the first act the hash of the document.</param>
    public static string Write(Act act, byte[] previous)
    {
        var text = new StringBuilder(FirstLine).Append('\n');
        void Line(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                text.Append(name).Append(": ").Append(CanonicalText.OneLine(value)).Append('\n');
            }
        }

        Line("Agreement", act.AgreementId.ToString());
        Line("Number", act.Number.ToString(CultureInfo.InvariantCulture));
        Line("Act", act.Kind.ToString());
        Line("At", CanonicalText.Instant(act.At));
        Line("Party", act.Who.Party);
        Line("Name", act.Who.Name);
        Line("Relation", act.Who.Relation);
        Line("Account", act.Who.Account == Guid.Empty ? null : act.Who.Account.ToString());
        Line("Signed in", act.Who.SignIn);
        Line("Address", act.Who.Address);
        Line("Browser", act.Who.Browser);
        Line("Consent", act.Consent);
        Line("Typed name", act.TypedName);
        Line("Strokes", act.Strokes);
        foreach (var initials in act.Initials.IsDefault ? [] : act.Initials)
        {
            Line("Initials", string.Create(CultureInfo.InvariantCulture, $"{initials.Term} {initials.Letters}"));
        }

        if (act.Paper is { } paper)
        {
            foreach (var name in paper.SignedBy) Line("Signed by", name);
            Line("Signed on", paper.SignedOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            Line("Scan", CanonicalText.Hex(paper.Scan));
        }

        Line("Reason", act.Reason);
        Line("Document", CanonicalText.Hex(act.DocumentHash));
        Line("Previous", CanonicalText.Hex(previous));
        return text.ToString().Normalize(NormalizationForm.FormC);
    }

    public static byte[] Hash(string act) => SHA256.HashData(Encoding.UTF8.GetBytes(act));

    /// <summary>The values of a line of an act's text, as "Typed name" or "Initials".</summary>
    public static IEnumerable<string> Values(string act, string name) => act.Split('\n')
        .Where(line => line.StartsWith(name + ": ", StringComparison.Ordinal))
        .Select(line => line[(name.Length + 2)..]);

    /// <summary>
    /// Checks a whole chain. Answers the number of the first act that does not stand where it should or says another
    /// document than the rest, or null where everything holds.
    /// </summary>
    public static int? FirstBroken(byte[] documentHash, IReadOnlyList<string> acts)
    {
        var (document, previous) = (CanonicalText.Hex(documentHash), CanonicalText.Hex(documentHash));
        for (var i = 0; i < acts.Count; i++)
        {
            if (!Says(acts[i], "Number", $"{i + 1}") || !Says(acts[i], "Document", document) || !Says(acts[i], "Previous", previous))
            {
                return i + 1;
            }

            previous = CanonicalText.Hex(Hash(acts[i]));
        }

        return null;
    }

    private static bool Says(string act, string name, string value) => Values(act, name).SequenceEqual([value]);
}
