using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace PracticeApp.Agreements;

public enum TermUnit { Minutes, Hours, Days, Percent, Money }

/// <summary>A number of the terms and the placeholder that says it.</summary>
/// <param name="Kind">The kind of clause that it belongs to.</param>
public sealed record TermNumber(string Placeholder, ClauseKind Kind, TermUnit Unit, decimal Value);

/// <summary>A number that stands in the text itself where the terms decide.</summary>
/// <param name="Clause">Number of the clause; null in the opening and the promises.</param>
/// <param name="Promise">Number of the promise, where it stands in one.</param>
/// <param name="Found">As it is written: "48 hours".</param>
/// <param name="Says">What the terms say in its place; where one of them is the same number, that one alone.</param>
/// <param name="Repeats">The number is the same now, and would stay behind when the terms change.</param>
public sealed record Contradiction(int? Clause, int? Promise, string Found, ImmutableArray<TermNumber> Says, bool Repeats);

/// <summary>Finds numbers that a text says by itself although the terms decide them. A warning, never a refusal.</summary>
public static partial class Contradictions
{
    public static IReadOnlyList<Contradiction> In(AgreementText text, Terms terms, string language)
    {
        var numbers = Of(terms).ToList();
        return
        [
            .. In(text.Opening, null, numbers, terms.Currency, language),
            .. text.Clauses.SelectMany(c => In(c.Text, c.Kind, numbers, terms.Currency, language).Select(f => f with { Clause = c.Number })),
            .. text.Responsibilities.SelectMany(r => In(r.Text, null, numbers, terms.Currency, language).Select(f => f with { Promise = r.Number })),
        ];
    }

    private static IEnumerable<Contradiction> In(string text, ClauseKind? kind, List<TermNumber> numbers, string currency, string language)
    {
        var bare = Placeholder().Replace(text, " ¤ ");
        foreach (var (found, unit, value) in Numbers(bare, currency, language))
        {
            var same = numbers.Where(n => n.Unit == unit && n.Value == value && (kind is null || n.Kind == kind)).Take(1).ToImmutableArray();
            if (same.IsEmpty && unit == TermUnit.Money) same = [.. numbers.Where(n => n.Unit == unit && n.Value == value).Take(1)];
            var others = numbers.Where(n => n.Unit == unit && (kind is null || n.Kind == kind)).ToImmutableArray();
            // A price without a clause of its own is held against the fee.
            if (others.IsEmpty && unit == TermUnit.Money) others = [.. numbers.Where(n => n.Placeholder == "fee")];
            if (!same.IsEmpty || !others.IsEmpty) yield return new Contradiction(null, null, found, same.IsEmpty ? others : same, !same.IsEmpty);
        }
    }

