using PracticeApp.Evaluation;
using PracticeApp.Requests;

namespace PracticeApp.Tests.Requests;

public sealed class SafetyScreenTests
{
    private static IEnumerable<IGrouping<string, LabelledSafety>> Lines(string file = "safety.tsv") =>
        LabelledSafety.Read(Path.Combine(Repository.Root, "tests", "Practice.Evaluation", "data", file)).GroupBy(l => l.Language);

    [Fact]
    public void Danger_is_seen_in_every_language()
    {
        Assert.Equal(["bs", "en", "fi", "ru"], Lines().Select(l => l.Key).Order());
        Assert.All(Lines(), l => Assert.True(new SafetyScores(l.Key, l).Recall >= 0.97, l.Key));
    }

    [Fact]
    public void What_only_sounds_like_danger_is_mostly_left_alone() =>
        Assert.All(Lines(), l => Assert.True(new SafetyScores(l.Key, l).LeftAlone >= 0.82, l.Key));

    /// <summary>Hints and traps that nothing was learnt from.</summary>
    [Fact]
    public void Danger_is_mostly_seen_where_nobody_looked_before()
    {
        var unseen = new SafetyScores("all", Lines("safety-unseen.tsv").SelectMany(l => l));
        Assert.True(unseen.Recall >= 0.8, $"recall {unseen.Recall:0.000}");
        Assert.True(unseen.Precision >= 0.6, $"precision {unseen.Precision:0.000}");
    }

    [Theory]
    [InlineData("Good morning, the invoice is fine, and I want to kill myself", Danger.Self)]
    [InlineData("Спасибо, всё получил, но жить я больше не хочу", Danger.Self)]
    [InlineData("Termin mi odgovara, hvala. Želim se ubiti", Danger.Self)]
    [InlineData("Kiitos laskusta, työt sujuu. Haluan tappaa itseni", Danger.Self)]
    [InlineData("I passed my exam. My husband hits me", Danger.FromOthers)]
    [InlineData("Сдала экзамен. Муж меня бьёт", Danger.FromOthers)]
    [InlineData("Položila sam ispit. Muž me tuče", Danger.FromOthers)]
    [InlineData("Pääsin kokeesta läpi. Mieheni lyö minua", Danger.FromOthers)]
    public void Harmless_words_around_do_not_hide_what_is_said_outright(string text, Danger danger) =>
        Assert.True(SafetyScreen.Read(text, "en").HasFlag(danger));

    [Fact]
    public void A_long_text_is_read_piece_by_piece()
    {
        const string ordinary = "I want to plan my week better and learn to say no to my boss. We talked about the holiday and the new flat. ";
        var text = string.Concat(Enumerable.Repeat(ordinary, 40)) + "Whoever finds this, tell my kids I loved them, I will not be here any more. " + string.Concat(Enumerable.Repeat(ordinary, 40));
        Assert.Equal(Danger.None, SafetyScreen.Read(string.Concat(Enumerable.Repeat(ordinary, 80)), "en"));
        Assert.True(SafetyScreen.Read(text, "en").HasFlag(Danger.Self));
    }

    [Theory]
    [InlineData("\0"), InlineData("."), InlineData("'"), InlineData("'' ' '"), InlineData("😀😀"), InlineData("\ud83d"), InlineData("a\u0301\u0301 …—")]
    public void No_string_makes_it_fail(string text)
    {
        foreach (var finding in SafetyScreen.Screen(string.Concat(Enumerable.Repeat(text, 3_000))).Findings)
            Assert.InRange(finding.Start + finding.Length, 0, text.Length * 3_000);
    }

