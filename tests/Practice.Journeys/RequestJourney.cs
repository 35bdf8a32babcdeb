using Microsoft.Playwright;
using PracticeApp.Tests;

namespace PracticeApp.Journeys;

/// <summary>From a complaint to a request that is reached, in each language: questions answered where they stand, a goal in the client's own words, accepted by both, four steps, progress, the result.</summary>
public sealed class RequestJourney(DemoPractice demo) : IClassFixture<DemoPractice>
{
    private const string Words = "a long walk by the Miljacka";
    private readonly Sight _sight = new();

    /// <param name="name">Each somebody else: a known name would be recognised.</param>
    /// <param name="wish">Away from something; the coach asks on.</param>
    /// <param name="answer">Said to the coach's question, where it stands.</param>
    /// <param name="noticed">How the client will notice it.</param>
    [Theory]
    [InlineData("en", "Maud Kelly", "en-GB", "Everything lands on my desk and I swallow it, and in the evening I shout.", "I want to stop shouting.", "I want to tell my boss no, calmly and the same day, when she hands me an extra shift.", "one no a week")]
    [InlineData("ru", "Вера Лапина", "ru-RU", "Всё падает на меня, я молчу, а вечером кричу.", "Я хочу перестать кричать.", "Я хочу спокойно и в тот же день говорить начальнице «нет», когда она отдаёт мне чужую смену.", "одно «нет» в неделю")]
    [InlineData("bs", "Ines Marić", "bs-BA", "Sve padne na mene, ja šutim, a navečer vičem.", "Želim prestati vikati.", "Želim mirno i isti dan reći šefici ne kada mi da tuđu smjenu.", "jedno ne sedmično")]
    [InlineData("fi", "Satu Koski", "fi-FI", "Kaikki kaatuu minulle, olen hiljaa, ja illalla huudan.", "Haluan lopettaa huutamisen.", "Haluan sanoa pomolle rauhallisesti ja samana päivänä ei, kun hän antaa minulle toisen vuoron.", "yksi ei viikossa")]
    public async Task From_a_complaint_to_a_request_that_is_reached(string language, string name, string locale, string complaint, string wish, string answer, string noticed)
    {
        var email = $"journey-{language}@mail.example";
        var client = await WriteAsync(language, locale, name, complaint, email);
        await AcceptAsync(name, email);
        await client.GotoAsync(await InvitedAsync(email));
        await client.FillAsync("[name='Input.Password']", Words);
        await client.ClickAsync("main form button.btn-act");
        await client.WaitForURLAsync("**/me");
        await client.GotoAsync("/me/request");
        Assert.Equal(language, await client.GetAttributeAsync("html", "lang"));
        Assert.Contains(complaint, await client.Locator("main").InnerTextAsync(), StringComparison.Ordinal);

        // One question at a time, while it is being typed; it quotes the words and waits for an answer where it stands.
        await client.FillAsync("[name='Wording.Text']", wish);
        await client.Locator(".ask q").WaitForAsync();
        Assert.Equal(1, await client.Locator(".ask").CountAsync());
        Assert.Equal(language, await client.Locator(".ask p").First.GetAttributeAsync("lang"));
        await client.FillAsync("[data-review-answer]", answer);
        await client.ClickAsync("[data-review-append]");
        Assert.Equal($"{wish}\n{answer}", await client.InputValueAsync("[name='Wording.Text']"));
        await client.FillAsync("[name='Wording.Text']", answer);
        await client.Locator(".marks q").First.WaitForAsync();
        await _sight.LookAsync(client);
        await client.ClickAsync("form[action*='Say'] button.btn-act");
        Assert.Equal("Goal", await demo.AskAsync<string>($"select v.kind from formulation_reviews v join formulations f on f.id = v.formulation_id join engagement_parties p on p.engagement_id = f.engagement_id join clients c on c.id = p.client_id where c.email = '{email}' order by f.number desc limit 1"));
        await client.FillAsync("[name='Aim.HowNoticed']", noticed);
        await client.FillAsync("[name='Aim.ByWhen']", "2027-01-31");
        await client.ClickAsync("form[action*='Aim'] button");

        var lejla = await WorkAsync(language, name, email);
        await client.ReloadAsync();
        await client.ClickAsync("form[action*='Accept'] button");
        await lejla.ReloadAsync();
        await lejla.ClickAsync("form[action*='Start'] button");

        await client.ReloadAsync();
        Assert.Equal(4, await client.Locator(".steps li").CountAsync());
        await client.CheckAsync("[name='level'][value='1']");
        await client.ClickAsync("form[action*='Rate'] button");
        await client.Locator("figure.pic svg").WaitForAsync();
        await _sight.LookAsync(client);
        await ReachAsync(lejla, noticed);
        await client.ReloadAsync();
        Assert.Contains(noticed, await client.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await _sight.LookAsync(client);
        Assert.Equal("Reached", await demo.AskAsync<string>($"select state from client_requests where id = '{await RequestAsync(email)}'"));
        await client.Context.CloseAsync();
        await lejla.Context.CloseAsync();
        _sight.HasFoundNothing();
    }

    private async Task<IPage> WriteAsync(string language, string locale, string name, string complaint, string email)
    {
        var page = await demo.StrangerAsync(_sight, 390, locale);
        await page.GotoAsync($"/p/lipa?lang={language}");
        await page.FillAsync("[name='Input.Complaint']", complaint);
        await page.FillAsync("[name='Input.CalledName']", name.Split(' ')[0]);
        await page.CheckAsync("[name='Input.How'][value='Mail']");
        await page.FillAsync("[name='Input.Email']", email);
        await page.CheckAsync("[name='Input.Consent']");
        await page.ClickAsync("form#form button.btn-act");
        await page.WaitForURLAsync("**/p/lipa/sent/**");
        return page;
    }

    private async Task AcceptAsync(string name, string email)
    {
        var enquiry = await demo.AskAsync<Guid>($"select id from enquiries where email = '{email}'");
        var sanela = await demo.SignInAsync(_sight, "sanela@lipa.example", 1440);
        await sanela.GotoAsync($"/board/{enquiry}/accept");
        await sanela.SelectOptionAsync("[name='Input.PsychologistId']", new SelectOptionValue { Label = "Lejla Hadžić" });
        await sanela.FillAsync("[name='Input.Name']", name);
        await sanela.ClickAsync("main form button.btn-act");
        await sanela.WaitForURLAsync(url => !url.EndsWith("/accept", StringComparison.Ordinal));
        await sanela.Context.CloseAsync();
    }

    private async Task<string> InvitedAsync(string email)
    {
        for (var run = 0; run < 10; run++)
            if ((await demo.MailsToAsync(email)).LastOrDefault(m => m.Text.Contains("/invitation", StringComparison.Ordinal)) is { } mail) return Mailbox.Link(mail);
        var waits = await demo.AskAsync<string>($"select coalesce(string_agg(concat_ws(' ', n.kind, n.state, n.due_at), '; '), 'no notice') from notices n where n.state <> 'Sent' and n.due_at < '2026-11-25'");
        throw new InvalidOperationException("No invitation came. " + waits);
    }

    private Task<Guid> RequestAsync(string email) => demo.AskAsync<Guid>($"select r.id from client_requests r join clients c on c.id = r.client_id where c.email = '{email}'");

    /// <summary>The psychologist's side in the same language: the words that decided, theme, four steps, levels, and the proposal.</summary>
    private async Task<IPage> WorkAsync(string language, string name, string email)
    {
        var lejla = await demo.SignInAsync(_sight, "lejla@lipa.example", 1440);
        await lejla.GotoAsync($"/requests/{await RequestAsync(email)}?lang={language}");
        await lejla.Locator(".timeline details > summary").First.ClickAsync();
        Assert.NotEqual(0, await lejla.Locator(".timeline .decided u").CountAsync());
        await lejla.SelectOptionAsync("[name='Describe.ThemeId']", new SelectOptionValue { Index = 3 });
        await lejla.FillAsync("[name='Describe.Title']", name);
        await lejla.ClickAsync("form[action*='Describe'] button");
        for (var n = 0; n < 4; n++) await lejla.FillAsync($"[name='Plan[{n}].What']", $"{n + 1}. {name}");
        await lejla.ClickAsync("form[action*='Plan'] button");
        await _sight.LookAsync(lejla);
        await lejla.ClickAsync("form[action*='Accept'] button");
        return lejla;
    }

    private static async Task ReachAsync(IPage lejla, string result)
    {
        await lejla.ReloadAsync();
        await lejla.Locator("details.more:has(form[action*='End']) > summary").ClickAsync();
        await lejla.CheckAsync("[name='End.How'][value='Reached']");
        await lejla.FillAsync("[name='End.Words']", result);
        await lejla.SelectOptionAsync("[name='End.Level']", "1");
        await lejla.ClickAsync("form[action*='End'] button.btn-stop, form[action*='End'] button[type=submit]");
        await lejla.WaitForLoadStateAsync();
    }
}
