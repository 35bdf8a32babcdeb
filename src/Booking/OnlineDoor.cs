using Microsoft.EntityFrameworkCore;
using PracticeApp.Practices;

namespace PracticeApp.Booking;

/// <summary>The way into an online session, for both alike: shut until ten minutes before the start, open until its end.</summary>
/// <param name="Address">Where the room is; null as long as the door is shut.</param>
public sealed record OnlineDoor(DateTime OpensAt, string? Address)
{
    public static readonly TimeSpan OpensBefore = TimeSpan.FromMinutes(10);

    /// <param name="own">The psychologist's own room; it goes before one of the practice's provider.</param>
    /// <param name="pattern">The provider's address with a place for the room.</param>
    /// <returns>Null when there is no door: not online, not booked, over, or nobody has set up a room.</returns>
    public static OnlineDoor? Of(Appointment appointment, string? own, string? pattern, DateTime now)
    {
        if (appointment.Place != MeetingPlace.Online || appointment.State != AppointmentState.Booked || appointment.EndsAt <= now) return null;
        var address = own is { Length: > 0 } ? own : pattern is { Length: > 0 } ? JoinAddress.With(pattern, appointment.JoinRoom) : null;
        var opens = appointment.StartsAt - OpensBefore;
        return address is null ? null : new OnlineDoor(opens, now >= opens ? address : null);
    }
}

public static class OnlineDoors
{
    /// <summary>The doors of these appointments; those without one are missing.</summary>
    public static async Task<Dictionary<Guid, OnlineDoor>> DoorsAsync(this PracticeDb db, IReadOnlyCollection<Appointment> appointments, DateTime now, CancellationToken ct)
    {
        var online = appointments.Where(a => a.Place == MeetingPlace.Online && a.State == AppointmentState.Booked && a.EndsAt > now).ToList();
        if (online.Count == 0) return [];
        var staff = online.Select(a => a.PsychologistId).Distinct().ToList();
        var own = await db.PsychologistProfiles.Where(p => staff.Contains(p.UserId)).ToDictionaryAsync(p => p.UserId, p => p.JoinUrl, ct);
        var pattern = (await db.Practices.Select(p => p.Policy).SingleAsync(ct)).JoinPattern;
        return online.Select(a => (a.Id, Door: OnlineDoor.Of(a, own.GetValueOrDefault(a.PsychologistId), pattern, now))).Where(x => x.Door is not null).ToDictionary(x => x.Id, x => x.Door!);
    }
}
