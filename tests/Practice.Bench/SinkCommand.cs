using System.Globalization;
using PracticeApp.Tests;

namespace PracticeApp.Bench;

/// <summary>A mail server for development: takes every mail, or misbehaves as it is told, and prints what arrives.</summary>
internal static class SinkCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        var port = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 2525;
        if (!Enum.TryParse<SmtpMood>(args.Length > 1 ? args[1].Replace("-", "", StringComparison.Ordinal) : "accept", ignoreCase: true, out var mood)) return 2;
        await using var sink = new SmtpSink(port, keep: false)
        {
            Mood = _ => mood,
            Arrived = mail => Console.WriteLine($"{mail.At:HH:mm:ss.fff} {mail.Recipient} {mail.MessageId}\n{mail.Text}"),
        };
        Console.WriteLine($"Waiting on port {sink.Port}: ./run --Practice:Mail=smtp --Practice:Smtp:Port={sink.Port} --Practice:Smtp:Tls=false");
        var over = new TaskCompletionSource();
        Console.CancelKeyPress += (_, e) => { e.Cancel = true; over.TrySetResult(); };
        await over.Task;
        return 0;
    }
}
