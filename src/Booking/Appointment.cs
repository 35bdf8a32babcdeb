using System.Security.Cryptography;
using PracticeApp.Platform;

namespace PracticeApp.Booking;

/// <summary>
/// Taken back is what was booked and, within the minutes of second thoughts, never came to be. Offered is kept for one of the
/// waitlist, who has not answered yet.
/// </summary>
public enum AppointmentState { Held, Booked, Cancelled, TakenBack, Offered }
public enum MeetingPlace { Room, Online }
public enum AppointmentAct { Booked, Moved, Cancelled, Withdrawn }

/// <summary>Booked time. It becomes a session when it takes place.</summary>
public sealed class Appointment : PracticeEntity
{
    private readonly List<AppointmentParticipant> _participants = [];
    private readonly List<Occupancy> _occupancies = [];

    public Guid EngagementId { get; private set; }
    /// <summary>The psychologist's user id.</summary>
    public Guid PsychologistId { get; private set; }
    public Guid KindId { get; private set; }
    public Guid? RoomId { get; private set; }
    public MeetingPlace Place { get; private set; }
    /// <summary>UTC; the end without the buffer.</summary>
    public DateTime StartsAt { get; private set; }
    public DateTime EndsAt { get; private set; }
    /// <summary>Minutes after the end that stay taken with it.</summary>
    public int BufferMinutes { get; private set; }
    /// <summary>The start before a client first moved it; notice is measured from it. A move by the practice sets it anew.</summary>
    public DateTime OriginalStartsAt { get; private set; }
    public AppointmentState State { get; private set; }
    public DateTime? HoldUntil { get; private set; }
    /// <summary>Until then the last act can be taken back, and nothing is sent.</summary>
    public DateTime FinalAt { get; private set; }
    public AppointmentAct LastAct { get; private set; }
    /// <summary>When it was booked, moved, cancelled or taken back the last time, and how often it changed since it was booked: what other calendars go by.</summary>
    public DateTime ChangedAt { get; private set; }
    public int Changes { get; private set; }
    /// <summary>The client whose act was the last; null for the practice. Only that side takes it back.</summary>
    public Guid? LastActClientId { get; private set; }
    /// <summary>Where it stood before the last move.</summary>
    public AppointmentBefore? Before { get; private set; }
    public DateTime BookedAt { get; private set; }
    public DateTime? CancelledAt { get; private set; }
    /// <summary>The user who cancelled; null for a client who used a link.</summary>
    public Guid? CancelledBy { get; private set; }
    /// <summary>The client who cancelled; null when the practice did.</summary>
    public Guid? CancelledByClientId { get; private set; }
    /// <summary>Key of a reason, or what staff wrote.</summary>
    public string? CancelReason { get; private set; }
    /// <summary>How often a client moved it.</summary>
    public int Moves { get; private set; }
    public decimal Price { get; private set; }
    public string Currency { get; private set; } = "EUR";
    /// <summary>What is paid before it takes place, by when, by which clause; null where nothing is.</summary>
    public decimal? PrepaymentAmount { get; private set; }
    public DateTime? PrepaymentDueAt { get; private set; }
    public string? PrepaymentClause { get; private set; }
    /// <summary>The terms say that an unpaid hour may go to others.</summary>
    public bool PrepaymentReleases { get; private set; }
    /// <summary>When it went back because its prepayment was not there; it is cancelled then, and nothing follows from it.</summary>
    public DateTime? ReleasedAt { get; private set; }
    /// <summary>It was cancelled so that nobody pays for it and nobody is credited.</summary>
    public bool NothingFollows { get; private set; }
    /// <summary>The agreement in force when it was booked; a later one may only be milder for it. Null: the first that is signed holds.</summary>
    public Guid? AgreementId { get; private set; }
    /// <summary>Without a signed agreement: nothing but a kept session costs anything, and there is one such.</summary>
    public bool OnMinimalTerms { get; private set; }
    /// <summary>The appointments it was booked together with; a move of its own does not take it out.</summary>
    public Guid? SeriesId { get; private set; }
    /// <summary>The group whose meeting this is; null for everything else. It has seats and nobody in it.</summary>
    public Guid? GroupId { get; private set; }
    public int? Seats { get; private set; }
    /// <summary>The meeting in which this is one client's place, and their seat.</summary>
    public Guid? MeetingId { get; private set; }
    public int? Seat { get; private set; }
    /// <summary>Names its video room where the practice has a provider; nobody can guess it.</summary>
    public string JoinRoom { get; private set; } = NewRoom();
    public DateTime? StartedAt { get; private set; }
    public DateTime? FinishedAt { get; private set; }
    public IReadOnlyList<AppointmentParticipant> Participants => _participants;
    /// <summary>The time it takes from its psychologist, room and participants.</summary>
    public IReadOnlyList<Occupancy> Occupancies => _occupancies;

