using System.Security.Cryptography;
using Microsoft.Playwright;

namespace PracticeApp.Journeys;

/// <summary>Agreements between more than two, changed on the way, declined and taken place of; each person on a device of their own.</summary>
public sealed class AgreementJourney(DemoPractice demo) : IClassFixture<DemoPractice>
{
    private readonly Sight _sight = new();

    [Fact]
    public async Task A_couple_signs_the_second_version_each_on_their_own_phone_after_one_of_them_asked_for_a_change()
    {
        // Jasmin has proposed twelve hours instead of twenty-four; Amra had signed the first version already.
        var lejla = await demo.SignInAsync(_sight, "lejla@lipa.example", 1440);
        var first = await AgreementOfAsync("jasmin@lipa.example");
        await lejla.GotoAsync($"/agreements/{first}");
        await _sight.LookAsync(lejla);
        await lejla.ClickAsync("#talk-5 button[value=Accept]");
        await lejla.WaitForURLAsync("**/text#t5");
        // From the top: what lies under the bar that stays in sight is no small target.
        await lejla.EvaluateAsync("scrollTo(0, 0)");
        await _sight.LookAsync(lejla);

        // What the clause says stands in the terms.
        await lejla.GotoAsync(new Uri(lejla.Url).AbsolutePath.Replace("/text", "/terms", StringComparison.Ordinal));
        await lejla.Locator("[name='Form.cancellation.tiers[0].hoursBefore']").FillAsync("12");
        await _sight.LookAsync(lejla);
        await lejla.ClickAsync(".deed .btn-act");
        await lejla.WaitForURLAsync(url => !url.EndsWith("/terms", StringComparison.Ordinal));
        await lejla.ClickAsync("form[action*='Send'] button.btn-act");
        await lejla.WaitForURLAsync("**/agreements/*");

        foreach (var (name, email, width) in new[] { ("Amra", "amra@lipa.example", 390), ("Jasmin", "jasmin@lipa.example", 360) })
        {
            var phone = await demo.SignInAsync(_sight, email, width);
            await phone.GotoAsync("/me");
            await phone.ClickAsync("main a[href='/me/agreement']");
            await phone.WaitForURLAsync("**/sign");
            Assert.Contains("12 hours", await phone.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
            await _sight.LookAsync(phone);
            await SignAsync(phone, name[..1], await demo.AskAsync<string>($"select name from clients where email = '{email}'"));
            await _sight.LookAsync(phone);
            await phone.Context.CloseAsync();
        }

        var second = await AgreementOfAsync("jasmin@lipa.example");
        Assert.NotEqual(first, second);
        Assert.Equal("Superseded", await StateAsync(first));
        await CountersignAsync(lejla, second);
        Assert.Equal("InForce", await StateAsync(second));
        Assert.Equal(2L, await demo.AskAsync<long>($"select count(*) from agreement_acts where agreement_id = '{second}' and kind = 'Signed'"));
        await lejla.Context.CloseAsync();
        _sight.HasFoundNothing();
    }

    [Fact]
    public async Task A_guardian_signs_for_a_minor_who_says_yes_and_sees_times_and_money_but_no_words()
    {
        var agreement = await AgreementOfAsync("nermina@lipa.example");
        var ena = await demo.SignInAsync(_sight, "ena@lipa.example", 360);
        await ena.GotoAsync("/me/agreement");
        await _sight.LookAsync(ena);
        await ena.ClickAsync("main a[href$='/sign']");
        await ena.WaitForURLAsync("**/sign");
        await _sight.LookAsync(ena);
        Assert.Equal(0, await ena.Locator("[name='Input.Name']").CountAsync());
        await ena.ClickAsync("form[action*='Assent'] button");
        await ena.Context.CloseAsync();

        var nermina = await demo.SignInAsync(_sight, "nermina@lipa.example", 390);
        await nermina.GotoAsync("/me/agreement");
        await _sight.LookAsync(nermina);
        await SignAsync(nermina, "NP", "Nermina Pašić");
        foreach (var path in new[] { "/me", "/me/sessions", "/me/money", "/me/request" })
        {
            await nermina.GotoAsync(path);
            Assert.DoesNotContain("bad at school", await nermina.Locator("body").InnerTextAsync(), StringComparison.Ordinal);
        }

        var lejla = await demo.SignInAsync(_sight, "lejla@lipa.example", 1440);
        await CountersignAsync(lejla, agreement);
        Assert.Equal("InForce", await StateAsync(agreement));
        await nermina.GotoAsync($"/agreements/{agreement}");
        await _sight.LookAsync(nermina);
        await nermina.Context.CloseAsync();
        await lejla.Context.CloseAsync();
        _sight.HasFoundNothing();
    }

    [Fact]
    public async Task What_is_declined_leads_to_a_talk_what_is_signed_takes_the_place_of_the_older_whose_file_stays_genuine()
    {
        var before = await demo.AskAsync<Guid>("select a.id from agreements a join agreement_parties p on p.agreement_id = a.id join clients c on c.id = p.client_id where c.email = 'emina@lipa.example' and a.state = 'InForce'");
        var (lejla, emina) = (await demo.SignInAsync(_sight, "lejla@lipa.example", 1440), await demo.SignInAsync(_sight, "emina@lipa.example", 390));
        var pdf = await (await emina.Context.APIRequest.GetAsync($"/agreements/{before}/pdf")).BodyAsync();

        await SendNextAsync(lejla, before);
        await emina.GotoAsync("/me/agreement");
        await emina.ClickAsync("main a[href$='/talk']");
        await emina.FillAsync("[name='Input.Reason']", "I do not understand what changes for me.");
        await _sight.LookAsync(emina);
        await emina.ClickAsync("main form button.btn-act");
        await _sight.LookAsync(emina);
        Assert.Equal("Declined", await StateAsync(await AgreementOfAsync("emina@lipa.example")));
        await lejla.GotoAsync("/agreements");
        await _sight.LookAsync(lejla);

        await SendNextAsync(lejla, before);
        await emina.GotoAsync("/me/agreement");
        await SignAsync(emina, "EH", "Emina Hodžić");
        await CountersignAsync(lejla, await AgreementOfAsync("emina@lipa.example"));
        Assert.Equal("Superseded", await StateAsync(before));

        var anybody = await demo.StrangerAsync(_sight, 390);
        await anybody.GotoAsync("/verify");
        await anybody.SetInputFilesAsync("[name='Input.File']", new FilePayload { Name = "old.pdf", MimeType = "application/pdf", Buffer = pdf });
        await anybody.ClickAsync("main form button.btn-act");
        await anybody.Locator(".note-good").First.WaitForAsync();
        Assert.DoesNotContain("Superseded", await anybody.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await _sight.LookAsync(anybody);
        await emina.GotoAsync($"/verify/{Convert.ToHexStringLower(SHA256.HashData(pdf))}");
        Assert.EndsWith($"/agreements/{before}", emina.Url, StringComparison.Ordinal);
        Assert.Contains("Superseded", await emina.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        foreach (var page in new[] { anybody, emina, lejla }) await page.Context.CloseAsync();
        _sight.HasFoundNothing();
    }

    private async Task SendNextAsync(IPage lejla, Guid inForce)
    {
        var client = await demo.AskAsync<Guid>($"select client_id from agreement_parties where agreement_id = '{inForce}'");
        await lejla.GotoAsync($"/agreements/new?client={client}");
        await lejla.CheckAsync($"[name='Input.From'][value='{inForce}']");
        await lejla.ClickAsync("main form button.btn-act");
        await lejla.ClickAsync("form[action*='Send'] button.btn-act");
        await lejla.Locator("[role=status]").First.WaitForAsync();
    }

    private async Task CountersignAsync(IPage lejla, Guid agreement)
    {
        await lejla.GotoAsync($"/agreements/{agreement}");
        await lejla.ClickAsync("a[href$='/countersign']");
        await SignAsync(lejla, "LH", "Lejla Hadžić");
        await demo.SealAsync();
        await lejla.ReloadAsync();
        await _sight.LookAsync(lejla);
    }

    private static async Task SignAsync(IPage page, string initials, string name)
    {
        foreach (var box in await page.Locator("[name^='Input.Initials']").AllAsync()) await box.FillAsync(initials);
        await page.FillAsync("[name='Input.Name']", name);
        await page.CheckAsync("[name='Input.Consent']");
        await page.ClickAsync("form:has([name='Input.Name']) button.btn-act");
        await page.WaitForURLAsync(url => !new Uri(url).AbsolutePath.EndsWith("sign", StringComparison.Ordinal));
    }

    private Task<Guid> AgreementOfAsync(string email) => demo.AskAsync<Guid>(
        $"select a.id from agreements a join agreement_parties p on p.agreement_id = a.id join clients c on c.id = p.client_id where c.email = '{email}' order by a.number desc, a.created_at desc limit 1");

    private Task<string> StateAsync(Guid agreement) => demo.AskAsync<string>($"select state from agreements where id = '{agreement}'");
}
