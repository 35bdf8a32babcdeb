namespace PracticeApp.Platform;

/// <summary>The short forms that <c>./run</c> offers, as configuration.</summary>
public static class Arguments
{
    private static readonly Dictionary<string, string> Short = new() { ["--data"] = "--Practice:DataDirectory", ["--no-demo"] = "--Practice:Demo=false" };

    public static string[] Expand(string[] args) => args.Select(argument =>
    {
        var name = argument.Split('=', 2)[0];
        return Short.TryGetValue(name, out var full) ? full + argument[name.Length..] : argument;
    }).ToArray();
}
