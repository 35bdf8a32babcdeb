using PracticeApp.Requests;

namespace PracticeApp.Tests.Requests;

public sealed class FormulationCoachTests
{
    [Theory]
    [InlineData("I feel awful, help me!", UtteranceKind.Plea)]
    [InlineData("Please do something with me", UtteranceKind.Plea)]
    [InlineData("I have these problems: I am late, I forget everything, my wife is angry.", UtteranceKind.ProblemList)]
    [InlineData("We fight more and more", UtteranceKind.ProblemList)]
    [InlineData("What should I do?", UtteranceKind.AdviceSeeking)]
    [InlineData("Should I divorce him or forgive him?", UtteranceKind.AdviceSeeking)]
    [InlineData("I want to get rid of my fear", UtteranceKind.NegativeWish)]
    [InlineData("I want to stop shouting", UtteranceKind.NegativeWish)]
    [InlineData("I want to be happy", UtteranceKind.VagueWish)]
    [InlineData("I want to change the situation, I don't know how", UtteranceKind.VagueWish)]
    [InlineData("I know what I want but can't take the first step", UtteranceKind.VagueWish)]
    [InlineData("There are several solutions and I can't choose", UtteranceKind.VagueWish)]
    [InlineData("I want to understand why this always happens to me", UtteranceKind.InsightWish)]
    [InlineData("Make my husband stop drinking", UtteranceKind.OtherDirected)]
    [InlineData("Fix my child", UtteranceKind.OtherDirected)]
    [InlineData("I want to learn to say no to my boss without shouting", UtteranceKind.Goal)]
    [InlineData("Help me decide which college to apply to", UtteranceKind.Goal)]
    public void Names_the_kind_of_what_it_was_given(string text, UtteranceKind kind) =>
        Assert.Equal(kind, FormulationCoach.Review(text, "en").Kind);

    [Theory]
    [InlineData("i WANT to lern to say no to my boss 😅")]
    [InlineData("I’d like to leran how to say “no” to my bos, when he calls at weekends!!!")]
    [InlineData("I am so tired.\n\nWhat I want is to learn to say no to my boss.")]
    public void Slips_capitals_and_emoji_do_not_confuse_it(string text) =>
        Assert.Equal(UtteranceKind.Goal, FormulationCoach.Review(text, "en").Kind);

