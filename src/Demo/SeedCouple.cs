using PracticeApp.Clients;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Platform.Encryption;
using PracticeApp.Requests;

namespace PracticeApp.Demo;

/// <summary>A couple who come together: each with own words, one of them shared, and a request of both that one has said yes to.</summary>
internal static class SeedCouple
{
    internal static readonly (string Name, string Email) Amra = ("Amra Softić", "amra@lipa.example"), Jasmin = ("Jasmin Softić", "jasmin@lipa.example");

    internal static async Task WriteAsync(Settlement s, CancellationToken ct)
    {
        if (s.Cast.Slug != "lipa") return;
        var (lejla, began) = (s.Psychologist(0), s.Now.AddDays(-12));
        await s.AsAsync(lejla, ct);
        var key = await s.Vault.NewKeyAsync(ct);
        var couple = new Engagement(s.PracticeId, EngagementKind.Couple, lejla, key.OwnerId, began);
        s.Db.Add(couple);
        var (amra, hers) = await ComeAsync(s, couple, Amra, "+387 61 555 210", began, ct);
        var (jasmin, his) = await ComeAsync(s, couple, Jasmin, "+387 61 555 211", began, ct);
        var shared = Said(s, couple, amra, hers, "We speak of the children and of bills and of nothing else. In the evening each of us has a screen.", began.AddHours(3), About.Circumstances, Frequency.Daily, Toll.ALot);
        var own = Said(s, couple, jasmin, his, "She decides everything and then says that I do not take part.", began.AddHours(5), About.Others, Frequency.Weekly, Toll.Some);
        var rare = Said(s, couple, jasmin, his, "I cannot stand to fly. We flew once, in 2019.", began.AddDays(3), About.Self, Frequency.OnceInYears, Toll.HardlyAnything);
        s.Db.AddRange(shared, own, rare);

        var alone = Worded(s, couple, amra.Id, key, "I want to ask him for help before I have done it myself", s.Users[Amra.Email], began.AddDays(1));
        var joint = Worded(s, couple, null, key, "We want one evening a week without telephones, and to talk first", s.Users[Amra.Email], began.AddDays(8));
        s.Db.AddRange(alone, joint);
        await s.SaveAsync(ct);

        // What only the client can say is said as the client.
        await s.AsAsync(s.Users[Amra.Email], ct);
        s.Db.AddRange(new ComplaintShare(shared, couple.Id, amra.Id, began.AddDays(1)), new RequestAcceptance(joint, amra.Id, 1, began.AddDays(9)));
        await s.SaveAsync(ct);
    }

    private static async Task<(Client, DataKey)> ComeAsync(Settlement s, Engagement couple, (string Name, string Email) who, string phone, DateTime at, CancellationToken ct)
    {
        var (client, key) = await PersonAsync(s, who, phone, at, ct);
        couple.Join(client.Id);
        return (client, key);
    }

    internal static async Task<(Client, DataKey)> PersonAsync(Settlement s, (string Name, string Email) who, string phone, DateTime at, CancellationToken ct)
    {
        var key = await s.Vault.NewKeyAsync(ct);
        var client = new Client(s.PracticeId, who.Name, who.Name.Split(' ')[0], who.Email, phone, new ContactRules { Mail = true }, "en", s.Cast.Zone, s.Cast.Country, key.OwnerId, at);
        client.OpenPortal(SeedPeople.User(s, who.Email, who.Email));
        s.Db.Memberships.Add(new Practices.Membership(s.PracticeId, s.Users[who.Email], who.Name, who.Email, [Role.Client], "en", s.Cast.Zone, at));
        s.Db.Add(client);
        return (client, key);
    }

    private static Complaint Said(Settlement s, Engagement couple, Client client, DataKey key, string text, DateTime at, About about, Frequency frequency, Toll toll) =>
        new(s.PracticeId, key, text, "en", WrittenBy.Client, at, about, null, null, null, null, couple.Id, client.Id, frequency, toll);

    private static ClientRequest Worded(Settlement s, Engagement couple, Guid? client, DataKey key, string text, Guid author, DateTime at)
    {
        var request = new ClientRequest(s.PracticeId, couple.Id, client, key.OwnerId, at);
        s.Db.FormulationReviews.Add(new FormulationReview(request.Word(key, text, "en", WordedBy.ClientAlone, author, at), FormulationCoach.Review(text, "en")));
        return request;
    }
}
