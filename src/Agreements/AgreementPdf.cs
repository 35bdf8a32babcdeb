using System.Collections.Immutable;
using System.Globalization;
using System.Resources;
using System.Text;
using PracticeApp.Platform;
using PracticeApp.Platform.Pdf;
using PracticeApp.Shared;

namespace PracticeApp.Agreements;

/// <summary>
/// Draws the document that both sides keep: the words, the promises with their initials, what they mean in practice, the
/// signatures, the certificate and the terms. Drawn from the canonical text and the acts alone, which travel inside.
/// </summary>
public sealed class AgreementPdf
{
    private static readonly ResourceManager Resources = new(typeof(Texts));

    private readonly AgreementDocument _document;
    private readonly string _canonical;
    private readonly IReadOnlyList<string> _acts;
    private readonly string _verifyAt;
    private readonly PdfDocument _pdf;

    private AgreementPdf(string canonical, IReadOnlyList<string> acts, string verifyAt)
    {
        (_document, _canonical, _acts, _verifyAt) = (CanonicalText.Read(canonical), canonical, acts, verifyAt);
        var footer = $"{_document.Text.Title} · {_document.Practice} · {CanonicalText.Hex(CanonicalText.Hash(canonical))[..16]}";
        _pdf = new PdfDocument(new PdfAbout(_document.Text.Title, _document.Language, _document.Practice, acts.Count > 0 ? At(acts[^1]) : _document.SentAt))
        {
            Footer = (page, pages) => (footer, Text("Pdf.Page", page, pages)),
        };
    }

    /// <param name="acts">The chain of evidence up to the last signature.</param>
    /// <param name="verifyAt">Address of the public verification page.</param>
    public static byte[] Draw(string canonical, IReadOnlyList<string> acts, string verifyAt) =>
        Languages.In(CanonicalText.Read(canonical).Language, () => new AgreementPdf(canonical, acts, verifyAt).Draw());

    /// <summary>The same words to be read or signed on paper: with lines for names, without certificate or seal.</summary>
    public static byte[] DrawUnsigned(AgreementDocument document) =>
        Languages.In(document.Language, () => new AgreementPdf(CanonicalText.Write(document), [], "").DrawToSign());

    private byte[] DrawToSign()
    {
        Clauses();
        _pdf.KeepTogether(() =>
        {
            _pdf.Heading(Text("Signatures"));
            foreach (var name in (_document.Guardians.Length > 0 ? _document.Guardians : _document.Clients).Append(_document.Psychologist))
            {
                _pdf.Gap(34);
                _pdf.Rule();
                _pdf.Gap(3);
                _pdf.Paragraph(Text("Pdf.SignHere", name), PdfStyle.Note);
            }

            _pdf.Paragraph(Text("Pdf.Unsigned"), PdfStyle.Note);
        });
        return _pdf.Save();
    }

    private void Clauses()
    {
        Opening();
        foreach (var clause in _document.Text.Clauses)
        {
            _pdf.Clause($"{clause.Number}", clause.Heading, () => Blocks(clause.Text));
        }

        Responsibilities();
        InPractice();
    }

    private byte[] Draw()
    {
        Clauses();
        Signatures();
        Certificate();
        MachineReadable();
        _pdf.Attach("agreement.txt", "text/plain", Encoding.UTF8.GetBytes(_canonical));
        for (var i = 0; i < _acts.Count; i++)
        {
            _pdf.Attach(ActFile(i), "text/plain", Encoding.UTF8.GetBytes(_acts[i]));
        }

        return _pdf.Save();
    }

    private void Opening()
    {
        _pdf.Title(_document.Text.Title);
        _pdf.Paragraph(Text("Between", _document.Parties, _document.Psychologist), PdfStyle.House);
        _pdf.Paragraph(Text("VersionSent", _document.Version, Words.Date(DateOnly.FromDateTime(_document.SentAt))), PdfStyle.Note);
        _pdf.Gap(6);
        Blocks(_document.Text.Opening);
    }

