using PracticeApp.Agreements;

namespace PracticeApp.Tests.Agreements;

/// <summary>Numbers in a text that the terms decide, in every language. The terms: 80 EUR, 24 hours, half, 50 minutes.</summary>
public sealed class ContradictionsTests
{
    private static readonly Terms Agreed = Terms.Default(80, "EUR");

    private static IReadOnlyList<Contradiction> In(string language, ClauseKind kind, string text, Terms? terms = null) =>
        Contradictions.In(AgreementText.Parse($"# T\n\n## {kind.ToString().ToLowerInvariant()}: H\n\n{text}"), terms ?? Agreed, language);

    [Theory]
    [InlineData("en", "You may cancel until 48 hours before.", "48 hours")]
    [InlineData("en", "Cancel 48-hours ahead.", "48-hours")]
    [InlineData("ru", "Отменить можно за 48 часов.", "48 часов")]
    [InlineData("ru", "Не позже чем за 2 часа.", "2 часа")]
    [InlineData("bs", "Otkazati možete do 48 sati prije.", "48 sati")]
    [InlineData("bs", "Najkasnije 2 sata prije.", "2 sata")]
    [InlineData("fi", "Voit perua 48 tuntia ennen.", "48 tuntia")]
    [InlineData("fi", "Viimeistään 48 tunnin päästä.", "48 tunnin")]
    public void Other_hours_than_the_terms_say_are_found(string language, string text, string found)
    {
        var one = Assert.Single(In(language, ClauseKind.Cancelling, text));

        Assert.Equal((1, found, false), (one.Clause!.Value, one.Found, one.Repeats));
        Assert.Contains(one.Says, s => s is { Placeholder: "cancel.tiers", Unit: TermUnit.Hours, Value: 24 });
    }

    [Theory]
    [InlineData("en", "A session costs €50.", "€50")]
    [InlineData("en", "A session costs 50 euros.", "50 euros")]
    [InlineData("ru", "Встреча стоит 50 €.", "50 €")]
    [InlineData("ru", "Встреча стоит 50 евро.", "50 евро")]
    [InlineData("bs", "Susret košta 50 KM.", "50 KM")]
    [InlineData("bs", "Susret košta 50 maraka.", "50 maraka")]
    [InlineData("fi", "Tapaaminen maksaa 50 €.", "50 €")]
    [InlineData("fi", "Tapaaminen maksaa 50 euroa.", "50 euroa")]
    public void Another_price_is_held_against_the_fee(string language, string text, string found)
    {
        foreach (var kind in new[] { ClauseKind.Fee, ClauseKind.Other })
        {
            var one = Assert.Single(In(language, kind, text));
            Assert.Equal(found, one.Found);
            Assert.Equal(80, Assert.Single(one.Says).Value);
        }
    }

    [Theory]
    [InlineData("en", "Later you pay the full fee.", "full fee"), InlineData("en", "Later you pay 30 % of it.", "30 %")]
    [InlineData("ru", "Позже Вы платите полную стоимость.", "полную стоимость"), InlineData("ru", "Позже Вы платите 30 процентов.", "30 процентов")]
    [InlineData("bs", "Kasnije plaćate punu cijenu.", "punu cijenu"), InlineData("bs", "Kasnije plaćate 30 posto.", "30 posto")]
    [InlineData("fi", "Myöhemmin maksat täyden hinnan.", "täyden hinnan"), InlineData("fi", "Myöhemmin maksat 30 prosenttia.", "30 prosenttia")]
    public void Another_share_is_found_also_in_words(string language, string text, string found) =>
        Assert.Equal((found, false), Assert.Single(In(language, ClauseKind.Cancelling, text)) is var one ? (one.Found, one.Repeats) : default);

    [Theory]
    [InlineData("en", "Later you pay half of the fee."), InlineData("ru", "Позже Вы платите половину стоимости.")]
    [InlineData("bs", "Kasnije plaćate polovinu cijene."), InlineData("fi", "Myöhemmin maksat puolet hinnasta.")]
    public void What_the_terms_say_too_is_said_to_repeat_them(string language, string text)
    {
        var one = Assert.Single(In(language, ClauseKind.Cancelling, text));

        Assert.True(one.Repeats);
        Assert.Equal("cancel.tiers", Assert.Single(one.Says).Placeholder);
    }

    [Theory]
    [InlineData("en", ClauseKind.Place, "It lasts 60 minutes."), InlineData("ru", ClauseKind.Place, "Она длится 60 минут."), InlineData("bs", ClauseKind.Place, "Traje 60 minuta."), InlineData("fi", ClauseKind.Place, "Se kestää 60 minuuttia.")]
    [InlineData("en", ClauseKind.Ending, "Tell us 3 weeks ahead."), InlineData("ru", ClauseKind.Ending, "Скажите за 3 недели."), InlineData("bs", ClauseKind.Ending, "Recite 3 sedmice ranije."), InlineData("fi", ClauseKind.Ending, "Kerro 3 viikkoa ennen.")]
    public void Minutes_and_weeks_are_understood(string language, ClauseKind kind, string text) => Assert.False(Assert.Single(In(language, kind, text)).Repeats);

    [Theory]
    [InlineData("en", ClauseKind.Cancelling, "You may cancel free of charge {{cancel.free}}. {{cancel.tiers}}")]
    [InlineData("en", ClauseKind.Records, "Records are kept for 10 years, room 24, clause 5, half an hour a day.")]
    [InlineData("en", ClauseKind.Confidentiality, "We ask you again every 30 days.")]
    [InlineData("ru", ClauseKind.Cancelling, "Пункт 5, статья 48.")]
    [InlineData("bs", ClauseKind.Services, "Dolazite 1 put sedmično."), InlineData("fi", ClauseKind.Services, "Kerran viikossa, huone 12.")]
    public void What_the_terms_do_not_decide_is_left_alone(string language, ClauseKind kind, string text) => Assert.Empty(In(language, kind, text));

    [Fact]
    public void Opening_and_promises_are_looked_at_too()
    {
        var found = Contradictions.In(AgreementText.Parse("# T\n\nA session costs €70.\n\n## fee: F\n\n{{fee}}\n\n## promises\n\n- client: I cancel 48 hours ahead."), Agreed, "en");

        Assert.Equal([(null, null, "€70"), (null, 1, "48 hours")], found.Select(f => (f.Clause, f.Promise, f.Found)));
    }

    [Theory]
    [InlineData("en"), InlineData("ru"), InlineData("bs"), InlineData("fi")]
    public void The_default_text_says_no_number_by_itself(string language) => Assert.Empty(Contradictions.In(AgreementText.DefaultTemplate(language), Agreed, language));

    [Theory]
    [InlineData("en"), InlineData("ru"), InlineData("bs"), InlineData("fi")]
    public void Every_sentence_that_says_a_number_of_the_terms_is_recognised_when_it_is_copied_into_the_text(string language)
    {
        var filled = TemplateTests.Fill(language, Agreed);
        var found = Contradictions.In(filled, Agreed, language);

        Assert.All(found, f => Assert.True(f.Repeats, f.Found));
        Assert.Contains(found, f => f.Says[0] is { Placeholder: "fee" });
        Assert.Contains(found, f => f.Says[0] is { Unit: TermUnit.Hours, Value: 24 });
        Assert.Contains(found, f => f.Says[0] is { Unit: TermUnit.Minutes, Value: 50 });
        Assert.Contains(found, f => f.Says[0] is { Unit: TermUnit.Days, Value: 14 });
        Assert.Contains(found, f => f.Says[0] is { Unit: TermUnit.Percent, Value: 50 });
    }
}
