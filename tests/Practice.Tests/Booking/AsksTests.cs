using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Agreements;
using PracticeApp.Booking;
using PracticeApp.Money;
using PracticeApp.Requests;

namespace PracticeApp.Tests.Booking;

/// <summary>Booking obeys what was signed: what may be unpaid, the steps after absences, what is paid beforehand.</summary>
public sealed class AsksTests(Database database) : IAsyncLifetime
{
    private World _world = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await World.StartAsync(database);
        await _world.OpenHoursAsync(_world.Lejla);
    }

    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    private static Terms With(params EscalationAction[] actions) => Terms.Default(80, "BAM") with
    {
        Escalations = [.. actions.Select(a => new EscalationTerm("6", EscalationCount.Absences, 2, 60, false, a))],
    };

    private async Task AbsentAsync(string day)
    {
        var now = _world.Clock.Now;
        _world.Clock.Set(Slots.Local(day + " 8:00"));
        var id = await _world.BookAsync(_world.Emina, Slots.Local(day + " 10:00"));
        _world.Clock.Set(now);
        await _world.RearrangeAsync(_world.Emina, id, (db, a) => a.Participants[0].Settle(AttendanceKind.NoShow, null, _world.Lejla.UserId, now));
    }

    private Task<bool> OweAsync(decimal amount) => _world.InDbAsync(_world.Lejla, db =>
    {
        var charge = new Charge(_world.Lipa.Id, _world.Emina.EngagementId, _world.Emina.ClientId, null, ChargeKind.Other, amount, "BAM", null, null, _world.Clock.Now);
        charge.Confirm(_world.Lejla.UserId, _world.Clock.Now);
        db.Add(charge);
        return Task.FromResult(true);
    });

    [Fact]
    public async Task What_was_agreed_for_later_does_not_stand_in_the_way_until_its_day()
    {
        await _world.SignedAsync(_world.Emina, Terms.Default(80, "BAM") with { Booking = new BookingTerms("4", 50, 2) });
        await OweAsync(60);
        Assert.Equal(BookingOutcome.Owes, (await _world.HoldAsync(_world.Emina, BookingWorld.Tuesday("10:00"))).Outcome);
        await _world.InDbAsync(_world.Lejla, db => { db.Add(new PaymentPlan(_world.Lipa.Id, _world.Emina.ClientId, 60, "BAM", [new(2026, 3, 30)], _world.Lejla.UserId, _world.Clock.Now, Guid.NewGuid())); return Task.CompletedTask; });
        Assert.Equal(BookingOutcome.Done, (await _world.HoldAsync(_world.Emina, BookingWorld.Tuesday("10:00"))).Outcome);
        _world.Clock.Set(Slots.Local("2026-03-31 9:00"));
        Assert.Equal(BookingOutcome.Owes, (await _world.HoldAsync(_world.Emina, Slots.Local("2026-04-01 10:00"))).Outcome);
    }

    [Fact]
    public async Task What_a_package_covers_is_not_paid_beforehand_again()
    {
        await _world.SignedAsync(_world.Emina, Terms.Default(80, "BAM") with { Prepayment = new PrepaymentTerms("9", PrepaymentScope.Always, 50, 24, WhenUnpaid.KeepAndRemind) });
        await _world.InDbAsync(_world.Lejla, db =>
        {
            var price = new Charge(_world.Lipa.Id, _world.Emina.EngagementId, _world.Emina.ClientId, null, ChargeKind.Package, 150, "BAM", null, null, _world.Clock.Now);
            price.Confirm(_world.Lejla.UserId, _world.Clock.Now);
            db.AddRange(price, new Package(price, _world.Lipa.Individual, 2, _world.Lejla.UserId, _world.Clock.Now, Guid.NewGuid()));
            return Task.CompletedTask;
        });
        var asked = new List<decimal?>();
        foreach (var hour in new[] { "10:00", "12:00", "14:00" })
        {
            Assert.Equal(BookingOutcome.Done, (await _world.HoldAsync(_world.Emina, BookingWorld.Tuesday(hour))).Outcome);
            asked.Add((await _world.AppointmentAsync((await _world.ConfirmAsync(_world.Emina, BookingWorld.Tuesday(hour))).AppointmentId)).PrepaymentAmount);
        }
        Assert.Equal([null, null, 40m], asked);
    }

    [Fact]
    public async Task The_signed_fee_is_shown_asked_beforehand_and_charged_whatever_the_practice_asks_of_others()
    {
        await _world.SignedAsync(_world.Emina, Terms.Default(60, "BAM") with { Prepayment = new PrepaymentTerms("4", PrepaymentScope.Always, 50, 24, WhenUnpaid.KeepAndRemind) });
        await _world.InDbAsync(_world.Azra, async db =>
        {
            var kind = await db.SessionKinds.SingleAsync(k => k.Id == _world.Lipa.Individual);
            kind.Change(kind.Name, kind.Form, kind.Minutes, kind.BufferMinutes, 90, kind.InPerson, kind.Online, kind.WhoMayBook, kind.NeedsAgreement, needsPrepayment: true);
        });
        using var emina = await _world.As(_world.Emina);
        var page = await emina.GetAsync($"/book?kind={_world.Lipa.Individual}");
        Assert.True(page.Says("60 KM") && !page.Says("90 KM"), page.Text);
        Assert.Equal(BookingOutcome.Done, (await _world.HoldAsync(_world.Emina, BookingWorld.Tuesday("10:00"))).Outcome);
        page = await emina.GetAsync($"/book/confirm?with={_world.Emina.EngagementId}&kind={_world.Lipa.Individual}&slot={Uri.EscapeDataString(new SlotValue(BookingWorld.Tuesday("10:00"), MeetingPlace.Online).ToString())}");
        Assert.True(page.Says("60 KM") && page.Says("30 KM") && !page.Says("90 KM"), page.Text);
        await page.Form("Book").SubmitAsync();
        var appointment = await _world.InDbAsync(_world.Lejla, db => db.Appointments.AsNoTracking().SingleAsync());
        Assert.Equal((60m, 30m, AppointmentState.Booked), (appointment.Price, appointment.PrepaymentAmount, appointment.State));
    }

    [Fact]
    public void The_signed_fee_speaks_of_sessions_of_its_length_and_of_kinds_that_are_named()
    {
        var kind = new SessionKind(Guid.NewGuid(), new(), 50, 10, 90, "BAM", WhoMayBook.OwnClients, true, 1);
        var longer = new SessionKind(Guid.NewGuid(), new(), 90, 10, 140, "BAM", WhoMayBook.OwnClients, true, 1);
        var free = new SessionKind(Guid.NewGuid(), new(), 50, 10, 0, "BAM", WhoMayBook.OwnClients, true, 1);
        var euros = new SessionKind(Guid.NewGuid(), new(), 50, 10, 45, "EUR", WhoMayBook.OwnClients, true, 1);
        var plain = Terms.Default(60, "BAM");
        AgreedTerms Signed(Terms terms) => new(Guid.NewGuid(), 1, terms);
        Assert.Equal([60m, 140m, 0m, 45m], new[] { kind, longer, free, euros }.Select(k => AgreedPrice.Of(k, MeetingPlace.Room, Signed(plain))));
        Assert.Equal(90m, AgreedPrice.Of(kind, MeetingPlace.Room, AgreedTerms.None("BAM")));
        var named = plain with { Overrides = [TermsOverride.Of(longer.Id.ToString(), null) with { Fee = new("3", 100, 7) }, TermsOverride.Of(null, SessionPlace.Online) with { Fee = new("3", 55, 7) }] };
        Assert.Equal([100m, 60m, 55m], new[] { (longer, MeetingPlace.Room), (kind, MeetingPlace.Room), (kind, MeetingPlace.Online) }.Select(k => AgreedPrice.Of(k.Item1, k.Item2, Signed(named))));
    }

    [Fact]
    public async Task What_came_in_since_is_there_for_the_session_though_older_debts_are_open_or_put_off()
    {
        await _world.SignedAsync(_world.Emina, Terms.Default(80, "BAM") with { Booking = new BookingTerms("4", null, 2), Prepayment = new PrepaymentTerms("4", PrepaymentScope.Always, 50, 24, WhenUnpaid.ReleaseSlot) });
        await OweAsync(60);
        _world.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(BookingOutcome.Done, (await _world.HoldAsync(_world.Emina, BookingWorld.Tuesday("10:00"))).Outcome);
        Assert.Equal(BookingOutcome.PriceChanged, (await _world.ConfirmAsync(_world.Emina, BookingWorld.Tuesday("10:00"))).Outcome);
        Assert.True(await _world.DoAsync(_world.Emina, async s => (await s.GetRequiredService<BookSession>().ConfirmAsync(await s.GetRequiredService<PracticeDb>().Engagements.Include(e => e.Parties).SingleAsync(e => e.Id == _world.Emina.EngagementId),
            await s.GetRequiredService<PracticeDb>().SessionKinds.SingleAsync(k => k.Id == _world.Lipa.Individual), _world.Emina.ClientId, BookingWorld.Tuesday("10:00"), MeetingPlace.Online, 80, CancellationToken.None, prepaid: 40)).IsDone));
        async Task<bool> PaidAsync() => Assert.Single(await _world.DoAsync(_world.Lejla, s => s.GetRequiredService<PaidBeforehand>().OfAsync(_world.Emina.ClientId, CancellationToken.None))).Value;
        Assert.False(await PaidAsync());
        _world.Clock.Advance(TimeSpan.FromMinutes(5));
        await _world.InDbAsync(_world.Lejla, db => { db.Add(new Payment(_world.Lipa.Id, _world.Emina.ClientId, 40, "BAM", PaymentMethod.Cash, _world.Clock.Now, _world.Lejla.UserId, Guid.NewGuid())); return Task.CompletedTask; });
        Assert.True(await PaidAsync());
        // What is put off to later parts uses up nothing either; a part that has come due does.
        await _world.InDbAsync(_world.Lejla, db => { db.Add(new PaymentPlan(_world.Lipa.Id, _world.Emina.ClientId, 20, "BAM", [DateOnly.FromDateTime(_world.Clock.Now).AddDays(40)], _world.Lejla.UserId, _world.Clock.Now, Guid.NewGuid())); return Task.CompletedTask; });
        Assert.True(await PaidAsync());
    }

    [Fact]
    public async Task From_the_session_that_the_agreement_names_on_it_is_signed_before_booking_and_the_first_talk_does_not_count()
    {
        await _world.InDbAsync(_world.Azra, async db =>
        {
            var kind = await db.SessionKinds.SingleAsync(k => k.Id == _world.Lipa.Individual);
            kind.Change(kind.Name, kind.Form, kind.Minutes, kind.BufferMinutes, kind.Price, kind.InPerson, kind.Online, kind.WhoMayBook, needsAgreement: false, kind.NeedsPrepayment);
        });
        await _world.WaitingAgreementAsync(_world.Emina, Terms.Default(80, "BAM") with { Booking = new BookingTerms("4", null, 2) });
        Assert.Equal(BookingOutcome.Done, (await _world.HoldAsync(_world.Emina, BookingWorld.Tuesday("10:00"))).Outcome);
        Assert.Equal(BookingOutcome.Done, (await _world.ConfirmAsync(_world.Emina, BookingWorld.Tuesday("10:00"))).Outcome);
        // The same form twice is no second session.
        Assert.Equal(BookingOutcome.Done, (await _world.ConfirmAsync(_world.Emina, BookingWorld.Tuesday("10:00"))).Outcome);
        Assert.Equal(BookingOutcome.NeedsAgreement, (await _world.HoldAsync(_world.Emina, BookingWorld.Tuesday("12:00"))).Outcome);
        using var emina = await _world.As(_world.Emina);
        var page = await emina.GetAsync($"/book?kind={_world.Lipa.Individual}");
        Assert.Contains("/agreements/", page.Html, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("button.slot"));
        await _world.SignedAsync(_world.Emina);
        Assert.Equal(BookingOutcome.Done, (await _world.HoldAsync(_world.Emina, BookingWorld.Tuesday("12:00"))).Outcome);
    }

    [Fact]
    public async Task Who_owes_more_than_agreed_books_with_the_practice_and_online_again_once_it_is_paid()
    {
        await _world.SignedAsync(_world.Emina, Terms.Default(80, "BAM") with { Booking = new BookingTerms("4", 50, 2) });
        await OweAsync(50);
        Assert.Equal(BookingOutcome.Done, (await _world.HoldAsync(_world.Emina, BookingWorld.Tuesday("10:00"))).Outcome);
        await OweAsync(10);
        // Held before, asked again at the confirmation.
        Assert.Equal(BookingOutcome.Owes, (await _world.ConfirmAsync(_world.Emina, BookingWorld.Tuesday("10:00"))).Outcome);
        using var emina = await _world.As(_world.Emina);
        var page = await emina.GetAsync("/book");
        Assert.True(page.Says("60 KM is still open on your account.") && page.Says("clause 4"), page.Text);
        Assert.Empty(page.FindAll("button.slot"));
        await _world.InDbAsync(_world.Lejla, db => { db.Add(new Payment(_world.Lipa.Id, _world.Emina.ClientId, 60, "BAM", PaymentMethod.Cash, _world.Clock.Now, _world.Lejla.UserId, Guid.NewGuid())); return Task.CompletedTask; });
        Assert.Equal(BookingOutcome.Done, (await _world.ConfirmAsync(_world.Emina, BookingWorld.Tuesday("10:00"))).Outcome);
        // The same form twice.
        Assert.Equal(BookingOutcome.Done, (await _world.ConfirmAsync(_world.Emina, BookingWorld.Tuesday("10:00"))).Outcome);
    }

    [Fact]
    public async Task Two_absences_rest_online_booking_until_the_psychologist_lifts_it_with_a_reason()
    {
        await _world.SignedAsync(_world.Emina, With(EscalationAction.PauseOnlineBooking));
        await AbsentAsync("2026-03-09");
        Assert.Equal(BookingOutcome.Done, (await _world.HoldAsync(_world.Emina, BookingWorld.Tuesday("10:00"))).Outcome);
        await AbsentAsync("2026-03-10");
        Assert.Equal(BookingOutcome.Paused, (await _world.ConfirmAsync(_world.Emina, BookingWorld.Tuesday("10:00"))).Outcome);
        using var emina = await _world.As(_world.Emina);
        Assert.True((await emina.GetAsync("/book")).Says("Booking online rests for now."));

        var path = $"/clients/{_world.Emina.ClientId}/steps/{_world.Emina.EngagementId}";
        foreach (var other in new[] { _world.Damir, _world.Azra, _world.Mikko, _world.Emina })
        {
            using var visitor = await _world.As(other);
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(path)).Status);
        }
        using var lejla = await _world.As(_world.Lejla);
        Assert.Contains("/steps/", (await lejla.GetAsync($"/clients/{_world.Emina.ClientId}")).Link("Why, and lift it").GetAttribute("href"), StringComparison.Ordinal);
        var page = await lejla.GetAsync(path);
        Assert.Equal(["A few words why."], (await page.Form("Lift it").SubmitAsync()).Errors);
        var form = page.Form("Lift it").Fill("Reason", "Her child was in hospital");
        Assert.True((await form.SubmitAsync()).Says("Lifted. The client books as before."));
        await form.SubmitAsync();
        Assert.Equal(1L, await _world.ScalarAsync<long>("select count(*) from lifted_steps"));
        Assert.Equal(BookingOutcome.Done, (await _world.ConfirmAsync(_world.Emina, BookingWorld.Tuesday("10:00"))).Outcome);
    }

    [Fact]
    public async Task Nothing_of_it_holds_while_somebody_may_be_in_danger_and_it_ends_by_itself()
    {
        await _world.SignedAsync(_world.Emina, With(EscalationAction.PauseOnlineBooking));
        await AbsentAsync("2026-03-09");
        await AbsentAsync("2026-03-10");
        Assert.Equal(BookingOutcome.Paused, (await _world.HoldAsync(_world.Emina, BookingWorld.Tuesday("10:00"))).Outcome);
        var flag = new SafetyFlag(_world.Lipa.Id, "complaints", Guid.NewGuid(), Danger.Self, _world.Clock.Now, null, _world.Emina.EngagementId, _world.Emina.ClientId);
        await _world.InDbAsync(_world.Lejla, db => { db.Add(flag); return Task.CompletedTask; });
        Assert.Equal(BookingOutcome.Done, (await _world.HoldAsync(_world.Emina, BookingWorld.Tuesday("10:00"))).Outcome);
        await _world.InDbAsync(_world.Lejla, async db => (await db.SafetyFlags.SingleAsync()).Close(_world.Lejla.UserId, _world.Clock.Now, "safe"));
        Assert.Equal(BookingOutcome.Paused, (await _world.HoldAsync(_world.Emina, BookingWorld.Tuesday("10:00"))).Outcome);
        _world.Clock.Set(Slots.Local("2026-05-11 10:00"));
        Assert.Equal(BookingOutcome.Done, (await _world.HoldAsync(_world.Emina, Slots.Local("2026-05-12 10:00"))).Outcome);
    }

    [Fact]
    public async Task What_is_paid_beforehand_is_said_with_its_clause_and_shows_unpaid_until_the_payment_is_entered()
    {
        await _world.SignedAsync(_world.Emina, Terms.Default(80, "BAM") with { Prepayment = new PrepaymentTerms("9", PrepaymentScope.Always, 50, 24, WhenUnpaid.KeepAndRemind) });
        using var emina = await _world.As(_world.Emina);
        var slot = (await emina.GetAsync("/book")).Form($"button[value='2026-03-19T09:00Z/Online']");
        var confirm = await slot.SubmitAsync();
        Assert.True(confirm.Says("40 KM until") && confirm.Says("clause 9"), confirm.Text);
        // Who was told nothing of it is asked again.
        Assert.Equal(BookingOutcome.PriceChanged, (await _world.ConfirmAsync(_world.Emina, Slots.Local("2026-03-19 10:00"))).Outcome);
        var sessions = await confirm.Form("Book, 80 KM").SubmitAsync();
        Assert.True(sessions.Says("40 KM to pay until Wednesday 18 March, 10:00"), sessions.Text);
        var id = await _world.ScalarAsync<Guid>("select id from appointments where state = 'Booked'");
        using var lejla = await _world.As(_world.Lejla);
        Assert.True((await lejla.GetAsync($"/calendar/{id}")).Says("40 KM to pay until"));
        Assert.True((await (await lejla.GetAsync($"/money/{_world.Emina.ClientId}")).Form("Enter payment").Fill("Amount", "40").SubmitAsync()).Says("40"));
        Assert.True((await lejla.GetAsync($"/calendar/{id}")).Says("40 KM paid beforehand"));
        Assert.True((await emina.GetAsync("/me/sessions")).Says("40 KM paid beforehand"));
    }

    [Fact]
    public async Task The_usual_hour_comes_first()
    {
        await _world.SignedAsync(_world.Emina);
        foreach (var day in new[] { "2026-03-03", "2026-03-10" }) await _world.BookAsync(_world.Emina, Slots.Local(day + " 12:00"));
        using var emina = await _world.As(_world.Emina);
        var page = await emina.GetAsync("/book");
        Assert.True(page.Says("Your usual time: Tuesday, 12:00"), page.Text);
        var confirm = await page.Form("Take Tuesday 17 March, 12:00").SubmitAsync();
        Assert.True((await confirm.Form("Book, 80 KM").SubmitAsync()).Says("Tuesday"));
        Assert.Equal(1L, await _world.ScalarAsync<long>("select count(*) from appointments where state = 'Booked' and starts_at = '2026-03-17 11:00Z'"));
    }

    [Fact]
    public async Task Who_has_several_psychologists_may_book_with_whoever_is_free_first()
    {
        await _world.SignedAsync(_world.Emina);
        await _world.OpenHoursAsync(_world.Damir, from: "8:00", to: "11:00");
        await _world.InDbAsync(_world.Damir, async db =>
        {
            var second = new PracticeApp.Engagements.Engagement(_world.Lipa.Id, PracticeApp.Engagements.EngagementKind.Individual, _world.Damir.UserId, _world.Emina.KeyId, _world.Clock.Now);
            second.Join(_world.Emina.ClientId);
            db.Add(second);
            (await db.SessionKinds.SingleAsync(k => k.Id == _world.Lipa.Individual)).Change(new() { En = "Individual session", Ru = "I", Bs = "I", Fi = "I" }, SessionForm.Individual, 50, 10, 80, true, true, WhoMayBook.OwnClients, false, false);
        });
        using var emina = await _world.As(_world.Emina);
        var page = await (await emina.GetAsync($"/book?kind={_world.Lipa.Individual}")).FollowAsync("Whoever is free first");
        var early = await page.Form("button[value^='2026-03-17T07:00Z/Online/']").SubmitAsync();
        Assert.True(early.Says("with Damir"), early.Text);
        var later = await page.Form("button[value^='2026-03-17T12:00Z/Online/']").SubmitAsync();
        Assert.True(later.Says("with Lejla"), later.Text);
        // Somebody else's course of work is none of hers.
        using var smuggled = await _world.As(_world.Emina);
        var bad = (await smuggled.GetAsync($"/book?kind={_world.Lipa.Individual}&first=true")).Form("button[value^='2026-03-17T12:00Z/Online/']");
        Assert.Equal(HttpStatusCode.NotFound, (await smuggled.PostAsync(bad.Element.GetAttribute("action")!, Visitor.Encode([.. bad.Sent().Where(f => f.Name != "slot"), ("slot", $"2026-03-17T12:00Z/Online/{_world.Tarik.EngagementId}")]), true)).Status);
    }
}
