using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Requests;

namespace PracticeApp.Enquiries;

/// <summary>To whom the practice refers, to look up while somebody is on the phone. Admins change it in the settings.</summary>
[Access(Role.Psychologist, Role.Operator, Role.Supervisor, Role.Admin)]
public sealed class DirectoryModel(PracticeDb db, IStringLocalizer<Texts> t, IStringLocalizer<PracticeApp.Practices.Texts> names) : PageModel
{
    /// <summary>Only those who work with it.</summary>
    [BindProperty(SupportsGet = true)] public Guid? Theme { get; set; }

    public IReadOnlyList<ReferralContact> Entries { get; private set; } = [];
    public IReadOnlyList<Theme> Themes { get; private set; } = [];
    public IReadOnlyList<SelectListItem> ThemeItems { get; private set; } = [];
    public bool HasAny { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        var all = await db.Directory().AsNoTracking().ToListAsync(ct);
        Themes = await db.Themes.AsNoTracking().Where(x => x.RetiredAt == null).OrderBy(x => x.Position).ToListAsync(ct);
        ThemeItems = [new(t["Directory.Theme.All"], ""), .. Themes.Where(theme => all.Exists(c => c.ThemeIds.Contains(theme.Id))).Select(theme => new SelectListItem(names.NameOf(theme), theme.Id.ToString()))];
        (HasAny, Entries) = (all.Count > 0, all.FindAll(c => Theme is not { } theme || c.ThemeIds.Contains(theme)));
    }

    public static string Dialled(string phone) => string.Concat(phone.Where(c => char.IsAsciiDigit(c) || c == '+'));
    public static string Shown(string website) => website[(website.IndexOf("//", StringComparison.Ordinal) + 2)..].TrimEnd('/');
}
