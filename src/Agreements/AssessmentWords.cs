using System.Globalization;
using System.Resources;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using PracticeApp.Shared;

namespace PracticeApp.Agreements;

/// <summary>Says an assessment in words: what it costs, by which clause, why. The sentence always states the amount.</summary>
public static class AssessmentWords
{
    private static readonly ResourceManager Texts = new("PracticeApp.src.Agreements.AssessmentTexts", typeof(AssessmentWords).Assembly);

    /// <summary>Before the act: "Cancelling now costs €40 (clause 5, version 1): with less than 24 h before the start …".</summary>
    public static string IfNow(Assessment assessment, EventKind act, CultureInfo culture)
    {
        var what = act switch { EventKind.Moved => "move", EventKind.Absent => "absent", _ => "cancel" };
        return Sentence($"now-{what}-{(assessment.Charge > 0m ? "cost" : "free")}", assessment, culture);
    }

    /// <summary>After it: "€40 (clause 5, version 1): with less than 24 h before the start it is 50% of the fee of €80."</summary>
    public static string Record(Assessment assessment, CultureInfo culture) => Sentence(
        (assessment.Charge > 0m, assessment.Credit > 0m) switch
        {
            (true, true) => "record-cost-credit",
            (true, false) => "record-cost",
            (false, true) => "record-credit",
            _ => "record-free",
        },
        assessment, culture);

    /// <summary>After it, to the client: where the reason given may waive it, that somebody looks at it first.</summary>
    public static string ToClient(Assessment assessment, CultureInfo culture) =>
        Record(assessment, culture) + (assessment is { AsksPsychologist: true, Charge: > 0m } ? " " + Text("asked", culture) : "");

    /// <summary>One line of the reckoning, without its amount.</summary>
    public static string Line(ReckoningLine line, CultureInfo culture) =>
        Text(line.Key, culture).Replace("{number}", line.Number?.ToString("0.##", culture), StringComparison.Ordinal);

    /// <summary>"clause 5, version 1".</summary>
    public static string Clause(Assessment assessment, CultureInfo culture) => Clause(assessment.Clause, assessment.AgreementVersion, culture);

    /// <param name="version">0 where nothing is signed.</param>
    public static string Clause(string? clause, int version, CultureInfo culture) =>
        Text(version == 0 ? "no-agreement" : clause is null ? "no-clause" : "clause", culture)
            .Replace("{clause}", clause, StringComparison.Ordinal)
            .Replace("{version}", version.ToString(culture), StringComparison.Ordinal);

    /// <summary>A sentence made here with its clause as a link to it; plain where nothing is signed.</summary>
    public static IHtmlContent Linked(string sentence, Assessment assessment, CultureInfo culture) =>
        assessment.AgreementVersion == 0 ? new HtmlContentBuilder().Append(sentence) : Linked(sentence, Clause(assessment, culture), assessment.AgreementId, assessment.Clause);

    internal static IHtmlContent Linked(string sentence, string said, Guid agreementId, string? clause)
    {
        var at = sentence.IndexOf(said, StringComparison.Ordinal);
        if (at < 0) return new HtmlContentBuilder().Append(sentence);
        var link = $"<a href=\"{AgreementAccess.Address(agreementId, clause)}\">{HtmlEncoder.Default.Encode(said)}</a>";
        return new HtmlContentBuilder().Append(sentence[..at]).AppendHtml(link).Append(sentence[(at + said.Length)..]);
    }

    /// <summary>A reason by its key, worded; the practice's own reasons by their label.</summary>
    public static string Reason(string key, string? label, CultureInfo culture) =>
        label ?? Texts.GetString("reason-" + key, culture) ?? Text("reason-other", culture);

    /// <summary>"24 h", "7 days", "1 h 30 min".</summary>
    public static string Span(TimeSpan span, CultureInfo culture)
    {
        var (hours, minutes) = ((int)span.TotalHours, span.Minutes);
        if (minutes == 0 && hours > 48 && hours % 24 == 0)
        {
            return Days(hours / 24, culture);
        }
        var key = hours == 0 ? "minutes" : minutes == 0 ? "hours" : "hours-minutes";
        return hours == 0
            ? string.Format(culture, Text(key, culture), minutes)
            : string.Format(culture, Text(key, culture), hours, minutes);
    }

    private static string Sentence(string key, Assessment assessment, CultureInfo culture)
    {
        var because = assessment.Because;
        var sentence = Text(key, culture).Replace("{why}", Text(WhyKey(because), culture), StringComparison.Ordinal);
        if (because.OtherVersion is { } other)
        {
            sentence += Text("other-version", culture)
                .Replace("{other}", other.ToString(culture), StringComparison.Ordinal)
                .Replace("{otherTotal}", Money(because.OtherTotal ?? 0m), StringComparison.Ordinal);
        }
        return sentence
            .Replace("{clause}", Clause(assessment, culture), StringComparison.Ordinal)
            .Replace("{charge}", Money(assessment.Charge), StringComparison.Ordinal)
            .Replace("{credit}", Money(assessment.Credit), StringComparison.Ordinal)
            .Replace("{fee}", Money(assessment.Fee), StringComparison.Ordinal)
            .Replace("{window}", Span(TimeSpan.FromHours((double)(because.WindowHours ?? 0m)), culture), StringComparison.Ordinal)
            .Replace("{percent}", string.Format(culture, Text("percent", culture), because.Percent), StringComparison.Ordinal)
            .Replace("{occurrence}", because.Occurrence?.ToString(culture), StringComparison.Ordinal)
            .Replace("{windowDays}", Days(because.WindowDays ?? 0, culture), StringComparison.Ordinal)
            .Replace("{minutes}", string.Format(culture, Text("minutes", culture), because.Minutes), StringComparison.Ordinal)
            .Replace("{reason}", Reason(because.ReasonKey ?? "other", because.ReasonLabel, culture), StringComparison.Ordinal);

        string Money(decimal amount) => Currencies.Format(amount, assessment.Currency, culture);
    }

    private static string WhyKey(Because because)
    {
        var key = "why-" + because.Key;
        return because.Key switch
        {
            "late" or "absent" or "move-late" when because.Percent is null => key + "-fixed",
            "free" or "move-free" when because.WindowHours is null or 0m => key + "-always",
            _ => key,
        };
    }

    private static string Days(int days, CultureInfo culture)
    {
        var form = culture.TwoLetterISOLanguageName switch
        {
            "ru" or "bs" => (days % 10, days % 100) switch
            {
                (1, not 11) => "one",
                (>= 2 and <= 4, not (>= 12 and <= 14)) => "few",
                _ => "many",
            },
            _ => days == 1 ? "one" : "many",
        };
        return string.Format(culture, Text("days-" + form, culture), days);
    }

    private static string Text(string key, CultureInfo culture) =>
        Texts.GetString(key, culture) ?? throw new MissingManifestResourceException($"No text '{key}'.");
}
