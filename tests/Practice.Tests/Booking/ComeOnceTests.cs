using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Agreements;
using PracticeApp.Booking;
using PracticeApp.Engagements;
using PracticeApp.Practices;
using PracticeApp.Tests.Agreements;
using static PracticeApp.Tests.Booking.BookingWorld;

namespace PracticeApp.Tests.Booking;

/// <summary>One session on minimal terms for whoever does not want to sign, or not yet.</summary>
public sealed class ComeOnceTests(Database database) : IAsyncLifetime
{
    private World _world = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await World.StartAsync(database);
        await _world.OpenHoursAsync(_world.Lejla);
    }

    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task Who_declined_books_one_session_and_reads_what_it_costs_before()
    {
        await DeclinedAsync();
        var emina = await _world.As(_world.Emina);
        var page = await (await emina.GetAsync($"/book?kind={_world.Lipa.Individual}")).FollowAsync("Choose a time for it");
        Assert.True(page.Says("If the session takes place it costs 80.00 KM; cancelling costs nothing") || page.Says("cancelling costs nothing, at any time"), page.ToString());
        var confirm = await page.Form($"button[value='{new SlotValue(Tuesday("10:00"), MeetingPlace.Online)}']").SubmitAsync();
        Assert.True(confirm.Says("One session without signing"), confirm.ToString());
        await confirm.SubmitAsync("Book");

        var appointment = await _world.InDbAsync(_world.Lejla, db => db.Appointments.AsNoTracking().SingleAsync());
        Assert.Equal((AppointmentState.Booked, true, null), (appointment.State, appointment.OnMinimalTerms, appointment.AgreementId));
        var cost = await _world.DoAsync(_world.Emina, services => services.GetRequiredService<WhatItCosts>().IfCancelledAsync(appointment, _world.Emina.ClientId, null, CancellationToken.None));
        Assert.Equal(0, cost.Charge);
        Assert.Equal(BookingOutcome.NeedsAgreement, (await OnceAsync(Tuesday("12:00"))).Outcome);
        Assert.False((await emina.GetAsync($"/book?kind={_world.Lipa.Individual}")).Says("Choose a time for it"));
    }

    [Fact]
    public async Task What_was_cancelled_may_be_booked_anew()
    {
        await DeclinedAsync();
        var first = await OnceAsync(Tuesday("10:00"));
        Assert.True(first.IsDone);
        _world.Clock.Advance(TimeSpan.FromMinutes(5));
        await _world.CancelAsync(_world.Emina, first.AppointmentId);
        Assert.True((await OnceAsync(Tuesday("12:00"))).IsDone);
    }

    [Fact]
    public async Task Cancelling_is_taken_back_while_another_hour_is_held_and_not_once_it_is_booked()
    {
        await DeclinedAsync();
        var first = await OnceAsync(Tuesday("10:00"));
        _world.Clock.Advance(TimeSpan.FromMinutes(5));
        await _world.CancelAsync(_world.Emina, first.AppointmentId);
        Assert.True((await OnceAsync(Tuesday("12:00"), hold: true)).IsDone);
        Assert.Equal(BookingOutcome.Done, await _world.TakeBackAsync(_world.Emina, first.AppointmentId));
        Assert.Equal(AppointmentState.Booked, (await _world.AppointmentAsync(first.AppointmentId)).State);

        await _world.CancelAsync(_world.Emina, first.AppointmentId);
        Assert.True((await OnceAsync(Tuesday("12:00"))).IsDone);
        Assert.Equal(BookingOutcome.Gone, await _world.TakeBackAsync(_world.Emina, first.AppointmentId));
        Assert.Equal(AppointmentState.Cancelled, (await _world.AppointmentAsync(first.AppointmentId)).State);
    }

    [Fact]
    public async Task Of_twenty_requests_at_once_for_different_hours_one_is_booked()
    {
        await DeclinedAsync();
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => OnceAsync(Tuesday("9:00").AddHours(i % 7).AddDays(i % 3))));

        Assert.Equal(1L, await _world.ScalarAsync<long>("select count(*) from appointments where state = 'Booked'"));
        Assert.All(results, r => Assert.True(r.Outcome is BookingOutcome.Done or BookingOutcome.NeedsAgreement or BookingOutcome.Taken, r.Outcome.ToString()));
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => _world.ScalarAsync<object>(
            "insert into appointments select (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid()))).* from appointments a where state = 'Booked'"));
    }

    [Fact]
    public async Task Without_the_practice_s_leave_without_an_agreement_laid_before_them_or_with_one_in_force_there_is_none()
    {
        Assert.Equal(BookingOutcome.NeedsAgreement, (await OnceAsync(Tuesday("10:00"))).Outcome);
        await DeclinedAsync();
        await _world.DecideAsync(new PracticePolicy { MinimalTerms = false });
        Assert.Equal(BookingOutcome.NeedsAgreement, (await OnceAsync(Tuesday("10:00"))).Outcome);
        await _world.DecideAsync(new PracticePolicy());
        Assert.Equal(BookingOutcome.NeedsAgreement, (await _world.HoldAsync(_world.Emina, Tuesday("10:00"))).Outcome);
        await _world.SignedAsync(_world.Emina);
        var booked = await OnceAsync(Tuesday("10:00"));
        Assert.False((await _world.AppointmentAsync(booked.AppointmentId)).OnMinimalTerms);
    }

    private async Task DeclinedAsync()
    {
        var id = await _world.SendAsync();
        await (await (await _world.As(_world.Emina)).GetAsync($"/agreements/{id}/talk")).SubmitAsync("Ask for a talk", ("Reason", "Not like this."));
    }

    private Task<BookingResult> OnceAsync(DateTime start, bool hold = false) => _world.DoAsync(_world.Emina, async services =>
    {
        var db = services.GetRequiredService<PracticeDb>();
        var engagement = await db.EngagementsAsParty().Include(e => e.Parties).SingleAsync(e => e.Id == _world.Emina.EngagementId);
        var kind = await db.SessionKinds.SingleAsync(k => k.Id == _world.Lipa.Individual);
        if (hold) return await services.GetRequiredService<BookSession>().HoldAsync(engagement, kind, _world.Emina.ClientId, start, MeetingPlace.Online, CancellationToken.None, once: true);
        return await services.GetRequiredService<BookSession>().ConfirmAsync(engagement, kind, _world.Emina.ClientId, start, MeetingPlace.Online, 80, CancellationToken.None, once: true);
    });
}
