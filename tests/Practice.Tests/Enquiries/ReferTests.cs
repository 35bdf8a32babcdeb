using System.Net;
using PracticeApp.Enquiries;
using PracticeApp.Practices;

namespace PracticeApp.Tests.Enquiries;

public sealed class ReferTests(Database database) : IAsyncLifetime
{
    private World _world = null!;
    private Guid _contact;

    public async ValueTask InitializeAsync()
    {
        _world = await World.StartAsync(database);
        await Desk.OpenAsync(_world);
        _contact = await _world.InDbAsync(_world.Lejla, db =>
        {
            var contact = new ReferralContact(_world.Lipa.Id, "Dr Vesna Marić", ContactKind.Psychiatrist, "psychiatrist", "waits two weeks", []).At(phone: "033 111 222");
            db.ReferralContacts.Add(contact);
            return Task.FromResult(contact.Id);
        });
    }

    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task A_referral_is_a_letter_behind_a_neutral_mail()
    {
        var id = await Desk.WriteAsync(_world);
        await _world.DeliverAsync();
        using var lejla = await _world.As(_world.Lejla);
        var page = await (await lejla.GetAsync($"/board/{id}/refer")).SubmitAsync("Close with this letter", ("Answer", "Refer"), ("ContactId", _contact.ToString()));
        Assert.True(page.Says("Referred, with a letter") && page.Says("Dr Vesna Marić"), page.Text);

        var mail = Assert.Single(await _world.DeliverAsync());
        Assert.Equal("An answer for you", mail.Subject);
        Assert.DoesNotContain("psychiatrist", mail.Text);
        using var stranger = _world.Stranger();
        var letter = await stranger.GetAsync(Mailbox.Link(mail));
        Assert.StartsWith("/letter/", letter.Path);
        Assert.True(letter.Says("Dear Katherine,") && letter.Says("033 111 222"), letter.Text);
        Assert.DoesNotContain("waits two weeks", letter.Html);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync("/letter/forged")).Status);
        _world.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(Mailbox.Link(mail))).Status);
    }

    [Fact]
    public async Task Nobody_is_declined_without_a_letter_or_referred_without_a_name()
    {
        var id = await Desk.WriteAsync(_world);
        using var lejla = await _world.As(_world.Lejla);
        var noLetter = await (await lejla.GetAsync($"/board/{id}/refer")).SubmitAsync("Close with this letter", ("Answer", "Decline"), ("Letter", "  "));
        Assert.Equal(["A letter is missing: nobody leaves without a word."], noLetter.Errors);
        var noName = await (await lejla.GetAsync($"/board/{id}/refer")).SubmitAsync("Close with this letter", ("Answer", "Refer"), ("Letter", "Go well."));
        Assert.Equal(["A referral needs a name from the directory."], noName.Errors);
        Assert.Equal("Go well.", noName.Form("Close with this letter").Value("Letter"));
        Assert.Equal(EnquiryState.Waiting, (await Desk.LatestAsync(_world)).State);

        Assert.True((await noName.SubmitAsync("Close with this letter", ("Answer", "Decline"))).Says("Declined, with a letter"));
    }

    [Fact]
    public async Task The_letter_begins_in_the_persons_language()
    {
        using var stranger = _world.Stranger("ru");
        await (await Desk.FormAsync(_world, stranger)).SubmitAsync();
        using var lejla = await _world.As(_world.Lejla);
        var page = await lejla.GetAsync($"/board/{(await Desk.LatestAsync(_world)).Id}/refer");
        Assert.StartsWith("Здравствуйте, Katherine!", page.Form("Close with this letter").Value("Letter"));

        await page.SubmitAsync("Close with this letter", ("Answer", "Decline"));
        using var phone = _world.Stranger("en");
        var letter = await phone.GetAsync(Mailbox.Link((await _world.DeliverAsync()).Single(m => m.To == "katherine@example.org" && m.Text.Contains("/letter/", StringComparison.Ordinal))));
        Assert.Equal(("ru", "Письмо от: Lipa"), (letter.Document.DocumentElement.GetAttribute("lang"), letter.Heading));
    }

    [Fact]
    public async Task A_letter_is_encrypted_and_never_changes()
    {
        var id = await Desk.WriteAsync(_world);
        using var lejla = await _world.As(_world.Lejla);
        await (await lejla.GetAsync($"/board/{id}/refer")).SubmitAsync("Close with this letter", ("Answer", "Decline"), ("Letter", "an unmistakable letter"));
        Assert.Equal(0, await _world.ScalarAsync<long>("select count(*) from enquiry_letters where encode(text, 'escape') like '%unmistakable%'"));
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => _world.ScalarAsync<int>("update enquiry_letters set language = 'fi' returning 1"));
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => _world.ScalarAsync<int>("delete from enquiry_acts returning 1"));
    }
}
