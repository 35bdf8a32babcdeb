using PracticeApp.Agreements;
using PracticeApp.Platform;
using PracticeApp.Shared;

namespace PracticeApp.Booking;

/// <summary>One move of an appointment, kept for what it costs and for the timeline.</summary>
public sealed class AppointmentMove : PracticeEntity
{
    public Guid AppointmentId { get; private set; }
    public DateTime FromStartsAt { get; private set; }
    public DateTime ToStartsAt { get; private set; }
    /// <summary>Where it would have been.</summary>
    public MeetingPlace FromPlace { get; private set; }
    public DateTime At { get; private set; }
    /// <summary>The client who moved it; null when the practice did.</summary>
    public Guid? ClientId { get; private set; }
    /// <summary>The psychologist decided that nothing follows from it, and why.</summary>
    public string? ExcusedBecause { get; private set; }
    /// <summary>When what follows from it was assessed; null while it waits.</summary>
    public DateTime? AssessedAt { get; private set; }

    private AppointmentMove() { }

    public AppointmentMove(Guid practiceId, Guid appointmentId, DateTime fromStartsAt, DateTime toStartsAt, MeetingPlace fromPlace, DateTime at, Guid? clientId) : base(practiceId) =>
        (AppointmentId, FromStartsAt, ToStartsAt, FromPlace, At, ClientId) = (appointmentId, fromStartsAt, toStartsAt, fromPlace, at, clientId);

    public void Excuse(string? because) => ExcusedBecause = because;
    public void Assess(DateTime at) => AssessedAt ??= at;
}

/// <summary>An appointment as the terms see it.</summary>
public static class AppointmentTerms
{
    /// <param name="moves">All its moves; a move by the practice starts the notice anew.</param>
    /// <param name="fee">This client's share of the price.</param>
    /// <param name="before">As it stood before this one of the moves; null for how it stands.</param>
    public static AppointmentFacts Facts(this Appointment appointment, IEnumerable<AppointmentMove> moves, decimal fee, AppointmentMove? before = null)
    {
        var own = moves.Where(m => m.AppointmentId == appointment.Id).OrderBy(m => m.At).TakeWhile(m => m.Id != before?.Id).ToList();
        var start = before?.FromStartsAt ?? appointment.StartsAt;
        var sincePractice = own.Skip(own.FindLastIndex(m => m.ClientId is null) + 1).ToList();
        return new AppointmentFacts(
            appointment.Id,
            appointment.KindId.ToString(),
            (before?.FromPlace ?? appointment.Place) == MeetingPlace.Online ? SessionPlace.Online : SessionPlace.InPerson,
            start,
            sincePractice.Count > 0 ? sincePractice[0].FromStartsAt : start,
            sincePractice.Count > 0 ? sincePractice.Min(m => m.FromStartsAt - m.At) : null,
            own.Count(m => m.ClientId is not null),
            fee);
    }

    /// <summary>The first move after this client gave up their place: to them the appointment stays as it stood before it.</summary>
    public static AppointmentMove? FirstMoveWithout(this Appointment appointment, Guid clientId, IEnumerable<AppointmentMove> moves) =>
        appointment.Participants.SingleOrDefault(p => p.ClientId == clientId)?.WithdrawnAt is { } left
            ? moves.Where(m => m.AppointmentId == appointment.Id && m.At > left).MinBy(m => m.At) : null;

    /// <summary>
    /// What one participant pays of the price: couples and families share one session, the first taking what does not divide;
    /// everybody else pays it in full.
    /// </summary>
    public static decimal ShareOf(this Appointment appointment, Guid clientId, bool shared)
    {
        var clients = appointment.Participants.Select(p => p.ClientId).Order().ToList();
        if (!shared || clients.Count < 2) return appointment.Price;
        var each = Currencies.RoundDown(appointment.Price / clients.Count, appointment.Currency);
        return clients[0] == clientId ? appointment.Price - each * (clients.Count - 1) : each;
    }
}
