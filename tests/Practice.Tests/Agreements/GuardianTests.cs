using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Agreements;
using PracticeApp.Engagements;

namespace PracticeApp.Tests.Agreements;

/// <summary>Who signs for a minor, named at "/clients/{id}/guardian".</summary>
public sealed class GuardianTests(Database database) : IAsyncLifetime
{
    private World _world = null!;

    public async ValueTask InitializeAsync() => _world = await World.StartAsync(database);

    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    [Theory]
    [InlineData("FI", 18), InlineData("BA", 18), InlineData("RS", 15), InlineData("HR", 16), InlineData("RU", 15), InlineData("DE", 16), InlineData("GB", 16), InlineData("US", 18), InlineData("XX", 18)]
    public void Every_country_has_an_age(string country, int age) => Assert.Equal(age, ConsentAge.In(country).Age);

    [Theory]
    [InlineData("2008-03-16", "2026-03-15", 17)]
    [InlineData("2008-03-16", "2026-03-16", 18)]
    [InlineData("2008-02-29", "2026-02-28", 17)]
    [InlineData("2008-02-29", "2026-03-01", 18)]
    public void Somebody_is_a_year_older_on_their_birthday(string born, string today, int age) =>
        Assert.Equal(age, ConsentAge.AgeOn(DateOnly.Parse(born, null), DateOnly.Parse(today, null)));

    [Fact]
    public async Task The_guardian_signs_with_name_and_relation_and_the_minor_may_say_yes()
    {
        var (ena, mother) = await _world.FamilyAsync();
        var id = await _world.SendAsync(to: ena);
        Assert.Equal([ena.Email, mother.Email], (await _world.DeliverAsync()).Select(m => m.To).Order());

        var hers = await _world.OpenAsync(ena, id);
        Assert.DoesNotContain("/sign", hers.Path, StringComparison.Ordinal);
        var page = await hers.FollowAsync("Read it and say whether you agree");
        Assert.Empty(page.FindAll("input.initial"));
        Assert.True((await page.SubmitAsync("Yes, I agree")).Says("Ena Pašić · minor says yes"));
        Assert.Equal(AgreementState.Sent, await _world.StateAsync(id));

        var signing = await _world.OpenAsync(mother, id);
        Assert.True(signing.Says("You sign as guardian, for Ena Pašić."), signing.ToString());
        await signing.Filled("Sign the agreement", mother.Name, "NP").SubmitAsync();
        Assert.Equal(AgreementState.SignedByClient, await _world.StateAsync(id));
        await _world.CountersignAsync(id);
        var acts = await _world.ActTextsAsync(id);
        var signed = acts.Single(a => EvidenceChain.Values(a, "Act").Single() == "Signed");
        Assert.Equal(("guardian", "mother", "Nermina Pašić"), (EvidenceChain.Values(signed, "Party").Single(), EvidenceChain.Values(signed, "Relation").Single(), EvidenceChain.Values(signed, "Name").Single()));
        Assert.Equal("minor", EvidenceChain.Values(acts.Single(a => EvidenceChain.Values(a, "Act").Single() == "Assented"), "Party").Single());
        Assert.Equal(1, await _world.Services.GetRequiredService<SealAgreements>().RunAsync(CancellationToken.None));
        Assert.Empty(await _world.Services.GetRequiredService<CheckSealedDocuments>().RunAsync(_world.Lipa.Id, CancellationToken.None));
        Assert.Equal(HttpStatusCode.OK, (await (await _world.As(mother)).GetAsync($"/agreements/{id}/pdf")).Status);
    }

    [Fact]
    public async Task A_minor_cannot_sign_for_themselves_nor_decline()
    {
        var (ena, _) = await _world.FamilyAsync();
        var id = await _world.SendAsync(to: ena);
        var page = await (await _world.As(ena)).GetAsync($"/agreements/{id}/sign");
        await page.Form("Yes, I agree").Smuggle("Input.Name", "Ena").SubmitAsync();
        await (await _world.As(ena)).PostAsync($"/agreements/{id}/sign", ("__RequestVerificationToken", page.Form("form").Value("__RequestVerificationToken")), ("Input.Name", "Ena"), ("Input.Consent", "true"));

        Assert.Equal(AgreementState.Sent, await _world.StateAsync(id));
        Assert.Equal(HttpStatusCode.NotFound, (await (await _world.As(ena)).GetAsync($"/agreements/{id}/talk")).Status);
    }

