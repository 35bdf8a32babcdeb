using Microsoft.AspNetCore.Identity;
using PracticeApp.Accounts;
using PracticeApp.Booking;
using PracticeApp.Clients;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Practices;

namespace PracticeApp.Demo;

/// <summary>The practice itself, its staff, and its clients.</summary>
internal static class SeedPeople
{
    internal static async Task<Practice> FoundAsync(PracticeDb db, Cast cast, DateTime now, CancellationToken ct)
    {
        var practice = new Practice(cast.Slug, cast.Name, cast.Country, cast.Zone, cast.Language, cast.Currency, now.AddDays(-800));
        practice.Describe(cast.Name, cast.Tagline, cast.Address, cast.Phone, cast.Name);
        practice.Decide(new PracticePolicy { PublicFirstTalks = true });
        await db.OpenAsync(practice.Id, ct);
        db.Practices.Add(practice);
        await db.SaveChangesAsync(ct);
        return practice;
    }

    internal static async Task StaffAsync(Settlement s, CancellationToken ct)
    {
        foreach (var theme in Theme.Defaults(s.PracticeId))
        {
            s.Themes[theme.Key!] = theme.Id;
            s.Db.Themes.Add(theme);
        }
        var kinds = SessionKind.Defaults(s.PracticeId, s.Cast.Currency, s.Cast.Price, s.Cast.CouplePrice);
        (s.FirstTalk, s.Individual, s.Couple) = (kinds[0], kinds[1], kinds[2]);
        s.Db.SessionKinds.AddRange(kinds);
        foreach (var n in Enumerable.Range(1, s.Cast.Psychologists.Count)) s.Rooms.Add(new Room(s.PracticeId, $"{(s.Cast.Language == "fi" ? "Huone" : "Soba")} {n}"));
        s.Db.Rooms.AddRange(s.Rooms);

        foreach (var player in s.Cast.Staff)
        {
            var user = User(s, player.Email(s.Cast), player.Name);
            s.Db.Memberships.Add(new Membership(s.PracticeId, user, player.Name, player.Email(s.Cast), player.Roles, player.Language, s.Cast.Zone, s.Now.AddDays(-700)));
            if (!player.Roles.Contains(Role.Psychologist)) continue;
            var profile = new PsychologistProfile(s.PracticeId, user, player.About, player.Speaks, player.Themes.Select(t => s.Themes[t]));
            profile.Describe(player.About, player.Limits, player.Speaks, player.Themes.Select(t => s.Themes[t]), takesNewClients: true, joinUrl: null);
            s.Db.PsychologistProfiles.Add(profile);
        }
        await s.SaveAsync(ct);
    }

    internal static async Task ClientsAsync(Settlement s, CancellationToken ct)
    {
        foreach (var plan in s.Year.Clients)
        {
            var key = await s.Vault.NewKeyAsync(ct);
            var enquiry = SeedEnquiries.Enquiry(s, plan.Name, plan.Email, plan.Phone, plan.Number, plan.Door, plan.Story, plan.ReceivedAt, key);
            var client = new Client(s.PracticeId, plan.Name, plan.Name.Split(' ')[0], plan.Email, plan.Phone, enquiry.Contact, plan.Story.Language, s.Cast.Zone, s.Cast.Country, key.OwnerId, plan.AcceptedAt);
            var user = User(s, plan.Email, plan.Email);
            s.Db.Memberships.Add(new Membership(s.PracticeId, user, plan.Name, plan.Email, [Role.Client], plan.Story.Language, s.Cast.Zone, plan.AcceptedAt));
            client.OpenPortal(user);
            var engagement = new Engagement(s.PracticeId, EngagementKind.Individual, s.Psychologist(plan.Psychologist), key.OwnerId, plan.AcceptedAt, enquiry.Id);
            engagement.Join(client.Id);
            if (plan.EndedAt is { } ended) engagement.End(ended);
            SeedEnquiries.Accept(s, enquiry, client, engagement, plan);
            s.Db.AddRange(enquiry, client, engagement);
            s.Db.Complaints.Add(SeedEnquiries.Complaint(s, plan.Story.Complaints[plan.Telling], plan.Story, plan.Door, plan.ReceivedAt, key, enquiry.Id));
            s.Clients.Add(new Settled(plan, client, engagement, key, user));
        }
        await s.SaveAsync(ct);
    }

    internal static Guid User(Settlement s, string email, string name)
    {
        var user = new AppUser
        {
            Email = email, NormalizedEmail = email.ToUpperInvariant(), UserName = email, NormalizedUserName = email.ToUpperInvariant(), EmailConfirmed = true,
            LockoutEnabled = true, SecurityStamp = Ids.New().ToString("N"), PasswordHash = s_passwordHash.Value,
        };
        s.Db.Users.Add(user);
        s.Users[name] = user.Id;
        return user.Id;
    }

    // One hash for all: everybody's password is the same and stands in the documentation.
    private static readonly Lazy<string> s_passwordHash = new(() => new PasswordHasher<AppUser>().HashPassword(new AppUser(), Cast.Password));
}
