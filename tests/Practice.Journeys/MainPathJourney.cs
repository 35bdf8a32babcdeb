using System.Net;
using Microsoft.Playwright;
using PracticeApp.Tests;

namespace PracticeApp.Journeys;

/// <summary>The nine steps from an enquiry to statistics, as six people walk them, seen on phone and desk, by day and by night.</summary>
public sealed class MainPathJourney(DemoPractice demo) : IClassFixture<DemoPractice>
{
    private const string Ines = "ines.maric@mail.example", Words = "a long walk by the Miljacka";
    private const int Phone = 390, Desk = 1440;
    private readonly Sight _sight = new();
    private readonly HashSet<string> _places = [];

    [Fact]
    public async Task From_an_enquiry_to_statistics()
    {
        await ACaseloadIsSeenByItsAdmin();
        await APsychologistHasAFullDay();
        await SomebodyWritesWhatBringsThem();
        await TheDeskAcceptsThem();
        var (client, lejla) = await ComplaintBecomesRequest();
        await BothSignAnAgreement(client, lejla);
        await TheClientBooks(client);
        await OneLinkConfirms();
        await TheSessionIsHeldAndRecorded();
        await TheRequestIsReached();
        await TheOtherPracticeFindsNothing();
        _sight.HasFoundNothing();
    }

    private async Task ACaseloadIsSeenByItsAdmin()
    {
        var azra = await demo.SignInAsync(_sight, "azra@lipa.example", Desk);
        await azra.GotoAsync("/caseload");
        await _sight.LookAsync(azra, "9-caseload-desk-light");
        Assert.NotEmpty(await azra.Locator("table").AllAsync());
        await azra.Context.CloseAsync();
    }

