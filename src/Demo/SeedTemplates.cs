using PracticeApp.Agreements;
using PracticeApp.Platform;

namespace PracticeApp.Demo;

/// <summary>The templates of a demo practice: one for individual work in its second version, one for couples with a change that nobody has published yet.</summary>
internal static class SeedTemplates
{
    /// <returns>The two versions for individual work; what is agreed on after the second was published is made from it.</returns>
    internal static (AgreementTemplate First, AgreementTemplate Second) Write(Settlement s)
    {
        var language = s.Cast.Language;
        var individual = new TemplateSeries(s.PracticeId, s_individual[language], s.Now.AddDays(-600));
        individual.Choose(individual.CreatedAt);
        var second = AgreementTemplate.DefaultTexts();
        // The first version did not say yet who may sit in.
        var first = AgreementTemplate.First(individual, second.ToDictionary(t => t.Key, t => WithoutLastParagraph(AgreementText.Parse(t.Value), ClauseKind.Recording).ToMarkdown()),
            SeedExtraWork.Priced(Terms.Default(s.Cast.Price, s.Cast.Currency)), individual.CreatedAt);
        first.Publish("", individual.CreatedAt);
        var next = first.WorkingCopy(s.Now.AddDays(-124));
        foreach (var (code, markdown) in second) Reword(next, code, AgreementText.Parse(markdown));
        next.Change(first.Terms with { FreePasses = first.Terms.FreePasses! with { Count = 2 } });
        next.Publish(s_note[language], s.Now.AddDays(-120));

        var couples = new TemplateSeries(s.PracticeId, s_couples[language], s.Now.AddDays(-300));
        var pair = AgreementTemplate.First(couples, second.ToDictionary(t => t.Key, t => s_pair[t.Key].Over(AgreementText.Parse(t.Value)).ToMarkdown()),
            Terms.Default(s.Cast.CouplePrice, s.Cast.Currency) is var terms ? terms with { Session = terms.Session with { Minutes = 80 }, Reminders = new ReminderTerms("5", [72, 24], [3]) } : terms, couples.CreatedAt);
        pair.Publish("", couples.CreatedAt);
        // Somebody has begun to add a clause, in one language so far.
        var change = pair.WorkingCopy(s.Now.AddDays(-2));
        var text = change.In(language);
        Reword(change, language, text with { Clauses = text.Clauses.Add(new Clause(text.Clauses.Length + 1, ClauseKind.Other, s_alone[language].Heading, s_alone[language].Text)) });
        s.Db.AddRange(first, next, pair, change);
        return (first, next);
    }

    // Clauses and promises stand where they stood; what is more is new.
    private static void Reword(AgreementTemplate template, string language, AgreementText text)
    {
        var before = template.In(language);
        template.Reword(language, text, [.. text.Clauses.Select(c => c.Number <= before.Clauses.Length ? c.Number : (int?)null)], [.. text.Responsibilities.Select(r => (int?)r.Number)]);
    }

    private static AgreementText WithoutLastParagraph(AgreementText text, ClauseKind kind) => text with
    {
        Clauses = [.. text.Clauses.Select(c => c.Kind == kind ? c with { Text = c.Text[..c.Text.LastIndexOf("\n\n", StringComparison.Ordinal)] } : c)],
    };

    /// <summary>What is different where two come together.</summary>
    private sealed record Pair(string Title, string Opening, string Services, string Confidentiality, string[] Both)
    {
        public AgreementText Over(AgreementText text) => text with
        {
            Title = Title,
            Opening = Opening,
            Clauses =
            [
                .. text.Clauses.Select(c => c.Kind switch
                {
                    ClauseKind.Services => c with { Text = $"{Services}\n\n{c.Text[c.Text.IndexOf("\n\n", StringComparison.Ordinal)..].TrimStart()}" },
                    ClauseKind.Confidentiality => c with { Text = $"{c.Text}\n\n{Confidentiality}" },
                    _ => c,
                }),
            ],
            Responsibilities =
            [
                .. text.Responsibilities.Where(r => r.Bearer == Bearer.Client),
                .. Both.Select(sentence => new ResponsibilityTerm(0, Bearer.Both, sentence)),
                .. text.Responsibilities.Where(r => r.Bearer == Bearer.Psychologist),
            ],
        };
    }

