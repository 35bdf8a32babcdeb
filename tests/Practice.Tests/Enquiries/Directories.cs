using PracticeApp.Practices;

namespace PracticeApp.Tests.Enquiries;

/// <summary>A directory for tests: a psychiatrist, somebody for divorces, and one who is retired.</summary>
internal static class Directories
{
    public static Task<(Guid Psychiatrist, Guid Legal, Guid Closed)> WriteAsync(World world) => world.InDbAsync(world.Lejla, db =>
    {
        Guid Themed(string key) => world.Lipa.Themes[key];
        var psychiatrist = new ReferralContact(world.Lipa.Id, "Dr Amela Tanović", ContactKind.Psychiatrist, "psychiatrist", "waits two weeks", [Themed("low-mood")])
            .At(phone: "+387 33 555 201", email: "amela@tanovic.example", address: "Kranjčevićeva 7");
        var legal = new ReferralContact(world.Lipa.Id, "Legal advice Alić", ContactKind.Other, "family law", "", [Themed("divorce-or-separation"), Themed("fears")]).At(website: "https://alic.example");
        var closed = new ReferralContact(world.Lipa.Id, "Closed cabinet", ContactKind.Psychologist, "children", "", [Themed("fears")]).At(phone: "033 555 209");
        closed.Retire(World.Start);
        db.AddRange(psychiatrist, legal, closed);
        return Task.FromResult((psychiatrist.Id, legal.Id, closed.Id));
    });
}
