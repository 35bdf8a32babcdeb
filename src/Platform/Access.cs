namespace PracticeApp.Platform;

/// <summary>Who may open a page. Every page states one of <see cref="AccessAttribute"/> and <see cref="AnyoneAttribute"/>; a test enumerates them.</summary>
/// <param name="roles">Any of these; none: whoever is signed in to a practice.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AccessAttribute(params Role[] roles) : Attribute
{
    public IReadOnlyList<Role> Roles { get; } = roles;
}

/// <summary>Public: the page finds its practice itself (by address or signed link), or needs none.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AnyoneAttribute : Attribute;