    private void Blocks(string markdown)
    {
        foreach (var block in ClauseMarkdown.Read(markdown))
        {
            List<PdfRun> runs = [.. block.Runs.Select(r => new PdfRun(r.Text, r.Strong ? PdfStyle.StrongBody : r.Emphasis ? PdfStyle.Emphasis : PdfStyle.Body))];
            if (block.Mark is null) _pdf.Paragraph(runs);
            else _pdf.Item(block.Mark, runs);
        }
    }

    private void Responsibilities()
    {
        _pdf.Heading(Text("Responsibilities"));
        foreach (var bearer in new[] { Bearer.Client, Bearer.Both, Bearer.Psychologist })
        {
            var terms = _document.Text.Responsibilities.Where(r => r.Bearer == bearer).ToList();
            if (terms.Count == 0)
            {
                continue;
            }

            _pdf.Subheading(bearer switch
            {
                Bearer.Client => string.Join(", ", _document.Clients),
                Bearer.Psychologist => _document.Psychologist,
                _ => Text("Bearer.Both"),
            });
            _pdf.Table([6, 1], [.. terms.Select(term => (IReadOnlyList<PdfRun>)
                [new PdfRun(term.Text, PdfStyle.Body), new PdfRun(InitialsTo(term.Number), PdfStyle.Emphasis)])]);
        }
    }

    private void InPractice()
    {
        _pdf.Heading(Text("Means"));
        _pdf.Table([1, 8], [.. _document.Card.Select(m => (IReadOnlyList<PdfRun>)
            [new PdfRun(m.Clause ?? "", PdfStyle.Note), new PdfRun(m.Text, PdfStyle.Body)])]);
    }

    private void Signatures() => _pdf.KeepTogether(() =>
    {
        _pdf.Heading(Text("Signatures"));
        foreach (var act in _acts.Where(a => Is(a, ActKind.Signed) || Is(a, ActKind.Countersigned)))
        {
            _pdf.Gap(8);
            if (Strokes.Read(Value(act, "Strokes")) is { } drawn) _pdf.Drawing(Strokes.PointsOf(drawn), Strokes.Width, Strokes.Height, 54);
            _pdf.Paragraph(Value(act, "Typed name"), PdfStyle.Name);
            _pdf.Rule();
            _pdf.Gap(3);
            _pdf.Paragraph($"{Who(act)} · {When(act)}", PdfStyle.Note);
        }

        foreach (var act in _acts.Where(a => Is(a, ActKind.SignedOnPaper)))
        {
            _pdf.Gap(8);
            _pdf.Paragraph(OnPaper(act));
            foreach (var name in EvidenceChain.Values(act, "Signed by")) _pdf.Paragraph(name, PdfStyle.Body);
            _pdf.Paragraph(Text("Pdf.Paper.Scan", Value(act, "Scan")), PdfStyle.Note);
        }

        if (!_acts.Any(a => Is(a, ActKind.SignedOnPaper))) _pdf.Paragraph(Text("Pdf.Simple"), PdfStyle.Note);
    });

    private void Certificate()
    {
        _pdf.NewPage();
        _pdf.Title(Text("Pdf.Certificate"));
        _pdf.Paragraph(Text("Pdf.Certificate.Text"), PdfStyle.House);
        _pdf.Gap(8);
        _pdf.Table([1, 3],
        [
            Fact("Pdf.Agreement", _document.AgreementId.ToString()),
            Fact("Pdf.Document", CanonicalText.Hex(CanonicalText.Hash(_canonical))),
            Fact("Pdf.Chain", CanonicalText.Hex(EvidenceChain.Hash(_acts[^1]))),
            Fact("Pdf.Consents", string.Join(" · ", _acts.Select(a => Value(a, "Consent")).Where(c => c.Length > 0).Distinct())),
        ]);
        _pdf.Heading(Text("Pdf.Acts"));
        var rows = new List<IReadOnlyList<PdfRun>>
        {
            new[] { "Pdf.When", "Pdf.Who", "Pdf.What" }.Select(key => new PdfRun(Text(key), PdfStyle.NoteStrong)).ToList(),
        };
        rows.AddRange(_acts.Select(act => (IReadOnlyList<PdfRun>)
        [
            new PdfRun(When(act), PdfStyle.Note),
            new PdfRun(Who(act), PdfStyle.Note),
            new PdfRun(What(act), PdfStyle.Note),
        ]));
        _pdf.Table([3, 4, 8], rows, header: true);
        _pdf.Heading(Text("Pdf.Check"));
        _pdf.Paragraph(Text("Pdf.Check.Text", _verifyAt), PdfStyle.House);
        _pdf.Paragraph(Text("Pdf.Check.Inside"), PdfStyle.House);
    }