    /// <summary>Every number that the terms decide.</summary>
    public static IEnumerable<TermNumber> Of(Terms terms)
    {
        IEnumerable<TermNumber> Costs(string placeholder, ClauseKind kind, decimal? percent, decimal? amount) =>
            percent is { } share ? [new(placeholder, kind, TermUnit.Percent, share)] : amount is { } sum ? [new(placeholder, kind, TermUnit.Money, sum)] : [];
        IEnumerable<TermNumber> Credit(string placeholder, CreditTerm? credit) =>
            credit?.Cost is { } cost ? Costs(placeholder, ClauseKind.Lateness, cost.Percent, cost.Fixed) : [];
        var (prepayment, side, contact) = (terms.Prepayment, terms.Psychologist, terms.Contact);
        IEnumerable<IEnumerable<TermNumber>> all =
        [
            [new("session.rule", ClauseKind.Place, TermUnit.Minutes, terms.Session.Minutes), new("fee", ClauseKind.Fee, TermUnit.Money, terms.Fee.Amount)],
            terms.Fee.PayWithinDays > 0 ? [new("fee.due", ClauseKind.Fee, TermUnit.Days, terms.Fee.PayWithinDays)] : [],
            prepayment is null ? [] : [new("prepayment.rule", ClauseKind.Prepayment, TermUnit.Percent, prepayment.Percent), new("prepayment.rule", ClauseKind.Prepayment, TermUnit.Hours, prepayment.HoursBefore)],
            terms.Booking.HighestUnpaid is { } most ? [new("booking.rule", ClauseKind.Prepayment, TermUnit.Money, most)] : [],
            terms.Cancellation.Tiers.SelectMany(tier => Costs("cancel.tiers", ClauseKind.Cancelling, tier.Cost.Percent, tier.Cost.Fixed).Prepend(new("cancel.tiers", ClauseKind.Cancelling, TermUnit.Hours, tier.HoursBefore))),
            terms.Room is { } room ? [new("cancel.room", ClauseKind.Cancelling, TermUnit.Hours, room.HoursBefore), new("cancel.room", ClauseKind.Cancelling, TermUnit.Money, room.Amount)] : [],
            terms.FreePasses is { } passes ? [new("cancel.pass", ClauseKind.Cancelling, TermUnit.Days, passes.PerDays)] : [],
            [new("move.rule", ClauseKind.Cancelling, TermUnit.Hours, terms.Moving.UntilHoursBefore)],
            terms.Reminders is { } reminders ? reminders.MailHours.Concat(reminders.TextHours).Select(h => new TermNumber("reminders.rule", ClauseKind.Cancelling, TermUnit.Hours, h)) : [],
            Costs("move.rule", ClauseKind.Cancelling, terms.Moving.LateCost?.Percent, terms.Moving.LateCost?.Fixed),
            Costs("absence.rule", ClauseKind.Absence, terms.Absence.Cost.Percent, terms.Absence.Cost.Fixed),
            terms.Repeats is { } repeats ? repeats.Percents.Select(p => new TermNumber("absence.repeats", ClauseKind.Absence, TermUnit.Percent, p)).Append(new("absence.repeats", ClauseKind.Absence, TermUnit.Days, repeats.WindowDays)) : [],
            terms.Escalations.Select(e => new TermNumber("absence.steps", ClauseKind.Absence, TermUnit.Days, e.WithinDays)),
            [new("late.rule", ClauseKind.Lateness, TermUnit.Minutes, terms.Lateness.GraceMinutes), new("psychologist.late", ClauseKind.Lateness, TermUnit.Minutes, side.GraceMinutes)],
            Credit("psychologist.late", side.Late), Credit("psychologist.absent", side.Absent), Credit("psychologist.notice", side.ShortNotice),
            side.NoticeHours > 0 ? [new("psychologist.notice", ClauseKind.Lateness, TermUnit.Hours, side.NoticeHours)] : [],
            side.HolidayNoticeDays > 0 ? [new("psychologist.holidays", ClauseKind.Lateness, TermUnit.Days, side.HolidayNoticeDays)] : [],
            contact.AnswerWithinHours is { } hours ? [new("contact.answer", ClauseKind.Contact, TermUnit.Hours, hours)] : [],
            contact.MinutesPerWeek > 0 ? [new("contact.included", ClauseKind.Contact, TermUnit.Minutes, contact.MinutesPerWeek)] : [],
            contact.PricePer15Minutes is { } price ? [new("contact.beyond", ClauseKind.Contact, TermUnit.Money, price)] : [],
            terms.Scope.ExtraWork.Select(work => new TermNumber("extra.rule", ClauseKind.Changes, TermUnit.Money, work.Price)),
            terms.Ending.NoticeDays > 0 ? [new("ending.notice", ClauseKind.Ending, TermUnit.Days, terms.Ending.NoticeDays)] : [],
        ];
        return all.SelectMany(part => part);
    }

    /// <summary>Numbers with a unit, in the order in which they stand.</summary>
    private static IEnumerable<(string Found, TermUnit Unit, decimal Value)> Numbers(string text, string currency, string language)
    {
        var words = Units[language];
        var found = new List<(int At, string Found, TermUnit Unit, decimal Value)>();
        foreach (Match match in Number().Matches(text))
        {
            if (!decimal.TryParse(Spaces().Replace(match.Groups["n"].Value, "").Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)) continue;
            var (before, after) = (match.Groups["sign"].Value, text[(match.Index + match.Length)..]);
            if (before.Length > 0)
            {
                found.Add((match.Index, match.Value.Trim(), TermUnit.Money, value));
                continue;
            }

            foreach (var (unit, pattern, times) in words.Append((TermUnit.Money, $@"(?:{Regex.Escape(currency)}|KM|€|\$|£|₽)(?!\p{{L}})", 1m)))
            {
                var named = Regex.Match(after, $@"^[\s\u00a0-]*(?:{pattern})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
                if (!named.Success) continue;
                found.Add((match.Index, (match.Value + named.Value).Trim(), unit, value * times));
                break;
            }
        }

        foreach (var (pattern, percent) in Shares[language])
        {
            found.AddRange(Regex.Matches(text, pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)).Select(m => (m.Index, m.Value, TermUnit.Percent, percent)));
        }

        return found.OrderBy(f => f.At).Select(f => (f.Found, f.Unit, f.Value));
    }

