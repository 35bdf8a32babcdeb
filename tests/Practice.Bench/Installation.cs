using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace PracticeApp.Bench;

/// <summary>The published app as a process of its own, with the demo in a data folder of its own.</summary>
internal sealed partial class Installation(string app, string data) : IAsyncDisposable
{
    private Process? process;

    public Uri Address { get; } = new($"http://localhost:{FreePort()}");

    /// <returns>The time until the sign-in page came.</returns>
    public async Task<TimeSpan> StartAsync(TimeSpan atMost)
    {
        var clock = Stopwatch.StartNew();
        process = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(app, "Practice.dll"), $"--urls={Address.GetLeftPart(UriPartial.Authority)}", $"--Practice:DataDirectory={data}", "--Practice:Demo=true", "--Logging:LogLevel:Default=Warning" },
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = app,
        })!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => { if (line.Data is { Length: > 0 } text) Console.Error.WriteLine(text); };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var http = new HttpClient();
        while (clock.Elapsed < atMost)
        {
            if (process.HasExited) throw new InvalidOperationException("The app ended before it was ready.");
            try
            {
                if ((await http.GetAsync(new Uri(Address, "/sign-in"))).IsSuccessStatusCode) return clock.Elapsed;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(5);
            }
        }
        throw new TimeoutException($"Not ready within {atMost}.");
    }

    /// <returns>The cookies of somebody of the demo, as a header.</returns>
    public async Task<string> SignInAsync(string email)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { BaseAddress = Address };
        var page = await http.GetStringAsync("/sign-in");
        var token = Token().Match(page).Groups[1].Value;
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("Input.Email", email), new("Input.Password", "demo-practice-2026")]);
        var answer = await http.PostAsync(new Uri("/sign-in", UriKind.Relative), form);
        if (answer.StatusCode is not (HttpStatusCode.Redirect or HttpStatusCode.SeeOther)) throw new InvalidOperationException($"{email} could not sign in ({(int)answer.StatusCode}).");
        return handler.CookieContainer.GetCookieHeader(Address);
    }

    public long ResidentMegabytes => File.ReadLines($"/proc/{process!.Id}/status").Where(l => l.StartsWith("VmRSS:", StringComparison.Ordinal))
        .Select(l => long.Parse(l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024).Single();

    public async Task StopAsync()
    {
        if (process is null || process.HasExited) return;
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(limit.Token);
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    /// <summary>Builds it as it is installed.</summary>
    public static async Task PublishAsync(string root, string app)
    {
        using var publish = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList = { "publish", Path.Combine(root, "Practice.csproj"), "-c", "Release", "-r", "linux-x64", "--self-contained", "false", "-o", app, "-v", "quiet" }, WorkingDirectory = root,
        })!;
        await publish.WaitForExitAsync();
        if (publish.ExitCode != 0) throw new InvalidOperationException("dotnet publish failed.");
    }

    public static string Root()
    {
        var folder = AppContext.BaseDirectory.TrimEnd('/');
        while (!File.Exists(Path.Combine(folder, "Practice.sln"))) folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Run this inside the repository.");
        return folder;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
