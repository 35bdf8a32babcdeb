using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Privacy;

namespace PracticeApp.Accounts;

[Access]
public sealed class AccountModel(PracticeDb db, UserManager<AppUser> users, CheckPassword check, NewPassword newPassword, SignUserIn signUserIn,
    UnderPractice underPractice, Audit audit, TimeProvider clock, IStringLocalizer<Texts> t) : PageModel
{
    [BindProperty] public AboutModel About { get; set; } = new();
    [BindProperty] public ChangeModel Change { get; set; } = new();
    [TempData] public string? Done { get; set; }
    public IReadOnlyList<SignInView> SignIns { get; private set; } = [];
    public IReadOnlyList<PracticeView> Practices { get; private set; } = [];
    public IEnumerable<SelectListItem> LanguageItems => Languages.All.Select(l => new SelectListItem(l.Name, l.Code));
    public IEnumerable<SelectListItem> ZoneItems => TimeZoneInfo.GetSystemTimeZones().Where(z => z.Id.Contains('/', StringComparison.Ordinal) && !z.Id.StartsWith("Etc/", StringComparison.Ordinal))
        .Select(z => z.Id).Order(StringComparer.Ordinal).Select(id => new SelectListItem(id.Replace('_', ' '), id));

    public sealed class AboutModel
    {
        [Required, StringLength(120)] public string Name { get; set; } = "";
        [Required] public string Language { get; set; } = "";
        [Required] public string TimeZone { get; set; } = "";
    }

    public sealed class ChangeModel
    {
        [Required, StringLength(200)] public string Current { get; set; } = "";
        [Required, StringLength(200)] public string New { get; set; } = "";
    }

    public sealed record SignInView(DateTime LastSeenAt, string? Browser, string? Address, bool IsThis);
    public sealed record PracticeView(Guid Id, string Name, bool IsThis);

    public async Task OnGetAsync(CancellationToken ct)
    {
        var member = await MemberAsync(ct);
        About = new AboutModel { Name = member.Name, Language = member.Language, TimeZone = member.TimeZone };
        await ShowAsync(ct);
    }

    public async Task<IActionResult> OnPostAboutAsync(CancellationToken ct)
    {
        var member = await MemberAsync(ct);
        if (!Languages.IsSupported(About.Language)) ModelState.AddModelError("About.Language", t["Choose"]);
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(About.TimeZone ?? "", out _)) ModelState.AddModelError("About.TimeZone", t["Choose"]);
        if (!Valid("About.")) return await AgainAsync(ct);
        member.Rename(About.Name.Trim());
        member.Prefer(About.Language, About.TimeZone!);
        foreach (var client in await db.Clients.Where(c => c.UserId == member.UserId).ToListAsync(ct)) client.Prefer(About.Language, About.TimeZone!);
        await db.SaveChangesAsync(ct);
        // The cookie carries the language; a new one is set for this browser.
        await signUserIn.RunAsync(HttpContext, member.UserId, member.PracticeId, ct);
        return Again("Account.Saved");
    }

    public async Task<IActionResult> OnPostPasswordAsync(CancellationToken ct)
    {
        if (!Valid("Change.")) return await AgainAsync(ct);
        var user = await users.FindByIdAsync(db.Current.UserId.ToString());
        if (await check.RunAsync(user!.Email!, Change.Current, ct) is null) ModelState.AddModelError("Change.Current", t["Password.Wrong"]);
        else if (await newPassword.SetAsync(user, Change.New, db.Current.SignInId, ct) is { } problem) ModelState.AddModelError("Change.New", t[problem]);
        if (!Valid("Change.")) return await AgainAsync(ct);
        audit.Record("account.password-changed", "user", user.Id);
        return Again("Account.Password.Done");
    }

    public async Task<IActionResult> OnPostEverywhereAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await db.SignIns.Where(s => s.UserId == db.Current.UserId && s.EndedAt == null).ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAt, now), ct);
        audit.Record("account.signed-out-everywhere", "user", db.Current.UserId);
        return Redirect("/sign-in");
    }

    public async Task<IActionResult> OnPostPracticeAsync(Guid practiceId, CancellationToken ct)
    {
        var (userId, now) = (db.Current.UserId, clock.GetUtcNow().UtcDateTime);
        if (!(await signUserIn.PracticesOfAsync(userId, ct)).Contains(practiceId)) return NotFound();
        await db.SignIns.Where(s => s.Id == db.Current.SignInId).ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAt, now), ct);
        var membership = await underPractice.RunAsync(practiceId, (services, stop) => services.GetRequiredService<SignUserIn>().RunAsync(HttpContext, userId, practiceId, stop), ct);
        return LocalRedirect(OpenSignIn.HomeOf(membership!.Roles));
    }

    private Task<Membership> MemberAsync(CancellationToken ct) => db.Memberships.SingleAsync(m => m.UserId == db.Current.UserId, ct);

    // Three forms share the page: only the one that was sent is judged.
    private bool Valid(string prefix)
    {
        foreach (var key in ModelState.Keys.Where(k => !k.StartsWith(prefix, StringComparison.Ordinal)).ToList()) ModelState.Remove(key);
        return ModelState.IsValid;
    }

    private RedirectToPageResult Again(string done)
    {
        Done = done;
        return RedirectToPage();
    }

    private async Task<IActionResult> AgainAsync(CancellationToken ct)
    {
        var member = await MemberAsync(ct);
        if (string.IsNullOrEmpty(About.TimeZone)) About = new AboutModel { Name = member.Name, Language = member.Language, TimeZone = member.TimeZone };
        await ShowAsync(ct);
        return Page();
    }

    private async Task ShowAsync(CancellationToken ct)
    {
        var (now, me, here) = (clock.GetUtcNow().UtcDateTime, db.Current.UserId, db.Current.SignInId);
        SignIns = await db.SignIns.Where(s => s.UserId == me && s.EndedAt == null && s.ExpiresAt > now).OrderByDescending(s => s.LastSeenAt).Take(20)
            .Select(s => new SignInView(s.LastSeenAt, s.Browser, s.Address, s.Id == here)).ToListAsync(ct);
        var practices = new List<PracticeView>();
        foreach (var id in await signUserIn.PracticesOfAsync(me, ct))
            practices.Add(new PracticeView(id, await underPractice.RunAsync(id, (services, stop) => services.GetRequiredService<PracticeDb>().Practices.Select(p => p.Name).SingleAsync(stop), ct), id == db.Current.PracticeId));
        Practices = practices;
    }
}