    private static readonly Dictionary<string, (TermUnit Unit, string Pattern, decimal Times)[]> Units = new()
    {
        ["en"] =
        [
            (TermUnit.Minutes, @"min(?:ute)?s?\b", 1), (TermUnit.Hours, @"(?:hours?|hrs?|h)\b", 1), (TermUnit.Days, @"days?\b", 1), (TermUnit.Days, @"weeks?\b", 7),
            (TermUnit.Percent, @"%|per ?cent\b", 1), (TermUnit.Money, @"(?:euros?|marks?|dollars?|pounds?)\b", 1),
        ],
        ["ru"] =
        [
            (TermUnit.Minutes, @"мин(?:ут\w*)?\b", 1), (TermUnit.Hours, @"(?:час\w*|ч)\b", 1), (TermUnit.Days, @"(?:день|дня|дней|дням|днями|днях|дн|сут\w*)\b", 1), (TermUnit.Days, @"недел\w*", 7),
            (TermUnit.Percent, @"%|процент\w*", 1), (TermUnit.Money, @"(?:евро|мар(?:ка|ки|ок|ками)|руб\w*|долл\w*)\b", 1),
        ],
        ["bs"] =
        [
            (TermUnit.Minutes, @"min(?:ut\w*)?\b", 1), (TermUnit.Hours, @"(?:sat[aei]?|satima|h)\b", 1), (TermUnit.Days, @"(?:dan[ai]?|danima)\b", 1), (TermUnit.Days, @"(?:sedmic\w*|nedjelj\w*|tjed\w*)", 7),
            (TermUnit.Percent, @"%|posto\b|procen\w*", 1), (TermUnit.Money, @"(?:mar(?:ka|ke|aka)|eur[aoi]?|evra)\b", 1),
        ],
        ["fi"] =
        [
            (TermUnit.Minutes, @"min(?:uut\w*)?\b", 1), (TermUnit.Hours, @"(?:tun[tn]\w*|h)\b", 1), (TermUnit.Days, @"(?:päiv\w*|vrk|vuorokau\w*)\b", 1), (TermUnit.Days, @"viik\w*", 7),
            (TermUnit.Percent, @"%|prosent\w*", 1), (TermUnit.Money, @"(?:euro\w*|mark\w*)\b", 1),
        ],
    };

    private static readonly Dictionary<string, (string Pattern, decimal Percent)[]> Shares = new()
    {
        ["en"] = [(@"\bhalf (?:of )?(?:the |your |its )?(?:session )?(?:fee|price)\b", 50), (@"\b(?:full|whole) (?:session )?(?:fee|price)\b", 100)],
        ["ru"] = [(@"\bполовин\w* (?:стоимост|цен|оплат)\w*", 50), (@"\b(?:полн\w+|вс[юяей]\w*) (?:стоимост|цен|оплат)\w*", 100)],
        ["bs"] = [(@"\b(?:polovin\w*|pola) (?:cijen|naknad|iznos)\w*", 50), (@"\b(?:pun\w+|cijel\w+|čitav\w+) (?:cijen|naknad|iznos)\w*", 100)],
        ["fi"] = [(@"\bpuol(?:et|ta|ikas) (?:hinna|maksu|palkkio)\w*", 50), (@"\b(?:täy\w+|koko) (?:hin|maksu|palkkio)\w*", 100)],
    };

    [GeneratedRegex(@"\{\{[^{}]*\}\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"(?<![\d\p{L}])(?<sign>[€$£₽]\s?)?(?<n>\d{1,3}(?:[ \u00a0]\d{3})+(?:[.,]\d{1,2})?|\d{1,6}(?:[.,]\d{1,2})?)(?!\d)")]
    private static partial Regex Number();

    [GeneratedRegex(@"[\s\u00a0]")]
    private static partial Regex Spaces();
}
