using System.Diagnostics;
using System.Globalization;
using PracticeApp.Evaluation;
using PracticeApp.Requests;

namespace PracticeApp.Bench;

/// <summary>How long the coach takes, on one core: a typical text, 2,000 and 10,000 characters, in each language.</summary>
internal static class CoachBench
{
    const double TypicalLimit = 0.3, LongLimit = 5;

    public static int Run()
    {
        var samples = Labelled.Read(Path.Combine(AppContext.BaseDirectory, "data", "formulations.tsv"));
        var passed = true;
        foreach (var group in samples.GroupBy(s => s.Language).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var texts = group.Select(s => s.Text).ToArray();
            var all = string.Concat(Enumerable.Repeat(string.Join(' ', texts) + " ", 8));
            var (two, ten) = (all[..2_000], all[..10_000]);
            for (var i = 0; i < 60; i++) foreach (var text in texts) FormulationCoach.Review(text, group.Key);
            var typical = Median(() => { foreach (var text in texts) FormulationCoach.Review(text, group.Key); }) / texts.Length;
            var middle = Median(() => FormulationCoach.Review(two, group.Key));
            var longest = Median(() => FormulationCoach.Review(ten, group.Key));
            var screened = Median(() => SafetyScreen.Screen(two));
            passed &= typical < TypicalLimit && middle < LongLimit;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{group.Key}  typical={typical:0.000} ms  2,000 characters={middle:0.00} ms  10,000 characters={longest:0.00} ms  safety screen, 2,000 characters={screened:0.00} ms"));
        }
        Console.WriteLine(passed ? "within the limits" : string.Create(CultureInfo.InvariantCulture, $"over the limits: typical {TypicalLimit} ms, 2,000 characters {LongLimit} ms"));
        return passed ? 0 : 1;
    }

    static double Median(Action action)
    {
        var times = new double[41];
        for (var i = 0; i < times.Length; i++)
        {
            var start = Stopwatch.GetTimestamp();
            action();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        Array.Sort(times);
        return times[times.Length / 2];
    }
}
