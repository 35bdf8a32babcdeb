namespace PracticeApp.Platform;

/// <summary>A row that belongs to one practice; its key is (practice_id, id) and row-level security seals it.</summary>
public abstract class PracticeEntity
{
    public Guid PracticeId { get; private set; }
    public Guid Id { get; private set; }

    /// <summary>For EF Core only.</summary>
    protected PracticeEntity() { }

    protected PracticeEntity(Guid practiceId)
    {
        if (practiceId == Guid.Empty) throw new ArgumentException("A practice is required.", nameof(practiceId));
        PracticeId = practiceId;
        Id = Ids.New();
    }

    protected PracticeEntity(Guid practiceId, Guid id)
    {
        if (practiceId == Guid.Empty) throw new ArgumentException("A practice is required.", nameof(practiceId));
        if (id == Guid.Empty) throw new ArgumentException("An id is required.", nameof(id));
        PracticeId = practiceId;
        Id = id;
    }
}
