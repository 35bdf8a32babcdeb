using PracticeApp.Platform;

namespace PracticeApp.Agreements;

/// <summary>
/// What a practice's agreements are made from: the words in each of its languages and the terms they all share.
/// A changed template is a new version; what was sent stays as it was sent.
/// </summary>
public sealed class AgreementTemplate : PracticeEntity
{
    public int Version { get; private set; }
    /// <summary>Markdown by language, in the form that <see cref="AgreementText.Parse"/> reads.</summary>
    public Dictionary<string, string> Texts { get; private set; } = [];
    public string TermsJson { get; private set; } = "{}";
    public DateTime CreatedAt { get; private set; }
    public DateTime? RetiredAt { get; private set; }

    private AgreementTemplate() { }

    public AgreementTemplate(Guid practiceId, int version, IReadOnlyDictionary<string, string> texts, Terms terms, DateTime createdAt) : base(practiceId)
    {
        foreach (var (language, markdown) in texts)
        {
            var unknown = Placeholders.UnknownIn(AgreementText.Parse(markdown));
            if (unknown.Count > 0) throw new FormatException($"The text in '{language}' names what does not exist: {string.Join(", ", unknown)}.");
        }
        (Version, Texts, TermsJson, CreatedAt) = (version, new(texts), terms.ToJson(), createdAt);
    }

    /// <summary>What a new practice starts with, in every language of the product.</summary>
    public static AgreementTemplate Default(Guid practiceId, string currency, decimal fee, DateTime createdAt) => new(
        practiceId, 1, Languages.All.ToDictionary(l => l.Code, l => AgreementText.DefaultMarkdown(l.Code)), Terms.Default(fee, currency), createdAt);

    public Terms Terms => Terms.Parse(TermsJson);

    public AgreementText In(string language) => AgreementText.Parse(Texts[language]);

    public void Retire(DateTime at) => RetiredAt ??= at;
}
