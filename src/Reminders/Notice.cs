using PracticeApp.Platform;

namespace PracticeApp.Reminders;

public enum NoticeState { Due, Sent, Failed, Withdrawn }
public enum Channel { Mail, Text, InApp }

/// <summary>A message the system sends. What it says is rendered when it is sent, from its kind, data and the recipient's language; it never holds clinical text.</summary>
public sealed class Notice : PracticeEntity
{
    public static readonly IReadOnlyList<TimeSpan> RetryDelays =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(8), TimeSpan.FromHours(24)];

    /// <summary>A stable word: "appointment.reminder", "invitation", "enquiry.received" …; names its texts.</summary>
    public string Kind { get; private set; } = "";
    public Channel Channel { get; private set; }
    /// <summary>Mail address or phone number; for in-app notices empty.</summary>
    public string Recipient { get; private set; } = "";
    public Guid? ClientId { get; private set; }
    public Guid? UserId { get; private set; }
    public Guid? AppointmentId { get; private set; }
    /// <summary>Minutes before the start that a reminder belongs to; 0 for other notices.</summary>
    public int OffsetMinutes { get; private set; }
    /// <summary>The start that a reminder speaks of: an appointment that moves is reminded of anew.</summary>
    public DateTime? AppointmentAt { get; private set; }
    public string Language { get; private set; } = "en";
    /// <summary>What the texts need beyond the rows they point at: names of placeholders and values, no clinical content.</summary>
    public Dictionary<string, string> Data { get; private set; } = [];
    public DateTime DueAt { get; private set; }
    public NoticeState State { get; private set; }
    public int Attempts { get; private set; }
    public DateTime? ClaimedUntil { get; private set; }
    public DateTime? SentAt { get; private set; }
    public string? Error { get; private set; }
    /// <summary>The address refused it for good; the database then marks the client's address.</summary>
    public bool Bounced { get; private set; }
    /// <summary>When the reader put an in-app notice away.</summary>
    public DateTime? SeenAt { get; private set; }
    public DateTime CreatedAt { get; private set; }

    private Notice() { }

    public Notice(Guid practiceId, string kind, Channel channel, string recipient, string language, DateTime dueAt, DateTime createdAt) : base(practiceId) =>
        (Kind, Channel, Recipient, Language, DueAt, CreatedAt) = (kind, channel, recipient, language, dueAt, createdAt);

    public Notice To(Guid? clientId = null, Guid? userId = null)
    {
        (ClientId, UserId) = (clientId, userId);
        return this;
    }

    public Notice About(Guid appointmentId, int offsetMinutes = 0, DateTime? appointmentAt = null)
    {
        (AppointmentId, OffsetMinutes, AppointmentAt) = (appointmentId, offsetMinutes, appointmentAt);
        return this;
    }

    public Notice With(string name, string value)
    {
        Data[name] = value;
        return this;
    }

    /// <summary>The same for every attempt, so that a mail repeated after a crash is recognised as one.</summary>
    public string MessageId(string domain) => $"<{Id:N}@{domain}>";

    public void MarkSent(DateTime at) => (State, SentAt, ClaimedUntil, Error) = (NoticeState.Sent, at, null, null);

    /// <summary>
    /// Waits for the next try, or is failed when none is left or the error is permanent. The try itself was counted when it
    /// began, so that a notice that brings the process down runs out of tries too.
    /// </summary>
    public void MarkFailed(string error, bool permanent, DateTime now)
    {
        Error = error.Length > 500 ? error[..500] : error;
        ClaimedUntil = null;
        Bounced |= permanent && ClientId is not null;
        if (permanent || Attempts > RetryDelays.Count) State = NoticeState.Failed;
        else DueAt = now + Delay();
    }

    /// <param name="why">Shown to admins; null where the act itself says it.</param>
    public void Withdraw(string? why = null)
    {
        if (State is NoticeState.Due or NoticeState.Failed) (State, ClaimedUntil, Error) = (NoticeState.Withdrawn, null, why);
    }

    // A tenth more or less, so that what failed together does not come back together.
    private TimeSpan Delay() => RetryDelays[Math.Clamp(Attempts - 1, 0, RetryDelays.Count - 1)] * (0.9 + Id.ToByteArray()[15] / 255d * 0.2);

    public void See(DateTime at) => SeenAt ??= at;

    public void SendAgain(DateTime now) => (State, Attempts, DueAt, ClaimedUntil, Error, Bounced) = (NoticeState.Due, 0, now, null, null, false);
}
