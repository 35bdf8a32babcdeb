namespace PracticeApp.Agreements;

/// <summary>The responsibility terms of one bearer, to be initialled or as they were.</summary>
/// <param name="ToInitial">Fields for initials stand beside them.</param>
/// <param name="Form">What was typed so far.</param>
/// <param name="Acts">The acts, where the initials were set.</param>
public sealed record PromisesView(AgreementDocument Document, Bearer Bearer, bool ToInitial, SignForm? Form = null, IReadOnlyList<string>? Acts = null)
{
    public IEnumerable<ResponsibilityTerm> Terms => Document.Text.Responsibilities.Where(r => r.Bearer == Bearer);

    public IReadOnlyList<string> InitialsTo(ResponsibilityTerm term) => [.. (Acts ?? [])
        .SelectMany(a => EvidenceChain.Values(a, "Initials")).Select(i => i.Split(' ', 2)).Where(i => i[0] == $"{term.Number}").Select(i => i[1])];
}
