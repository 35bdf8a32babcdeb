namespace PracticeApp.Tests;

/// <summary>For what other processes do in their own time.</summary>
public static class Eventually
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <summary>Waits until asking gives this answer; failures on the way count as not yet.</summary>
    public static async Task BecomesAsync<T>(T expected, Func<Task<T>> ask)
    {
        Exception? trouble = null;
        T? last = default;
        for (var started = System.Diagnostics.Stopwatch.GetTimestamp(); System.Diagnostics.Stopwatch.GetElapsedTime(started) < s_patience;)
        {
            try
            {
                (trouble, last) = (null, await ask());
                if (Equals(last, expected)) return;
            }
            catch (Exception e)
            {
                trouble = e;
            }
            await Task.Delay(100);
        }
        Assert.Fail($"Expected {expected}, at last {last} {trouble}");
    }
}
