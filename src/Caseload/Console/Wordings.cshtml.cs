using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Platform;
using PracticeApp.Reminders;

namespace PracticeApp.Caseload;

/// <summary>Every kind of message the product sends, and which of them the practice says in its own words.</summary>
[Access(Role.Admin)]
public sealed class WordingsModel(PracticeDb db, IStringLocalizer<Texts> t) : PageModel
{
    private static readonly string[] Known = ["reminders", "booking", "attendance", "agreements", "money", "enquiries", "accounts"];

    /// <param name="Ways">Mail, text message, in the app.</param>
    /// <param name="Languages">Those with own words, as they are called.</param>
    /// <param name="Failed">Own words that could not be put together; the built-in ones went out.</param>
    public sealed record Line(NoticeKind Kind, string Ways, string Languages, bool Failed);

    public IReadOnlyList<IGrouping<string, Line>> Groups { get; private set; } = [];
    public int Failing { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        var own = (await db.NoticeWordings.AsNoTracking().Select(w => new { w.Kind, w.Language, w.FailedAt }).ToListAsync(ct)).ToLookup(w => w.Kind);
        var lines = NoticeKinds.All.Select(kind => new Line(kind, Ways(kind),
            string.Join(", ", Languages.All.Where(l => own[kind.Name].Any(w => w.Language == l.Code)).Select(l => l.Name)), own[kind.Name].Any(w => w.FailedAt != null))).ToList();
        Failing = lines.Count(l => l.Failed);
        Groups = [.. lines.GroupBy(l => Known.Contains(l.Kind.Feature) ? l.Kind.Feature : "other")];
    }

    public string NameOf(string kind) => NoticeNames.Of(t, kind);

    private string Ways(NoticeKind kind) => string.Join(" · ", new[] { (kind.ByMail, "Mail"), (kind.ByText, "Text"), (kind.InApp, "InApp") }.Where(w => w.Item1).Select(w => t[$"Channel.{w.Item2}"].Value));
}
