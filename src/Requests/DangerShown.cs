using Microsoft.EntityFrameworkCore;
using PracticeApp.Practices;

namespace PracticeApp.Requests;

/// <summary>What somebody is shown whose words may tell of danger: plain words, the lines that fit, and whether anybody reads it now.</summary>
/// <param name="ReadFrom">When somebody reads next; null when nobody is on the rota in sight.</param>
public sealed record DangerShown(Danger Danger, bool SomebodyReads, DateTime? ReadFrom)
{
    public string Words => Danger.HasFlag(Danger.FromOthers) ? "Danger.First.FromOthers" : Danger == Danger.Grief ? "Danger.First.Grief" : "Danger.First";

    /// <summary>The lines that fit what was written, first.</summary>
    public string[] FirstLines => Danger == Danger.None ? [] :
    [
        .. Danger.HasFlag(Danger.FromOthers) ? ["police", "violence"] : Array.Empty<string>(),
        "emergency", "ambulance",
        .. Danger.HasFlag(Danger.Self) || Danger.HasFlag(Danger.Grief) ? ["talk"] : Array.Empty<string>(),
        .. Danger.HasFlag(Danger.Others) ? ["police"] : Array.Empty<string>(),
    ];

    /// <summary>As the rota is at this moment.</summary>
    public static async Task<DangerShown> ReadAsync(PracticeDb db, Danger danger, DateTime now, CancellationToken ct)
    {
        var rota = await db.RotaAsync((await db.Practices.AsNoTracking().SingleAsync(ct)).Zone, ct);
        return new DangerShown(danger, rota.IsOn(now), rota.NextFrom(now));
    }
}
