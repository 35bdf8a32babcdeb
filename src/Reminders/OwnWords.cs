using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;

namespace PracticeApp.Reminders;

/// <summary>
/// Puts notices into words: the practice's own where it has some, the built-in ones otherwise. A practice's words are read once
/// and kept until they change; a practice without any costs nothing.
/// </summary>
public sealed class OwnWords(TimeProvider clock)
{
    private readonly ConcurrentDictionary<Guid, Kept> _kept = new();

    /// <param name="changedAt">The practice's <c>WordingsChangedAt</c>, read in the same transaction.</param>
    public async ValueTask<PracticeWords> OfAsync(PracticeDb db, DateTime? changedAt, CancellationToken ct)
    {
        if (changedAt is not { } stamp) return PracticeWords.BuiltIn;
        var practice = db.Current.PracticeId;
        if (_kept.TryGetValue(practice, out var kept) && kept.Stamp == stamp) return kept.Words;
        var own = await db.NoticeWordings.AsNoTracking().ToDictionaryAsync(w => (w.Kind, w.Language, w.Channel), ct);
        var words = new PracticeWords(own);
        _kept[practice] = new Kept(stamp, words);
        return words;
    }

    /// <summary>Subject (empty for a text message and in the app) and body. Own words that cannot be put together are marked, and the built-in ones take their place.</summary>
    public async ValueTask<(string Subject, string Body)> PutAsync(PracticeDb db, PracticeWords words, Notice notice, CultureInfo culture, IReadOnlyDictionary<string, string> values, CancellationToken ct)
    {
        if (words.Find(notice.Kind, Languages.CodeOf(culture), notice.Channel) is { } own)
        {
            try
            {
                return (NoticeText.Fill(own.Subject, values), NoticeText.Fill(own.Body, values));
            }
            catch (InvalidOperationException)
            {
                var now = clock.GetUtcNow().UtcDateTime;
                await db.NoticeWordings.Where(w => w.Id == own.Id && w.ChangedAt == own.ChangedAt).ExecuteUpdateAsync(s => s.SetProperty(w => w.FailedAt, now), ct);
            }
        }
        return notice.Channel == Channel.Mail
            ? (NoticeText.Subject(notice.Kind, culture, values), NoticeText.Body(notice.Kind, culture, values))
            : ("", NoticeText.Short(notice.Kind, culture, values));
    }

    private sealed record Kept(DateTime Stamp, PracticeWords Words);
}

/// <summary>The own words of one practice.</summary>
public sealed class PracticeWords(IReadOnlyDictionary<(string Kind, string Language, Channel Channel), NoticeWording> own)
{
    public static readonly PracticeWords BuiltIn = new(new Dictionary<(string, string, Channel), NoticeWording>());

    public NoticeWording? Find(string kind, string language, Channel channel) => own.GetValueOrDefault((kind, language, channel));
}
