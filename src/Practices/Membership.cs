using PracticeApp.Platform;

namespace PracticeApp.Practices;

/// <summary>A user's place in a practice: roles, name, language, zone. Staff are identified by their user id everywhere.</summary>
public sealed class Membership : PracticeEntity
{
    public Guid UserId { get; private set; }
    public string Name { get; private set; } = "";
    public Role[] Roles { get; private set; } = [];
    public string Language { get; private set; } = "en";
    public string TimeZone { get; private set; } = "";
    /// <summary>Where the practice's notices reach this member of staff.</summary>
    public string Email { get; private set; } = "";
    public bool Active { get; private set; } = true;
    public DateTime Since { get; private set; }

    private Membership() { }

    public Membership(Guid practiceId, Guid userId, string name, string email, IEnumerable<Role> roles, string language, string timeZone, DateTime since)
        : base(practiceId)
    {
        (UserId, Name, Email, Roles, Language, TimeZone, Since) = (userId, name, email, roles.Distinct().Order().ToArray(), language, timeZone, since);
    }

    public bool Is(Role role) => Active && Roles.Contains(role);
    public TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);

    public void Grant(Role role) => Roles = Roles.Append(role).Distinct().Order().ToArray();
    public void ChangeRoles(IEnumerable<Role> roles) => Roles = roles.Distinct().Order().ToArray();
    public void Prefer(string language, string timeZone) => (Language, TimeZone) = (language, timeZone);
    public void Rename(string name) => Name = name;
    public void Disable() => Active = false;
    public void Enable() => Active = true;
}

/// <summary>What the public page says of a psychologist, and with which themes they work.</summary>
public sealed class PsychologistProfile : PracticeEntity
{
    public Guid UserId { get; private set; }
    public string About { get; private set; } = "";
    public string[] Languages { get; private set; } = [];
    public Guid[] ThemeIds { get; private set; } = [];
    /// <summary>What they do not take on, in their own words.</summary>
    public string Limits { get; private set; } = "";
    public bool TakesNewClients { get; private set; } = true;
    /// <summary>Their own video room; shown to both from ten minutes before a session.</summary>
    public string? JoinUrl { get; private set; }

    private PsychologistProfile() { }

    public PsychologistProfile(Guid practiceId, Guid userId, string about, IEnumerable<string> languages, IEnumerable<Guid> themeIds) : base(practiceId)
    {
        (UserId, About, Languages, ThemeIds) = (userId, about, languages.ToArray(), themeIds.ToArray());
    }

    public void Describe(string about, string limits, IEnumerable<string> languages, IEnumerable<Guid> themeIds, bool takesNewClients, string? joinUrl)
    {
        (About, Limits, Languages, ThemeIds, TakesNewClients, JoinUrl) =
            (about, limits, languages.ToArray(), themeIds.ToArray(), takesNewClients, joinUrl);
    }
}

/// <summary>What a request is about, from the practice's short list; basis of the monthly waves. Retired themes keep their history.</summary>
public sealed class Theme : PracticeEntity
{
    /// <summary>A stable word for the default themes ("couple-relations"), so that they read in every language; null for the practice's own.</summary>
    public string? Key { get; private set; }
    /// <summary>The practice's own name; null as long as the default wording stands.</summary>
    public string? Name { get; private set; }
    public int Position { get; private set; }
    public DateTime? RetiredAt { get; private set; }

    private Theme() { }

    public Theme(Guid practiceId, string? key, string? name, int position) : base(practiceId) => (Key, Name, Position) = (key, name, position);

    /// <param name="name">Empty: back to the default wording, in every language.</param>
    public void Rename(string? name) => Name = string.IsNullOrWhiteSpace(name) ? null : name.Trim();
    public void Retire(DateTime at) => RetiredAt ??= at;
    public void Restore() => RetiredAt = null;

    /// <summary>The list a new practice begins with, in its order.</summary>
    public static IEnumerable<Theme> Defaults(Guid practiceId) => DefaultKeys.Select((key, i) => new Theme(practiceId, key, null, i));

    public static readonly IReadOnlyList<string> DefaultKeys =
    [
        "couple-relations", "divorce-or-separation", "infidelity", "jealousy", "children", "teenagers", "parents", "relatives",
        "loneliness", "self-esteem", "fears", "low-mood", "anger", "grief", "dependence-of-someone-close", "own-dependence",
        "sexuality", "body", "work", "decisions", "meaning-of-life", "trauma", "other",
    ];
}