    private Appointment() { }

    public Appointment(Guid practiceId, Guid engagementId, Guid psychologistId, Guid kindId, MeetingPlace place, Guid? roomId,
        DateTime startsAt, DateTime endsAt, decimal price, string currency, IEnumerable<Guid> clientIds, Guid? agreementId, int bufferMinutes = 0)
        : base(practiceId)
    {
        if (endsAt <= startsAt) throw new ArgumentException("An appointment ends after it starts.", nameof(endsAt));
        (EngagementId, PsychologistId, KindId, Place, RoomId, StartsAt, EndsAt, OriginalStartsAt, Price, Currency, AgreementId, BufferMinutes) =
            (engagementId, psychologistId, kindId, place, roomId, startsAt, endsAt, startsAt, price, currency, agreementId, bufferMinutes);
        _participants.AddRange(clientIds.Distinct().Select(c => new AppointmentParticipant(practiceId, Id, c)));
        _occupancies.AddRange(Occupied(null));
    }

    /// <summary>Whoever and whatever this appointment takes time from.</summary>
    public IEnumerable<Guid> Resources =>
        _participants.Select(p => p.ClientId).Append(PsychologistId).Concat(RoomId is { } room ? [room] : []);

    public void TakeMinimalTerms() => OnMinimalTerms = true;
    public void Ask(Prepayment? before) =>
        (PrepaymentAmount, PrepaymentDueAt, PrepaymentClause, PrepaymentReleases) = (before?.Amount, before?.DueAt, before?.Clause, before?.Releases ?? false);
    public void Join(Guid seriesId) => SeriesId = seriesId;
    public void Host(Guid groupId, int seats) => (GroupId, Seats) = (groupId, seats);

    /// <summary>Takes one seat of a meeting, which has the psychologist and the room; of time only the client's own.</summary>
    public void Sit(Guid meetingId, int seat)
    {
        (MeetingId, Seat) = (meetingId, seat);
        Occupy([.. Occupied(null)]);
    }

    /// <summary>Others take part: it is not moved by one of them.</summary>
    public bool MovesTogether => IsJoint || MeetingId is not null || Seats is not null;

    /// <summary>Whoever knew the old room finds nobody there.</summary>
    public void ChangeJoinRoom() => JoinRoom = NewRoom();

    private static string NewRoom() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public void Hold(DateTime now, TimeSpan length)
    {
        (State, HoldUntil, BookedAt, FinalAt) = (AppointmentState.Held, now + length, now, now);
        foreach (var occupancy in _occupancies) occupancy.Expire(HoldUntil);
    }

    /// <summary>Kept for somebody who was offered it.</summary>
    public void Offer(DateTime now, DateTime until)
    {
        (State, HoldUntil, BookedAt, FinalAt) = (AppointmentState.Offered, until, now, now);
        foreach (var occupancy in _occupancies) occupancy.Expire(until);
    }

    /// <summary>Nobody took the offer: the time is free again.</summary>
    public void LetGo()
    {
        if (State != AppointmentState.Offered) throw new InvalidOperationException($"An appointment that is {State} is not let go.");
        (State, HoldUntil) = (AppointmentState.TakenBack, null);
        Occupy([]);
    }

