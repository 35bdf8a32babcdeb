namespace PracticeApp.Engagements;

/// <summary>For whom somebody came first, in their own answer: whether a guardian has to be asked for. Nobody has to say.</summary>
public enum ForWhom
{
    Unsaid,
    Adult,
    /// <summary>Themselves, below the age from which one agrees for oneself where the practice is.</summary>
    Minor,
    /// <summary>A child of theirs.</summary>
    Child,
}

public static class ForWhoms
{
    public static bool NeedsGuardian(this ForWhom whom) => whom is ForWhom.Minor or ForWhom.Child;
}
