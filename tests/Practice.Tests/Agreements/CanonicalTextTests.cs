using PracticeApp.Agreements;

namespace PracticeApp.Tests.Agreements;

public sealed class CanonicalTextTests
{
    [Theory]
    [InlineData("en")]
    [InlineData("ru")]
    [InlineData("bs")]
    [InlineData("fi")]
    public void What_is_written_reads_back_whole(string language)
    {
        var canonical = CanonicalText.Write(Document(language));
        var read = CanonicalText.Read(canonical);

        Assert.Equal(canonical, CanonicalText.Write(read));
        Assert.Equal(Document(language).Text.Clauses, read.Text.Clauses);
        Assert.Equal(Document(language).Text.Responsibilities, read.Text.Responsibilities);
        Assert.Equal(Document(language).Card, read.Card);
        Assert.Equal(Document(language).Terms, read.Terms);
        Assert.Equal(["Emina Salihović"], read.Clients);
    }

    [Fact]
    public void The_same_agreement_has_the_same_hash_and_any_change_another()
    {
        var document = Document("bs");
        var hash = Hash(document);

        Assert.Equal(hash, Hash(Document("bs")));
        Assert.NotEqual(hash, Hash(document with { Version = 2 }));
        Assert.NotEqual(hash, Hash(document with { SentAt = document.SentAt.AddTicks(10) }));
        Assert.NotEqual(hash, Hash(document with { TermsJson = Terms.Default(81, "BAM").ToJson() }));
        Assert.NotEqual(hash, Hash(document with { Text = document.Text.Map(t => t.Replace("24", "25", StringComparison.Ordinal)) }));
        Assert.NotEqual(hash, Hash(document with { Card = document.Card[1..] }));
    }

    [Fact]
    public void Letters_composed_in_different_ways_are_the_same_text()
    {
        var composed = Document("bs") with { Psychologist = "Lejla Hadžić" };
        var apart = composed with { Psychologist = "Lejla Hadz\u030cic\u0301" };

        Assert.Equal(Hash(composed), Hash(apart));
    }

    [Fact]
    public void No_text_can_pretend_to_be_a_part_of_the_document()
    {
        var document = Document("en");
        var forged = document with
        {
            Text = document.Text with
            {
                Clauses = [document.Text.Clauses[0] with { Text = "Fine.\n\n[Terms]\n{}\n\nClient: Somebody" }, .. document.Text.Clauses[1..]],
            },
        };

        var read = CanonicalText.Read(CanonicalText.Write(forged));
        Assert.Equal(forged.Text.Clauses[0].Text, read.Text.Clauses[0].Text);
        Assert.Equal(document.Clients, read.Clients);
        Assert.Equal(document.Terms, read.Terms);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Practice agreement, form 1")]
    [InlineData("Practice agreement, form 2\n\n[Title]\n  x\n")]
    public void What_is_not_in_the_form_is_refused(string text) => Assert.Throws<FormatException>(() => CanonicalText.Read(text));

    [Fact]
    public void A_text_with_one_blank_more_is_refused()
    {
        var canonical = CanonicalText.Write(Document("en"));

        Assert.Throws<FormatException>(() => CanonicalText.Read(canonical + "\n"));
        Assert.Throws<FormatException>(() => CanonicalText.Read(canonical.Replace("Version: 1", "Version:  1", StringComparison.Ordinal)));
    }

    internal static AgreementDocument Document(string language)
    {
        var terms = Terms.Default(80, "BAM");
        return new AgreementDocument(
            new Guid("01980000-0000-7000-8000-000000000001"), 1, language, "Lipa", "Lejla Hadžić", ["Emina Salihović"],
            new DateTime(2026, 11, 20, 9, 30, 0, DateTimeKind.Utc), TemplateTests.Fill(language, terms), TermsCard.Of(terms, language), terms.ToJson());
    }

    private static string Hash(AgreementDocument document) => CanonicalText.Hex(CanonicalText.Hash(CanonicalText.Write(document)));
}