    [Fact]
    public async Task A_minor_without_a_guardian_is_sent_nothing_until_the_psychologist_says_that_they_may()
    {
        var (ena, _) = await _world.FamilyAsync(named: false);
        var draft = await (await (await _world.As(_world.Lejla)).GetAsync($"/agreements/new?client={ena.ClientId}"))
            .SubmitAsync("Show me the agreement", ("Language", "en"), ("Kind", _world.Lipa.Individual.ToString()));
        Assert.True(draft.Says("Ena Pašić, 15, would sign alone."), draft.ToString());
        var refused = await draft.SubmitAsync("Send it");
        Assert.True(refused.Says("Nothing was sent. Name a guardian"), refused.ToString());

        Assert.True((await refused.SubmitAsync("Send it", ("MayAgree", "true"))).Says("Sent."));
        var id = Guid.Parse(draft.Url.Segments[^1]);
        Assert.Contains("may agree without a guardian", EvidenceChain.Values((await _world.ActTextsAsync(id))[0], "Consent").Single(), StringComparison.Ordinal);
        Assert.EndsWith("/sign", (await _world.OpenAsync(ena, id)).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_age_is_asked_once_where_nobody_has_said()
    {
        var prepare = await (await _world.As(_world.Lejla)).GetAsync($"/agreements/new?client={_world.Emina.ClientId}");
        Assert.True((await prepare.SubmitAsync("Show me the agreement", ("Kind", _world.Lipa.Individual.ToString()), ("BornOn", "2030-01-01"))).Says("This date cannot be right."));
        var draft = await prepare.SubmitAsync("Show me the agreement", ("Kind", _world.Lipa.Individual.ToString()), ("BornOn", "2010-05-01"));
        Assert.True(draft.Says("Emina Hodžić, 15, would sign alone."), draft.ToString());
        Assert.DoesNotContain("Input.BornOn", (await (await _world.As(_world.Lejla)).GetAsync($"/agreements/new?client={_world.Emina.ClientId}")).Form("Show me the agreement").Fields);
    }

    [Fact]
    public async Task A_guardian_is_named_and_invited_from_the_client_s_card()
    {
        var lejla = await _world.As(_world.Lejla);
        var page = await lejla.GetAsync($"/clients/{_world.Emina.ClientId}/guardian");
        var wrong = await page.SubmitAsync("Name and invite", ("Name", "Selma Hodžić"), ("Email", _world.Emina.Email), ("Relation", "mother"));
        Assert.True(wrong.Says("This is the client's own address"), wrong.ToString());
        Assert.Equal("Selma Hodžić", wrong.Form("Name and invite").Value("Name"));
        var done = await wrong.SubmitAsync("Name and invite", ("Email", "selma@example.org"), ("BornOn", "2011-01-01"));
        Assert.True(done.Says("Selma Hodžić signs from the next version on."), done.ToString());

        var mail = Assert.Single(await _world.DeliverAsync());
        Assert.Equal("selma@example.org", mail.To);
        Assert.DoesNotContain("Emina", mail.Subject + mail.Text, StringComparison.Ordinal);
        var id = await _world.SendAsync();
        Assert.Equal([SignerRole.Guardian, SignerRole.Minor], await _world.InDbAsync(_world.Lejla, db => db.Agreements.Where(a => a.Id == id).SelectMany(a => a.Parties).Select(p => p.Role).OrderBy(r => r).ToListAsync()));
        foreach (var person in new[] { _world.Damir, _world.Emina, _world.Azra, _world.Mikko })
            Assert.Equal(HttpStatusCode.NotFound, (await (await _world.As(person)).GetAsync($"/clients/{_world.Emina.ClientId}/guardian")).Status);
    }

    [Fact]
    public async Task A_guardian_sees_agreement_times_and_money_and_not_a_word_of_the_work()
    {
        var (ena, mother) = await _world.FamilyAsync();
        await _world.DoAsync(ena, services =>
        {
            var (db, key) = (services.GetRequiredService<PracticeDb>(), services.GetRequiredService<PracticeApp.Platform.Vault>());
            return AddWordsAsync(db, key, ena);
        });
        await _world.InDbAsync(_world.Lejla, db =>
        {
            var start = _world.Clock.Now.AddDays(2);
            var appointment = new PracticeApp.Booking.Appointment(_world.Lipa.Id, ena.EngagementId, _world.Lejla.UserId, _world.Lipa.Individual, PracticeApp.Booking.MeetingPlace.Online, null, start, start.AddMinutes(50), 80, "BAM", [ena.ClientId], null);
            appointment.Book(_world.Clock.Now, _world.Clock.Now);
            db.Add(appointment);
            return Task.CompletedTask;
        });
        var visitor = await _world.As(mother);

        var times = await visitor.GetAsync("/me/sessions");
        Assert.True(times.Says("Ena, with Lejla Hadžić") && times.Says("Wednesday 18 March"), times.ToString());
        Assert.True((await visitor.GetAsync("/me/money")).Says("Ena"));
        Assert.True((await (await _world.As(_world.Emina)).GetAsync("/me/money")).FindAll("h2").All(h => h.TextContent != "Ena"));
        foreach (var page in new[] { "/me", "/me/request", "/me/complaint", "/me/sessions", "/me/money", "/me/goals" })
            Assert.DoesNotContain("school frightens", (await visitor.GetAsync(page)).Html, StringComparison.Ordinal);
        Assert.Equal((0, 0), await _world.InDbAsync(mother, async db => (await db.Complaints.CountAsync(), await db.ClientRequests.CountAsync())));
        Assert.Equal(1, await _world.InDbAsync(ena, db => db.Complaints.CountAsync()));
        var own = await _world.InDbAsync(_world.Lejla, db => db.Appointments.Select(a => a.Id).SingleAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"/me/sessions/{own}/cancel")).Status);
    }

    [Fact]
    public async Task Money_of_other_work_is_not_for_the_guardian()
    {
        var (ena, mother) = await _world.FamilyAsync();
        Assert.True((await (await _world.As(mother)).GetAsync("/me/money")).Says("Ena"));
        await _world.InDbAsync(_world.Damir, db =>
        {
            var other = new Engagement(_world.Lipa.Id, EngagementKind.Individual, _world.Damir.UserId, ena.KeyId, _world.Clock.Now);
            other.Join(ena.ClientId);
            db.Add(other);
            return Task.CompletedTask;
        });
        Assert.False((await (await _world.As(mother)).GetAsync("/me/money")).Says("Ena"));
    }

    private static async Task AddWordsAsync(PracticeDb db, PracticeApp.Platform.Vault vault, Person ena)
    {
        var key = await vault.KeyAsync(ena.KeyId);
        db.Add(new PracticeApp.Requests.Complaint(ena.PracticeId, key, "The school frightens me.", "en", PracticeApp.Requests.WrittenBy.Client, World.Start, PracticeApp.Requests.About.Self, null, null, null, null, ena.EngagementId, ena.ClientId));
    }
}
