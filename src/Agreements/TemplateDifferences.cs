using System.Collections.Immutable;

namespace PracticeApp.Agreements;

/// <summary>One part of a text that differs: the opening, a clause, a promise.</summary>
/// <param name="Was">Number before; null where it is new, or has none.</param>
/// <param name="Is">Number now; null where it is gone, or has none.</param>
public sealed record ChangedPart(ClauseKind? Kind, Bearer? Bearer, int? Was, int? Is, string Heading, IReadOnlyList<ChangedWords> Words)
{
    public bool IsReworded => Words.Any(w => w.Change != Change.Same);
}

/// <summary>A sentence made from the terms that says something else.</summary>
/// <param name="Placeholder">The name of what it says.</param>
public sealed record ChangedTerm(string Placeholder, string Was, string Is);

/// <summary>What changed from one version of a template to another, in one language.</summary>
public static class TemplateDifferences
{
    /// <summary>Only parts that differ, in the order of the later text; clauses that are gone stand last.</summary>
    public static IReadOnlyList<ChangedPart> Words(AgreementText before, AgreementText after)
    {
        var parts = new List<ChangedPart>();
        if (before.Title != after.Title) parts.Add(new(null, null, null, null, "", WordDifference.Between(before.Title, after.Title)));
        if (before.Opening != after.Opening) parts.Add(new(null, null, null, null, "", WordDifference.Between(before.Opening, after.Opening)));
        var origins = after.OriginsIn(before);
        foreach (var (clause, was) in after.Clauses.Zip(origins))
        {
            var old = was is { } number ? before.Clauses[number - 1] : null;
            var part = new ChangedPart(clause.Kind, null, was, clause.Number, clause.Heading, old?.Heading == clause.Heading ? WordDifference.Between(old.Text, clause.Text) : WordDifference.Between(Whole(old), Whole(clause)));
            if (part.IsReworded || was != clause.Number) parts.Add(part);
        }

        parts.AddRange(before.Clauses.Where(c => !origins.Contains(c.Number))
            .Select(c => new ChangedPart(c.Kind, null, c.Number, null, c.Heading, WordDifference.Between(Whole(c), ""))));
        foreach (var bearer in Enum.GetValues<Bearer>())
        {
            string All(AgreementText text) => string.Join('\n', text.Responsibilities.Where(r => r.Bearer == bearer).Select(r => r.Text));
            if (All(before) != All(after)) parts.Add(new(null, bearer, null, null, "", WordDifference.Between(All(before), All(after))));
        }

        return parts;
    }

    /// <summary>The sentences of the terms that differ, in the order of the list of placeholders.</summary>
    public static IReadOnlyList<ChangedTerm> Terms(Terms before, Terms after, string language)
    {
        var setting = new AgreementSetting("", "", "", "", "", "", ImmutableArray<string>.Empty);
        var (old, now) = (TermsInWords.Values(before, setting, language), TermsInWords.Values(after, setting, language));
        return [.. Placeholders.FromTerms.Where(name => old[name] != now[name]).Select(name => new ChangedTerm(name, old[name], now[name]))];
    }

    private static string Whole(Clause? clause) => clause is null ? "" : $"{clause.Heading}\n\n{clause.Text}";
}
