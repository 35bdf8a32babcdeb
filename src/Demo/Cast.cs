using PracticeApp.Platform;

namespace PracticeApp.Demo;

/// <summary>A practice of the demo, before its year.</summary>
internal sealed record Cast(
    string Slug, string Name, string Tagline, string Address, string Phone, string Country, string Zone, string Language, string Currency,
    decimal Price, decimal CouplePrice, int Seed, int ClientsEach, string ClientsMail, IReadOnlyList<Player> Staff, IReadOnlyList<NamedClient> Clients)
{
    internal const string Password = "demo-practice-2026";

    internal IReadOnlyList<Player> Psychologists => [.. Staff.Where(p => p.Roles.Contains(Role.Psychologist))];

    internal static readonly Cast Lipa = new(
        "lipa", "Lipa", "Psiholozi za razgovor koji vodi nekud", "Ferhadija 14, 71000 Sarajevo", "+387 33 555 014", "BA", "Europe/Sarajevo", "bs", "BAM",
        60, 90, 1907, 25, "mail.example",
        [
            new("Lejla Hadžić", [Role.Psychologist], "en", ["en", "bs"], ["work", "couple-relations", "fears", "self-esteem", "decisions", "grief"],
                "I work with people who have had enough of coping. We find one thing that you want to be different, in your words, and go there in small steps.",
                "No addiction treatment and no reports for courts."),
            new("Damir Kovač", [Role.Psychologist], "bs", ["bs", "en"], ["anger", "children", "divorce-or-separation", "relatives", "decisions"],
                "Radim s parovima, očevima i majkama. Pitam više nego što savjetujem; zadaci su mali i stanu u jednu sedmicu.",
                "Ne radim s djecom mlađom od dvanaest godina."),
            new("Jasna Pehar", [Role.Psychologist], "bs", ["bs", "en"], ["fears", "low-mood", "body", "grief", "self-esteem"],
                "Strah, tuga, tijelo koje govori umjesto nas. Idemo polako i mjerimo ono što se vidi.", ""),
            new("Vera Sokolova", [Role.Psychologist], "ru", ["ru", "en"], ["dependence-of-someone-close", "couple-relations", "teenagers", "meaning-of-life"],
                "Помогаю тем, кто живёт рядом с чужой бедой и забыл про себя. По-русски и по-английски, очно и онлайн.", ""),
            new("Haris Mulić", [Role.Psychologist], "bs", ["bs", "en"], ["work", "decisions", "self-esteem", "loneliness"],
                "Posao, odluke, raskrsnice. Kratko i konkretno: četiri koraka, pa pogledamo.", ""),
            new("Mia Lindholm", [Role.Psychologist], "fi", ["fi", "en"], ["low-mood", "loneliness", "work", "couple-relations"],
                "Suomeksi ja englanniksi, enimmäkseen etänä. Autan, kun arki on kaventunut eikä siitä pääse yksin leveämmäksi.", ""),
            new("Sanela Ćosić", [Role.Operator], "en", [], [], "", ""),
            new("Azra Begić", [Role.Admin], "en", [], [], "", ""),
            new("Nora Lindqvist", [Role.Supervisor], "en", [], [], "", ""),
        ],
        [
            new("Emina Hodžić", "emina@lipa.example", 0, 5, "en", Woman: true),
            new("Katherine Harper", "katherine@lipa.example", 0, 2, "en", Woman: true),
            new("Tarik Delić", "tarik@lipa.example", 1, 6, "bs", Woman: false),
            new("Ирина Волкова", "irina@lipa.example", 3, 6, "ru", Woman: true),
            new("Sanna Korhonen", "sanna@lipa.example", 5, 6, "fi", Woman: true),
        ]);

    internal static readonly Cast Saaristo = new(
        "saaristo", "Saaristo", "Keskustelua, joka vie eteenpäin", "Linnankatu 8, 20100 Turku", "+358 2 555 0180", "FI", "Europe/Helsinki", "fi", "EUR",
        95, 130, 11, 7, "posti.example",
        [
            new("Mikko Virtanen", [Role.Psychologist, Role.Admin], "fi", ["fi", "en"], ["work", "loneliness", "low-mood", "decisions"],
                "Autan ihmisiä, jotka haluavat yhden asian muuttuvan ja tietävät suunnilleen minkä.", ""),
            new("Elina Koskinen", [Role.Psychologist], "fi", ["fi", "en"], ["couple-relations", "children", "grief"],
                "Parit ja perheet. Kysyn enemmän kuin neuvon.", ""),
        ],
        [new("Aino Laine", "aino@saaristo.example", 0, 3, "fi", Woman: true)]);
}

/// <summary>Somebody who works there.</summary>
internal sealed record Player(string Name, Role[] Roles, string Language, string[] Speaks, string[] Themes, string About, string Limits)
{
    internal string Email(Cast cast) => $"{Names.Latin(Name.Split(' ')[0])}@{cast.Slug}.example";
}

/// <summary>A client whom everybody may sign in as.</summary>
/// <param name="FromTheLast">Which of the psychologist's clients, counted from the latest; the latest have just begun.</param>
internal sealed record NamedClient(string Name, string Email, int Psychologist, int FromTheLast, string Language, bool Woman);
