using PracticeApp.Platform;

namespace PracticeApp.Demo;

/// <summary>One of the demo's people.</summary>
/// <param name="As">Key of the words that say who this is: <c>Demo.As.psychologist</c>.</param>
/// <param name="Language">In which they use the product.</param>
public sealed record DemoSignIn(string Name, string Email, string As, string Practice, string Language)
{
    public static IReadOnlyList<DemoSignIn> All { get; } = [.. Of(Cast.Lipa), .. Of(Cast.Saaristo)];

    private static IEnumerable<DemoSignIn> Of(Cast cast) =>
        cast.Staff.Where(p => cast.Slug == "lipa" || p.Roles.Contains(Role.Admin))
            .Select((p, i) => new DemoSignIn(p.Name, p.Email(cast), RoleOf(cast, p.Roles, i), cast.Name, p.Language))
            .Concat(cast.Clients.Select(c => new DemoSignIn(c.Name, c.Email, cast.Slug != "lipa" ? "other-client" : c.FromTheLast == 2 ? "client-signing" : "client", cast.Name, c.Language)))
            .Concat(cast.Slug != "lipa" ? [] : new[] { SeedCouple.Amra, SeedCouple.Jasmin }.Select(c => new DemoSignIn(c.Name, c.Email, "client-couple", cast.Name, "en")))
            .Concat(cast.Slug != "lipa" ? [] : [new DemoSignIn(SeedSigning.Ena.Name, SeedSigning.Ena.Email, "client-minor", cast.Name, "en"), new DemoSignIn(SeedSigning.Nermina.Name, SeedSigning.Nermina.Email, "guardian", cast.Name, "en")]);

    private static string RoleOf(Cast cast, Role[] roles, int position) =>
        cast.Slug != "lipa" ? "other-psychologist"
        : roles.Contains(Role.Psychologist) ? position == 0 ? "psychologist" : "colleague"
        : roles[0].ToString().ToLowerInvariant();
}
