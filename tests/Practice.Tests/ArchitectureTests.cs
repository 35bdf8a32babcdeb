using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;

namespace PracticeApp.Tests;

/// <summary>ARCHITECTURE.md, as far as a machine can read it.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly Assembly App = typeof(Program).Assembly;
    private static readonly string[] Order =
        ["Privacy", "Practices", "Reminders", "Clients", "Accounts", "Engagements", "Requests", "Agreements", "Booking", "Enquiries", "Money", "Attendance", "Incidents", "Endings", "Sessions", "Caseload", "Demo"];
    private static readonly string Source = Path.Combine(Repository.Root, "src");

    private static IEnumerable<Type> Own => App.GetTypes().Where(t => t.Namespace?.StartsWith("PracticeApp", StringComparison.Ordinal) == true && !t.Name.StartsWith('<'));

    [Fact]
    public void Every_page_states_who_may_open_it()
    {
        var pages = Own.Where(t => t.IsSubclassOf(typeof(PageModel)) && !t.IsAbstract).ToList();
        Assert.NotEmpty(pages);
        Assert.Empty(pages.Where(p => !(p.IsDefined(typeof(AccessAttribute)) ^ p.IsDefined(typeof(AnyoneAttribute)))).Select(p => p.FullName));
    }

    [Fact]
    public void Names_say_what_a_thing_does() =>
        Assert.Empty(Own.Where(t => HidingName().IsMatch(t.Name)).Select(t => t.FullName));

    [Fact]
    public void An_interface_stands_only_at_the_edge_of_the_process() =>
        Assert.Equal(["IMailChannel", "ITextChannel"], Own.Where(t => t.IsInterface).Select(t => t.Name).Order());

    [Fact]
    public void Entities_and_pure_functions_know_no_framework()
    {
        var entities = Own.Where(t => t.IsSubclassOf(typeof(PracticeEntity))).Select(t => t.Name).ToHashSet();
        string[] pure = ["SlotFinder", "FormulationCoach", "SafetyScreen", "AttendancePolicy", "Terms", "ReminderPlan", "Statistics", "AnswerPromise", "PersonWording"];
        var wrong = Files().Where(f => Declared(f.Text).Any(name => entities.Contains(name) || pure.Contains(name)) && !f.Path.EndsWith("Mapping.cs", StringComparison.Ordinal))
            .Where(f => !Declared(f.Text).Any(n => n.EndsWith("Model", StringComparison.Ordinal)) && FrameworkImport().IsMatch(f.Text)
                && Declared(f.Text).All(n => entities.Contains(n) || pure.Contains(n)));
        Assert.Empty(wrong.Select(f => f.Path));
    }

    [Fact]
    public void Features_know_only_those_before_them()
    {
        var wrong = new List<string>();
        foreach (var (path, text) in Files())
        {
            var feature = path.Split('/')[0];
            var place = Array.IndexOf(Order, feature);
            if (path.EndsWith("Mapping.cs", StringComparison.Ordinal) || !path.Contains('/', StringComparison.Ordinal)) continue;
            foreach (Match match in FeatureName().Matches(text))
            {
                var other = Array.IndexOf(Order, match.Groups[1].Value);
                if (other < 0) continue;
                // Platform and Shared know no feature; the audit is the one exception, since every unit of work writes it.
                if (place < 0 ? other > 0 && feature is "Platform" or "Shared" && !(feature == "Platform" && match.Groups[1].Value == "Accounts") : other > place)
                    wrong.Add($"{path} knows {match.Groups[1].Value}");
            }
        }
        Assert.Empty(wrong.Distinct());
    }

    [Fact]
    public void Only_the_mail_channel_of_the_platform_sends_mail() =>
        Assert.Empty(Files().Where(f => f.Text.Contains("SmtpClient", StringComparison.Ordinal) && !f.Path.StartsWith("Platform/", StringComparison.Ordinal)).Select(f => f.Path));

    [Fact]
    public void No_page_holds_script_or_style_of_its_own() =>
        Assert.Empty(Directory.EnumerateFiles(Source, "*.cshtml", SearchOption.AllDirectories).Where(f => InlineCode().IsMatch(File.ReadAllText(f))).Select(f => Path.GetRelativePath(Source, f)));

    [Fact]
    public void Nothing_is_left_for_later() =>
        Assert.Empty(Files().Where(f => LeftOver().IsMatch(f.Text)).Select(f => f.Path));

    [Fact]
    public void Every_page_has_a_test_that_names_its_address()
    {
        var tests = string.Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        var untested = Directory.EnumerateFiles(Source, "*.cshtml", SearchOption.AllDirectories)
            .Select(f => (File: f, Route: PageRoute().Match(File.ReadAllText(f)))).Where(p => p.Route.Success)
            .Select(p => (p.File, Address: p.Route.Groups[1].Value.Split('{')[0].TrimEnd('/')))
            .Where(p => p.Address.Length > 0 && !tests.Contains($"\"{p.Address}", StringComparison.Ordinal) && !tests.Contains($"{p.Address}/", StringComparison.Ordinal));
        Assert.Empty(untested.Select(p => $"{Path.GetRelativePath(Source, p.File)} at {p.Address}"));
    }

    [Fact]
    public void The_model_has_no_change_without_a_migration()
    {
        var options = new DbContextOptionsBuilder<PracticeDb>().UseNpgsql("Host=none").Options;
        using var db = new PracticeDb(options, new Current(), TimeProvider.System);
        Assert.False(db.Database.HasPendingModelChanges());
    }

    private static IEnumerable<(string Path, string Text)> Files() => Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories)
        .Select(f => (Path.GetRelativePath(Source, f).Replace('\\', '/'), File.ReadAllText(f)));

    private static List<string> Declared(string text) => Declaration().Matches(text).Select(m => m.Groups[1].Value).ToList();

    [GeneratedRegex(@"(Service|Manager|(?<!Tag)Helper|Helpers|Utils|Util|Dto|Processor|Repository)$")]
    private static partial Regex HidingName();

    [GeneratedRegex(@"^using (Microsoft\.AspNetCore|Microsoft\.EntityFrameworkCore)", RegexOptions.Multiline)]
    private static partial Regex FrameworkImport();

    [GeneratedRegex(@"^(?:public|internal) (?:sealed |static |abstract |partial |readonly )*(?:class|record|struct|record struct) (\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"PracticeApp\.(\w+)")]
    private static partial Regex FeatureName();

    [GeneratedRegex(@"<script(?![^>]*\bsrc=)(?![^>]*type=""(application/json|importmap)"")|\sstyle=""|\son[a-z]+=""|<style", RegexOptions.IgnoreCase)]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK)\b|NotImplementedException")]
    private static partial Regex LeftOver();

    [GeneratedRegex("^@page \"([^\"]+)\"", RegexOptions.Multiline)]
    private static partial Regex PageRoute();
}
