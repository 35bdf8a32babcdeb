using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Accounts;
using PracticeApp.Booking;
using PracticeApp.Clients;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Practices;

namespace PracticeApp.Tests;

/// <summary>Who lives in the <see cref="World"/>; written once into its template.</summary>
internal sealed record WorldPeople(
    WorldPractice Lipa, WorldPractice Saaristo, Person Lejla, Person Damir, Person Emina, Person Tarik, Person Sanela, Person Azra, Person Nora, Person Mikko, Person Aino)
{
    public static async Task<WorldPeople> SettleAsync(DatabaseLogins logins)
    {
        await using var app = await App.StartAsync(logins, new TestClock(World.Start));
        var lipa = await FoundAsync(app, new Practice("lipa", "Lipa", "BA", "Europe/Sarajevo", "bs", "BAM", World.Start));
        var lejla = await StaffAsync(app, lipa, "Lejla Hadžić", Role.Psychologist);
        var damir = await StaffAsync(app, lipa, "Damir Kovač", Role.Psychologist);
        var sanela = await StaffAsync(app, lipa, "Sanela Ćosić", Role.Operator);
        var azra = await StaffAsync(app, lipa, "Azra Begić", Role.Admin);
        var nora = await StaffAsync(app, lipa, "Nora Lindqvist", Role.Supervisor);
        var emina = await ClientAsync(app, lejla, "Emina Hodžić");
        var tarik = await ClientAsync(app, damir, "Tarik Delić");

        var saaristo = await FoundAsync(app, new Practice("saaristo", "Saaristo", "FI", "Europe/Helsinki", "fi", "EUR", World.Start));
        var mikko = await StaffAsync(app, saaristo, "Mikko Virtanen", Role.Psychologist);
        var aino = await ClientAsync(app, mikko, "Aino Laine");
        return new WorldPeople(lipa, saaristo, lejla, damir, emina, tarik, sanela, azra, nora, mikko, aino);
    }

    private static Task<WorldPractice> FoundAsync(App app, Practice practice) => InAsync(app, practice.Id, async (db, _) =>
    {
        practice.Describe(practice.Name, "", "Ferhadija 1", "+387 33 000 000", practice.Name);
        db.Practices.Add(practice);
        await db.SaveChangesAsync();
        var themes = Theme.DefaultKeys.Select((key, i) => new Theme(practice.Id, key, null, i)).ToList();
        var rooms = new[] { new Room(practice.Id, "Room 1"), new Room(practice.Id, "Room 2") };
        SessionKind Kind(string name, int minutes, decimal price, WhoMayBook who, bool needsAgreement, int position, SessionForm form) =>
            new(practice.Id, new LocalizedName { En = name, Ru = name, Bs = name, Fi = name }, minutes, 10, price, practice.Currency, who, needsAgreement, position, form);
        var (first, individual, couple) = (Kind("First talk", 20, 0, WhoMayBook.Public, false, 0, SessionForm.FirstTalk), Kind("Individual session", 50, 80, WhoMayBook.OwnClients, true, 1, SessionForm.Individual), Kind("Couple session", 80, 120, WhoMayBook.OwnClients, true, 2, SessionForm.Couple));
        db.AddRange(themes);
        db.AddRange(rooms.Cast<object>());
        db.AddRange(first, individual, couple);
        return new WorldPractice(practice.Id, practice.Slug, practice.Name, first.Id, individual.Id, couple.Id, [.. rooms.Select(r => r.Id)], themes.ToDictionary(t => t.Key!, t => t.Id));
    });

    private static Task<Person> StaffAsync(App app, WorldPractice practice, string name, Role role) => InAsync(app, practice.Id, (db, _) =>
    {
        var user = User(db, name);
        db.Memberships.Add(new Membership(practice.Id, user.Id, name, user.Email!, [role], "en", ZoneOf(practice), World.Start));
        if (role == Role.Psychologist) db.PsychologistProfiles.Add(new PsychologistProfile(practice.Id, user.Id, $"{name} listens.", ["en", "bs"], practice.Themes.Values.Take(5)));
        return Task.FromResult(new Person(name, user.Email!, user.Id, practice.Id, [role]));
    });

    private static Task<Person> ClientAsync(App app, Person psychologist, string name) => InAsync(app, psychologist.PracticeId, async (db, vault) =>
    {
        var user = User(db, name);
        var key = await vault.NewKeyAsync();
        var zone = db.Practices.Single().TimeZone;
        var client = new Client(psychologist.PracticeId, name, name.Split(' ')[0], user.Email, "+387 61 234 567", new ContactRules { Mail = true }, "en", zone, "BA", key.OwnerId, World.Start);
        client.OpenPortal(user.Id);
        var engagement = new Engagement(psychologist.PracticeId, EngagementKind.Individual, psychologist.UserId, key.OwnerId, World.Start);
        engagement.Join(client.Id);
        db.Memberships.Add(new Membership(psychologist.PracticeId, user.Id, name, user.Email!, [Role.Client], "en", zone, World.Start));
        db.AddRange(client, engagement);
        return new Person(name, user.Email!, user.Id, psychologist.PracticeId, [Role.Client], client.Id, engagement.Id, key.OwnerId, psychologist.UserId);
    });

    private static AppUser User(PracticeDb db, string name)
    {
        var email = $"{Client.SearchName(name.Split(' ')[0]).ToLowerInvariant()}@example.org";
        var user = new AppUser
        {
            Email = email, NormalizedEmail = email.ToUpperInvariant(), UserName = email, NormalizedUserName = email.ToUpperInvariant(),
            EmailConfirmed = true, LockoutEnabled = true, SecurityStamp = Guid.CreateVersion7().ToString("N"), PasswordHash = s_passwordHash.Value,
        };
        db.Users.Add(user);
        return user;
    }

    private static readonly Lazy<string> s_passwordHash = new(() => new PasswordHasher<AppUser>().HashPassword(new AppUser(), Person.Password));

    private static string ZoneOf(WorldPractice practice) => practice.Slug == "lipa" ? "Europe/Sarajevo" : "Europe/Helsinki";

    private static Task<T> InAsync<T>(App app, Guid practice, Func<PracticeDb, Vault, Task<T>> work) =>
        app.Services.GetRequiredService<UnderPractice>().RunAsync(practice, async (services, stop) =>
        {
            var db = services.GetRequiredService<PracticeDb>();
            var result = await work(db, services.GetRequiredService<Vault>());
            await db.SaveChangesAsync(stop);
            return result;
        }, CancellationToken.None);
}