    /// <summary>What is in force when it is booked counts, not when it was offered.</summary>
    public void Under(Guid? agreementId) => AgreementId = agreementId;

    public bool IsHeld(DateTime now) => State == AppointmentState.Held && HoldUntil > now;

    /// <param name="byClient">The client who books; null for the practice.</param>
    public void Book(DateTime now, DateTime finalAt, Guid? byClient = null)
    {
        (State, HoldUntil, BookedAt) = (AppointmentState.Booked, null, now);
        Did(AppointmentAct.Booked, now, finalAt, byClient);
        Changes = 0;
        foreach (var occupancy in _occupancies) occupancy.Expire(null);
    }

    /// <summary>The old time stays taken until <paramref name="finalAt"/>, so that it can be taken back.</summary>
    /// <param name="byClient">The client who moves it; null for the practice.</param>
    public AppointmentMove Move(DateTime startsAt, DateTime endsAt, MeetingPlace place, Guid? roomId, DateTime now, DateTime finalAt, Guid? byClient)
    {
        if (State != AppointmentState.Booked) throw new InvalidOperationException($"An appointment that is {State} is not moved.");
        var move = new AppointmentMove(PracticeId, Id, StartsAt, startsAt, Place, now, byClient);
        Before = new AppointmentBefore(StartsAt, EndsAt, OriginalStartsAt, Place, RoomId, Moves, move.Id, PrepaymentDueAt);
        // Moved nearer than that, it is paid by the start: nothing is due in the past.
        if (PrepaymentDueAt + (startsAt - StartsAt) is { } due) PrepaymentDueAt = due > now ? due : startsAt;
        (StartsAt, EndsAt, Place, RoomId) = (startsAt, endsAt, place, roomId);
        Did(AppointmentAct.Moved, now, finalAt, byClient);
        if (byClient is null) OriginalStartsAt = startsAt;
        else Moves++;
        foreach (var participant in _participants) participant.Unconfirm();

        var taken = Occupied(null).ToList();
        var left = finalAt > now ? _occupancies.SelectMany(o => o.Without(taken, finalAt)).ToList() : [];
        Occupy([.. taken, .. left]);
        return move;
    }

    public void Cancel(DateTime now, DateTime finalAt, Guid? byUser, Guid? byClient, string? reason)
    {
        if (State != AppointmentState.Booked) throw new InvalidOperationException($"An appointment that is {State} is not cancelled.");
        (State, CancelledAt, CancelledBy, CancelledByClientId, CancelReason) = (AppointmentState.Cancelled, now, byUser, byClient, reason);
        Did(AppointmentAct.Cancelled, now, finalAt, byClient);
        Release(_ => true, now, finalAt);
    }

    /// <summary>Neither side is to bear that it was cancelled.</summary>
    public void LetOff() => NothingFollows = true;

    /// <summary>Its prepayment did not come: as agreed the time is free for others, and costs nobody anything.</summary>
    public void Release(DateTime now)
    {
        Cancel(now, now, null, null, null);
        ReleasedAt = now;
        foreach (var participant in _participants) participant.Settle(AttendanceKind.CancelledInTime, null, null, now);
    }

    /// <summary>It stands, whether or not the prepayment comes.</summary>
    public void KeepUnpaid() => PrepaymentReleases = false;

    /// <summary>This client gave up their place in it.</summary>
    public bool HasLeft(Guid? clientId) => _participants.Exists(p => p.ClientId == clientId && p.WithdrawnAt is not null);

    /// <summary>Several take part: one party's word changes only that party's place.</summary>
    public bool IsJoint => _participants.Count(p => p.WithdrawnAt is null) > 1;

    /// <summary>One client of a joint appointment will not come; it stands for the others.</summary>
    public void Withdraw(Guid clientId, DateTime now, DateTime finalAt, string? reason)
    {
        if (State != AppointmentState.Booked || !IsJoint) throw new InvalidOperationException("Only a place in a joint appointment is given up alone.");
        _participants.Find(p => p.ClientId == clientId)!.Withdraw(now, reason);
        Did(AppointmentAct.Withdrawn, now, finalAt, clientId);
        Release(o => o.ResourceId == clientId, now, finalAt);
    }

