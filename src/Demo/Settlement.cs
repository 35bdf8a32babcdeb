using PracticeApp.Agreements;
using PracticeApp.Booking;
using PracticeApp.Clients;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Platform.Encryption;
using PracticeApp.Practices;
using PracticeApp.Requests;

namespace PracticeApp.Demo;

/// <summary>What stands so far of one demo practice while it is being written, in one transaction.</summary>
internal sealed class Settlement(PracticeDb db, Vault vault, Cast cast, Year year, DateTime now)
{
    public PracticeDb Db => db;
    public Vault Vault => vault;
    public Cast Cast => cast;
    public Year Year => year;
    public DateTime Now => now;
    public Guid PracticeId => db.Current.PracticeId;
    public TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById(cast.Zone);
    /// <summary>For what is drawn while writing; the plan has its own.</summary>
    public Random Random { get; } = new(cast.Seed + 1);
    public Dictionary<string, Guid> Users { get; } = [];
    public Dictionary<string, Guid> Themes { get; } = [];
    public SessionKind FirstTalk { get; set; } = null!;
    public SessionKind Individual { get; set; } = null!;
    public SessionKind Couple { get; set; } = null!;
    public List<Room> Rooms { get; } = [];
    public Rota Rota { get; set; } = null!;
    public List<ReferralContact> Referrals { get; } = [];
    public List<Settled> Clients { get; } = [];

    public Guid Operator => Users[cast.Staff.FirstOrDefault(p => p.Roles.Contains(Role.Operator))?.Name ?? cast.Staff[0].Name];
    public Guid Psychologist(int n) => Users[cast.Psychologists[n].Name];

    /// <summary>Writes go on as this person, so that row-level security lets them through and the rows say who.</summary>
    public async Task AsAsync(Guid user, CancellationToken ct)
    {
        db.Current.SignIn(user, Guid.Empty, "", []);
        await db.TellAsync(ct);
    }

    /// <summary>Saves and forgets: the year is long and nobody needs the rows any more.</summary>
    public async Task SaveAsync(CancellationToken ct)
    {
        db.ChangeTracker.DetectChanges();
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }
}

/// <summary>A client of the plan with their rows.</summary>
/// <param name="UserId">The client's own account.</param>
internal sealed record Settled(PlannedClient Plan, Client Client, Engagement Engagement, DataKey Key, Guid UserId)
{
    /// <summary>The appointment of each planned hour, in the same order.</summary>
    public List<Appointment> Appointments { get; } = [];
    public ClientRequest Request { get; set; } = null!;
    public Guid? AgreementId { get; set; }
    public DateTime? InForceAt { get; set; }
    /// <summary>Null as long as nothing is signed.</summary>
    public AgreedTerms? Agreed { get; set; }
}
