using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace PracticeApp.Tests.Sweeps;

/// <summary>Everything one practice's people can open, asked by people of another practice and by one another.</summary>
public sealed class PracticeSweeps(Crawled crawled) : IClassFixture<Crawled>
{
    private Town Town => crawled.Town;

    public static TheoryData<string> Strangers => [.. Town.Strangers];
    public static TheoryData<string> Locals => [.. Town.Locals];

    [Fact]
    public void No_address_is_a_fault_to_anybody() => None((crawled.Answers.Where(a => (int)a.Status >= 500)));

    [Theory, MemberData(nameof(Strangers))]
    public void An_address_of_another_practice_leads_nowhere(string who)
    {
        var answers = crawled.Answers.Where(a => a.Who == who && IsTheirs(a.Asked)).ToList();
        Assert.True(answers.Count > 150, $"only {answers.Count} addresses carry an identifier");
        None((answers.Where(a => a.Status != HttpStatusCode.NotFound)));
    }

    [Theory, MemberData(nameof(Strangers))]
    public async Task An_identifier_of_another_practice_in_a_query_of_ones_own_is_unknown(string who)
    {
        using var visitor = await Town.As(who);
        var own = (await Crawl.RunAsync(visitor, opened: 2, kept: 1)).Addresses.Where(a => !IsOfAForm(a));
        // The same question with the other practice's answers: /protocols/{own}?beside={foreign}.
        var theirs = crawled.Addresses.SelectMany(Query).Where(q => Town.Guids().IsMatch(q.Value)).ToLookup(q => q.Name, q => q.Value);
        var mixed = own.SelectMany(a => Query(a).Where(q => Town.Guids().IsMatch(q.Value)).SelectMany(q => theirs[q.Name].Distinct().Take(3).Select(v => a.Replace($"{q.Name}={q.Value}", $"{q.Name}={v}", StringComparison.Ordinal)))).ToList();
        if (who == Town.Mikko) Assert.NotEmpty(mixed);
        var found = (await Crawled.AskAsync(visitor, mixed)).Where(a => a.Status != HttpStatusCode.NotFound).ToList();
        None((found));
    }

    [Theory, MemberData(nameof(Strangers))]
    public async Task Nobody_of_another_practice_is_named_on_any_page(string who)
    {
        None((crawled.Answers.Where(a => a.Who == who && a.Names is not null && !a.Asked.StartsWith("/p/lipa", StringComparison.Ordinal))));
        using var visitor = await Town.As(who);
        var people = await crawled.PeopleAsync();
        // The same look finds the practice's own people.
        Assert.Contains(crawled.Pages[Town.Lejla], p => Crawled.Named(p.Html, people) is not null);
        None(((await Crawl.RunAsync(visitor)).Pages.Where(p => Crawled.Named(p.Html, people) is not null).Select(p => p.Path)));
    }

