namespace PracticeApp.Tests;

/// <summary>What mail servers got, against the notices that should have gone out.</summary>
/// <param name="Lost">Went out nowhere.</param>
/// <param name="Foreign">Came under a Message-ID that no notice has.</param>
/// <param name="Repeated">Came once more than it should.</param>
public sealed record MailTally(int Lost, int Foreign, int Repeated)
{
    /// <param name="notices">Their identifiers.</param>
    /// <param name="domain">Of the sender.</param>
    public static MailTally Of(IEnumerable<Guid> notices, string domain, IEnumerable<SmtpSink> sinks)
    {
        var (ids, came) = (notices.Select(id => $"<{id:N}@{domain}>").ToHashSet(), sinks.SelectMany(s => s.MessageIds).ToList());
        return new(ids.Except(came).Count(), came.Except(ids).Count(), came.Count - came.Distinct().Count());
    }
}
