namespace PracticeApp.Tests;

/// <summary>The folder that holds <c>Practice.sln</c>.</summary>
public static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Practice.sln")) ? folder : Find(Path.GetDirectoryName(folder.TrimEnd('/')) ?? throw new InvalidOperationException("No Practice.sln above the tests."));
}