    /// <summary>The last act can be taken back: a few minutes long, by the side that did it.</summary>
    /// <param name="clientId">The client who asks; null for the practice.</param>
    public bool CanBeTakenBack(DateTime now, Guid? clientId) =>
        now < FinalAt && LastActClientId == clientId && (State is AppointmentState.Booked or AppointmentState.Cancelled);

    /// <summary>Takes the last act back as if it had not happened.</summary>
    /// <returns>The move that falls away, for the caller to delete.</returns>
    public Guid? TakeBack(DateTime now)
    {
        if (!CanBeTakenBack(now, LastActClientId)) throw new InvalidOperationException("What is final is not taken back.");
        var move = LastAct == AppointmentAct.Moved ? Before?.MoveId : null;
        switch (LastAct)
        {
            case AppointmentAct.Booked:
                State = AppointmentState.TakenBack;
                break;
            case AppointmentAct.Moved when Before is { } before:
                Moves = before.Moves;
                (StartsAt, EndsAt, OriginalStartsAt, Place, RoomId, PrepaymentDueAt) =
                    (before.StartsAt, before.EndsAt, before.OriginalStartsAt, before.Place, before.RoomId, before.PrepaymentDueAt);
                break;
            case AppointmentAct.Cancelled:
                (State, CancelledAt, CancelledBy, CancelledByClientId, CancelReason, NothingFollows) = (AppointmentState.Booked, null, null, null, null, false);
                break;
            case AppointmentAct.Withdrawn:
                _participants.Find(p => p.ClientId == LastActClientId)!.Return();
                break;
        }
        (FinalAt, Before, ChangedAt, Changes) = (now, null, now, Changes + 1);
        Occupy(State == AppointmentState.Booked ? [.. Occupied(null)] : []);
        return move;
    }

    /// <summary>The hour began; said once.</summary>
    public void Begin(DateTime now) => StartedAt ??= now;

    /// <summary>The hour ended; said once, after it began.</summary>
    public void Finish(DateTime now) => FinishedAt ??= StartedAt is null ? null : now;

    /// <summary>Takes its time anew, after the rows were cleared for moving several at once.</summary>
    internal void OccupyAgain() => Occupy([.. Occupied(null)]);

    private IEnumerable<Occupancy> Occupied(DateTime? expiresAt)
    {
        Occupancy Of(OccupancyOf what, Guid id) => new(PracticeId, Id, what, id, StartsAt, EndsAt.AddMinutes(BufferMinutes), expiresAt);
        if (MeetingId is null) yield return Of(OccupancyOf.Psychologist, PsychologistId);
        if (MeetingId is null && RoomId is { } room) yield return Of(OccupancyOf.Room, room);
        foreach (var participant in _participants.Where(p => p.WithdrawnAt is null)) yield return Of(OccupancyOf.Participant, participant.ClientId);
    }

    private void Did(AppointmentAct act, DateTime now, DateTime finalAt, Guid? byClient) =>
        (LastAct, FinalAt, LastActClientId, ChangedAt, Changes) = (act, finalAt, byClient, now, Changes + 1);

    private void Release(Predicate<Occupancy> which, DateTime now, DateTime finalAt)
    {
        if (finalAt <= now) _occupancies.RemoveAll(which);
        else foreach (var occupancy in _occupancies.FindAll(which)) occupancy.Expire(finalAt);
    }

    private void Occupy(List<Occupancy> occupancies)
    {
        _occupancies.Clear();
        _occupancies.AddRange(occupancies);
    }
}

/// <summary>An appointment before it was moved, kept for second thoughts.</summary>
public sealed record AppointmentBefore(DateTime StartsAt, DateTime EndsAt, DateTime OriginalStartsAt, MeetingPlace Place, Guid? RoomId, int Moves, Guid MoveId, DateTime? PrepaymentDueAt);