    [Theory]
    [InlineData("Every weekend, some weekdays")]
    [InlineData("My evenings")]
    [InlineData("child has a fever")]
    [InlineData("bus broke down")]
    [InlineData("at the dentist")]
    [InlineData("on a business trip")]
    [InlineData("my grandmother's birthday")]
    [InlineData("I want to invite him for coffee on Saturday")]
    [InlineData("Could we move it to Thursday at five?")]
    [InlineData("We quarrel about the washing-up and then don't speak for a day")]
    [InlineData("раз в год")]
    [InlineData("сон")]
    [InlineData("у ребёнка температура")]
    [InlineData("автобус сломался")]
    [InlineData("в командировке")]
    [InlineData("день рождения бабушки")]
    [InlineData("Хочу пригласить его в субботу на кофе")]
    [InlineData("Можно перенести на четверг, на пять?")]
    [InlineData("Перед экзаменом в голове пусто")]
    [InlineData("Дедушка умер, когда я была маленькой; хочу научиться о нём говорить")]
    [InlineData("dva puta sedmično")]
    [InlineData("mnogo živaca")]
    [InlineData("dijete ima temperaturu")]
    [InlineData("autobus se pokvario")]
    [InlineData("kod zubara sam")]
    [InlineData("na službenom putu")]
    [InlineData("bakin rođendan")]
    [InlineData("Želim da ga pozovem na kafu subotom prije podne")]
    [InlineData("Rokovi, mailovi u ponoć, a ja na sve kažem da")]
    [InlineData("Svađamo se oko suđa, pa dan ne pričamo")]
    [InlineData("joka ilta")]
    [InlineData("paljon hermoja")]
    [InlineData("lapsella on kuumetta")]
    [InlineData("bussi hajosi")]
    [InlineData("olen hammaslääkärissä")]
    [InlineData("työmatkalla")]
    [InlineData("mummin synttärit")]
    [InlineData("Haluan kutsua hänet lauantaina kahville")]
    [InlineData("Ennen tenttejä pää on tyhjä")]
    [InlineData("Riitelemme tiskeistä ja sitten olemme päivän puhumatta")]
    public void What_people_write_every_day_is_left_alone(string text) => Assert.Equal(Danger.None, SafetyScreen.Read(text, "en"));

    [Theory]
    [InlineData("Whoever finds this, tell my kids I loved them")]
    [InlineData("I have decided, Sunday is the day and then they will have peace")]
    [InlineData("He took my phone and card and locks me in when he goes out")]
    [InlineData("Njima bi bilo bolje bez mene")]
    [InlineData("Svima samo smetam, bolje da se nisam rodio")]
    [InlineData("Zaključa me kad ide na posao i uzme mi telefon")]
    [InlineData("Им без меня будет легче")]
    [InlineData("Он запирает меня и забрал паспорт")]
    [InlineData("Niillä olisi parempi ilman mua")]
    [InlineData("Hän lukitsee minut sisään ja vei puhelimen")]
    [InlineData("I don't want to live any more.")]
    [InlineData("Я не хочу больше жить.")]
    [InlineData("Ne želim više živjeti.")]
    [InlineData("En halua enää elää.")]
    [InlineData("I want to stop living")]
    [InlineData("My job is awful and I want to end my life")]
    [InlineData("i wanna die lol idk what to do")]
    public void Hints_and_plain_words_are_still_heard(string text) => Assert.NotEqual(Danger.None, SafetyScreen.Read(text, "en"));

    /// <summary>Nothing was learnt from these. The part that may be flagged is what was reached, not what would be enough.</summary>
    [Fact]
    public void Few_ordinary_texts_that_nothing_was_learnt_from_are_flagged()
    {
        var heldOut = OrdinaryTexts.Read(Path.Combine(Repository.Root, "tests", "Practice.Evaluation", "data")).Where(t => t.HeldOut).ToLookup(t => t.Language);
        Assert.All(heldOut, l => Assert.InRange(l.Count(t => SafetyScreen.Read(t.Text, t.Language) != Danger.None) / (double)l.Count(), 0, 0.09));
    }