    private static readonly Dictionary<string, string> s_individual = new()
    {
        ["en"] = "Individual work", ["bs"] = "Individualni rad", ["ru"] = "Индивидуальная работа", ["fi"] = "Yksilötyö",
    };

    private static readonly Dictionary<string, string> s_couples = new()
    {
        ["en"] = "Work with couples", ["bs"] = "Rad s parovima", ["ru"] = "Работа с парами", ["fi"] = "Työ parien kanssa",
    };

    private static readonly Dictionary<string, (string Heading, string Text)> s_alone = new()
    {
        ["en"] = ("Talks with one of you", "If one of you cannot come, we decide together whether the other comes alone. Such a talk is the exception, and both of you know of it beforehand."),
        ["bs"] = ("Razgovori nasamo", "Ako jedno od vas ne može doći, zajedno odlučujemo hoće li drugo doći samo. Takav razgovor je izuzetak i oboje za njega znate unaprijed."),
        ["ru"] = ("Беседы наедине", "Если один из вас не может прийти, мы вместе решаем, придёт ли другой один. Такая беседа остаётся исключением, и вы оба знаете о ней заранее."),
        ["fi"] = ("Tapaamiset kahden kesken", "Jos toinen teistä ei pääse tulemaan, päätämme yhdessä, tuleeko toinen yksin. Sellainen tapaaminen on poikkeus, ja te molemmat tiedätte siitä etukäteen."),
    };

    private static readonly Dictionary<string, string> s_note = new()
    {
        ["en"] = "Two late cancellations a year are free instead of one; who may sit in is said.",
        ["bs"] = "Dva kasna otkazivanja godišnje su besplatna umjesto jednog; rečeno je ko smije prisustvovati.",
        ["ru"] = "Бесплатны две поздние отмены в год вместо одной; сказано, кто может присутствовать.",
        ["fi"] = "Kaksi myöhäistä peruutusta vuodessa on maksutonta yhden sijaan; sanottu, kuka saa olla läsnä.",
    };

