using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace PracticeApp.Platform;

/// <summary>
/// A PostgreSQL cluster of the app's own below its data folder, reachable by unix socket and password only. Several
/// processes may use one cluster: the first starts it, the last stops it, and one that finds it running adopts it. It
/// outlives <c>kill -9</c> of the app, and is started again within seconds when PostgreSQL itself is killed.
/// </summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    const string Superuser = "practice_superuser";
    const UnixFileMode OnlyUs = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    const int LongestSocketFolder = 80;
    static readonly TimeSpan OrphansMayTake = TimeSpan.FromSeconds(20);
    static readonly TimeSpan LooksAfter = TimeSpan.FromSeconds(1);

    readonly string home, cluster, socket, password, log;
    readonly CancellationTokenSource leaving = new();
    PostgresBinaries binaries = null!;
    FileStream? membership;
    Task watch = Task.CompletedTask;

    EmbeddedPostgres(string dataDirectory)
    {
        home = Path.Combine(Path.GetFullPath(dataDirectory), "postgres");
        if (home.IndexOfAny(['"', '\\', '$', '`', '\n']) >= 0)
            throw new InvalidOperationException($"PostgreSQL cannot work in {home}: choose a --data folder without quotes, backslashes and dollar signs.");
        cluster = Path.Combine(home, "cluster");
        password = Path.Combine(home, "superuser.password");
        log = Path.Combine(home, "log");
        socket = SocketFolder(home);
    }

    /// <summary>True when the cluster was already running, so that <c>serverOptions</c> had no effect.</summary>
    public bool Adopted { get; private set; }

    /// <summary>
    /// Makes the cluster on first use and starts it. Cold 1–3 s, warm about 0.3 s.
    /// </summary>
    /// <param name="repositoryRoot">Where <c>node_modules</c> is, should the system have no PostgreSQL.</param>
    /// <param name="dataDirectory">Everything is kept in its subfolder <c>postgres</c>.</param>
    /// <param name="serverOptions">Settings for the server, such as <c>-c fsync=off</c>.</param>
    /// <exception cref="InvalidOperationException">No programs, wrong version, or the server does not start: the message says what to do.</exception>
    public static async Task<EmbeddedPostgres> StartAsync(string repositoryRoot, string dataDirectory, string? serverOptions, CancellationToken stop)
    {
        var postgres = new EmbeddedPostgres(dataDirectory);
        Directory.CreateDirectory(postgres.home, OnlyUs);
        await using var oneAtATime = await LockAsync(Path.Combine(postgres.home, "lock"), stop);
        var made = Path.Combine(postgres.cluster, "PG_VERSION");
        int? version = File.Exists(made) ? int.Parse(await File.ReadAllTextAsync(made, stop), CultureInfo.InvariantCulture) : null;
        postgres.binaries = await PostgresBinaries.FindAsync(repositoryRoot, version, stop);
        if (version is null) await postgres.InitialiseAsync(stop);
        postgres.MakeSocketFolder();
        postgres.membership = new FileStream(Path.Combine(postgres.home, "users"), FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read);
        try
        {
            if (postgres.IsRunning()) postgres.Adopted = true;
            else await postgres.StartServerAsync(serverOptions, stop);
        }
        catch
        {
            await postgres.membership.DisposeAsync();
            throw;
        }
        postgres.watch = Task.Run(() => postgres.KeepRunningAsync(serverOptions, postgres.leaving.Token), CancellationToken.None);
        return postgres;
    }

    /// <summary>Full rights over the whole cluster: for making roles and databases, never for the app's work.</summary>
    public string SuperuserConnectionString(string database = "postgres") => new NpgsqlConnectionStringBuilder
    {
        Host = socket,
        Username = Superuser,
        Password = File.ReadAllText(password).Trim(),
        Database = database,
    }.ConnectionString;

    /// <summary>Leaves the cluster; stops it when nobody else uses it, whoever started it. Safe to call twice.</summary>
    public async Task StopAsync()
    {
        if (membership is null) return;
        await leaving.CancelAsync();
        await watch;
        await using var oneAtATime = await LockAsync(Path.Combine(home, "lock"), CancellationToken.None);
        await membership.DisposeAsync();
        membership = null;
        if (!IsUsedByOthers() && IsRunning())
            await RunAsync("pg_ctl", ["stop", "-s", "-m", "fast", "-w", "-t", "60", "-D", cluster], CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        leaving.Dispose();
    }

    /// <summary>Nobody else would notice that the server is gone.</summary>
    async Task KeepRunningAsync(string? serverOptions, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await Task.Delay(LooksAfter, stop);
                if (IsRunning()) continue;
                await using var oneAtATime = await LockAsync(Path.Combine(home, "lock"), stop);
                if (IsRunning()) continue;
                try
                {
                    await StartServerAsync(serverOptions, stop);
                }
                catch (InvalidOperationException)
                {
                    // It stays down and the app says so (/health/ready); a second later it is tried again.
                }
            }
        }
        catch (OperationCanceledException)
        {
            // We are leaving.
        }
    }

    async Task InitialiseAsync(CancellationToken stop)
    {
        var unfinished = cluster + ".init";
        if (Directory.Exists(unfinished)) Directory.Delete(unfinished, recursive: true);
        WriteSecret(password, RandomNumberGenerator.GetHexString(48, lowercase: true));
        ServerAccount.Own(home);
        await RunAsync("initdb",
            ["-D", unfinished, "-U", Superuser, "-A", "scram-sha-256", $"--pwfile={password}", "-E", "UTF8", "--locale=C.UTF-8", "--data-checksums"], stop);
        Directory.Move(unfinished, cluster);
    }

    async Task StartServerAsync(string? serverOptions, CancellationToken stop)
    {
        // A lock file whose number now belongs to a foreign process (a container started anew) would keep PostgreSQL out
        // for ever. One whose process is gone stays: it guards against starting beside orphaned server processes.
        foreach (var file in new[] { Path.Combine(cluster, "postmaster.pid"), Path.Combine(socket, ".s.PGSQL.5432.lock") })
            if (BelongsToStranger(file)) File.Delete(file);
        var settings = $"-c listen_addresses='' -c unix_socket_directories='{socket}' -c unix_socket_permissions=0700 {serverOptions}";
        var wasKilled = File.Exists(Path.Combine(cluster, "postmaster.pid"));
        for (var since = Stopwatch.StartNew(); ;)
        {
            try
            {
                await RunAsync("pg_ctl", ["start", "-s", "-w", "-t", "60", "-D", cluster, "-l", log, "-o", settings], stop);
                return;
            }
            catch (InvalidOperationException) when (wasKilled && since.Elapsed < OrphansMayTake)
            {
                // The processes of a killed server need a moment to notice that it is gone.
                await Task.Delay(300, stop);
            }
        }
    }

    bool IsRunning() => ProcessIn(Path.Combine(cluster, "postmaster.pid")) is { } arguments && arguments.Contains(cluster);

    bool BelongsToStranger(string lockFile) => ProcessIn(lockFile) is { Length: > 0 } arguments && !arguments.Contains(cluster);

    bool IsUsedByOthers()
    {
        try
        {
            using var alone = new FileStream(Path.Combine(home, "users"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>The arguments of the process a lock file names: null when there is none, empty when it is dying.</summary>
    static string[]? ProcessIn(string lockFile)
    {
        try
        {
            var process = Math.Abs(int.Parse(File.ReadLines(lockFile).First(), CultureInfo.InvariantCulture));
            return File.ReadAllText($"/proc/{process}/cmdline").Split('\0', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A socket's path may have 107 bytes, and PostgreSQL reads this one from a quoted list.</summary>
    static string SocketFolder(string home)
    {
        var inside = Path.Combine(home, "socket");
        if (Encoding.UTF8.GetByteCount(inside) <= LongestSocketFolder && inside.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_' or ' '))
            return inside;
        return "/tmp/practice-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(home)))[..16];
    }

    void MakeSocketFolder()
    {
        Directory.CreateDirectory(socket, OnlyUs);
        if (File.GetUnixFileMode(socket) != OnlyUs)
            throw new InvalidOperationException($"{socket} is open to other users. Remove it and start again.");
        ServerAccount.Own(home, socket);
    }

    static async Task<FileStream> LockAsync(string file, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(file))
            {
                await Task.Delay(100, stop);
            }
        }
    }

    internal static void WriteSecret(string file, string secret)
    {
        using var stream = new FileStream(file, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        stream.Write(Encoding.ASCII.GetBytes(secret + "\n"));
    }

    string LogTail() => File.Exists(log) ? string.Join('\n', File.ReadLines(log).TakeLast(8)) : "";

    async Task RunAsync(string program, string[] arguments, CancellationToken stop)
    {
        var start = ServerAccount.Command(Path.Combine(binaries.Folder, program), arguments, home);
        start.RedirectStandardError = start.RedirectStandardOutput = true;
        start.Environment["LC_ALL"] = "C.UTF-8";
        using var process = Process.Start(start)!;
        var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(stop), process.StandardError.ReadToEndAsync(stop));
        await process.WaitForExitAsync(stop);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {string.Concat(await said).Trim()}\n{LogTail()}");
    }
}
