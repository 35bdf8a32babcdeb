using PracticeApp.Platform;

namespace PracticeApp.Agreements;

/// <summary>One of a practice's templates through all its versions: for individual work, for couples, online.</summary>
public sealed class TemplateSeries : PracticeEntity
{
    public const int LongestName = 80;

    public string Name { get; private set; } = "";
    public DateTime CreatedAt { get; private set; }
    /// <summary>When it was made the one that is offered first; of several the latest counts.</summary>
    public DateTime? ChosenAt { get; private set; }
    /// <summary>No new agreements are made from it since then.</summary>
    public DateTime? RetiredAt { get; private set; }

    private TemplateSeries() { }

    public TemplateSeries(Guid practiceId, string name, DateTime createdAt) : base(practiceId) => (Name, CreatedAt) = (name, createdAt);

    public void Rename(string name) => Name = name;

    public void Choose(DateTime at) => ChosenAt = at;

    public void Retire(DateTime at) => RetiredAt ??= at;

    public void Restore() => RetiredAt = null;
}
