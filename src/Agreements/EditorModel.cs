using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using PracticeApp.Platform;

namespace PracticeApp.Agreements;

/// <summary>What the two editors of an agreement's words share: of a template in one of its languages, and of one client's draft.</summary>
public abstract class EditorModel(IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty] public EditedText Input { get; set; } = new();
    /// <summary>The state of the row the words on the page were read from.</summary>
    [BindProperty] public string? Read { get; set; }
    [TempData] public string? Done { get; set; }

    public abstract string Language { get; }
    /// <summary>What stands in the query of every address of the page.</summary>
    public abstract string Query { get; }
    /// <summary>The words as they are stored.</summary>
    public AgreementText Stored { get; protected set; } = null!;
    public Terms Terms { get; protected set; } = null!;
    /// <summary>As the client will see what stands in the fields.</summary>
    public AgreementDocument Preview { get; protected set; } = null!;
    /// <summary>A value for every placeholder that can be inserted.</summary>
    public IReadOnlyDictionary<string, string> Values { get; protected set; } = new Dictionary<string, string>();
    public IReadOnlyList<Contradiction> Contradictions { get; private set; } = [];
    /// <summary>Somebody else has saved since the page was opened.</summary>
    public bool Meanwhile { get; protected set; }
    /// <summary>The page came back with the typed words rearranged or looked at; they are not saved.</summary>
    public bool Unsaved { get; protected set; }
    /// <summary>Where the cursor goes when the page comes back.</summary>
    public string? Focus { get; protected set; }

    // Whoever sends a form by hand may leave gaps in it.
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context) => Input.Tidy();

    /// <summary>A word to say beside a clause or promise, by its key: what else is to be known of it.</summary>
    public virtual string? MarkOf(string key, bool clause) => null;

    /// <summary>What a clause was before, where it is shown.</summary>
    public virtual IReadOnlyList<ChangedWords>? Before(EditedClause clause) => null;

    /// <summary>Whether words may be missing for now.</summary>
    public virtual bool MayBeIncomplete => false;

    /// <summary>Moves, removes or adds, for a browser without script; nothing is saved.</summary>
    protected void Rearrange(string part, string? key, int by)
    {
        var clause = part == "clause";
        Focus = key;
        if (key is not null) Input.Arrange(clause, key, by);
        else if ((clause ? Input.Clauses.Count : Input.Promises.Count) < EditedText.Most) Focus = Input.Add(clause);
        Unsaved = true;
    }

    /// <summary>Says beside each field what cannot be saved.</summary>
    protected void Check(AgreementText text)
    {
        if (text.Clauses.Length == 0) ModelState.AddModelError("Input.Clauses", t["Editor.NoClauses"]);
        if (text.Clauses.Length > EditedText.Most || text.Responsibilities.Length > EditedText.Most) ModelState.AddModelError("Input.Clauses", t["Editor.TooMany", EditedText.Most]);
        Field("Input.Title", text.Title, text, MayBeIncomplete);
        Field("Input.Opening", text.Opening, text, true);
        foreach (var (clause, typed) in text.Clauses.Zip(Input.Clauses))
        {
            Field($"Input.Clauses[{typed.Key}].Heading", clause.Heading, text, MayBeIncomplete);
            Field($"Input.Clauses[{typed.Key}].Text", clause.Text, text, MayBeIncomplete);
        }

        foreach (var (promise, typed) in text.Responsibilities.Zip(Input.Promises)) Field($"Input.Promises[{typed.Key}].Text", promise.Text, text, MayBeIncomplete);
    }

    private void Field(string key, string written, AgreementText text, bool mayBeEmpty)
    {
        if (written.Length == 0 && !mayBeEmpty) ModelState.AddModelError(key, t["Editor.Empty"]);
        foreach (var name in Placeholders.UnknownIn(written, text))
        {
            ModelState.AddModelError(key, Placeholders.Clauses.Contains(name) ? t["Editor.NoSuchClause", Braced(name), t[$"Kind.{Kind(name)}"].Value] : t["Editor.Unknown", Braced(name)]);
        }
    }

    /// <summary>Numbers of the words on the page that the terms decide.</summary>
    protected void Compare() => Contradictions = PracticeApp.Agreements.Contradictions.In(Input.ToText(), TermsOf(Input.ToText()), Language);

    /// <summary>The terms resting on the clauses as they stand on the page.</summary>
    protected Terms TermsOf(AgreementText typed) => Terms.WithClausesOf(typed);

    public static string Braced(string name) => "{{" + name + "}}";

    public static ClauseKind Kind(string placeholder) => Enum.Parse<ClauseKind>(placeholder["clause.".Length..], ignoreCase: true);

    /// <summary>A placeholder in the reader's words.</summary>
    public string NameOf(string placeholder) => placeholder.StartsWith("clause.", StringComparison.Ordinal)
        ? t["Placeholder.clause", t[$"Kind.{Kind(placeholder)}"].Value] : t[$"Placeholder.{placeholder}"];

    /// <summary>A number of the terms as it would be written.</summary>
    public string Say(TermNumber number)
    {
        var culture = CultureInfo.CurrentCulture;
        return number.Unit == TermUnit.Money ? Shared.Currencies.Format(number.Value, Terms.Currency, culture)
            : number.Unit == TermUnit.Percent ? $"{number.Value.ToString("0.##", culture)} %"
            : t.Plural($"Unit.{number.Unit}", (long)number.Value);
    }

    public string Say(Contradiction found) => found.Repeats
        ? t["Editor.Repeats", found.Found, NameOf(found.Says[0].Placeholder), Braced(found.Says[0].Placeholder)]
        : t["Editor.Differs", found.Found, string.Join("; ", found.Says.DistinctBy(s => (s.Placeholder, s.Value)).Take(3).Select(s => $"{NameOf(s.Placeholder)}: {Say(s)}")), Braced(found.Says[0].Placeholder)];
}
