using PracticeApp.Platform;

namespace PracticeApp.Agreements;

/// <summary>
/// One version of what a practice's agreements are made from: the words in each language it is offered in and the terms
/// they all share. What was published never changes; changes are made in the one working copy of its series.
/// </summary>
public sealed class AgreementTemplate : PracticeEntity
{
    public const int LongestNote = 200;

    public Guid SeriesId { get; private set; }
    public TemplateSeries? Series { get; private set; }
    /// <summary>The version within its series, 1 for the first; the working copy has the next one already.</summary>
    public int Number { get; private set; }
    /// <summary>Markdown by language, in the form that <see cref="AgreementText.Parse"/> reads; clauses and promises are the same in all, in kind and order.</summary>
    public Dictionary<string, string> Texts { get; private set; } = [];
    public string TermsJson { get; private set; } = "{}";
    /// <summary>One line: what has changed since the version before.</summary>
    public string Note { get; private set; } = "";
    public DateTime CreatedAt { get; private set; }
    /// <summary>Null in the working copy.</summary>
    public DateTime? PublishedAt { get; private set; }

    private AgreementTemplate() { }

    private AgreementTemplate(Guid practiceId, Guid seriesId, int number, IReadOnlyDictionary<string, string> texts, Terms terms, DateTime createdAt) : base(practiceId)
    {
        var read = texts.ToDictionary(t => t.Key, t => AgreementText.Parse(t.Value));
        foreach (var (language, text) in read) Known(language, text);
        (SeriesId, Number, Texts, TermsJson, CreatedAt) = (seriesId, number, read.ToDictionary(t => t.Key, t => t.Value.ToMarkdown()), terms.WithClausesOf(read.Values.First()).ToJson(), createdAt);
    }

    /// <summary>The working copy that a new series begins with.</summary>
    public static AgreementTemplate First(TemplateSeries series, IReadOnlyDictionary<string, string> texts, Terms terms, DateTime createdAt) =>
        new(series.PracticeId, series.Id, 1, texts, terms, createdAt) { Series = series };

    /// <summary>What a new practice starts with, published in every language of the product and named in its own.</summary>
    public static AgreementTemplate Default(Guid practiceId, string currency, decimal fee, DateTime createdAt, string language = Languages.Fallback)
    {
        var series = new TemplateSeries(practiceId, AgreementText.DefaultTemplate(language).Title, createdAt);
        series.Choose(createdAt);
        var template = First(series, DefaultTexts(), Terms.Default(fee, currency), createdAt);
        template.Publish("", createdAt);
        return template;
    }

    public static Dictionary<string, string> DefaultTexts() => Languages.All.ToDictionary(l => l.Code, l => AgreementText.DefaultMarkdown(l.Code));

    public Terms Terms => Terms.Parse(TermsJson);
    public bool IsPublished => PublishedAt is not null;

    public AgreementText In(string language) => AgreementText.Parse(Texts[language]);

    /// <summary>The languages it is offered in, in the product's order.</summary>
    public IEnumerable<Language> Offered => Languages.All.Where(l => Texts.ContainsKey(l.Code));

    /// <summary>The working copy in which this published version is changed.</summary>
    public AgreementTemplate WorkingCopy(DateTime now) =>
        IsPublished ? new(PracticeId, SeriesId, Number + 1, Texts, Terms, now) : throw new InvalidOperationException("It is the working copy.");

    /// <summary>
    /// New words in one language. The other languages follow in structure: what moved moves, what was removed goes, what
    /// was added waits for its translation. The terms keep resting on their clauses.
    /// </summary>
    /// <param name="clauses">For each clause of <paramref name="text"/> its number until now; null for a new one.</param>
    /// <param name="promises">The same for the promises.</param>
    /// <returns>By language, the placeholders that would stand for nothing; nothing has been changed then.</returns>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Reword(string language, AgreementText text, IReadOnlyList<int?> clauses, IReadOnlyList<int?> promises)
    {
        OnlyWorkingCopy();
        var texts = Texts.Keys.ToDictionary(l => l, l => l == language ? text : In(l).Following(text, clauses, promises));
        var unknown = texts.Select(t => (t.Key, Names: Placeholders.UnknownIn(t.Value))).Where(t => t.Names.Count > 0).ToDictionary(t => t.Key, t => t.Names);
        if (unknown.Count > 0) return unknown;
        Texts = texts.ToDictionary(t => t.Key, t => t.Value.ToMarkdown());
        TermsJson = Terms.WithClausesOf(text).ToJson();
        return unknown;
    }

    public void Change(Terms terms)
    {
        OnlyWorkingCopy();
        TermsJson = terms.WithClausesOf(In(Texts.Keys.First())).ToJson();
    }

    /// <summary>Offers it in another language; its words are still to be translated.</summary>
    public void Offer(string language)
    {
        OnlyWorkingCopy();
        if (Texts.ContainsKey(language)) return;
        Texts = new(Texts) { [language] = In(Texts.Keys.First()).Map(_ => "").ToMarkdown() };
    }

    /// <summary>No longer offers it in a language; the last one stays.</summary>
    public void Withdraw(string language)
    {
        OnlyWorkingCopy();
        if (Texts.Count > 1) Texts = Texts.Where(t => t.Key != language).ToDictionary();
    }

    /// <summary>What has no words yet in a language although it is offered there: numbers of clauses and promises, the title, the opening.</summary>
    public MissingWords MissingIn(string language)
    {
        var text = In(language);
        var opens = text.Opening.Length > 0 || !Texts.Keys.Any(l => In(l).Opening.Length > 0);
        return new MissingWords(text.Title.Length == 0, !opens,
            [.. text.Clauses.Where(c => c.Heading.Length == 0 || c.Text.Length == 0).Select(c => c.Number)],
            [.. text.Responsibilities.Where(r => r.Text.Length == 0).Select(r => r.Number)]);
    }

    /// <summary>It holds from now on and is never changed again.</summary>
    public void Publish(string note, DateTime at)
    {
        OnlyWorkingCopy();
        if (Offered.Any(l => !MissingIn(l.Code).IsNothing)) throw new InvalidOperationException("Words are missing in a language it is offered in.");
        (Note, PublishedAt) = (note, at);
    }

    private void OnlyWorkingCopy()
    {
        if (IsPublished) throw new InvalidOperationException("What was published is never changed.");
    }

    private static void Known(string language, AgreementText text)
    {
        var unknown = Placeholders.UnknownIn(text);
        if (unknown.Count > 0) throw new FormatException($"The text in '{language}' names what does not exist: {string.Join(", ", unknown)}.");
    }
}

/// <summary>What still waits for words in one language.</summary>
public sealed record MissingWords(bool Title, bool Opening, IReadOnlyList<int> Clauses, IReadOnlyList<int> Promises)
{
    public bool IsNothing => !Title && !Opening && Clauses.Count == 0 && Promises.Count == 0;
}