    private static readonly Dictionary<string, Pair> s_pair = new()
    {
        ["en"] = new("Agreement on working together as a couple",
            "This agreement is between the two of you, {{client.name}}, and your psychologist, {{psychologist.name}}, at {{practice.name}}. It says what each side promises, so that nobody has to guess. Read it in peace, each for yourself, and ask about anything. Nothing holds until everybody has signed, and each of you may stop at any time (clause {{clause.ending}}).",
            "You come together, with what troubles you between you. Your psychologist listens to both, asks, and helps you find out what you want instead and how to get there. Your psychologist takes nobody's side and does not decide who is right. At the beginning we put into words what you both want as a result: your request. The work is about that request, one step at a time.",
            "What one of you tells in a talk alone, your psychologist does not pass on to the other. If it matters for the work of both, your psychologist asks you to say it yourself and helps you with it.",
            ["Each of us speaks for ourselves and lets the other finish.", "What is said here we do not use against each other at home.", "If something is wrong, we first say it to each other.", "We speak about what was done or not done, never about what somebody is like."]),
        ["bs"] = new("Sporazum o zajedničkom radu za parove",
            "Ovaj sporazum sklapate vas dvoje, {{client.name}}, i vaš psiholog, {{psychologist.name}}, u praksi {{practice.name}}. U njemu stoji šta koja strana obećava, da niko ne mora nagađati. Čitajte na miru, svako za sebe, i pitajte o svemu. Ništa ne važi dok ne potpišu svi, a svako od vas može prestati kad god želi (tačka {{clause.ending}}).",
            "Dolazite zajedno, s onim što vas muči među vama. Psiholog sluša oboje, pita i pomaže vam da otkrijete šta želite umjesto toga i kako do toga doći. Psiholog ne staje ni na čiju stranu i ne presuđuje ko je u pravu. Na početku riječima odredimo šta oboje želite kao rezultat: to je vaš zahtjev. Radimo na tom zahtjevu, korak po korak.",
            "Ono što jedno od vas kaže u razgovoru nasamo psiholog ne prenosi drugome. Ako je važno za zajednički rad, zamolit će vas da to kažete sami i pomoći vam u tome.",
            ["Svako od nas govori u svoje ime i pušta drugoga da završi.", "Ono što se ovdje kaže ne koristimo kod kuće jedno protiv drugoga.", "Ako nešto nije u redu, prvo to kažemo jedni drugima.", "Govorimo o tome šta je urađeno ili nije urađeno, nikad o tome kakav je neko."]),
        ["ru"] = new("Соглашение о совместной работе с парой",
            "Это соглашение заключают вы двое, {{client.name}}, и ваш психолог, {{psychologist.name}}, практика «{{practice.name}}». В нём сказано, что обещает каждая сторона, чтобы никому не пришлось догадываться. Читайте спокойно, каждый сам, и спрашивайте обо всём. Пока не подписали все, ничего не действует, а прекратить работу каждый из вас может в любой момент (пункт {{clause.ending}}).",
            "Вы приходите вместе, с тем, что тревожит вас друг в друге и между вами. Психолог слушает обоих, спрашивает и помогает понять, чего вы хотите вместо этого и как к этому прийти. Психолог не встаёт ни на чью сторону и не решает, кто прав. В начале мы словами определяем, какой результат нужен вам обоим: это ваш запрос. Работа идёт по этому запросу, шаг за шагом.",
            "То, что один из вас говорит в беседе наедине, психолог не передаёт другому. Если это важно для общей работы, психолог попросит сказать об этом самому и поможет это сделать.",
            ["Каждый из нас говорит за себя и даёт другому договорить.", "Сказанное здесь мы не используем дома друг против друга.", "Если что-то не так, мы сначала говорим об этом друг другу.", "Мы говорим о том, что было сделано или не сделано, и никогда о том, каков человек."]),
        ["fi"] = new("Sopimus yhteisestä työstä pariskunnalle",
            "Tämän sopimuksen tekevät te kaksi, {{client.name}}, ja psykologinne {{psychologist.name}} vastaanotolla {{practice.name}}. Siinä sanotaan, mitä kukin lupaa, ettei kenenkään tarvitse arvailla. Lukekaa rauhassa, kumpikin itse, ja kysykää mistä tahansa. Mikään ei ole voimassa ennen kuin kaikki ovat allekirjoittaneet, ja kumpikin voi lopettaa milloin tahansa (kohta {{clause.ending}}).",
            "Tulette yhdessä sen kanssa, mikä välillänne vaivaa. Psykologi kuuntelee teitä molempia, kysyy ja auttaa löytämään, mitä haluatte sen sijaan ja miten sinne päästään. Psykologi ei asetu kummankaan puolelle eikä ratkaise, kumpi on oikeassa. Aluksi puetaan sanoiksi, minkä tuloksen molemmat haluatte: se on toiveenne. Työ koskee tätä toivetta, askel kerrallaan.",
            "Sitä, mitä toinen teistä kertoo kahden kesken, psykologi ei kerro toiselle. Jos sillä on merkitystä yhteiselle työlle, psykologi pyytää sinua sanomaan sen itse ja auttaa siinä.",
            ["Kumpikin puhuu omasta puolestaan ja antaa toisen puhua loppuun.", "Sitä, mitä täällä sanotaan, emme käytä kotona toisiamme vastaan.", "Jos jokin on pielessä, sanomme sen ensin toisillemme.", "Puhumme siitä, mitä tehtiin tai jätettiin tekemättä, emme koskaan siitä, millainen joku on."]),
    };
}
