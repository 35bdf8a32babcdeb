namespace PracticeApp.Demo;

/// <summary>Ordinary names of nobody in particular.</summary>
internal static class Names
{
    private static readonly string[] s_bosnianWomen =
        ["Amina", "Selma", "Ines", "Lamija", "Ajla", "Merima", "Dženana", "Sabina", "Jelena", "Ivana", "Maja", "Adna", "Naida", "Elma", "Mirela", "Tea", "Vesna", "Aida", "Belma", "Sanja", "Zerina", "Marija", "Fatima", "Nejra", "Dragana", "Irma"];
    private static readonly string[] s_bosnianMen =
        ["Adnan", "Mirza", "Goran", "Nermin", "Kenan", "Ivan", "Marko", "Edin", "Samir", "Vedran", "Zlatan", "Armin", "Dino", "Stefan", "Alen", "Faruk", "Nikola", "Jasmin", "Emir", "Senad", "Luka", "Admir"];
    private static readonly string[] s_bosnianFamilies =
        ["Marić", "Delić", "Hodžić", "Kovačević", "Begović", "Softić", "Petrović", "Jurić", "Mujkić", "Halilović", "Babić", "Zukić", "Perić", "Šabić", "Ćatić", "Žigić", "Đurić", "Imamović", "Tomić", "Kadić", "Vuković", "Selimović", "Rajić", "Omeragić", "Lovrić", "Hasić"];
    private static readonly string[] s_russianWomen = ["Ирина", "Ольга", "Наталья", "Светлана", "Татьяна", "Анна", "Елена", "Юлия", "Марина", "Дарья", "Ксения", "Полина"];
    private static readonly string[] s_russianMen = ["Алексей", "Дмитрий", "Сергей", "Павел", "Михаил", "Андрей", "Константин", "Игорь"];
    private static readonly string[] s_russianFamilies = ["Волков", "Лебедев", "Орлов", "Соколов", "Зайцев", "Кузнецов", "Тихонов", "Белов", "Громов", "Фёдоров"];
    private static readonly string[] s_englishWomen = ["Katherine", "Helen", "Rachel", "Siobhan", "Laura", "Megan", "Priya", "Claire", "Joanna", "Beth", "Naomi", "Fiona", "Grace", "Hannah"];
    private static readonly string[] s_englishMen = ["Thomas", "Daniel", "Owen", "Patrick", "Simon", "Gareth", "Marcus", "Peter", "James", "Neil", "Adam", "Robert"];
    private static readonly string[] s_englishFamilies = ["Harper", "Whitfield", "Osborne", "Keane", "Marsh", "Lowe", "Fraser", "Doyle", "Ashworth", "Bell", "Carver", "Nolan", "Reeve", "Tully"];
    private static readonly string[] s_finnishWomen = ["Sanna", "Johanna", "Riikka", "Kaisa", "Minna", "Heidi", "Outi", "Päivi", "Noora", "Tiina", "Anniina", "Marjo"];
    private static readonly string[] s_finnishMen = ["Jari", "Timo", "Antti", "Petri", "Ville", "Jukka", "Sami", "Olli", "Kimmo", "Eero"];
    private static readonly string[] s_finnishFamilies = ["Korhonen", "Nieminen", "Mäkelä", "Hämäläinen", "Koskela", "Rantanen", "Salo", "Heikkilä", "Lehtonen", "Ahola", "Kinnunen", "Väisänen"];

    /// <summary>The n-th woman or man of a language; the first few hundred of each differ.</summary>
    internal static (string First, string Last) Of(string language, bool woman, int n)
    {
        var (first, last) = language switch
        {
            "bs" => (woman ? s_bosnianWomen : s_bosnianMen, s_bosnianFamilies),
            "ru" => (woman ? s_russianWomen : s_russianMen, s_russianFamilies),
            "fi" => (woman ? s_finnishWomen : s_finnishMen, s_finnishFamilies),
            _ => (woman ? s_englishWomen : s_englishMen, s_englishFamilies),
        };
        var family = last[(n / first.Length + n * 5 + (woman ? 0 : 3)) % last.Length];
        return (first[n % first.Length], language == "ru" && woman ? family + "а" : family);
    }

    /// <summary>Lower-case Latin letters, for mail addresses.</summary>
    internal static string Latin(string name)
    {
        var text = new System.Text.StringBuilder();
        foreach (var c in name.ToLowerInvariant().Normalize(System.Text.NormalizationForm.FormD))
        {
            if (c is >= 'a' and <= 'z') text.Append(c);
            else if (c == 'đ') text.Append('d');
            else if (s_cyrillic.IndexOf(c) is >= 0 and var i) text.Append(s_latin[i]);
        }
        return text.ToString();
    }

    private const string s_cyrillic = "абвгдежзийклмнопрстуфхцчшщъыьэюя";
    private static readonly string[] s_latin =
        ["a", "b", "v", "g", "d", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "h", "ts", "ch", "sh", "sch", "", "y", "", "e", "yu", "ya"];
}