    private void MachineReadable() => _pdf.KeepTogether(() =>
    {
        _pdf.Heading(Text("Pdf.Terms"));
        _pdf.Paragraph(Text("Pdf.Terms.Text"), PdfStyle.House);
        _pdf.Paragraph(_document.TermsJson.Replace(",", ", ", StringComparison.Ordinal), PdfStyle.Note);
    });

    private string What(string act)
    {
        var parts = new List<string> { Text("Act." + Value(act, "Act")) };
        var initials = EvidenceChain.Values(act, "Initials").ToList();
        if (initials.Count > 0)
        {
            parts.Add(string.Join(", ", initials));
        }

        if (Is(act, ActKind.SignedOnPaper))
        {
            parts.Add(string.Join(", ", EvidenceChain.Values(act, "Signed by")));
            parts.Add(OnPaper(act));
            parts.Add(Text("Pdf.Paper.Scan", Value(act, "Scan")));
        }

        if (Value(act, "Signed in").Split(", ") is [var how, var since])
        {
            parts.Add(Text("Pdf.SignedIn." + how, Moment(Instant(since))));
        }

        parts.AddRange(new[] { "Address", "Browser" }.Select(name => Value(act, name)).Where(v => v.Length > 0));
        return string.Join(" · ", parts);
    }

    private static string OnPaper(string act) =>
        Text("Pdf.Paper", Words.Date(DateOnly.ParseExact(Value(act, "Signed on"), "yyyy-MM-dd", CultureInfo.InvariantCulture)));

    private static string Who(string act) =>
        $"{Value(act, "Name")}, {Text("Party." + Value(act, "Party"))}{(Value(act, "Relation") is { Length: > 0 } relation ? $" ({relation})" : "")}";

    private string InitialsTo(int term) => string.Join(" · ", _acts
        .SelectMany(a => EvidenceChain.Values(a, "Initials"))
        .Select(i => i.Split(' ', 2))
        .Where(i => i[0] == $"{term}")
        .Select(i => i[1]));

    private static IReadOnlyList<PdfRun> Fact(string key, string value) =>
        [new PdfRun(Text(key), PdfStyle.NoteStrong), new PdfRun(value, PdfStyle.Note)];

    private string ActFile(int index) => string.Create(CultureInfo.InvariantCulture,
        $"act-{index + 1:00}-{Value(_acts[index], "Act").ToLowerInvariant()}.txt");

    private static bool Is(string act, ActKind kind) => Value(act, "Act") == $"{kind}";

    private static string Value(string act, string name) => EvidenceChain.Values(act, name).FirstOrDefault() ?? "";

    private static DateTime At(string act) => Instant(Value(act, "At"));

    private static DateTime Instant(string value) =>
        DateTime.Parse(value, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);

    private static string When(string act) => Moment(At(act));

    private static string Moment(DateTime utc) =>
        $"{Words.Date(DateOnly.FromDateTime(utc))}, {utc.ToString("HH:mm:ss", CultureInfo.InvariantCulture)} UTC";

    private static string Text(string key, params object[] values) => string.Format(CultureInfo.CurrentCulture,
        Resources.GetString(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException($"No text '{key}'."), values);
}
