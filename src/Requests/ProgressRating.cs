using PracticeApp.Platform;

namespace PracticeApp.Requests;

/// <summary>The client's own rating on −2…+2 against the described levels, once per session.</summary>
public sealed class ProgressRating : PracticeEntity
{
    public Guid RequestId { get; private set; }
    public Guid EngagementId { get; private set; }
    public Guid? AppointmentId { get; private set; }
    public int Level { get; private set; }
    public DateTime RatedAt { get; private set; }
    public Guid RatedBy { get; private set; }

    private ProgressRating() { }

    public ProgressRating(ClientRequest request, Guid? appointmentId, int level, Guid ratedBy, DateTime ratedAt) : base(request.PracticeId)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(level, -2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, 2);
        (RequestId, EngagementId, AppointmentId, Level, RatedBy, RatedAt) = (request.Id, request.EngagementId, appointmentId, level, ratedBy, ratedAt);
    }

    public void Change(int level, Guid by, DateTime at)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(level, -2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, 2);
        (Level, RatedBy, RatedAt) = (level, by, at);
    }
}
