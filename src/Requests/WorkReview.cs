using PracticeApp.Platform;
using PracticeApp.Platform.Encryption;

namespace PracticeApp.Requests;

/// <summary>What one side wants to follow when the work has not moved.</summary>
public enum WorkChoice { Reshape, GoOn, EndOrRefer }

/// <summary>A look back on the work of one request after sessions without movement: who, when, what should follow, why. Never changed.</summary>
public sealed class WorkReview : PracticeEntity
{
    public Guid RequestId { get; private set; }
    public Guid EngagementId { get; private set; }
    public WorkChoice Choice { get; private set; }
    public bool ByClient { get; private set; }
    public Guid By { get; private set; }
    public DateTime At { get; private set; }
    public Sealed? Why { get; private set; }

    private WorkReview() { }

    internal WorkReview(ClientRequest request, WorkChoice choice, bool byClient, Guid by, DateTime at, DataKey key, string? why) : base(request.PracticeId)
    {
        (RequestId, EngagementId, Choice, ByClient, By, At) = (request.Id, request.EngagementId, choice, byClient, by, at);
        Why = string.IsNullOrWhiteSpace(why) ? null : key.Seal(why.Trim(), WhyPlace);
    }

    private Place WhyPlace => new(PracticeId, "work_reviews", "why", Id);
    public string? ReadWhy(DataKey key) => Why is { IsEmpty: false } v ? key.Open(v, WhyPlace) : null;

    /// <summary>Whether it is time to look back: as many sessions as the practice decided without one rating above where they began.</summary>
    /// <param name="since">When both accepted the request, or the psychologist last looked back.</param>
    /// <param name="sessions">When sessions were held.</param>
    /// <param name="ratings">The client's ratings, −2…+2. Without any, nothing shows that something moves.</param>
    /// <param name="after">Sessions without movement after which to look back; 0: never.</param>
    public static bool IsDue(DateTime since, IEnumerable<DateTime> sessions, IEnumerable<(DateTime At, int Level)> ratings, int after)
    {
        if (after <= 0) return false;
        var held = sessions.Where(s => s > since).Order().ToList();
        if (held.Count < after) return false;
        var inOrder = ratings.OrderBy(r => r.At).ToList();
        // The last ones count: a step forward two months ago is not movement now.
        var from = held[^after];
        var before = inOrder.FindAll(r => r.At < from);
        var during = inOrder.FindAll(r => r.At >= from);
        if (during.Count == 0) return true;
        var start = before.Count > 0 ? before[^1].Level : during[0].Level;
        return during.TrueForAll(r => r.Level <= start);
    }
}
