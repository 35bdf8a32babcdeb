using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Agreements;
using PracticeApp.Attendance;
using PracticeApp.Booking;
using PracticeApp.Money;
using PracticeApp.Practices;
using PracticeApp.Reminders;
using static PracticeApp.Tests.Attendance.AttendanceWorld;

namespace PracticeApp.Tests.Attendance;

public sealed class WatchAttendanceTests(Database database) : IAsyncLifetime
{
    private World _world = null!;
    private Guid _session;

    public async ValueTask InitializeAsync() => (_world, _session) = await BookedAsync(database);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    private async Task WatchAtAsync(DateTime at)
    {
        _world.Clock.Set(at);
        await _world.WatchAsync();
    }

    private Task<List<Notice>> ToldAsync() =>
        _world.InDbAsync(_world.Lejla, db => db.Notices.AsNoTracking().Where(n => n.Kind.StartsWith("attendance.")).OrderBy(n => n.CreatedAt).ThenBy(n => n.Channel).ToListAsync());

    private Task<BookingOutcome> CancelAsync(string? reason = null) => _world.DoAsync(_world.Emina, s =>
        s.GetRequiredService<CancelAppointment>().RunAsync(_session, Actor.Client(_world.Emina.ClientId), reason, CancellationToken.None));

    [Fact]
    public async Task At_the_end_of_grace_it_waits_to_be_settled_and_nobody_is_mailed()
    {
        await WatchAtAsync(Thursday.AddMinutes(14));
        Assert.Null((await _world.PlaceAsync(_session)).AwaitingSince);

        await WatchAtAsync(Thursday.AddMinutes(15));

        Assert.Equal(Thursday.AddMinutes(15), (await _world.PlaceAsync(_session)).AwaitingSince);
        Assert.Empty(await ToldAsync());
        Assert.True((await (await _world.As(_world.Lejla)).GetAsync("/attendance")).Says("Waits for your word"));
    }

    [Fact]
    public async Task A_day_later_the_psychologist_is_asked_again_without_a_name_in_the_mail_and_nothing_is_charged()
    {
        await WatchAtAsync(Thursday.AddMinutes(15));
        await WatchAtAsync(Thursday.AddMinutes(15).AddHours(24));
        await WatchAtAsync(Thursday.AddMinutes(16).AddHours(24));

        var mail = Assert.Single(await _world.DeliverAsync());
        Assert.Equal(_world.Lejla.Email, mail.To);
        Assert.DoesNotContain("Emina", mail.Text + mail.Subject, StringComparison.Ordinal);
        Assert.Equal([(TellOfAttendance.AskAgain, Channel.Mail), (TellOfAttendance.NotNoted, Channel.InApp)], (await ToldAsync()).Select(n => (n.Kind, n.Channel)).Order());
        Assert.Null((await _world.PlaceAsync(_session)).Attendance);
        Assert.Empty(await _world.ChargesAsync(_session));
    }

    [Fact]
    public async Task Where_the_practice_chose_so_it_stands_as_missed_both_are_told_and_the_charge_is_only_proposed()
    {
        await _world.ChooseAsync(UnsettledChoice.NoShow);
        await WatchAtAsync(Thursday.AddMinutes(15));
        await WatchAtAsync(Thursday.AddMinutes(15).AddHours(24));

        var mails = await _world.DeliverAsync();

        Assert.Equal([_world.Emina.Email, _world.Lejla.Email], mails.Select(m => m.To).Order());
        Assert.Contains("Nothing is charged before somebody has looked at it", mails.Single(m => m.To == _world.Emina.Email).Text, StringComparison.Ordinal);
        var place = await _world.PlaceAsync(_session);
        Assert.Equal((AttendanceKind.NoShow, null), (place.Attendance, place.SettledBy));
        Assert.Equal(ChargeState.Proposed, Assert.Single(await _world.ChargesAsync(_session)).State);
    }