    [Theory, MemberData(nameof(Locals))]
    public void Words_about_a_person_are_read_by_those_alone_who_may(string who) =>
        Assert.Equal(MayRead(who).Order(StringComparer.Ordinal), crawled.Answers.Where(a => a.Who == who).SelectMany(a => a.Words).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void No_planted_word_is_read_by_whoever_belongs_elsewhere() =>
        None((crawled.Answers.Where(a => a.Words.Count > 0 && !Town.Locals.Contains(a.Who))));

    private static string[] MayRead(string who) => who switch
    {
        Town.Lejla => [Town.Enquiry, Town.Complaint, Town.Hearing, Town.Protocol, Town.Note, Town.Wording, Town.Avoid],
        // Other psychologists read what nobody has taken yet.
        Town.Damir => [Town.Enquiry],
        // Her own request; neither what was heard behind it nor the record of the session.
        Town.Emina => [Town.Wording],
        _ => [],
    };

    [Fact]
    public async Task Forms_of_one_practice_do_nothing_for_people_of_another()
    {
        var before = await Town.HashesAsync(await Town.PracticeTablesAsync(), Town.LipaId);
        var answers = new List<string>();
        var sent = 0;
        foreach (var who in Town.Strangers)
        {
            using var visitor = await Town.As(who);
            var token = (await visitor.GetAsync("/account")).Find("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
            foreach (var (path, fields) in crawled.Pages.Values.SelectMany(p => p).SelectMany(Posts).DistinctBy(p => (p.Path, string.Join('&', p.Fields.Select(f => f.Name)))))
            {
                // Without an identifier of theirs it is a form that everybody has for themselves.
                if (!Names(path) && !fields.Any(f => Names(f.Value))) continue;
                sent++;
                var answer = await visitor.PostAsync(path, Visitor.Encode([("__RequestVerificationToken", token), .. fields.Where(f => f.Name != "__RequestVerificationToken")]), follow: false);
                if (Names(path) ? answer.Status != HttpStatusCode.NotFound : (int)answer.Status >= 500) answers.Add($"{who} {answer}");
            }
        }
        Assert.True(sent > 150, $"only {sent} forms were sent");
        None((answers));
        Assert.Equal(before, await Town.HashesAsync(await Town.PracticeTablesAsync(), Town.LipaId));
        Assert.Empty(await Town.MentionsAsync(Town.SaaristoId, crawled.Ids));
    }

    [Fact]
    public async Task Opening_whatever_there_is_changes_nothing_but_the_audit()
    {
        Assert.True(crawled.RowsBefore.Count > 40);
        Assert.Equal(crawled.RowsBefore, crawled.RowsAfter);
        Assert.NotEqual(0, (await Town.ListAsync<long>("select count(*) from audit_entries where act = 'request.read'"))[0]);
    }

    [Fact]
    public void Every_link_a_person_sees_leads_somewhere()
    {
        // The crawl starts at these for everybody.
        string[] given = ["/clients"];
        None((crawled.Pages.SelectMany(p => p.Value.Where(x => x.Status != HttpStatusCode.OK && !given.Contains(x.Path)).Select(x => $"{p.Key}: {x.Path} {(int)x.Status}"))));
    }

    [Fact]
    public void Every_page_of_the_app_was_opened()
    {
        // Reached by a link in a mail, by pressing a button, without being signed in, in a state of work that the town is not in, or leading on at once;
        // tests of their features open them.
        string[] elsewhere = ["agreements/{id:guid}/countersign", "agreements/{id:guid}/ask/{clause:int}", "agreements/{id:guid}/scan", "attendance/{appointmentId:guid}", "me/agreement", "verify/{hash:length(64)}", "feed/{token}.ics", "requests/{id:guid}/referral/{letter:guid}/pdf", "me/referral/{id:guid}", "me/referral/{id:guid}/pdf", "endings/{id:guid}/letter/{client:guid}", "me/ending/{id:guid}/letter", "a/{token}", "a/{token}/cancel", "a/{token}/move", "w/{token}", "stop/{token}", "letter/{token}", "invitation/{token}", "reset/{token}", "p/{slug}", "p/{slug}/sent/{token}", "error/{code:int}", "demo", "outbox/{name?}", "sign-out", "book/confirm",
            "settings/notices/{kind}", "card/{token}", "card/webhook", "sms/incoming", "demo/card-provider", "p/{slug}/talk", "p/{slug}/talk/hold", "p/{slug}/talk/sent/{token}", "talk/{token}", "questions/{token}", "me/questions", "clients/{client:guid}/questions", "clients/{client:guid}/steps/{engagement:guid}"];
        var opened = crawled.Pages.Values.SelectMany(p => p).Where(p => p.Status == HttpStatusCode.OK).Select(p => p.Url.AbsolutePath.TrimStart('/'))
            .Concat(crawled.Answers.Where(a => a.Status == HttpStatusCode.OK).Select(a => a.Asked.Split('?')[0].TrimStart('/'))).ToList();
        var missing = Crawl.Routes(Town.App.Services).Except(elsewhere).Where(route => !opened.Exists(path => Fits(route, path))).ToList();
        None((missing));
    }

    private static bool Fits(string route, string path)
    {
        var (parts, names) = (path.Split('/'), route.Split('/'));
        if (route.Length == 0) return true;
        if (names[^1].EndsWith("?}", StringComparison.Ordinal) && parts.Length == names.Length - 1) return parts.SequenceEqual(names.SkipLast(1));
        return parts.Length == names.Length && parts.Zip(names).All(p => p.Second.StartsWith('{') ? Guid.TryParse(p.First, out _) : p.First == p.Second);
    }

    private bool Names(string text) => crawled.Carries(text);

    // What a form's button is sent to may carry an identifier that only the post reads; those are posted below.
    private static bool IsOfAForm(string address) => address.Contains("handler=", StringComparison.Ordinal);

    private bool IsTheirs(string address) => Names(address.Split('?')[0]) || (Names(address) && !IsOfAForm(address));

    private static void None<T>(IEnumerable<T> found)
    {
        var list = found.Select(f => f!.ToString()).Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(list.Count == 0, $"{list.Count}:{Environment.NewLine}{string.Join(Environment.NewLine, list.Take(50))}");
    }

    private static List<(string Name, string Value)> Query(string address) =>
        [.. (address.Split('?') is [_, var query] ? query.Split('&') : []).Select(p => p.Split('=', 2)).Where(p => p.Length == 2).Select(p => (p[0], p[1]))];

    private static IEnumerable<(string Path, List<(string Name, string Value)> Fields)> Posts(Page page)
    {
        foreach (var form in page.Document.Forms.Where(f => f.Method.Equals("post", StringComparison.OrdinalIgnoreCase) && f.GetAttribute("action")?.Contains("sign-out", StringComparison.Ordinal) != true))
            foreach (var button in Page.Buttons(form).DefaultIfEmpty())
            {
                var action = button?.GetAttribute("formaction") ?? form.GetAttribute("action");
                yield return (string.IsNullOrEmpty(action) ? page.Path : new Uri(page.Url, action).PathAndQuery, [.. new Form(page, form, button as IHtmlElement).Sent()]);
            }
    }
}
