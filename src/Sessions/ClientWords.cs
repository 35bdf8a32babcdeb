using PracticeApp.Platform;
using PracticeApp.Platform.Encryption;

namespace PracticeApp.Sessions;

/// <summary>Words to use and words to avoid with one client, in one engagement: the client's own language and pace. Never shown to the client.</summary>
public sealed class ClientWords : PracticeEntity
{
    public const int LongestText = 2_000;

    public Guid EngagementId { get; private set; }
    public Guid ClientId { get; private set; }
    public Guid KeyId { get; private set; }
    public Sealed Use { get; private set; }
    public Sealed Avoid { get; private set; }
    public DateTime ChangedAt { get; private set; }

    private ClientWords() { }

    public ClientWords(Guid practiceId, Guid engagementId, Guid clientId, DataKey key, string use, string avoid, DateTime at) : base(practiceId)
    {
        (EngagementId, ClientId, KeyId) = (engagementId, clientId, key.OwnerId);
        Write(key, use, avoid, at);
    }

    public void Write(DataKey key, string use, string avoid, DateTime at) =>
        (Use, Avoid, ChangedAt) = (key.Seal(use, PlaceOf("use")), key.Seal(avoid, PlaceOf("avoid")), at);

    public (string Use, string Avoid) Read(DataKey key) => (key.Open(Use, PlaceOf("use")), key.Open(Avoid, PlaceOf("avoid")));

    private Place PlaceOf(string column) => new(PracticeId, "client_words", column, Id);
}
