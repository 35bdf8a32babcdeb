using System.Diagnostics;
using System.Text.Json;

namespace PracticeApp.Tests.Platform;

public sealed record ReadEvent(string Uid, int Sequence, string Title, string? Place, string Status, DateTime Starts, DateTime Ends, string Zone);

/// <summary>An independent reader of calendar files (npm ical.js).</summary>
internal static class CalendarReader
{
    public static IReadOnlyList<ReadEvent> Read(string calendar)
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, calendar);
        try
        {
            var start = new ProcessStartInfo("node", [Path.Combine(Repository.Root, "tests/Practice.Tests/Platform/read-calendar.mjs"), file,
                Path.Combine(Repository.Root, "node_modules/ical.js/dist/ical.js")]) { RedirectStandardOutput = true, RedirectStandardError = true };
            // An hour is an hour wherever the test runs.
            start.Environment["TZ"] = "Pacific/Auckland";
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, errors.Result);
            return JsonSerializer.Deserialize<List<ReadEvent>>(output, JsonSerializerOptions.Web)!;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
