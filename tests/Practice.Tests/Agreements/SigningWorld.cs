using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Accounts;
using PracticeApp.Agreements;
using PracticeApp.Clients;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Practices;

namespace PracticeApp.Tests.Agreements;

/// <summary>More people of Lejla's who stand in one agreement.</summary>
internal static class SigningWorld
{
    public static readonly byte[] Pdf = [.. "%PDF-1.4\n"u8, .. new byte[400]];

    /// <summary>A couple, one engagement.</summary>
    public static Task<(Person One, Person Other)> CoupleAsync(this World world) => world.DoAsync(world.Lejla, async services =>
    {
        var db = services.GetRequiredService<PracticeDb>();
        var key = await services.GetRequiredService<Vault>().NewKeyAsync();
        var couple = new Engagement(world.Lipa.Id, EngagementKind.Couple, world.Lejla.UserId, key.OwnerId, world.Clock.Now);
        db.Add(couple);
        return (await JoinAsync(world, services, couple, "Amra Softić", PartyRole.Client), await JoinAsync(world, services, couple, "Jasmin Softić", PartyRole.Client));
    });

    /// <summary>A fifteen-year-old with an account of her own, and her mother where she has been named.</summary>
    public static Task<(Person Minor, Person Mother)> FamilyAsync(this World world, bool named = true) => world.DoAsync(world.Lejla, async services =>
    {
        var db = services.GetRequiredService<PracticeDb>();
        var key = await services.GetRequiredService<Vault>().NewKeyAsync();
        var work = new Engagement(world.Lipa.Id, EngagementKind.Individual, world.Lejla.UserId, key.OwnerId, world.Clock.Now);
        db.Add(work);
        var minor = await JoinAsync(world, services, work, "Ena Pašić", PartyRole.Client);
        db.Clients.Local.Single(c => c.Id == minor.ClientId).Born(DateOnly.FromDateTime(world.Clock.Now).AddYears(-15));
        return (minor, named ? await JoinAsync(world, services, work, "Nermina Pašić", PartyRole.Guardian, "mother") : minor);
    });

    private static async Task<Person> JoinAsync(World world, IServiceProvider services, Engagement engagement, string name, PartyRole role, string? relation = null)
    {
        var db = services.GetRequiredService<PracticeDb>();
        var email = $"{Client.SearchName(name.Split(' ')[0]).ToLowerInvariant()}@example.org";
        var user = new AppUser { Email = email, NormalizedEmail = email.ToUpperInvariant(), UserName = email, NormalizedUserName = email.ToUpperInvariant(), SecurityStamp = email };
        var key = await services.GetRequiredService<Vault>().NewKeyAsync();
        var client = new Client(world.Lipa.Id, name, name.Split(' ')[0], email, null, new ContactRules { Mail = true }, "en", "Europe/Sarajevo", "BA", key.OwnerId, world.Clock.Now.AddSeconds(engagement.Parties.Count));
        client.OpenPortal(user.Id);
        engagement.Join(client.Id, role, relation);
        db.AddRange(user, client, new Membership(world.Lipa.Id, user.Id, name, email, [Role.Client], "en", "Europe/Sarajevo", world.Clock.Now));
        return new Person(name, email, user.Id, world.Lipa.Id, [Role.Client], client.Id, engagement.Id, engagement.KeyId, world.Lejla.UserId);
    }

    public static async Task<Page> OpenAsync(this World world, Person person, Guid agreement) => await (await world.As(person)).GetAsync($"/agreements/{agreement}");

    public static async Task<Page> SignAsync(this World world, Guid id, Person person) =>
        await (await world.OpenAsync(person, id)).Filled("Sign the agreement", person.Name, "XY").SubmitAsync();

    public static Task DecideAsync(this World world, PracticePolicy policy) =>
        world.InDbAsync(world.Azra, async db => (await db.Practices.SingleAsync()).Decide(policy));

    public static Task<int> FollowUpAsync(this World world) => world.Services.GetRequiredService<FollowUpAgreements>().RunAsync(CancellationToken.None);

    /// <summary>Texts of all acts, opened.</summary>
    public static Task<IReadOnlyList<string>> ActTextsAsync(this World world, Guid id) => world.DoAsync(world.Lejla, async services =>
        await services.GetRequiredService<ReadAgreement>().ActsAsync(await services.GetRequiredService<PracticeDb>().Agreements.SingleAsync(a => a.Id == id), default));

    /// <summary>Asks about a clause as the page offers it.</summary>
    public static async Task<Page> AskAsync(this World world, Person person, Guid id, int clause, string text, string kind = "Question")
    {
        var form = (await world.OpenAsync(person, id)).Form($"#talk-{clause} button[value='{kind}']");
        return await form.Fill("Input.Text", text).SubmitAsync();
    }
}
