using PracticeApp.Platform;

namespace PracticeApp.Tests;

/// <summary>Somebody of the world; whoever is a client has the last four.</summary>
public sealed record Person(string Name, string Email, Guid UserId, Guid PracticeId, Role[] Roles, Guid ClientId = default, Guid EngagementId = default, Guid KeyId = default, Guid PsychologistId = default)
{
    public const string Password = "a long walk by the river";
    public string CalledName => Name.Split(' ')[0];
}

/// <summary>A practice of the world and what stands ready in it.</summary>
/// <param name="FirstTalk">Anybody may book it; needs no agreement.</param>
/// <param name="Individual">50 minutes; needs an agreement.</param>
public sealed record WorldPractice(Guid Id, string Slug, string Name, Guid FirstTalk, Guid Individual, Guid Couple, IReadOnlyList<Guid> Rooms, IReadOnlyDictionary<string, Guid> Themes);
