using System.Buffers;
using System.Net;

namespace PracticeApp.Tests.Sweeps;

/// <summary>
/// A town, everything the people of its first practice were seen to open, and what everybody of both practices was answered
/// when they asked for all of it. Whoever shares it leaves it as it was.
/// </summary>
public sealed class Crawled(Database database) : IAsyncLifetime
{
    // audit_entries: reading is recorded. sign_ins: the moment a session was last used. attempt_counters: how often a public page was asked for.
    private static readonly string[] s_written = ["audit_entries", "sign_ins", "attempt_counters"];
    private readonly Dictionary<string, IReadOnlyList<Page>> _pages = [];

    /// <param name="Words">Which of the planted words stood on the page.</param>
    /// <param name="Names">Somebody of the first practice who was named on the page.</param>
    internal sealed record Answer(string Who, string Asked, string Path, HttpStatusCode Status, IReadOnlyList<string> Words, string? Names)
    {
        public override string ToString() => $"{Who} asked {Asked}: {(int)Status} {(Path == Asked ? "" : Path)} {Names}";
    }

    internal Town Town { get; private set; } = null!;
    /// <summary>What each of the first practice's people opened by following links.</summary>
    internal IReadOnlyDictionary<string, IReadOnlyList<Page>> Pages => _pages;
    /// <summary>Every address of the first practice: those its people saw and those where the planted words stand.</summary>
    internal IReadOnlyList<string> Addresses { get; private set; } = [];
    /// <summary>Every identifier of the first practice.</summary>
    internal HashSet<Guid> Ids { get; private set; } = [];
    /// <summary>What everybody was answered at every address.</summary>
    internal IReadOnlyList<Answer> Answers { get; private set; } = [];
    internal IReadOnlyDictionary<string, string> RowsBefore { get; private set; } = new Dictionary<string, string>();
    internal IReadOnlyDictionary<string, string> RowsAfter { get; private set; } = new Dictionary<string, string>();

    public async ValueTask InitializeAsync()
    {
        Town = await Town.StartAsync(database);
        Ids = await Town.IdsAsync(Town.LipaId);
        var tables = (await Town.TablesAsync()).Except(s_written).ToList();
        RowsBefore = await Town.HashesAsync(tables);
        var addresses = new HashSet<string>(await Town.PlantedAsync(), StringComparer.Ordinal);
        addresses.UnionWith(["/p/lipa", "/p/saaristo", "/p/nowhere", "/forgot", "/sign-in"]);
        foreach (var who in Town.Locals)
        {
            using var visitor = await Town.As(who);
            var crawl = await Crawl.RunAsync(visitor, opened: 2, kept: 2);
            _pages[who] = crawl.Pages;
            addresses.UnionWith(crawl.Addresses);
        }
        Addresses = [.. addresses.Where(a => !a.Contains("/sign-out", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        await AskEverythingAsync();
        RowsAfter = await Town.HashesAsync(tables);
    }

    public ValueTask DisposeAsync() => Town?.DisposeAsync() ?? ValueTask.CompletedTask;

    internal bool Carries(string text) => Town.Guids().Matches(text).Any(m => Ids.Contains(Guid.Parse(m.Value)));

    internal static async Task<List<Page>> AskAsync(Visitor visitor, IEnumerable<string> paths)
    {
        var pages = new List<Page>();
        await Parallel.ForEachAsync(paths, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (path, _) =>
        {
            var page = await visitor.GetAsync(path);
            lock (pages) pages.Add(page);
        });
        return pages;
    }

    /// <summary>Names, mail addresses and phone numbers that only the first practice's people have.</summary>
    internal async Task<SearchValues<string>> PeopleAsync()
    {
        async Task<List<string>> In(string which) => await Town.ListAsync<string>(
            $"""
            select x from (select name x from clients where practice_id {which} union select name from memberships where practice_id {which} union select email from memberships where practice_id {which}
              union select email from clients where practice_id {which} union select phone from clients where practice_id {which} union select email from enquiries where practice_id {which} union select phone from enquiries where practice_id {which}) t
            where length(x) > 5
            """);
        var people = (await In($"= '{Town.LipaId}'")).Except(await In($"<> '{Town.LipaId}'")).ToArray();
        Assert.True(people.Length > 100);
        return SearchValues.Create(people, StringComparison.OrdinalIgnoreCase);
    }

    internal static string? Named(string html, SearchValues<string> people)
    {
        var text = WebUtility.HtmlDecode(html);
        var at = text.AsSpan().IndexOfAny(people);
        return at < 0 ? null : text[Math.Max(0, at - 20)..Math.Min(text.Length, at + 30)];
    }

    private async Task AskEverythingAsync()
    {
        var people = await PeopleAsync();
        var answers = new List<Answer>();
        var visitors = new List<(string, Visitor)> { ("anybody", Town.Anybody()) };
        foreach (var who in Town.Locals.Concat(Town.Strangers)) visitors.Add((who, await Town.As(who)));
        await Parallel.ForEachAsync(visitors.SelectMany(v => Addresses.Select(a => (v.Item1, v.Item2, a))), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (ask, _) =>
        {
            var (who, visitor, path) = ask;
            var page = await visitor.GetAsync(path);
            // The mail address of an enquiry is the word itself and no clinical text.
            var words = Town.Words.Where(w => page.Html.Replace("<wbr>", "", StringComparison.Ordinal).Replace(w + "@example.org", "", StringComparison.Ordinal).Contains(w, StringComparison.Ordinal)).ToList();
            var answer = new Answer(who, path, page.Path, page.Status, words, Town.Strangers.Contains(who) ? Named(page.Html, people) : null);
            lock (answers) answers.Add(answer);
        });
        foreach (var (_, visitor) in visitors) visitor.Dispose();
        Answers = answers;
    }
}