    [Fact]
    public void A_text_with_several_wishes_is_judged_by_its_best_sentence()
    {
        var review = FormulationCoach.Review("I want to be happy. I want to ask my sister for the money she owes me by Friday.", "en");
        Assert.Equal(UtteranceKind.Goal, review.Kind);
        Assert.StartsWith("several/", review.Question.Id, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_criterion_shows_the_words_that_decided_it()
    {
        const string text = "Hello. I want to get rid of this fear of dogs.";
        var review = FormulationCoach.Review(text, "en");
        Assert.Equal("I want to", review[CriterionName.Wish].DecidingWords(text));
        Assert.Equal((Verdict.NotMet, Reason.AwayFrom), (review[CriterionName.Positive].Verdict, review[CriterionName.Positive].Reason));
        Assert.Equal("get rid of this fear of dogs", review[CriterionName.Positive].DecidingWords(text));
        Assert.Equal("dogs", review[CriterionName.Specific].DecidingWords(text));
    }

    [Fact]
    public void The_question_quotes_the_client_and_proposes_nothing()
    {
        const string text = "I want to get rid of this fear";
        var question = FormulationCoach.Review(text, "en").Question;
        Assert.Equal("get rid of this fear", question.Quote);
        var template = question.Before + FormulationCoach.QuotePlace + question.After;
        Assert.Contains(template, LanguageData.All["en"].Questions["positive"]);
    }

    [Theory]
    [InlineData("I want to understand why I drink", "effective.insight")]
    [InlineData("I want my mother to leave me alone", "positive.other")]
    [InlineData("I want my wife to study more", "own")]
    [InlineData("I can't choose between the two", "specific.stuck")]
    [InlineData("Help!", "wish.plea")]
    [InlineData("Should I stay?", "wish.advice")]
    [InlineData("My father drinks.", "wish.problems")]
    [InlineData("I want to ask my father for help", "visible")]
    public void Asks_about_the_first_thing_that_is_not_there_yet(string text, string pool) =>
        Assert.StartsWith(pool + "/", FormulationCoach.Review(text, "en").Question.Id, StringComparison.Ordinal);

    [Fact]
    public void A_question_comes_again_only_after_all_the_others()
    {
        List<string> asked = [];
        for (var i = 0; i < 40; i++)
        {
            var id = FormulationCoach.Review("We fight more and more", "en", new CoachAnswers(Asked: asked)).Question.Id;
            if (asked.Contains(id)) break;
            asked.Add(id);
        }
        Assert.True(asked.Count(a => a.StartsWith("wish", StringComparison.Ordinal)) >= 8, string.Join(' ', asked));
        Assert.Equal(asked[0], FormulationCoach.Review("We fight more and more", "en", new CoachAnswers(Asked: asked)).Question.Id);
    }

    [Fact]
    public void What_was_answered_beside_the_text_is_not_asked_again()
    {
        const string text = "I want to ask my father for help";
        var review = FormulationCoach.Review(text, "en", new CoachAnswers(HowNoticed: "I have asked him", ByWhen: "Easter"));
        Assert.All(review.Criteria, c => Assert.True(c.IsMet, c.Name.ToString()));
        Assert.StartsWith("settled/", review.Question.Id, StringComparison.Ordinal);
    }

    [Fact]
    public void What_comes_rarely_and_costs_nothing_may_be_walked_around() =>
        Assert.StartsWith("walkaround/", FormulationCoach.Review("I want to lose my fear of snakes", "en", new CoachAnswers(RarelyAndCheap: true)).Question.Id, StringComparison.Ordinal);

    [Theory]
    [InlineData("Мне ужасно плохо, помогите мне!", "ru", UtteranceKind.Plea)]
    [InlineData("Сделайте со мной что-нибудь, прошу вас", "ru", UtteranceKind.Plea)]
    [InlineData("Мы ссоримся всё чаще и чаще", "ru", UtteranceKind.ProblemList)]
    [InlineData("Что мне делать?", "ru", UtteranceKind.AdviceSeeking)]
    [InlineData("Развестись с ним или простить?", "ru", UtteranceKind.AdviceSeeking)]
    [InlineData("Хочу избавиться от своего страха", "ru", UtteranceKind.NegativeWish)]
    [InlineData("Хочу быть счастливой", "ru", UtteranceKind.VagueWish)]
    [InlineData("Я знаю, чего хочу, но не могу сделать первый шаг", "ru", UtteranceKind.VagueWish)]
    [InlineData("Хочу понять, почему это всегда происходит со мной", "ru", UtteranceKind.InsightWish)]
    [InlineData("Сделайте так, чтобы муж перестал пить", "ru", UtteranceKind.OtherDirected)]
    [InlineData("Хочу научиться говорить «нет» начальнику без крика", "ru", UtteranceKind.Goal)]
    [InlineData("Помогите мне решить, в какой институт поступать", "ru", UtteranceKind.Goal)]
    [InlineData("Osjećam se užasno, pomozite mi!", "bs", UtteranceKind.Plea)]
    [InlineData("Molim vas, uradite nešto sa mnom", "bs", UtteranceKind.Plea)]
    [InlineData("Sve se više svađamo", "bs", UtteranceKind.ProblemList)]
    [InlineData("Šta da radim?", "bs", UtteranceKind.AdviceSeeking)]
    [InlineData("Da li da se razvedem ili da mu oprostim?", "bs", UtteranceKind.AdviceSeeking)]
    [InlineData("Želim se riješiti svog straha", "bs", UtteranceKind.NegativeWish)]
    [InlineData("Želim biti sretna", "bs", UtteranceKind.VagueWish)]
    [InlineData("Znam šta hoću, ali ne mogu napraviti prvi korak", "bs", UtteranceKind.VagueWish)]
    [InlineData("Želim razumjeti zašto mi se to stalno dešava", "bs", UtteranceKind.InsightWish)]
    [InlineData("Uradite nešto da muž prestane piti", "bs", UtteranceKind.OtherDirected)]
    [InlineData("Želim naučiti reći ne šefu bez vikanja", "bs", UtteranceKind.Goal)]
    [InlineData("Pomozite mi da odlučim koji fakultet upisati", "bs", UtteranceKind.Goal)]
    [InlineData("Minulla on kamala olo, auttakaa!", "fi", UtteranceKind.Plea)]
    [InlineData("Tehkää minulle jotain, olkaa kilttejä", "fi", UtteranceKind.Plea)]
    [InlineData("Riitelemme yhä enemmän", "fi", UtteranceKind.ProblemList)]
    [InlineData("Mitä minun pitäisi tehdä?", "fi", UtteranceKind.AdviceSeeking)]
    [InlineData("Pitäisikö minun erota vai antaa anteeksi?", "fi", UtteranceKind.AdviceSeeking)]
    [InlineData("Haluan päästä eroon pelostani", "fi", UtteranceKind.NegativeWish)]
    [InlineData("Haluan olla onnellinen", "fi", UtteranceKind.VagueWish)]
    [InlineData("Tiedän mitä haluan, mutta en osaa ottaa ensimmäistä askelta", "fi", UtteranceKind.VagueWish)]
    [InlineData("Haluan ymmärtää, miksi tämä tapahtuu aina minulle", "fi", UtteranceKind.InsightWish)]
    [InlineData("Saakaa mieheni lopettamaan juominen", "fi", UtteranceKind.OtherDirected)]
    [InlineData("Haluan oppia sanomaan pomolle ei huutamatta", "fi", UtteranceKind.Goal)]
    [InlineData("Auttakaa minua päättämään, mihin kouluun haen", "fi", UtteranceKind.Goal)]
    public void Names_the_kind_in_every_language(string text, string language, UtteranceKind kind) =>
        Assert.Equal(kind, FormulationCoach.Review(text, language).Kind);

    [Theory]
    [InlineData("хочу научится говорить НЕТ начальнику, когда он еще звонит в выходные 😅", "ru")]
    [InlineData("zelim nauciti reci ne sefici kad me zove vikendom", "bs")]
    [InlineData("haluaisn oppia sanomaan pomolle ei kun se soittaa lauantaina", "fi")]
    public void Slips_and_missing_signs_do_not_confuse_it_in_any_language(string text, string language) =>
        Assert.Equal(UtteranceKind.Goal, FormulationCoach.Review(text, language).Kind);

    [Fact]
    public void The_language_is_seen_and_the_writer_can_correct_it()
    {
        const string text = "Želim naučiti reći ne šefici kad me zove vikendom.";
        Assert.Equal("bs", FormulationCoach.LanguageOf(text, "en"));
        Assert.Equal("bs", FormulationCoach.Review(text, "en").Language);
        Assert.Equal("fi", FormulationCoach.Review(text, "en", new CoachAnswers(WrittenIn: "fi")).Language);
        Assert.False(FormulationCoach.Review(text, "bs", new CoachAnswers(WrittenIn: "sv")).HasVerdict);
    }

    [Theory]
    [InlineData("Ich möchte lernen, meinem Chef ruhig nein zu sagen.", "de")]
    [InlineData("Je voudrais apprendre à dire non à mon patron quand il m'appelle le dimanche.", "en")]
    [InlineData("Jag vill lära mig att säga nej till min chef när han ringer.", "fi")]
    [InlineData("Хочу научиться спокойно говорить с мужем but every time I try to talk I just start to cry and go", "ru")]
    [InlineData("Želim naučiti reći ne šefu ali when he calls me I do not know what to say", "bs")]
    public void In_an_unknown_language_or_a_mixture_it_asks_and_gives_no_verdict(string text, string language)
    {
        var review = FormulationCoach.Review(text, language);
        Assert.False(review.HasVerdict);
        Assert.Null(review.Language);
        Assert.Equal(Reason.NotJudged, review[CriterionName.Wish].Reason);
        var file = LanguageData.All.GetValueOrDefault(language) ?? LanguageData.All["en"];
        Assert.Contains(review.Question.Before, file.Questions["open"]);
    }

    [Fact]
    public void English_words_are_judged_and_asked_about_in_the_clients_own_language()
    {
        var review = FormulationCoach.Review("I want to stop shouting at my children", "ru");
        Assert.Equal(UtteranceKind.NegativeWish, review.Kind);
        Assert.StartsWith("Вы пишете:", review.Question.Before, StringComparison.Ordinal);
    }

    [Fact]
    public void How_long_it_has_been_bad_says_nothing_of_how_far_the_goal_reaches()
    {
        const string story = "We have quarrelled every day for ten years.";
        Assert.False(FormulationCoach.Review(story, "en")[CriterionName.WithinReach].IsMet);
        Assert.False(FormulationCoach.Review($"{story} I want to sit down with my husband and agree on a budget.", "en")[CriterionName.WithinReach].IsMet);
        Assert.True(FormulationCoach.Review($"{story} I want to sit down with my husband by Friday and agree on a budget.", "en")[CriterionName.WithinReach].IsMet);
    }
}
