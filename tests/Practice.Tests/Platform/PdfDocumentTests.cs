using System.Diagnostics;
using System.Text.RegularExpressions;
using PracticeApp.Platform.Pdf;

namespace PracticeApp.Tests.Platform;

public sealed partial class PdfDocumentTests
{
    public static TheoryData<string, string> Languages => new()
    {
        { "en", "You may cancel “free of charge” until 24 hours before – after that you pay half: €40." },
        { "ru", "Вы можете бесплатно отменить встречу за 24 часа; подъезд, ёлка, объём — всё читается: 3 500 ₽." },
        { "bs", "Željko, Đorđe i Čedomir: otkažite besplatno do 24 sata prije, šta god da se desi. ŠĐČĆŽ šđčćž 80 KM." },
        { "fi", "Äiti, isä ja Åke: voit perua maksutta 24 tuntia ennen. Myöhästymisestä maksat puolet: 40 €." },
    };

    [Theory]
    [MemberData(nameof(Languages))]
    public void Text_reads_back_as_it_was_written(string language, string sentence)
    {
        var document = new PdfDocument(new PdfAbout("T", language, "A"));
        document.Title(sentence);
        document.Paragraph(sentence);
        document.Paragraph(sentence, PdfStyle.Emphasis);
        document.Item("•", [new PdfRun(sentence, PdfStyle.Body), new PdfRun(sentence, PdfStyle.StrongBody)]);

        var text = Spaces().Replace(PdfTool.TextOf(document.Save()), " ");

        Assert.Equal(5, text.Split(sentence).Length - 1);
    }

    [Fact]
    public void The_file_is_sound()
    {
        var (exit, output) = PdfTool.Run("qpdf", Long().Save(), "--check", "FILE");

        Assert.True(exit == 0, output);
        Assert.DoesNotContain("WARNING", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_input_gives_the_same_bytes() => Assert.Equal(Long().Save(), Long().Save());

    [Fact]
    public void Forty_clauses_in_four_fonts_stay_small_and_quick()
    {
        var clock = Stopwatch.StartNew();
        var bytes = Long().Save();

        Assert.True(bytes.Length < 1_000_000, $"{bytes.Length} bytes");
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(1), $"{clock.Elapsed}");
    }

    [Fact]
    public void Title_and_language_are_told_to_the_reader()
    {
        var document = new PdfDocument(new PdfAbout("Sporazum o radu – Đurđa", "bs", "Lipa", new DateTime(2026, 11, 20, 9, 0, 0, DateTimeKind.Utc)));
        document.Paragraph("Tekst");
        var bytes = document.Save();

        Assert.Contains("Sporazum o radu – Đurđa", PdfTool.Run("pdfinfo", bytes, "FILE").Output, StringComparison.Ordinal);
        Assert.Contains("Tagged:          yes", PdfTool.Run("pdfinfo", bytes, "FILE").Output, StringComparison.Ordinal);
        Assert.Contains("\"/Lang\": \"u:bs\"", PdfTool.Run("qpdf", bytes, "--json", "FILE").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_page_has_its_number()
    {
        var text = PdfTool.TextOf(Long().Save());
        var pages = Regex.Matches(text, @"page \d+ of (\d+)");

        Assert.True(pages.Count > 2);
        Assert.All(pages, page => Assert.Equal($"{pages.Count}", page.Groups[1].Value));
    }

    [Fact]
    public void A_heading_never_stands_alone_at_the_foot_of_a_page()
    {
        for (var lines = 30; lines < 50; lines++)
        {
            var document = new PdfDocument(new PdfAbout("T", "en", "A"));
            for (var i = 0; i < lines; i++)
            {
                document.Paragraph("Line", PdfStyle.Note);
            }

            document.Heading("Heading");
            document.Paragraph("First");
            var pages = PdfTool.TextOf(document.Save()).Split('\f');

            Assert.Contains(pages, page => page.Contains("Heading", StringComparison.Ordinal) && page.Contains("First", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void What_is_kept_together_moves_to_the_next_page_as_one()
    {
        var document = new PdfDocument(new PdfAbout("T", "en", "A"));
        for (var i = 0; i < 30; i++)
        {
            document.Paragraph("Before");
        }

        document.KeepTogether(() =>
        {
            for (var i = 0; i < 12; i++)
            {
                document.Paragraph("Together");
            }
        });

        var pages = PdfTool.TextOf(document.Save()).Split('\f');
        Assert.DoesNotContain("Together", pages[0], StringComparison.Ordinal);
        Assert.Equal(12, Regex.Count(pages[1], "Together"));
    }

    [Fact]
    public void A_character_no_font_has_still_reads_back()
    {
        var document = new PdfDocument(new PdfAbout("T", "en", "A"));
        document.Paragraph("Ana 🙂 莉");

        Assert.Contains("Ana 🙂 莉", PdfTool.TextOf(document.Save()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_longer_than_the_line_is_broken_and_nothing_is_lost()
    {
        var word = string.Concat(Enumerable.Range(0, 60).Select(i => $"{i:D3}x"));
        var document = new PdfDocument(new PdfAbout("T", "en", "A"));
        document.Table([1, 2], [[new PdfRun("Browser", PdfStyle.Note), new PdfRun(word, PdfStyle.Note)]]);

        Assert.Contains(word, Spaces().Replace(PdfTool.TextOf(document.Save()), ""), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_travels_inside()
    {
        var document = new PdfDocument(new PdfAbout("T", "en", "A"));
        document.Paragraph("See the attachment.");
        document.Attach("agreement.txt", "text/plain", "žito ёж"u8.ToArray());

        Assert.Contains("žito ёж", PdfTool.Run("pdfdetach", document.Save(), "-save", "1", "-o", "/dev/stdout", "FILE").Output, StringComparison.Ordinal);
    }

    internal static PdfDocument Long()
    {
        var document = new PdfDocument(new PdfAbout("A long document", "en", "Lipa"))
        {
            Footer = (page, pages) => ("Lipa", $"page {page} of {pages}"),
        };
        document.Title("A long document");
        for (var i = 1; i <= 40; i++)
        {
            document.Clause($"{i}", "Cancelling and moving", () =>
            {
                document.Paragraph([new PdfRun("You may cancel ", PdfStyle.Body), new PdfRun("free of charge", PdfStyle.Emphasis), new PdfRun(" until 24 hours before. После этого половина. ŠĐČĆŽ.", PdfStyle.Body)]);
                document.Item("•", [new PdfRun("One promise that runs over a line so that the hanging indent can be seen on the second line of it.", PdfStyle.Body)]);
            });
        }

        document.Table([1, 2], [[new PdfRun("Who", PdfStyle.NoteStrong), new PdfRun("When", PdfStyle.NoteStrong)], [new PdfRun("Ana", PdfStyle.Note), new PdfRun("now", PdfStyle.Note)]], header: true);
        return document;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
