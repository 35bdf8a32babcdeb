using PracticeApp.Platform;

namespace PracticeApp.Booking;

public enum OccupancyOf { Psychologist, Room, Participant }

/// <summary>
/// Time that an appointment takes from one psychologist, room or participant, the buffer included. The database lets no two
/// rows of one resource overlap. A row with <see cref="ExpiresAt"/> is kept for somebody who has not decided yet: it counts until then.
/// </summary>
public sealed class Occupancy : PracticeEntity
{
    public Guid AppointmentId { get; private set; }
    public OccupancyOf Of { get; private set; }
    /// <summary>The psychologist's user id, the room's or the client's id.</summary>
    public Guid ResourceId { get; private set; }
    public DateTime StartsAt { get; private set; }
    public DateTime EndsAt { get; private set; }
    public DateTime? ExpiresAt { get; private set; }

    private Occupancy() { }

    public Occupancy(Guid practiceId, Guid appointmentId, OccupancyOf of, Guid resourceId, DateTime startsAt, DateTime endsAt, DateTime? expiresAt)
        : base(practiceId) =>
        (AppointmentId, Of, ResourceId, StartsAt, EndsAt, ExpiresAt) = (appointmentId, of, resourceId, startsAt, endsAt, expiresAt);

    public void Expire(DateTime? at) => ExpiresAt = at;

    /// <summary>What is left of this time beside <paramref name="taken"/>, kept until <paramref name="until"/> or its own earlier end.</summary>
    internal IEnumerable<Occupancy> Without(IEnumerable<Occupancy> taken, DateTime until)
    {
        var over = taken.FirstOrDefault(t => t.ResourceId == ResourceId && t.StartsAt < EndsAt && StartsAt < t.EndsAt);
        var expires = ExpiresAt < until ? ExpiresAt : until;
        Occupancy Piece(DateTime from, DateTime to) => new(PracticeId, AppointmentId, Of, ResourceId, from, to, expires);
        if (over is null) yield return Piece(StartsAt, EndsAt);
        if (over is not null && StartsAt < over.StartsAt) yield return Piece(StartsAt, over.StartsAt);
        if (over is not null && over.EndsAt < EndsAt) yield return Piece(over.EndsAt, EndsAt);
    }
}
