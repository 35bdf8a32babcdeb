using System.Diagnostics;

namespace PracticeApp.Platform;

/// <summary>Lets so many through in a second, evenly, in the order in which they ask.</summary>
/// <param name="perSecond">Of all instances together; 0: all at once.</param>
public sealed class Pace(int perSecond)
{
    private readonly long _step = perSecond > 0 ? Stopwatch.Frequency / perSecond : 0;
    private readonly Lock _lock = new();
    private long _next;
    private int _instances = 1;

    public bool IsKept => _step > 0;

    /// <summary>So many share it from now on.</summary>
    public void ShareAmong(int instances) => Volatile.Write(ref _instances, Math.Max(1, instances));

    public Task WaitAsync(CancellationToken ct)
    {
        if (_step == 0) return Task.CompletedTask;
        TimeSpan wait;
        lock (_lock)
        {
            var now = Stopwatch.GetTimestamp();
            var mine = Math.Max(_next, now);
            (_next, wait) = (mine + _step * Volatile.Read(ref _instances), Stopwatch.GetElapsedTime(now, mine));
        }
        return wait > TimeSpan.Zero ? Task.Delay(wait, ct) : Task.CompletedTask;
    }
}
