using PracticeApp.Platform;

namespace PracticeApp.Reminders;

/// <summary>A practice's own words for one kind of notice, in one language, by one way. Without one the built-in words are sent.</summary>
public sealed class NoticeWording : PracticeEntity
{
    public const int LongestSubject = 120, LongestBody = 4_000, LongestText = 600;

    public string Kind { get; private set; } = "";
    public string Language { get; private set; } = "en";
    public Channel Channel { get; private set; }
    /// <summary>Empty for text messages and in the app.</summary>
    public string Subject { get; private set; } = "";
    public string Body { get; private set; } = "";
    public DateTime ChangedAt { get; private set; }
    public Guid ChangedBy { get; private set; }
    /// <summary>When these words could not be put together and the built-in ones went out instead.</summary>
    public DateTime? FailedAt { get; private set; }

    private NoticeWording() { }

    public NoticeWording(Guid practiceId, string kind, string language, Channel channel, string subject, string body, Guid by, DateTime at) : base(practiceId)
    {
        (Kind, Language, Channel) = (kind, language, channel);
        Write(subject, body, by, at);
    }

    public void Write(string subject, string body, Guid by, DateTime at) => (Subject, Body, ChangedBy, ChangedAt, FailedAt) = (subject, body, by, at, null);
}