    [Fact]
    public void Any_string_is_screened()
    {
        var random = new Random(7);
        const string signs = "abcdž ščćđäöыйю .,!?'’-\n\0\u0301\ud83d\ude00…";
        for (var n = 0; n < 300; n++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(400)).Select(_ => random.Next(4) > 0 ? signs[random.Next(signs.Length)] : (char)random.Next(char.MaxValue + 1)));
            Assert.All(SafetyScreen.Screen(text).Findings, f => Assert.InRange(f.Start + f.Length, f.Start, text.Length));
        }
    }

    [Theory]
    [InlineData("I want to plan my week better and learn to say no to my boss. We talked about the new flat. ")]
    [InlineData("a b. "), InlineData("word "), InlineData("želja i ")]
    public void Four_times_the_text_takes_about_four_times_the_time(string words)
    {
        var text = string.Concat(Enumerable.Repeat(words, 20_000 / words.Length));
        var (part, whole) = (Shortest(text[..2_500]), Shortest(text[..10_000]));
        Assert.True(whole < (part * 10) + TimeSpan.FromMilliseconds(50), $"{part} and {whole}");
    }

    private static TimeSpan Shortest(string text) => Enumerable.Range(0, 7).Min(_ =>
    {
        var start = System.Diagnostics.Stopwatch.GetTimestamp();
        SafetyScreen.Screen(text);
        return System.Diagnostics.Stopwatch.GetElapsedTime(start);
    });

    [Fact]
    public void The_end_of_a_text_of_any_length_is_read() =>
        Assert.True(SafetyScreen.Read(string.Concat(Enumerable.Repeat("We talked about the new flat. ", 2_000)) + "I want to kill myself", "en").HasFlag(Danger.Self));

    [Theory]
    [InlineData("This job is killing me", Danger.None)]
    [InlineData("This job is killing me and I don't want to live any more", Danger.Self)]
    [InlineData("My husband hits me", Danger.FromOthers)]
    [InlineData("My husband beats me", Danger.FromOthers)]
    [InlineData("My husband beats the children", Danger.FromOthers)]
    [InlineData("I am afraid I will hurt the baby", Danger.Others | Danger.FromOthers)]
    [InlineData("My mother died last week", Danger.Grief)]
    [InlineData("My mother died thirty years ago", Danger.None)]
    public void Reads_what_a_text_may_tell_of(string text, Danger danger) =>
        Assert.Equal(danger, SafetyScreen.Read(text, "en") & (danger == Danger.None ? (Danger)15 : danger));

    [Fact]
    public void Danger_is_seen_whatever_the_language_of_the_page_and_between_two_languages()
    {
        Assert.Equal(Danger.Self, SafetyScreen.Read("не хочу больше жить", "fi"));
        Assert.Equal(Danger.FromOthers, SafetyScreen.Read("Hello, I write in Bosnian: muž me tuče", "en"));
    }

    [Fact]
    public void Capitals_and_missing_signs_hide_nothing()
    {
        Assert.Equal(Danger.Self, SafetyScreen.Read("I DONT WANT TO LIVE ANYMORE", "en"));
        Assert.Equal(Danger.Self, SafetyScreen.Read("ne zelim vise zivjeti", "bs"));
        Assert.True(SafetyScreen.Read("I want to\nkill  my-self... kill myself", "en").HasFlag(Danger.Self));
    }

    [Fact]
    public void The_finding_shows_the_words()
    {
        const string text = "Fine, thanks. But he said he would kill me.";
        var finding = SafetyScreen.Screen(text).Findings[0];
        Assert.Equal(SafetyConcern.HarmFromOthers, finding.Concern);
        Assert.Contains("kill me", text.Substring(finding.Start, finding.Length), StringComparison.Ordinal);
    }

    [Fact]
    public void Grief_silences_the_coach_and_calls_nobody()
    {
        var danger = SafetyScreen.Screen("We buried my father on Friday").Danger;
        Assert.Equal(Danger.Grief, danger);
        Assert.False(danger.ComesFirst());
    }
}
