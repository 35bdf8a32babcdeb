using System.Diagnostics;

namespace PracticeApp.Platform;

/// <summary>
/// PostgreSQL refuses to run as root. As root it is therefore run in a user namespace that shows us as <c>daemon</c>
/// (files stay ours, also below /root), or, where namespaces are forbidden, as the system's <c>postgres</c> account.
/// </summary>
static class ServerAccount
{
    static readonly string[] InNamespace = ["-U", "--map-user=1", "--map-group=1"];
    static readonly Lazy<bool> NamespacesWork = new(() => Succeeds("unshare", [.. InNamespace, "true"]));

    static string Fallback => File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "daemon";

    internal static ProcessStartInfo Command(string program, IEnumerable<string> arguments, string folder)
    {
        var start = !Environment.IsPrivilegedProcess ? new ProcessStartInfo(program, arguments)
            : NamespacesWork.Value ? new ProcessStartInfo("unshare", [.. InNamespace, program, .. arguments])
            : new ProcessStartInfo("setpriv", [$"--reuid={Fallback}", "--regid=" + Fallback, "--clear-groups", program, .. arguments]);
        start.WorkingDirectory = folder;
        return start;
    }

    /// <summary>Gives the folders to the account that <see cref="Command"/> runs as; does nothing where that is ours.</summary>
    internal static void Own(params string[] folders)
    {
        if (!Environment.IsPrivilegedProcess || NamespacesWork.Value) return;
        if (!Succeeds("chown", ["-R", $"{Fallback}:", .. folders]))
            throw new InvalidOperationException($"Cannot give {string.Join(", ", folders)} to {Fallback}. Start as an ordinary user instead of root.");
    }

    static bool Succeeds(string program, string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
