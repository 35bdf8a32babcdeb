using System.Collections.Concurrent;
using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace PracticeApp.Tests.Sweeps;

/// <summary>Every form that anybody sees, filled with everything it does not expect: refused beside the field, in words, with what was typed still there, and never a fault.</summary>
public sealed partial class InputSweeps(Database database)
{
    private const string Public = "public";
    private static readonly string s_long = string.Concat(Enumerable.Repeat("too much ", 1334))[..12_000];
    // NUL, control characters, half a surrogate pair, bytes that are no UTF-8, U+FFFE.
    private const string Garbage = Sheet.Raw + "a%00b%01%1F%7F%C2%85c%ED%A0%80%FFd%EF%BF%BE";
    private static readonly string[] s_wrong = ["words", "-1", "1e400", "NaN", "99999999999999999999", "0001-01-01", "9999-12-31", "2026-02-30", "9999-12-31T23:59", "25:99", ""];
    private static readonly string[] s_wrongInAddress = ["words", "99999999999999999999", "0001-01-01", "9999-12-31", ""];
    private static readonly string[] s_wrongChoice = ["words", "99999999999999999999", "00000000-0000-0000-0000-000000000000", ""];
    private static readonly string[] s_wrongText = ["-1", "1e400", "99999999999999999999"];

    private readonly List<string> _faults = [];
    private Town _town = null!;
    private string _who = "";
    private int _sent;

    // A form that several people see is filled by the first who comes to it.
    private static readonly ConcurrentDictionary<string, string> s_tried = new(), s_fields = new();

    public static TheoryData<string> Everybody => [Public, Town.Lejla, Town.Sanela, Town.Azra, Town.Nora, Town.Emina, Town.Katherine];

    [Theory, MemberData(nameof(Everybody))]
    public async Task Forms_take_anything_and_never_fail(string who)
    {
        await using var town = _town = await Town.StartAsync(database);
        _who = who;
        var foreign = await town.IdsAsync(town.SaaristoId);
        var replacements = await ReplacementsAsync();
        List<List<string>> kinds;
        using (var visitor = await VisitorAsync())
            kinds = [.. (await PagesAsync(visitor)).Where(p => p.Status == HttpStatusCode.OK).SelectMany(p => Sheet.On(p).Where(IsTried).Select(s => (s.Kind, p.Path)))
                .GroupBy(x => x.Kind).Select(g => new List<string> { g.Key }.Concat(g.Select(x => x.Path).Distinct().Take(3)).ToList())];
        Assert.True(kinds.Count >= 3, $"only {kinds.Count} forms were found");
        foreach (var kind in kinds.Where(k => s_tried.TryAdd(OfRow(k[0]), who))) await TryAsync(kind[0], kind[1..], replacements);

        Assert.True(_sent > 60 || s_tried.Values.Distinct().Count() > 1, $"only {_sent} forms were sent");
        Assert.True(_faults.Count == 0, $"{_faults.Count} of {_sent}:{Environment.NewLine}{string.Join(Environment.NewLine, _faults.Take(400))}");
        Assert.Empty(await town.MentionsAsync(town.LipaId, foreign));
    }

    [Theory, MemberData(nameof(Everybody))]
    public async Task Addresses_take_anything_and_never_fail(string who)
    {
        await using var town = _town = await Town.StartAsync(database);
        _who = who;
        using var visitor = await VisitorAsync();
        var crawl = who == Public ? await Crawl.RunAsync(visitor, 1, 1, "/p/lipa", "/sign-in", "/verify", "/forgot") : await Crawl.RunAsync(visitor, 2, 1);
        var asked = 0;
        await Parallel.ForEachAsync(crawl.Addresses.Where(a => a.Contains('?', StringComparison.Ordinal) && !a.Contains("handler=", StringComparison.Ordinal)).SelectMany(Spoiled), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (path, _) =>
        {
            var page = await visitor.GetWithoutFollowingAsync(path);
            lock (_faults)
            {
                asked++;
                if ((int)page.Status >= 500) _faults.Add(page.ToString());
            }
        });
        Assert.True(_faults.Count == 0, $"{_faults.Count} of {asked}:{Environment.NewLine}{string.Join(Environment.NewLine, _faults.Take(80))}");
    }

    private static IEnumerable<string> Spoiled(string address)
    {
        var (path, query) = (address.Split('?')[0], address.Split('?')[1].Split('&'));
        for (var i = 0; i < query.Length; i++)
            foreach (var wrong in s_wrongInAddress.Select(Uri.EscapeDataString).Append(Garbage[Sheet.Raw.Length..]).Append("too-much".PadRight(5000, '-')))
                yield return $"{path}?{string.Join('&', query.Select((q, n) => n == i ? $"{q.Split('=')[0]}={wrong}" : q))}";
    }

    private async Task<Visitor> VisitorAsync() => _who == Public ? _town.Anybody() : await _town.As(_who);

