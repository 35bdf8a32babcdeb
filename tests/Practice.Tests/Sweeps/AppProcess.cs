using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using PracticeApp.Platform;

namespace PracticeApp.Tests.Sweeps;

/// <summary>The built app as a process of its own, with its jobs, to be killed at any moment.</summary>
internal sealed class AppProcess : IDisposable
{
    private readonly Process _process;
    private readonly Queue<string> _said = new();

    public Uri Address { get; }

    private AppProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public static async Task<AppProcess> StartAsync(DatabaseLogins logins, string data, int smtpPort)
    {
        var port = FreePort();
        var dll = Path.Combine(AppContext.BaseDirectory.Replace("Practice.Tests", "Practice", StringComparison.Ordinal), "Practice.dll");
        Assert.True(File.Exists(dll), dll);
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetDirectoryName(dll)! };
        foreach (var argument in new[]
        {
            dll, $"--urls=http://127.0.0.1:{port}", "--environment=Testing", "--Practice:Demo=false", $"--ConnectionStrings:Practice={logins.App}", $"--ConnectionStrings:Backup={logins.Backup}",
            $"--Practice:DataDirectory={data}", $"--Practice:MasterKey={App.MasterKey}", "--Practice:Mail=smtp", "--Practice:Smtp:Host=127.0.0.1", $"--Practice:Smtp:Port={smtpPort}", "--Practice:Smtp:Tls=false", "--Practice:Smtp:From=mail@lipa.example",
        }) start.ArgumentList.Add(argument);
        var app = new AppProcess(Process.Start(start)!, new Uri($"http://127.0.0.1:{port}"));
        app._process.OutputDataReceived += (_, line) => app.Keep(line.Data);
        app._process.ErrorDataReceived += (_, line) => app.Keep(line.Data);
        app._process.BeginOutputReadLine();
        app._process.BeginErrorReadLine();
        using var http = new HttpClient { BaseAddress = app.Address };
        await Eventually.BecomesAsync(HttpStatusCode.OK, async () => app._process.HasExited ? throw new InvalidOperationException(app.Said) : (await http.GetAsync("/health/ready")).StatusCode);
        return app;
    }

    /// <summary>The last it wrote.</summary>
    public string Said
    {
        get { lock (_said) return string.Join(Environment.NewLine, _said); }
    }

    /// <summary>SIGKILL: nothing is put in order.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        lock (_said)
        {
            if (line is not null) _said.Enqueue(line);
            while (_said.Count > 60) _said.Dequeue();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
