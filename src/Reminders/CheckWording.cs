using System.Text.RegularExpressions;

namespace PracticeApp.Reminders;

public enum WordingFault { Empty, Long, UnknownPlaceholder, BrokenPlaceholder, MissingPlaceholder, SubjectPlaceholder, TellingWord, SeveralLines }

/// <param name="InSubject">It concerns the subject; otherwise the body.</param>
/// <param name="What">The placeholder or the word.</param>
public sealed record WordingProblem(WordingFault Fault, bool InSubject, string What = "");

/// <summary>Whether words may be sent: only known placeholders, none missing, nothing in a subject or a text message that tells what it is about.</summary>
public static partial class CheckWording
{
    /// <summary>What everybody may read over a shoulder.</summary>
    private static readonly string[] InSubjects = ["practice", "when", "until"];

    // Beginnings of words, in all four languages: whoever writes in one may use a word of another.
    private static readonly string[] Telling =
    [
        "therap", "psych", "counsel", "session", "depress", "anxiet", "trauma", "addict", "suicid", "diagnos", "mental", "clinic", "couple", "intake",
        "терап", "психо", "психи", "консультац", "сесси", "сеанс", "депресс", "тревож", "травм", "зависим", "суицид", "диагно", "клиник", "семейн", "группов", "супруж",
        "terapij", "terapeut", "psih", "savjetovan", "seans", "depres", "anksioz", "ovisnos", "zavisnos", "samoubi", "dijagno", "klini", "porodičn", "bračn",
        "terapia", "psyko", "psyki", "istunto", "masennu", "ahdist", "riippuvu", "itsemur", "klinik", "mielenterv", "pariterap", "perheterap",
    ];

    /// <param name="kinds">Titles of the practice's kinds of session.</param>
    public static IReadOnlyList<WordingProblem> Of(NoticeKind kind, Channel channel, string subject, string body, IEnumerable<string> kinds)
    {
        var problems = new List<WordingProblem>();
        var mail = channel == Channel.Mail;
        if (mail) Subject(problems, kind, subject, kinds);
        if (string.IsNullOrWhiteSpace(body)) problems.Add(new(WordingFault.Empty, false));
        if (body.Length > (mail ? NoticeWording.LongestBody : NoticeWording.LongestText)) problems.Add(new(WordingFault.Long, false, (mail ? NoticeWording.LongestBody : NoticeWording.LongestText).ToString(System.Globalization.CultureInfo.InvariantCulture)));
        Placeholders(problems, kind.Placeholders(channel), body, inSubject: false);
        foreach (var needed in kind.Needed(channel).Except(NoticeText.PlaceholdersOf(body)))
            problems.Add(new(WordingFault.MissingPlaceholder, false, needed));
        // In the app they are read behind the sign-in.
        if (channel == Channel.Text && TellingIn(body, kinds) is { } word) problems.Add(new(WordingFault.TellingWord, false, word));
        return problems;
    }

    // A name may have them in its middle too: "Hypnotherapy", "Paarpsychologie".
    private static readonly string[] Anywhere = ["therap", "psych", "terap", "psih", "psyk", "терап", "психо", "психи"];

    internal static string? TellingInName(string name) =>
        Word().Matches(name).Select(m => m.Value).FirstOrDefault(w => Anywhere.Any(t => w.Contains(t, StringComparison.OrdinalIgnoreCase))) ?? TellingIn(name, []);

    private static void Subject(List<WordingProblem> problems, NoticeKind kind, string subject, IEnumerable<string> kinds)
    {
        if (string.IsNullOrWhiteSpace(subject)) problems.Add(new(WordingFault.Empty, true));
        if (subject.Length > NoticeWording.LongestSubject) problems.Add(new(WordingFault.Long, true, NoticeWording.LongestSubject.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        if (subject.AsSpan().IndexOfAny('\r', '\n') >= 0) problems.Add(new(WordingFault.SeveralLines, true));
        Placeholders(problems, kind.InMail, subject, inSubject: true);
        foreach (var used in NoticeText.PlaceholdersOf(subject).Where(p => kind.InMail.Contains(p) && !InSubjects.Contains(p)))
            problems.Add(new(WordingFault.SubjectPlaceholder, true, used));
        if (TellingIn(subject, kinds) is { } word) problems.Add(new(WordingFault.TellingWord, true, word));
    }

    private static void Placeholders(List<WordingProblem> problems, IReadOnlyList<string> known, string text, bool inSubject)
    {
        foreach (var unknown in NoticeText.PlaceholdersOf(text).Except(known)) problems.Add(new(WordingFault.UnknownPlaceholder, inSubject, unknown));
        // A brace that belongs to no placeholder is a slip of the hand: people would read it.
        if (Brace().Match(NoticeText.Without(text)) is { Success: true } broken) problems.Add(new(WordingFault.BrokenPlaceholder, inSubject, broken.Value));
    }

    private static string? TellingIn(string text, IEnumerable<string> kinds)
    {
        var words = NoticeText.Without(text);
        if (Word().Matches(words).Select(m => m.Value).FirstOrDefault(w => Telling.Any(t => w.StartsWith(t, StringComparison.OrdinalIgnoreCase))) is { } word) return word;
        return kinds.FirstOrDefault(k => k.Trim().Length > 2 && Regex.IsMatch(words, $@"(?<!\p{{L}}){Regex.Escape(k.Trim())}(?!\p{{L}})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant));
    }

    [GeneratedRegex(@"\{[^{}\s]{0,30}\}?|\}")]
    private static partial Regex Brace();

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Word();
}

/// <summary>How long a text message is on its way: GSM 7-bit where every letter is in its alphabet, UCS-2 otherwise.</summary>
public sealed record TextLength(int Units, int Parts, bool IsGsm)
{
    private const string Basic = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private const string Extended = "^{}\\[~]|€\f";

    public static TextLength Of(string text)
    {
        var gsm = text.All(c => Basic.Contains(c) || Extended.Contains(c));
        var units = gsm ? text.Sum(c => Extended.Contains(c) ? 2 : 1) : text.Length;
        var (one, several) = gsm ? (160, 153) : (70, 67);
        return new TextLength(units, units <= one ? 1 : (units + several - 1) / several, gsm);
    }
}
