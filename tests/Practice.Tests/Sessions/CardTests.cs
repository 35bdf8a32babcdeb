using System.Net;
using PracticeApp.Engagements;
using PracticeApp.Money;
using PracticeApp.Platform;
using PracticeApp.Sessions;

namespace PracticeApp.Tests.Sessions;

public sealed class CardTests(World world, Database database) : IClassFixture<World>
{
    private const string Complaint = "zebra-complaint", Said = "zebra-said", Next = "zebra-next";

    [Fact]
    public async Task The_psychologist_sees_the_whole_card()
    {
        await using var own = await FilledAsync();
        var card = await (await own.As(own.Lejla)).GetAsync($"/clients/{own.Emina.ClientId}");
        Assert.Equal("Emina", card.Heading);
        foreach (var seen in new[] { Complaint, Next, "Call: no", "E-mail", "30 KM", "Session: Attended", "Booked for" }) Assert.True(card.Says(seen), seen);
        Assert.NotNull(card.Find(".timeline a[href^='/protocols/']"));
    }

    [Theory]
    [InlineData(Role.Operator)]
    [InlineData(Role.Admin)]
    public async Task Staff_at_the_desk_get_the_reduced_card_and_never_a_word(Role role)
    {
        await using var own = await FilledAsync();
        var card = await (await own.As(role == Role.Operator ? own.Sanela : own.Azra)).GetAsync($"/clients/{own.Emina.ClientId}");
        foreach (var seen in new[] { "Call: no", "30 KM", "Booked for" }) Assert.True(card.Says(seen), seen);
        Assert.DoesNotContain("zebra", card.Html, StringComparison.Ordinal);
        Assert.Null(card.Find("main a[href^='/protocols/']"));
        Assert.Equal(role == Role.Admin, card.Says("Agreement"));
    }

    [Fact]
    public async Task A_colleague_who_was_given_access_reads_words_but_neither_contact_nor_money()
    {
        await using var own = await FilledAsync();
        var damir = await own.As(own.Damir);
        Assert.Equal(HttpStatusCode.NotFound, (await damir.GetAsync($"/clients/{own.Emina.ClientId}")).Status);
        await own.GrantAsync(own.Emina, own.Damir, GrantReason.Handover, TimeSpan.FromMinutes(5));
        var card = await damir.GetAsync($"/clients/{own.Emina.ClientId}");
        Assert.True(card.Says(Complaint) && card.Says(Next));
        Assert.False(card.Says("30 KM") || card.Says("+387") || card.Says("Call"));
        own.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(HttpStatusCode.NotFound, (await damir.GetAsync($"/clients/{own.Emina.ClientId}")).Status);
    }

    [Fact]
    public async Task Others_find_no_card()
    {
        foreach (var person in new[] { world.Damir, world.Nora, world.Tarik, world.Emina, world.Mikko, world.Aino })
            Assert.Equal(HttpStatusCode.NotFound, (await (await world.As(person)).GetAsync($"/clients/{world.Emina.ClientId}")).Status);
        Assert.Contains("/sign-in", (await world.Stranger().GetAsync($"/clients/{world.Emina.ClientId}")).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_to_use_are_kept_for_the_psychologist_and_sealed()
    {
        var card = await (await world.As(world.Lejla)).GetAsync($"/clients/{world.Emina.ClientId}");
        var kept = await card.SubmitAsync("Save", ("Input.Use", "slowly"), ("Input.Avoid", "zebra-word"));
        Assert.Equal("zebra-word", kept.Form("Save").Value("Input.Avoid"));
        Assert.False(await world.ScalarAsync<bool>($"select exists (select 1 from client_words t where t::text like '%zebra%' or t::text like '%{Convert.ToHexStringLower("zebra"u8)}%')"));

        var tooLong = await kept.SubmitAsync("Save", ("Input.Use", new string('x', ClientWords.LongestText + 1)));
        Assert.True(tooLong.Says("This is longer than fits here"));

        var foreign = await (await world.As(world.Damir)).GetAsync($"/clients/{world.Tarik.ClientId}");
        var form = foreign.Form("Save");
        form.Fill("Input.EngagementId", world.Emina.EngagementId.ToString());
        Assert.Equal(HttpStatusCode.NotFound, (await form.SubmitAsync()).Status);
    }

    private async Task<World> FilledAsync()
    {
        var own = await World.StartAsync(database);
        await own.WriteComplaintAsync(own.Emina, Complaint);
        var past = await own.SessionAsync(own.Emina, World.Start.AddDays(-1), settled: PracticeApp.Booking.AttendanceKind.Attended);
        await own.SessionAsync(own.Emina, World.Start.AddDays(3));
        await own.WriteProtocolAsync(own.Emina, past, Said, sign: true, next: Next);
        await own.InDbAsync(own.Lejla, db =>
        {
            var charge = new Charge(own.Lipa.Id, own.Emina.EngagementId, own.Emina.ClientId, past, ChargeKind.Session, 80, "BAM", null, null, World.Start);
            charge.Confirm(own.Lejla.UserId, World.Start);
            db.AddRange(charge, new Payment(own.Lipa.Id, own.Emina.ClientId, 50, "BAM", PaymentMethod.Cash, World.Start, own.Lejla.UserId, Guid.CreateVersion7()));
            return Task.CompletedTask;
        });
        return own;
    }
}