    [Fact]
    public async Task Never_while_a_safety_flag_is_open()
    {
        await _world.ChooseAsync(UnsettledChoice.NoShow);
        await _world.FlagAsync();
        await WatchAtAsync(Thursday.AddMinutes(15));
        for (var day = 1; day < 9; day++) await WatchAtAsync(Thursday.AddMinutes(16).AddDays(day));

        Assert.Null((await _world.PlaceAsync(_session)).Attendance);
        Assert.Empty(await _world.ChargesAsync(_session));
        Assert.All(await ToldAsync(), n => Assert.Equal((TellOfAttendance.AskAgain, null), (n.Kind, n.ClientId)));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_session_that_was_begun_or_documented_is_never_missed_by_the_clock(bool begun)
    {
        await _world.ChooseAsync(UnsettledChoice.NoShow);
        _world.Clock.Set(Thursday.AddMinutes(1));
        await _world.DoAsync(_world.Lejla, async services =>
        {
            var db = services.GetRequiredService<PracticeDb>();
            if (begun) (await db.Appointments.SingleAsync(a => a.Id == _session)).Begin(_world.Clock.Now);
            else
            {
                var key = await services.GetRequiredService<PracticeApp.Platform.Vault>().KeyAsync(_world.Emina.KeyId);
                var protocol = db.Add(new PracticeApp.Sessions.Protocol(_world.Lipa.Id, _session, _world.Emina.EngagementId, _world.Lejla.UserId, key, null, _world.Clock.Now));
                protocol.Property(p => p.SignedAt).CurrentValue = _world.Clock.Now;
            }
            await db.SaveChangesAsync();
        });
        await WatchAtAsync(Thursday.AddMinutes(15));
        await WatchAtAsync(Thursday.AddMinutes(15).AddHours(24));

        Assert.Null((await _world.PlaceAsync(_session)).Attendance);
        Assert.Empty(await _world.ChargesAsync(_session));
        Assert.Contains(await ToldAsync(), n => n.Kind == TellOfAttendance.AskAgain);
    }

    [Fact]
    public async Task What_a_flag_held_back_is_proposed_when_the_last_one_is_closed_and_not_before()
    {
        await _world.FlagAsync();
        await WatchAtAsync(Thursday.AddMinutes(15));
        await _world.SettleAsync(_session, Settlement.Absent);
        await WatchAtAsync(Thursday.AddDays(1));
        Assert.Empty(await _world.ChargesAsync(_session));

        await _world.FlagAsync();
        await CloseAsync(first: true);
        await WatchAtAsync(Thursday.AddDays(2));
        Assert.Empty(await _world.ChargesAsync(_session));

        await CloseAsync(first: false);
        await WatchAtAsync(Thursday.AddDays(3));
        await WatchAtAsync(Thursday.AddDays(3).AddMinutes(1));
        var charge = Assert.Single(await _world.ChargesAsync(_session));
        Assert.Equal((ChargeState.Proposed, 80m, Thursday.AddDays(3)), (charge.State, charge.Amount, charge.ProposedAt));
    }

    private Task CloseAsync(bool first) => _world.InDbAsync(_world.Lejla, async db =>
    {
        foreach (var flag in (await db.SafetyFlags.Where(f => f.ClosedAt == null).OrderBy(f => f.RaisedAt).ToListAsync()).Take(first ? 1 : 9)) flag.Close(_world.Lejla.UserId, _world.Clock.Now, "safe");
    });

    [Fact]
    public async Task What_was_settled_by_hand_is_left_alone()
    {
        await _world.ChooseAsync(UnsettledChoice.NoShow);
        await WatchAtAsync(Thursday.AddMinutes(15));
        await _world.SettleAsync(_session, Settlement.Present);
        await WatchAtAsync(Thursday.AddDays(2));

        Assert.Equal(AttendanceKind.Attended, (await _world.PlaceAsync(_session)).Attendance);
        Assert.Empty(await ToldAsync());
    }

    [Fact]
    public async Task Several_instances_at_once_say_and_charge_it_once()
    {
        await _world.ChooseAsync(UnsettledChoice.NoShow);
        await WatchAtAsync(Thursday.AddMinutes(15));
        _world.Clock.Set(Thursday.AddDays(2));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _world.WatchAsync()));

