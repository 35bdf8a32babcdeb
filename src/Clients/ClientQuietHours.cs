using PracticeApp.Practices;
using PracticeApp.Reminders;

namespace PracticeApp.Clients;

/// <summary>When a client is left in peace: their own hours, else those of the practice, by their own clock.</summary>
public static class ClientQuietHours
{
    public static QuietHours QuietHours(this Client client, PracticePolicy policy) =>
        new(client.Reminders.QuietFrom ?? policy.QuietFrom, client.Reminders.QuietUntil ?? policy.QuietUntil, client.Zone);
}
