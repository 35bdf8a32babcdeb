using Microsoft.EntityFrameworkCore;
using PracticeApp.Clients;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Reminders;

namespace PracticeApp.Accounts;

/// <summary>Somebody was asked to open an account in this practice, as staff or as a client; the link in the mail is single-use and expires.</summary>
public sealed class Invitation : PracticeEntity
{
    public static readonly TimeSpan Valid = TimeSpan.FromDays(14);
    public const string Purpose = "invitation";

    public string Email { get; private set; } = "";
    public string Name { get; private set; } = "";
    public Role[] Roles { get; private set; } = [];
    public Guid? ClientId { get; private set; }
    public string Language { get; private set; } = "en";
    public DateTime SentAt { get; private set; }
    public DateTime ExpiresAt { get; private set; }
    public DateTime? AcceptedAt { get; private set; }
    public Guid? AcceptedBy { get; private set; }

    private Invitation() { }

    public Invitation(Guid practiceId, string email, string name, IEnumerable<Role> roles, Guid? clientId, string language, DateTime sentAt) : base(practiceId) =>
        (Email, Name, Roles, ClientId, Language, SentAt, ExpiresAt) = (email, name, roles.ToArray(), clientId, language, sentAt, sentAt + Valid);

    public bool IsOpen(DateTime now) => AcceptedAt is null && now < ExpiresAt;
    /// <summary>Its link opens nothing any more.</summary>
    public void Withdraw(DateTime at) => ExpiresAt = at;
    public void Accept(Guid userId, DateTime at) => (AcceptedBy, AcceptedAt) = (userId, at);
}

/// <summary>Writes an invitation and its mail in the caller's transaction.</summary>
public sealed class Invite(PracticeDb db, TimeProvider clock)
{
    /// <summary>Invites a client to their portal. Nothing is sent when mail is not a safe way to reach them: the invitation is then handed over in person.</summary>
    public Invitation Client(Client client)
    {
        var invitation = Add(client.Email ?? "", client.CalledName, [Role.Client], client.Id, client.Language);
        if (client.Email is not null && client.Contact.Mail) Send(invitation, client.Contact.SenderName, client.Id);
        return invitation;
    }

    public Invitation Staff(string email, string name, IEnumerable<Role> roles, string language)
    {
        var invitation = Add(email, name, roles, null, language);
        Send(invitation, null, null);
        return invitation;
    }

    private Invitation Add(string email, string name, IEnumerable<Role> roles, Guid? clientId, string language)
    {
        var invitation = new Invitation(db.Current.PracticeId, email.Trim(), name, roles, clientId, language, clock.GetUtcNow().UtcDateTime);
        db.Add(invitation);
        return invitation;
    }

    private void Send(Invitation invitation, string? sender, Guid? clientId)
    {
        var notice = new Notice(invitation.PracticeId, "accounts.invitation", Channel.Mail, invitation.Email, invitation.Language, invitation.SentAt, invitation.SentAt)
            .To(clientId).With("name", invitation.Name);
        if (sender is not null) notice.With("sender", sender);
        NoticeLinks.Put(notice, "/invitation", Invitation.Purpose, invitation.Id, invitation.ExpiresAt);
        db.Notices.Add(notice);
    }
}