    private async Task<IReadOnlyList<Page>> PagesAsync(Visitor visitor) =>
        (_who == Public ? await Crawl.RunAsync(visitor, 1, 1, "/p/lipa", "/sign-in", "/verify", "/forgot") : await Crawl.RunAsync(visitor, opened: 2, kept: 2)).Pages;

    // Signing out ends what the sweep does; there is nothing in it to fill.
    private static bool IsTried(Sheet sheet) => !sheet.Action.Contains("/sign-out", StringComparison.Ordinal) && !sheet.Action.Contains("handler=Everywhere", StringComparison.Ordinal) && !sheet.Action.StartsWith("/demo", StringComparison.Ordinal);

    /// <summary>For every identifier of the first practice one of the same table of the other.</summary>
    private async Task<Dictionary<Guid, Guid>> ReplacementsAsync()
    {
        var all = new Dictionary<Guid, Guid>();
        foreach (var (table, column) in (await _town.PracticeTablesAsync()).Select(t => (t, "id")).Append(("memberships", "user_id")))
            if ((await _town.ListAsync<Guid>($"select \"{column}\" from \"{table}\" where practice_id = '{_town.SaaristoId}' limit 1")) is [var other])
                foreach (var id in await _town.ListAsync<Guid>($"select \"{column}\" from \"{table}\" where practice_id = '{_town.LipaId}'")) all[id] = other;
        return all;
    }

