namespace PracticeApp.Tests;

/// <summary>Time stands still until a test moves it. Timers run by the machine's own clock.</summary>
public sealed class TestClock(DateTime startUtc) : TimeProvider
{
    private long _ticks = DateTime.SpecifyKind(startUtc, DateTimeKind.Utc).Ticks;

    public DateTime Now => new(Interlocked.Read(ref _ticks), DateTimeKind.Utc);
    public override DateTimeOffset GetUtcNow() => Now;
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
    public void Set(DateTime utc) => Interlocked.Exchange(ref _ticks, utc.ToUniversalTime().Ticks);
}
