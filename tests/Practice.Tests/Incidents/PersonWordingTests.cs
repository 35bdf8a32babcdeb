using PracticeApp.Incidents;

namespace PracticeApp.Tests.Incidents;

/// <summary>What is pointed out as wording about a person, in four languages, and what is not.</summary>
public sealed class PersonWordingTests
{
    [Theory]
    [InlineData("en", "He was rude to me.", "rude")]
    [InlineData("en", "You always come late.", "You always")]
    [InlineData("en", "She is a MANIPULATIVE person", "MANIPULATIVE")]
    [InlineData("en", "That was manipulatve and iresponsible.", "manipulatve")]
    [InlineData("en", "I think he is lazy", "lazy")]
    [InlineData("en", "She doesn’t care.", "doesn’t care")]
    [InlineData("en", "The weather was fine. He was rude.", "rude")]
    [InlineData("en", "He told me she is selfish", "selfish")]
    [InlineData("ru", "Он вёл себя как эгоист.", "эгоист")]
    [InlineData("ru", "Вы всегда опаздываете", "Вы всегда")]
    [InlineData("ru", "Она ленивая и хамит", "ленивая")]
    [InlineData("ru", "Это манипулирование", "манипулирование")]
    [InlineData("ru", "Он ненадёжный человек", "ненадёжный")]
    [InlineData("bs", "Bio je bezobrazan prema meni.", "bezobrazan")]
    [InlineData("bs", "Ona je lijena i sebična", "lijena")]
    [InlineData("bs", "Uvijek ti kasniš", "Uvijek ti")]
    [InlineData("bs", "On je lazljivac", "lazljivac")]
    [InlineData("bs", "Baš vas briga", "Baš vas briga")]
    [InlineData("fi", "Hän oli töykeä minulle.", "töykeä")]
    [InlineData("fi", "Sinä aina myöhästyt", "Sinä aina")]
    [InlineData("fi", "Asiakas on laiska", "laiska")]
    [InlineData("fi", "Et koskaan kuuntele", "Et koskaan")]
    [InlineData("fi", "Se on manipulointia", "manipulointia")]
    public void Wording_about_a_person_is_found(string language, string text, string found)
    {
        var first = Assert.Single(PersonWording.In(text, language).Take(1));
        Assert.Equal(found, first.Words);
        Assert.Equal(found, text.Substring(first.Start, first.Length));
    }

    [Theory]
    // What was done or not done.
    [InlineData("en", "We agreed on 10:00. The session began at 10:25 and ended at 10:50.")]
    [InlineData("en", "He did not come and did not write. I waited for forty minutes.")]
    [InlineData("en", "You were late by 20 minutes, twice this month.")]
    [InlineData("en", "She said that she would send the report by Friday; it has not come.")]
    [InlineData("en", "He raised his voice and left the room before the end.")]
    [InlineData("en", "I always ask before I call.")]
    [InlineData("ru", "Договорились на 10:00, встреча началась в 10:25.")]
    [InlineData("ru", "Он не пришёл и не предупредил, я ждал сорок минут.")]
    [InlineData("ru", "Отчёт обещали прислать в пятницу, его нет. Лена звонила дважды.")]
    [InlineData("ru", "Она принесла нарциссы и поставила на стол.")]
    [InlineData("ru", "Мы зашли в тупик, всё показали наглядно.")]
    [InlineData("bs", "Dogovorili smo se u 10:00, susret je počeo u 10:25.")]
    [InlineData("bs", "Nije došao i nije se javio. Čekala sam četrdeset minuta.")]
    [InlineData("bs", "Držao je telefon u ruci cijelo vrijeme.")]
    [InlineData("fi", "Sovimme kello 10.00, tapaaminen alkoi 10.25.")]
    [InlineData("fi", "Hän ei tullut eikä ilmoittanut. Odotin neljäkymmentä minuuttia.")]
    [InlineData("fi", "Pyynnöstä huolimatta raportti ei tullut; jäin yksin, itsekseni.")]
    // Things and weather.
    [InlineData("en", "Because of the rude weather we met online.")]
    [InlineData("en", "It was a lazy Sunday, nobody answered.")]
    [InlineData("ru", "Это была грубая ошибка в счёте.")]
    [InlineData("bs", "Lift je bio pokvaren i zakasnio je.")]
    [InlineData("fi", "Hullu sää esti matkan.")]
    // What was said, and what somebody says of themselves.
    [InlineData("en", "He said: \"You are lazy and you never try.\"")]
    [InlineData("en", "He said I am lazy.")]
    [InlineData("en", "She called me stupid in front of my daughter.")]
    [InlineData("ru", "Сказал мне: «Вы ленивая».")]
    [InlineData("ru", "Она назвала меня ленивой.")]
    [InlineData("bs", "Rekao je: „Ti si lijena.“")]
    [InlineData("bs", "Rekla je da sam lijena.")]
    [InlineData("fi", "Hän sanoi: ”Olet laiska.”")]
    [InlineData("fi", "Hän sanoi, että olen laiska.")]
    [InlineData("en", "")]
    [InlineData("xx", "rude")]
    public void Behaviour_things_and_quotes_are_left_alone(string language, string text) => Assert.Empty(PersonWording.In(text, language));

    [Fact]
    public void All_that_is_found_is_found_in_its_place()
    {
        const string text = "He was rude, she was arrogant; you never answer.";
        Assert.Equal(["rude", "arrogant", "you never"], PersonWording.In(text, "en").Select(f => f.Words));
        Assert.All(PersonWording.In(text, "en"), f => Assert.Equal(f.Words, text.Substring(f.Start, f.Length)));
    }

    [Fact]
    public void A_Russian_text_is_read_as_Russian_whatever_the_page_speaks() => Assert.Equal(["хам"], PersonWording.In("Он хам", "en").Select(f => f.Words));

    [Fact]
    public void What_was_pointed_out_once_is_kept_when_one_presses_again()
    {
        var prompt = WordingPrompt.Of("He was rude");
        Assert.False(prompt.WasSeen(null));
        Assert.True(prompt.WasSeen(prompt.Seen));
        Assert.False(WordingPrompt.Of("He was rude and lazy").WasSeen(prompt.Seen));
        Assert.True(WordingPrompt.Of("He came at ten").WasSeen(null));
    }
}