    private async Task TryAsync(string kind, List<string> pages, Dictionary<Guid, Guid> replacements)
    {
        using var visitor = await VisitorAsync();
        await using (var connection = new Npgsql.NpgsqlConnection(_town.Superuser + ";Pooling=false"))
        {
            await connection.OpenAsync();
            await using var command = new Npgsql.NpgsqlCommand("delete from attempt_counters", connection);
            await command.ExecuteNonQueryAsync();
        }
        Sheet? sheet = null;

        async Task<bool> FreshAsync()
        {
            if (sheet is not null) return true;
            foreach (var path in pages)
                if (Sheet.On(await visitor.GetAsync(path)).FirstOrDefault(s => s.Kind == kind) is { } found)
                {
                    sheet = found;
                    return true;
                }
            return false;
        }

        async Task SendAsync(string what, Func<Sheet, Dictionary<string, string?>> fill, string? field = null, bool keepsTyped = false, string? button = null, bool typed = true)
        {
            if (!await FreshAsync()) return;
            var values = fill(sheet!);
            var answer = await sheet!.SendAsync(visitor, values, button);
            _sent++;
            Judge($"{kind} {what}", sheet, values, answer, field, keepsTyped, typed);
            // Accepted, or the page is no longer what it was.
            if (answer.Status != HttpStatusCode.OK) sheet = null;
        }

        static Dictionary<string, string?> But(Sheet s, string name, string? value)
        {
            var values = s.Plausible().ToDictionary(v => v.Key, v => (string?)v.Value);
            values[name] = value;
            return values;
        }

        if (!await FreshAsync()) return;
        var fields = sheet!.Fields.Where(f => f.Name != "__RequestVerificationToken").GroupBy(f => OfRow(f.Name)).SelectMany(g => g.Take(2)).ToList();
        // Another button of a form whose fields were all tried is pressed, its fields are not tried once more.
        // A look at the whole judges as keeping does, but accepts without a word.
        var pressedOnly = sheet.Action.Contains("handler=Look", StringComparison.Ordinal) || fields.Count > 12 && !s_fields.TryAdd(OfRow(string.Join(' ', sheet.Fields.Select(f => f.Name))), _who);
        var texts = fields.Where(f => f.Sort is Sheet.Sort.Text or Sheet.Sort.Long or Sheet.Sort.Secret).ToList();

        if (fields.Exists(f => f.Sort != Sheet.Sort.Hidden))
        {
            await SendAsync("left empty", s => s.Fields.ToDictionary(f => f.Name, f => f.Sort switch { Sheet.Sort.Hidden => f.Plausible, Sheet.Sort.Choice => null, _ => "" }));
            await SendAsync("with nothing but its token", s => s.Fields.Where(f => f.Name == "__RequestVerificationToken").ToDictionary(f => f.Name, f => (string?)f.Plausible));
        }
        if (texts.Count > 0)
        {
            await SendAsync("all too long", s => s.Fields.ToDictionary(f => f.Name, string? (f) => texts.Exists(t => t.Name == f.Name) ? s_long : f.Plausible), keepsTyped: true);
            await SendAsync("garbage", s => s.Fields.ToDictionary(f => f.Name, string? (f) => texts.Exists(t => t.Name == f.Name) ? Garbage : f.Plausible));
            foreach (var text in texts.Where(_ => !pressedOnly))
            {
                await SendAsync($"{text.Name} too long", s => But(s, text.Name, s_long), text.Name, keepsTyped: true);
                if (text.Sort == Sheet.Sort.Text)
                    foreach (var wrong in s_wrongText) await SendAsync($"{text.Name} = {wrong}", s => But(s, text.Name, wrong));
            }
        }
        foreach (var field in fields.Where(f => !pressedOnly && f.Sort is Sheet.Sort.Typed or Sheet.Sort.Choice or Sheet.Sort.Hidden))
        {
            foreach (var wrong in (field.Sort == Sheet.Sort.Typed ? s_wrong : s_wrongChoice).Append(Garbage)) await SendAsync($"{field.Name} = {wrong}", s => But(s, field.Name, wrong), typed: field.Sort == Sheet.Sort.Typed);
            if (field.Values.FirstOrDefault(v => Guid.TryParse(v, out var id) && replacements.ContainsKey(id)) is { } own)
                await SendAsync($"{field.Name} of the other practice", s => But(s, field.Name, replacements[Guid.Parse(own)].ToString()), typed: false);
        }
        if (await FreshAsync() && sheet!.Pressed is { } pressed)
            foreach (var wrong in s_wrongChoice.Concat(Guid.TryParse(pressed, out var id) && replacements.TryGetValue(id, out var other) ? [other.ToString()] : Array.Empty<string>()))
                await SendAsync($"button = {wrong}", s => s.Plausible().ToDictionary(v => v.Key, v => (string?)v.Value), button: wrong, typed: false);
        if (!await FreshAsync()) return;
        var again = sheet!;
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var answer = await again.SendAsync(visitor, again.Plausible().ToDictionary(v => v.Key, v => (string?)v.Value));
            _sent++;
            Judge($"{kind} sent twice", again, [], answer, null, false, false);
        }
    }

    /// <summary>What is asked row by row is tried in the first and the second row: "Clauses[k7].Heading" is one thing, however many there are.</summary>
    private static string OfRow(string name) => string.Join(' ', name.Split(' ').Select(n => Row().Replace(n, "[]")).Distinct());

    [System.Text.RegularExpressions.GeneratedRegex(@"\[[\w-]*\]")]
    private static partial System.Text.RegularExpressions.Regex Row();

    private static string? Short(string? text) => text?.Length > 40 ? text[..40] : text;

    private void Judge(string what, Sheet sheet, Dictionary<string, string?> values, Page answer, string? field, bool keepsTyped, bool typed)
    {
        // Adds or takes away a row and judges nothing; what it took away is not kept.
        if (sheet.Action.Contains("handler=Row", StringComparison.Ordinal) && answer.Status == HttpStatusCode.OK) return;
        void Fault(string why) => _faults.Add($"{_who} {what}: {(int)answer.Status} {why}");
        // An address has its own limit of length.
        if ((int)answer.Status is not (200 or 204 or 302 or 303 or 400 or 404 or 409) && !(answer.Status == HttpStatusCode.RequestUriTooLong && !sheet.Posts))
        {
            Fault("");
            return;
        }
        if (!sheet.Posts) return;
        if (keepsTyped && (int)answer.Status is 400 or 404 or 409) Fault("lost what was typed");
        if (answer.Status != HttpStatusCode.OK || what.EndsWith("twice", StringComparison.Ordinal)) return;
        if (answer.FindAll(".err, .errors, [role=alert], [role=status]").Count == 0 && typed && !what.EndsWith("nothing but its token", StringComparison.Ordinal)) Fault("shows the page again and does not say why");
        // The search box takes a hundred and twenty characters and cuts the rest; the field that is shown to nobody is for machines.
        if (!keepsTyped || sheet.Action == "/clients" || field?.EndsWith("Website", StringComparison.Ordinal) == true) return;
        foreach (var sent in sheet.Fields.Where(f => f.Sort is Sheet.Sort.Text or Sheet.Sort.Long && values.GetValueOrDefault(f.Name)?.Length > 0 && !f.Name.EndsWith("Website", StringComparison.Ordinal)))
        {
            var controls = answer.FindAll($"[name='{sent.Name}']");
            if (!controls.Any(c => (c as IHtmlTextAreaElement)?.Value.ReplaceLineEndings("\n") == values[sent.Name]!.ReplaceLineEndings("\n") || (c as IHtmlInputElement)?.Value == values[sent.Name])) Fault($"forgot {sent.Name}: {Short(values[sent.Name])} is {string.Join('|', controls.Select(c => Short((c as IHtmlInputElement)?.Value ?? (c as IHtmlTextAreaElement)?.Value)))}");
        }
        // A number or address that belongs to another way of answering than the one that was chosen is not judged.
        if (field?.EndsWith(".value", StringComparison.Ordinal) == true && sheet.Fields.Any(f => f.Name == field[..^5] + "of" && f.Plausible == "session")) return;
        if (field is "Input.Email" or "Input.Phone" && sheet.Fields.Any(f => f.Name == "Input.How")) return;
        if (field is not null && answer.Find($"[name='{field}']") is { } control
            && !control.HasAttribute("aria-invalid") && control.Closest(".field, .write, fieldset, li, td")?.QuerySelector(".err") is null) Fault($"says nothing beside {field}: {string.Join(" | ", answer.Errors)}");
    }
}
