using PracticeApp.Booking;
using PracticeApp.Platform;

namespace PracticeApp.Enquiries;

public enum AnswerForm { Short, Long, Choice }

/// <summary>One of the practice's own questions before a first talk, with why it is asked. A retired one stays with its answers.</summary>
public sealed class TalkQuestion : PracticeEntity
{
    /// <summary>Few: whoever comes for help fills in no forms by the page.</summary>
    public const int Most = 12;

    public LocalizedName Text { get; private set; } = new();
    public LocalizedName Why { get; private set; } = new();
    /// <summary>One choice a line.</summary>
    public LocalizedName Choices { get; private set; } = new();
    public AnswerForm Form { get; private set; }
    public bool Required { get; private set; }
    public int Position { get; private set; }
    public DateTime? RetiredAt { get; private set; }

    private TalkQuestion() { }

    public TalkQuestion(Guid practiceId, int position) : base(practiceId) => Position = position;

    public void Ask(LocalizedName text, LocalizedName why, LocalizedName choices, AnswerForm form, bool required) =>
        (Text, Why, Choices, Form, Required) = (text, why, choices, form, required);

    public void MoveTo(int position) => Position = position;
    public void Retire(DateTime at) => RetiredAt ??= at;
    public void Restore() => RetiredAt = null;

    public IReadOnlyList<string> ChoicesIn(string language) => Said(Choices, language).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>In this language, or in one that the practice wrote it in.</summary>
    public static string Said(LocalizedName words, string language) =>
        new[] { words.In(language), words.En, words.Bs, words.Ru, words.Fi }.FirstOrDefault(w => w.Length > 0) ?? "";
}
