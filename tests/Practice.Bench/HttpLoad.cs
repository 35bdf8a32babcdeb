using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace PracticeApp.Bench;

/// <param name="P50">Milliseconds.</param>
internal sealed record LoadResult(double PerSecond, double P50, double P99, long Failed);

/// <summary>Keeps a number of connections busy: each sends the same request again as soon as the answer has come.</summary>
internal static class HttpLoad
{
    public static Task<LoadResult> RunAsync(Uri address, string? cookie, int connections, TimeSpan warmUp, TimeSpan length)
    {
        var request = Encoding.ASCII.GetBytes($"GET {address.PathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\n{(cookie is null ? "" : $"Cookie: {cookie}\r\n")}\r\n");
        return RunAsync(address, _ => request, "200", connections, warmUp, length);
    }

    /// <param name="next">The next whole request of a connection, which is named by its number.</param>
    /// <param name="good">The status of an answer that counts.</param>
    public static async Task<LoadResult> RunAsync(Uri address, Func<int, byte[]> next, string good, int connections, TimeSpan warmUp, TimeSpan length)
    {
        var clock = Stopwatch.StartNew();
        var status = Encoding.ASCII.GetBytes(good);
        var runs = Enumerable.Range(0, connections).Select(n => Task.Run(() => RunOneAsync(address, () => next(n), status, clock, warmUp, warmUp + length))).ToList();
        var all = await Task.WhenAll(runs);
        var times = all.SelectMany(r => r.Times).Order().ToList();
        return times.Count == 0
            ? new(0, 0, 0, all.Sum(r => r.Failed))
            : new(times.Count / length.TotalSeconds, times[times.Count / 2], times[(int)(times.Count * 0.99)], all.Sum(r => r.Failed));
    }

    private static async Task<(List<double> Times, long Failed)> RunOneAsync(Uri address, Func<byte[]> next, byte[] status, Stopwatch clock, TimeSpan from, TimeSpan until)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address.Host, address.Port);
        var (times, failed, buffer) = (new List<double>(20_000), 0L, new byte[512 * 1024]);
        while (clock.Elapsed < until)
        {
            var request = next();
            var begun = clock.Elapsed;
            await socket.SendAsync(request);
            var good = await AnswerAsync(socket, buffer, status);
            if (begun < from) continue;
            if (good) times.Add((clock.Elapsed - begun).TotalMilliseconds);
            else failed++;
        }
        return (times, failed);
    }

    /// <returns>Whether the answer had the status.</returns>
    private static async Task<bool> AnswerAsync(Socket socket, byte[] buffer, byte[] status)
    {
        int filled = 0, head = -1, whole = -1;
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(filled));
            if (read == 0) throw new IOException("The server closed the connection.");
            filled += read;
            if (head < 0)
            {
                head = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8);
                if (head < 0) continue;
                var heads = Encoding.ASCII.GetString(buffer, 0, head);
                var at = heads.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase);
                if (at >= 0) whole = head + 4 + int.Parse(heads[(at + 16)..].Split('\r')[0], CultureInfo.InvariantCulture);
            }
            if (whole >= 0 ? filled >= whole : buffer.AsSpan(0, filled).EndsWith("0\r\n\r\n"u8)) return buffer.AsSpan(9, 3).SequenceEqual(status);
        }
    }
}
