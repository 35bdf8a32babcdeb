using PracticeApp.Practices;

namespace PracticeApp.Enquiries;

public enum PromiseState { Unpromised, Waiting, Soon, Late, Kept, Broken }

/// <summary>How far the promise of one enquiry has run, by answered time only.</summary>
/// <param name="Share">0 to 1 of the promised time.</param>
public sealed record AgeBar(PromiseState State, double Share, TimeSpan Left)
{
    private static readonly TimeSpan SoonBefore = TimeSpan.FromHours(1);

    public static AgeBar Of(Rota rota, DateTime receivedAt, DateTime? dueAt, DateTime? answeredAt, DateTime now)
    {
        if (answeredAt is { } answered) return new(dueAt is null || answered <= dueAt ? PromiseState.Kept : PromiseState.Broken, 1, TimeSpan.Zero);
        if (dueAt is not { } due) return new(PromiseState.Unpromised, 0, TimeSpan.Zero);
        if (now >= due) return new(PromiseState.Late, 1, TimeSpan.Zero);

        var whole = rota.Answered(receivedAt, due);
        var run = rota.Answered(receivedAt, now);
        // A rota that was changed afterwards may leave no answered time at all; then the clock on the wall decides.
        var share = whole > TimeSpan.Zero ? run / whole : (now - receivedAt) / (due - receivedAt);
        return new(rota.Answered(now, due) <= SoonBefore ? PromiseState.Soon : PromiseState.Waiting, Math.Clamp(share, 0, 1), due - now);
    }
}