        Assert.Single(await _world.ChargesAsync(_session));
        Assert.Equal(4, (await ToldAsync()).Count);
    }

    [Fact]
    public async Task A_late_cancelling_is_assessed_once_it_can_no_longer_be_taken_back()
    {
        _world.Clock.Set(Thursday.AddHours(-5));
        await CancelAsync("illness");
        await _world.WatchAsync();
        Assert.Empty(await _world.ChargesAsync(_session));

        await WatchAtAsync(Thursday.AddHours(-5).AddMinutes(3));
        await WatchAtAsync(Thursday);

        var charge = Assert.Single(await _world.ChargesAsync(_session));
        Assert.Equal((ChargeKind.LateCancellation, ChargeState.Proposed, 40m, "5"), (charge.Kind, charge.State, charge.Amount, charge.Clause));
        Assert.True(charge.Assessment!.AsksPsychologist);
        Assert.Equal(AttendanceKind.CancelledLate, (await _world.PlaceAsync(_session)).Attendance);
    }

    [Fact]
    public async Task The_cost_is_that_of_the_first_tap_also_when_the_clock_ran_over_the_edge()
    {
        _world.Clock.Set(Thursday.AddHours(-24));
        await CancelAsync();

        await WatchAtAsync(Thursday.AddHours(-20));

        Assert.Empty(await _world.ChargesAsync(_session));
        Assert.Equal(AttendanceKind.CancelledInTime, (await _world.PlaceAsync(_session)).Attendance);
    }

    [Fact]
    public async Task What_was_taken_back_has_no_consequence()
    {
        _world.Clock.Set(Thursday.AddHours(-5));
        await CancelAsync();
        await _world.DoAsync(_world.Emina, s => s.GetRequiredService<TakeBack>().RunAsync(_session, Actor.Client(_world.Emina.ClientId), CancellationToken.None));

        await WatchAtAsync(Thursday.AddHours(-4));

        Assert.Empty(await _world.ChargesAsync(_session));
        Assert.Null((await _world.PlaceAsync(_session)).Attendance);
    }

    [Fact]
    public async Task A_reason_that_waives_by_the_terms_costs_nothing_and_says_so()
    {
        _world.Clock.Set(Thursday.AddHours(-5));
        await CancelAsync("bereavement");

        await WatchAtAsync(Thursday);
        await WatchAtAsync(Thursday.AddDays(1));

        Assert.Empty(await _world.ChargesAsync(_session));
        Assert.Equal(AttendanceKind.Excused, (await _world.PlaceAsync(_session)).Attendance);
        Assert.True((await (await _world.As(_world.Lejla)).GetAsync($"/attendance/{_session}")).Says("the reason (a bereavement) makes it free"));
    }

    [Fact]
    public async Task When_the_practice_cancels_late_the_client_is_credited_and_not_charged()
    {
        _world.Clock.Set(Thursday.AddHours(-5));
        await _world.DoAsync(_world.Lejla, s => s.GetRequiredService<CancelAppointment>().RunAsync(_session, Actor.Staff(_world.Lejla.UserId), null, CancellationToken.None));

        await WatchAtAsync(Thursday);

        var credit = Assert.Single(await _world.ChargesAsync(_session));
        Assert.Equal((ChargeKind.Credit, ChargeState.Confirmed, -40m), (credit.Kind, credit.State, credit.Amount));
    }

    [Fact]
    public async Task Whoever_answers_the_telephone_says_that_the_client_cancels_and_the_client_is_not_paid_for_it()
    {
        _world.Clock.Set(Thursday.AddHours(-5));
        var page = await (await _world.As(_world.Sanela)).GetAsync($"/calendar/{_session}/cancel");
        Assert.True(page.Says("Emina Hodžić cancelsCancelling now costs 40 KM (clause 5, version 1)") && page.Says("We cancel40 KM is credited to the client (clause 7, version 1)"), page.Text);
        Assert.Empty(page.FindAll("[name=By][checked]"));
        var again = await page.SubmitAsync("Cancel the session", ("Reason", "She rang"), ("Because", "work"));
        Assert.True(again.Errors.Count > 0 && again.Says("Please choose one of these."), again.Text);
        Assert.Equal("She rang", again.Form("Cancel the session").Value("Reason"));
        Assert.NotNull(again.Find("[name=Because][value=work][checked]"));
        Assert.Equal(AppointmentState.Booked, (await AppointmentAsync()).State);
        Assert.True((await again.SubmitAsync("Cancel the session", ("By", "Practice"), ("Reason", " "))).Says("Please say why in a few words."));

        var done = await again.SubmitAsync("Cancel the session", ("By", _world.Emina.ClientId.ToString()), ("Because", "work"));
        Assert.True(done.Says("The client cancelled it"), done.Text);
        Assert.Equal((AppointmentState.Booked, 0), ((await BackAsync(done)).State, (await _world.ChargesAsync(_session)).Count));
        await again.SubmitAsync("Cancel the session", ("By", _world.Emina.ClientId.ToString()), ("Because", "work"));
        await WatchAtAsync(Thursday);

        var appointment = await AppointmentAsync();
        Assert.Equal((AppointmentState.Cancelled, "work", _world.Emina.ClientId, _world.Sanela.UserId), (appointment.State, appointment.CancelReason, appointment.CancelledByClientId, appointment.CancelledBy));
        var charge = Assert.Single(await _world.ChargesAsync(_session));
        Assert.Equal((ChargeKind.LateCancellation, 40m), (charge.Kind, charge.Amount));

        async Task<Appointment> BackAsync(Page page)
        {
            await page.SubmitAsync("Take it back");
            return await AppointmentAsync();
        }
    }

    [Fact]
    public async Task A_group_s_date_says_whom_calling_it_off_credits_and_by_which_clause()
    {
        var meeting = await _world.DoAsync(_world.Lejla, async services =>
        {
            var (db, acts) = (services.GetRequiredService<PracticeDb>(), services.GetRequiredService<GroupActs>());
            var kind = new SessionKind(_world.Lipa.Id, new LocalizedName { En = "Circle", Ru = "Круг", Bs = "Krug", Fi = "Piiri" }, 90, 30, 40, "BAM", WhoMayBook.OwnClients, false, 10, SessionForm.Group);
            db.Add(kind);
            await db.SaveChangesAsync();
            var group = await acts.FoundAsync(_world.Lejla.UserId, kind, "Thursdays", 3, CancellationToken.None);
            await acts.AddAsync(group.Id, _world.Emina.EngagementId, _world.Emina.ClientId, CancellationToken.None);
            await acts.PlanAsync(group.Id, [new Slot(Thursday.AddHours(2), Thursday.AddHours(3.5), SlotPlace.Online)], CancellationToken.None);
            return await db.Appointments.Where(a => a.GroupId == group.Id).Select(a => a.Id).SingleAsync();
        });
        _world.Clock.Set(Thursday.AddHours(-2));
        var page = await (await _world.As(_world.Lejla)).GetAsync($"/groups/date/{meeting}");
        Assert.True(page.Says("Emina Hodžić: 20 KM is credited to the client (clause 7, version 1)"), page.Text);
    }

    [Fact]
    public async Task One_says_that_one_comes_with_a_trace_and_not_once_it_is_over()
    {
        _world.Clock.Set(Thursday.AddMinutes(-5));
        var page = await (await _world.As(_world.Emina)).GetAsync("/me/sessions");
        _world.Clock.Set(Thursday.AddMinutes(51));
        await page.Form("form[action*='Confirm']").SubmitAsync();
        Assert.Null((await _world.PlaceAsync(_session)).ConfirmedAt);
        _world.Clock.Set(Thursday.AddMinutes(-5));
        await page.Form("form[action*='Confirm']").SubmitAsync();
        Assert.NotNull((await _world.PlaceAsync(_session)).ConfirmedAt);
        Assert.Equal(1L, await _world.ScalarAsync<long>("select count(*) from audit_entries where act = 'appointment.confirmed'"));
    }

    private Task<Appointment> AppointmentAsync() => _world.InDbAsync(_world.Lejla, db => db.Appointments.AsNoTracking().SingleAsync(a => a.Id == _session));

    [Fact]
    public async Task A_late_move_is_assessed_and_the_appointment_goes_on()
    {
        await _world.AgreeAsync(_world.Emina, Strict with { Moving = new("5", 2, 24, Cost.OfPercent(70)) });
        _session = await _world.BookAsync(_world.Emina, Thursday.AddHours(2));
        _world.Clock.Set(Thursday.AddHours(-3));
        await _world.RearrangeAsync(_world.Emina, _session, (db, a) => db.AppointmentMoves.Add(
            a.Move(Thursday.AddDays(7), Thursday.AddDays(7).AddMinutes(50), MeetingPlace.Online, null, _world.Clock.Now, _world.Clock.Now.AddMinutes(3), _world.Emina.ClientId)));

        await WatchAtAsync(Thursday.AddHours(-2));
        var charge = Assert.Single(await _world.ChargesAsync(_session));
        Assert.Equal((ChargeKind.LateMove, 56m, "5"), (charge.Kind, charge.Amount, charge.Clause));
        Assert.Null((await _world.PlaceAsync(_session)).Attendance);
        Assert.Equal(0L, await _world.ScalarAsync<long>("select count(*) from appointment_moves where assessed_at is null"));
    }

    private Task<SettleOutcome> UndoAsync() => _world.DoAsync(_world.Lejla, s => s.GetRequiredService<SettleAttendance>().UndoAsync(_session, _world.Emina.ClientId, CancellationToken.None));

    [Theory, InlineData(true), InlineData(false)]
    public async Task Who_undoes_what_was_noted_has_the_usual_hours_to_say_something_else(bool asked)
    {
        await _world.ChooseAsync(UnsettledChoice.NoShow);
        if (asked) await WatchAtAsync(Thursday.AddMinutes(15));
        _world.Clock.Set(Thursday.AddMinutes(16));
        await _world.SettleAsync(_session, Settlement.Present);
        _world.Clock.Set(Thursday.AddDays(2));
        await UndoAsync();
        await WatchAtAsync(Thursday.AddDays(2).AddMinutes(1));
        await WatchAtAsync(Thursday.AddDays(3).AddMinutes(-1));

        var place = await _world.PlaceAsync(_session);
        Assert.Equal((null, Thursday.AddDays(3), 0), (place.Attendance, place.AskAt, place.Asked));
        Assert.NotNull(place.AwaitingSince);
        Assert.Empty(await _world.ChargesAsync(_session));
        Assert.Empty(await ToldAsync());

        await WatchAtAsync(Thursday.AddDays(3));
        Assert.Equal(AttendanceKind.NoShow, (await _world.PlaceAsync(_session)).Attendance);
    }

    [Fact]
    public async Task What_happens_twice_to_one_session_is_told_twice()
    {
        await _world.ChooseAsync(UnsettledChoice.NoShow);
        await WatchAtAsync(Thursday.AddMinutes(15));
        await WatchAtAsync(Thursday.AddDays(2));
        await UndoAsync();
        await WatchAtAsync(Thursday.AddDays(4));

        Assert.Equal(AttendanceKind.NoShow, (await _world.PlaceAsync(_session)).Attendance);
        Assert.Equal(8, (await ToldAsync()).Count);

        await _world.InDbAsync(_world.Azra, async db => (await db.Practices.SingleAsync()).Decide(new PracticePolicy { ChargesStandAfterHours = 1 }));
        for (var day = 5; day < 7; day++)
        {
            await UndoAsync();
            _world.Clock.Set(Thursday.AddDays(day));
            await _world.SettleAsync(_session, Settlement.Absent);
            _world.Clock.Set(Thursday.AddDays(day).AddHours(2));
            await _world.Services.GetRequiredService<LetChargesStand>().RunAsync(CancellationToken.None);
            Assert.Equal(ChargeState.Confirmed, Assert.Single(await _world.ChargesAsync(_session)).State);
        }
        Assert.Equal(6, (await ToldAsync()).Count(n => n.Kind is TellOfAttendance.StandsToClient or TellOfAttendance.StandsToPsychologist));
    }
}
