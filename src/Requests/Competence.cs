namespace PracticeApp.Requests;

/// <summary>Whether a theme lies outside those a psychologist lists, and the limits they set themselves. Who lists nothing works with everything.</summary>
public sealed record Competence(bool IsOutside, string Limits)
{
    public static Competence Of(Guid? theme, IReadOnlyCollection<Guid> listed, string? limits) =>
        new(theme is { } chosen && listed.Count > 0 && !listed.Contains(chosen), limits?.Trim() ?? "");
}