    private async Task APsychologistHasAFullDay()
    {
        var lejla = await demo.SignInAsync(_sight, "lejla@lipa.example", Desk);
        await _sight.LookAsync(lejla, "7-today-desk-light");
        Assert.Contains("Emina", await lejla.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await lejla.Context.CloseAsync();
    }

    private async Task SomebodyWritesWhatBringsThem()
    {
        var page = await demo.StrangerAsync(_sight, Phone);
        await page.GotoAsync("/p/lipa");
        await _sight.LookAsync(page, "1-enquiry-phone-light");
        await page.FillAsync("[name='Input.Complaint']", "Everything lands on my desk and I swallow it and then I shout at home. I don’t know what to do.");
        await page.FillAsync("[name='Input.CalledName']", "Ines");
        await page.CheckAsync("[name='Input.How'][value='Mail']");
        await page.FillAsync("[name='Input.Email']", Ines);
        await page.CheckAsync("[name='Input.Consent']");
        await page.ClickAsync("form#form button.btn-act");
        await page.WaitForURLAsync("**/p/lipa/sent/**");
        await _sight.LookAsync(page);
        Assert.NotEmpty(await demo.MailsToAsync(Ines));
        await page.Context.CloseAsync();
    }

    private async Task TheDeskAcceptsThem()
    {
        var sanela = await demo.SignInAsync(_sight, "sanela@lipa.example", Desk);
        await _sight.LookAsync(sanela, "2-board-desk-dark", "2-board-phone-light");
        await sanela.ClickAsync(".queue li:has-text('Ines') a");
        await _sight.LookAsync(Seen(sanela));
        await sanela.ClickAsync("a[href$='/accept']");
        await _sight.LookAsync(Seen(sanela));
        await sanela.SelectOptionAsync("[name='Input.PsychologistId']", new SelectOptionValue { Label = "Lejla Hadžić" });
        await sanela.FillAsync("[name='Input.Name']", "Ines Marić");
        await sanela.ClickAsync("main form button.btn-act");
        await sanela.WaitForURLAsync(url => !url.EndsWith("/accept", StringComparison.Ordinal));
        await sanela.Context.CloseAsync();
    }

    private async Task<(IPage Client, IPage Lejla)> ComplaintBecomesRequest()
    {
        var client = await demo.StrangerAsync(_sight, Phone);
        await client.GotoAsync(Mailbox.Link((await demo.MailsToAsync(Ines))[^1]));
        await _sight.LookAsync(client);
        await client.FillAsync("[name='Input.Password']", Words);
        await client.ClickAsync("main form button.btn-act");
        await client.WaitForURLAsync("**/me");
        await _sight.LookAsync(client);

        await client.ClickAsync("main .ask a[href='/me/request']");
        await client.FillAsync("[name='Wording.Text']", "I want to stop shouting.");
        await client.ClickAsync("form[action*='Say'] button.btn-act");
        await client.FillAsync("[name='Wording.Text']", "I want to tell Mrs Kapo no, calmly and the same day, when she hands me somebody else’s shift.");
        await client.ClickAsync("form[action*='Say'] button.btn-act");
        await client.FillAsync("[name='Aim.HowNoticed']", "I said no once this week and slept that night.");
        await client.FillAsync("[name='Aim.ByWhen']", "2027-01-31");
        await client.FillAsync("[name='Aim.FirstStep']", "Notice the moment: one line a day.");
        await client.ClickAsync("form[action*='Aim'] button");
        await _sight.LookAsync(client, "3-coach-phone-light");

        var lejla = await demo.SignInAsync(_sight, "lejla@lipa.example", Desk);
        await lejla.GotoAsync("/requests");
        await _sight.LookAsync(lejla);
        await lejla.ClickAsync("main a:has-text('Emina Hodžić')");
        await lejla.WaitForURLAsync("**/requests/**");
        await _sight.LookAsync(Seen(lejla));
        await lejla.GoBackAsync();
        await lejla.ClickAsync("main a:has-text('Ines Marić')");
        await lejla.WaitForURLAsync("**/requests/**");
        await lejla.FillAsync("[name='Hear.Text']", "Less the boss than the fear of being found not up to it.");
        await lejla.ClickAsync("form[action*='Hear'] button");
        await lejla.FillAsync("[name='Describe.Title']", "Saying no to Mrs Kapo");
        await lejla.SelectOptionAsync("[name='Describe.ThemeId']", new SelectOptionValue { Label = "Work and vocation" });
        await lejla.FillAsync("[name='Describe.Professional']", "Assertive refusal towards a superior in a defined situation.");
        await lejla.ClickAsync("form[action*='Describe'] button");
        await lejla.ClickAsync("details:has(form[action*='Plan']) > summary");
        await lejla.FillAsync("[name='Plan[0].What']", "Notice the moment: one line a day.");
        await lejla.FillAsync("[name='Plan[1].What']", "Three sentences that are a no; say them aloud.");
        await lejla.ClickAsync("form[action*='Plan'] button");
        await lejla.ClickAsync("form[action*='Accept'] button");
        await _sight.LookAsync(Seen(lejla));

        await client.ReloadAsync();
        await client.ClickAsync("form[action*='Accept'] button");
        await lejla.ReloadAsync();
        await lejla.ClickAsync("form[action*='Start'] button");
        return (client, lejla);
    }

    private async Task BothSignAnAgreement(IPage client, IPage lejla)
    {
        var id = await demo.AskAsync<Guid>($"select id from clients where email = '{Ines}'");
        await lejla.ClickAsync($"main a[href='/clients/{id}']");
        await lejla.WaitForURLAsync("**/clients/**");
        await _sight.LookAsync(Seen(lejla));
        await lejla.ClickAsync("main a[href^='/agreements/new']");
        await lejla.WaitForURLAsync("**/agreements/new**");
        await lejla.CheckAsync("[name='Input.Language'][value='en']");
        await lejla.Locator("[name='Input.Kind']").First.CheckAsync();
        await _sight.LookAsync(lejla);
        await lejla.ClickAsync("main form button.btn-act");
        await lejla.ClickAsync("form[action*='Send'] button.btn-act");
        await _sight.LookAsync(Seen(lejla));

        await client.GotoAsync("/me");
        await _sight.LookAsync(client);
        await client.ClickAsync("main a[href='/me/agreement']");
        await client.WaitForURLAsync("**/sign");
        await _sight.LookAsync(Seen(client), "4-agreement-phone-light");
        await InitialAndSignAsync(client, "IM", "Ines Marić");

        await lejla.ReloadAsync();
        await lejla.ClickAsync("a[href$='/countersign']");
        await _sight.LookAsync(Seen(lejla));
        await InitialAndSignAsync(lejla, "LH", "Lejla Hadžić");
        await demo.SealAsync();
        await lejla.Context.CloseAsync();
        await VerifyAsync(client);
    }

    private static async Task InitialAndSignAsync(IPage page, string initials, string name)
    {
        foreach (var box in await page.Locator("[name^='Input.Initials']").AllAsync()) await box.FillAsync(initials);
        await page.FillAsync("[name='Input.Name']", name);
        await page.CheckAsync("[name='Input.Consent']");
        await page.ClickAsync("form:has([name='Input.Name']) button.btn-act");
        await page.WaitForURLAsync(url => !new Uri(url).AbsolutePath.EndsWith("sign", StringComparison.Ordinal));
    }

    /// <summary>Anybody with the file can check it; one letter changed, and it is not known.</summary>
    private async Task VerifyAsync(IPage client)
    {
        var agreement = await demo.AskAsync<Guid>($"select a.id from agreements a join agreement_parties p on p.agreement_id = a.id join clients c on c.id = p.client_id where c.email = '{Ines}'");
        await client.GotoAsync($"/agreements/{agreement}");
        await _sight.LookAsync(client);
        var pdf = await (await client.Context.APIRequest.GetAsync($"/agreements/{agreement}/pdf")).BodyAsync();
        Assert.Equal("%PDF"u8.ToArray(), pdf[..4]);
        var altered = pdf.ToArray();
        altered[^20] ^= 1;
        foreach (var (bytes, kind) in new[] { (pdf, ".note-good"), (altered, ".note-care") })
        {
            var anybody = await demo.StrangerAsync(_sight, Phone);
            await anybody.GotoAsync("/verify");
            await anybody.SetInputFilesAsync("[name='Input.File']", new FilePayload { Name = "agreement.pdf", MimeType = "application/pdf", Buffer = bytes });
            await anybody.ClickAsync("main form button.btn-act");
            await anybody.Locator(kind).First.WaitForAsync();
            await _sight.LookAsync(anybody);
            await anybody.Context.CloseAsync();
        }
    }

    private async Task TheClientBooks(IPage client)
    {
        await client.GotoAsync("/me");
        await _sight.LookAsync(client);
        await client.ClickAsync("main a[href='/book']");
        await client.ClickAsync(".choices a.choice:has-text('Individual')");
        await _sight.LookAsync(client, "5-booking-phone-light");
        await client.Locator("main form button.slot").Last.ClickAsync();
        await client.WaitForURLAsync("**/book/confirm**");
        await _sight.LookAsync(client);
        await client.ClickAsync("main form button.btn-act");
        await client.WaitForURLAsync("**/me/sessions**");
        await _sight.LookAsync(client);
        await client.Context.CloseAsync();
    }

    private async Task OneLinkConfirms()
    {
        demo.Clock.Set((await StartAsync()).AddHours(-24));
        var reminder = (await demo.MailsToAsync(Ines)).Last(m => m.Text.Contains("/a/", StringComparison.Ordinal));
        var page = await demo.StrangerAsync(_sight, Phone);
        await page.GotoAsync(Mailbox.Link(reminder));
        await _sight.LookAsync(Seen(page), "6-reminder-phone-light");
        await page.ClickAsync("form[action*='Confirm'] button");
        await page.ClickAsync("a[href$='/cancel']");
        await _sight.LookAsync(Seen(page));
        await page.GoBackAsync();
        await page.ClickAsync("a[href$='/move']");
        await _sight.LookAsync(Seen(page));
        await page.Context.CloseAsync();
    }

    private async Task TheSessionIsHeldAndRecorded()
    {
        demo.Clock.Set((await StartAsync()).AddMinutes(28));
        var lejla = await demo.SignInAsync(_sight, "lejla@lipa.example", Desk);
        await lejla.GotoAsync($"/protocols/{await AppointmentAsync()}");
        await lejla.FillAsync("#s-said", "Asked for the hour on Thursday. “She looked at me as if I had grown.” On Monday did not dare; stayed till nine, did not shout at home.");
        await lejla.FillAsync("#note", "The fear is still of the look, not of the answer.");
        await lejla.FillAsync("#s-done", "Played Monday again with the one sentence she likes best: “I’ll tell you at two.”");
        await lejla.FillAsync("#s-agreed", "Ask for one hour to think before answering. Write down how it went, two times.");
        await lejla.FillAsync("#s-risk", "None seen, asked.");
        await lejla.Locator("#s-risk").BlurAsync();
        await lejla.Locator("[data-autosave-line] .ok").WaitForAsync();
        await _sight.LookAsync(Seen(lejla), "7-protocol-desk-light");
        await lejla.ClickAsync("[data-writing-sign]");
        await lejla.WaitForURLAsync(url => !url.Contains("handler=Sign", StringComparison.Ordinal));
        await lejla.Locator("#s-said").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await _sight.LookAsync(lejla);

        await lejla.GotoAsync($"/attendance/{await AppointmentAsync()}");
        await lejla.ClickAsync("button[value='Present']");
        await _sight.LookAsync(Seen(lejla));
        await lejla.GotoAsync("/today");
        await _sight.LookAsync(lejla);
        await lejla.Context.CloseAsync();
    }

    private async Task TheRequestIsReached()
    {
        var client = await demo.SignInAsync(_sight, Ines, Phone, Words);
        await client.GotoAsync("/me/request");
        await client.CheckAsync("[name='level'][value='0']");
        await client.ClickAsync("form[action*='Rate'] button");
        await client.ClickAsync("footer a[href='/me/money']");
        await client.WaitForURLAsync("**/me/money");
        await _sight.LookAsync(client);
        await client.Context.CloseAsync();

        var emina = await demo.SignInAsync(_sight, "emina@lipa.example", Phone);
        await emina.GotoAsync("/me/request");
        await _sight.LookAsync(emina, "8-progress-desk-light");
        await emina.Context.CloseAsync();

        var lejla = await demo.SignInAsync(_sight, "lejla@lipa.example", Desk);
        await lejla.GotoAsync("/requests");
        await lejla.ClickAsync("main a:has-text('Ines Marić')");
        await lejla.WaitForURLAsync("**/requests/**");
        await lejla.Locator("details:has(form[action*='End']) summary").First.ClickAsync();
        await lejla.CheckAsync("[name='End.How'][value='Reached']");
        await lejla.FillAsync("[name='End.Words']", "Said no on Wednesday, the same day. Slept.");
        await lejla.SelectOptionAsync("[name='End.Level']", "0");
        await lejla.ClickAsync("form[action*='End'] button.btn-stop, form[action*='End'] .deed button");
        await _sight.LookAsync(Seen(lejla));
        Assert.Equal("Reached", await demo.AskAsync<string>($"select r.state from client_requests r join clients c on c.id = r.client_id where c.email = '{Ines}'"));
        await lejla.Context.CloseAsync();
    }

    /// <summary>Every address of the first practice that was on the way is no address for the second.</summary>
    private async Task TheOtherPracticeFindsNothing()
    {
        var mikko = await demo.SignInAsync(_sight, "mikko@saaristo.example", Desk);
        Assert.True(_places.Count >= 8, string.Join(' ', _places));
        foreach (var place in _places)
            Assert.Equal((place, (int)HttpStatusCode.NotFound), (place, (await mikko.Context.APIRequest.GetAsync(place)).Status));
        await mikko.Context.CloseAsync();
    }

    /// <summary>Remembers where a page with somebody's data is.</summary>
    private IPage Seen(IPage page)
    {
        var path = new Uri(page.Url).AbsolutePath;
        if (!path.StartsWith("/a/", StringComparison.Ordinal)) _places.Add(path);
        return page;
    }

    private Task<Guid> AppointmentAsync() => demo.AskAsync<Guid>($"select a.id from appointments a join appointment_participants p on p.appointment_id = a.id join clients c on c.id = p.client_id where c.email = '{Ines}'");

    private Task<DateTime> StartAsync() => demo.AskAsync<DateTime>($"select a.starts_at from appointments a join appointment_participants p on p.appointment_id = a.id join clients c on c.id = p.client_id where c.email = '{Ines}'");
}
