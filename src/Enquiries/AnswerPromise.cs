using PracticeApp.Practices;

namespace PracticeApp.Enquiries;

/// <summary>
/// What may truthfully be said about the answer to an enquiry that arrives now. The promise runs only while somebody
/// is on the rota.
/// </summary>
/// <param name="DueAt">When the answer is due, UTC; null when the rota is too empty to promise anything.</param>
/// <param name="SomebodyReads">Whether anybody is on the rota at this moment.</param>
/// <param name="ReadFrom">When somebody reads next; null when nobody is on the rota in sight.</param>
public sealed record AnswerPromise(DateTime? DueAt, bool SomebodyReads, DateTime? ReadFrom)
{
    private const int DaysInSight = 30;
    private static readonly TimeSpan Grain = TimeSpan.FromMinutes(5);

    /// <param name="hours">Working hours within which the practice answers.</param>
    public static AnswerPromise From(Rota rota, int hours, DateTime now)
    {
        var left = TimeSpan.FromHours(hours);
        var stretches = rota.Between(now, now.AddDays(DaysInSight));
        DateTime? due = null;
        foreach (var stretch in stretches)
        {
            if (stretch.Length >= left)
            {
                due = RoundUp(stretch.From + left, stretch.Until);
                break;
            }

            left -= stretch.Length;
        }

        return new(due, stretches.Count > 0 && stretches[0].From == now, stretches.Count > 0 ? stretches[0].From : null);
    }

    // People say "by 15:40", not "by 15:37"; but not an hour at which nobody is there any more.
    private static DateTime RoundUp(DateTime at, DateTime end)
    {
        var rounded = new DateTime((at.Ticks + Grain.Ticks - 1) / Grain.Ticks * Grain.Ticks, DateTimeKind.Utc);
        return rounded > end ? at : rounded;
    }
}
