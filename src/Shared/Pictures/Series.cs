namespace PracticeApp.Shared;

/// <summary>One named row of numbers in a picture; null is a number that may not be told.</summary>
public sealed record Series(string Name, IReadOnlyList<double?> Values)
{
    public double Sum => Values.Sum(v => v ?? 0);
}
