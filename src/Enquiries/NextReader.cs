namespace PracticeApp.Enquiries;

/// <summary>Whom to tell next of a safety flag that nobody has acknowledged.</summary>
public static class NextReader
{
    /// <summary>How long one person has before the next is told.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    /// <summary>How long before somebody on duty is told again.</summary>
    public static readonly TimeSpan Again = TimeSpan.FromHours(1);

    /// <param name="told">Who was told, and when.</param>
    /// <param name="onDuty">User ids on the rota at this moment.</param>
    /// <param name="onRota">User ids that stand on the rota at all.</param>
    /// <returns>Null when it is too early, or when everybody who answers has been told.</returns>
    public static Guid? After(IReadOnlyCollection<(Guid User, DateTime At)> told, IReadOnlyList<Guid> onDuty, IReadOnlyList<Guid> onRota, DateTime now)
    {
        if (told.Count > 0 && now - told.Max(t => t.At) < Patience) return null;
        DateTime? Last(Guid user) => told.Where(t => t.User == user).Select(t => (DateTime?)t.At).Max();
        return onDuty.Concat(onRota).Cast<Guid?>().FirstOrDefault(user => Last(user!.Value) is null)
            ?? onDuty.Cast<Guid?>().FirstOrDefault(user => now - Last(user!.Value) >= Again);
    }
}
