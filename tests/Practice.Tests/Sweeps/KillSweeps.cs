using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Accounts;
using PracticeApp.Agreements;
using PracticeApp.Clients;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Privacy;
using PracticeApp.Tests.Agreements;
using PracticeApp.Tests.Booking;
using PracticeApp.Tests.Reminders;
using PracticeApp.Tests.Sessions;

namespace PracticeApp.Tests.Sweeps;

/// <summary>
/// People sign, book, write and are reminded while the app or its database is killed. What somebody was answered stands, once;
/// what nobody was answered stands whole or not at all.
/// </summary>
public sealed class KillSweeps(Database database)
{
    private const int Rounds = 4, NoticesEach = 30, SignersEach = 3, Bookers = 4, Protocols = 2;

    [Fact]
    public async Task Killing_the_app_loses_and_doubles_nothing()
    {
        await using var world = await World.StartAsync(database);
        await using var town = await BusyAsync(world);
        for (var round = 0; round < Rounds; round++)
        {
            using var app = await AppProcess.StartAsync(world.Logins, world.App.Data, town.Mails.Port);
            var work = await town.BeginAsync(app, round);
            await town.SomeAsync();
            await app.KillAsync();
            town.Kills++;
            await town.EndAsync(work);
        }
        using var last = await AppProcess.StartAsync(world.Logins, world.App.Data, town.Mails.Port);
        await town.CheckAsync();
    }

    [Fact]
    public async Task Killing_PostgreSQL_loses_and_doubles_nothing()
    {
        // Durable as in service, but for the disk itself, which nobody kills.
        await using var own = new Database { ServerOptions = "-c fsync=off -c max_connections=200" };
        await own.InitializeAsync();
        var world = await World.StartAsync(own);
        await using (var town = await BusyAsync(world))
        {
            using var app = await AppProcess.StartAsync(world.Logins, world.App.Data, town.Mails.Port);
            for (var round = 0; round < 3; round++)
            {
                var work = await town.BeginAsync(app, round);
                await town.SomeAsync();
                // Once the server itself, once one of the processes that serve a connection: then it throws out everybody.
                var postmaster = int.Parse(File.ReadLines(Path.Combine(own.Folder, "postgres/cluster/postmaster.pid")).First(), CultureInfo.InvariantCulture);
                var victim = round % 2 == 0 ? postmaster : await world.ScalarAsync<int>("select pid from pg_stat_activity where application_name = 'practice' limit 1");
                using (var server = Process.GetProcessById(victim)) server.Kill();
                town.Kills++;
                await Eventually.BecomesAsync(1, () => world.ScalarAsync<int>("select 1"));
                // The app is back without being started again.
                using var http = new HttpClient { BaseAddress = app.Address };
                await Eventually.BecomesAsync(HttpStatusCode.OK, async () => (await http.GetAsync("/health/ready", TestContext.Current.CancellationToken)).StatusCode);
                await town.EndAsync(work);
                world.Services.GetRequiredService<Npgsql.NpgsqlDataSource>().Clear();
            }
            await town.CheckAsync();
        }
        await world.DisposeAsync();
    }

    private static async Task<Busy> BusyAsync(World world)
    {
        world.Clock.Set(TimeProvider.System.GetUtcNow().UtcDateTime);
        var busy = new Busy(world);
        await busy.SettleAsync();
        return busy;
    }

    /// <summary>What everybody does, and a ledger of what they were answered.</summary>
    private sealed class Busy(World world) : IAsyncDisposable
    {
        private readonly ConcurrentDictionary<Guid, string> _signed = new(), _countersigned = new();
        private readonly ConcurrentBag<(Guid Client, string Slot)> _booked = [];
        private readonly ConcurrentDictionary<Guid, int> _saved = new();
        private readonly List<Person> _bookers = [];
        private readonly List<Guid> _sessions = [];
        private readonly List<string> _addresses = [];
        private readonly CancellationTokenSource _over = new();
        private int _people;

        public SmtpSink Mails { get; } = new();
        public int Kills { get; set; }

        public async Task SettleAsync()
        {
            await world.OpenHoursAsync(world.Lejla);
            for (var i = 0; i < Bookers; i++)
            {
                _bookers.Add(await PersonAsync());
                await world.AgreeAsync(_bookers[i], Terms.Default(80, "BAM"));
            }
            for (var i = 0; i < Protocols; i++) _sessions.Add(await world.SessionAsync(world.Emina, world.Clock.Now.AddDays(-1 - i)));
        }

        public async Task<(CancellationTokenSource Stop, Task Done)> BeginAsync(AppProcess app, int round)
        {
            world.Clock.Set(TimeProvider.System.GetUtcNow().UtcDateTime);
            await world.DueAsync(NoticesEach, i => $"round{round}-{i:000}@example.org");
            _addresses.AddRange(Enumerable.Range(0, NoticesEach).Select(i => $"round{round}-{i:000}@example.org"));
            var signers = new List<(Person, Guid)>();
            for (var i = 0; i < SignersEach; i++)
            {
                var person = await PersonAsync();
                signers.Add((person, await world.WaitingAgreementAsync(person, Terms.Default(80, "BAM"))));
            }
            var stop = CancellationTokenSource.CreateLinkedTokenSource(_over.Token);
            var work = new List<Task>();
            foreach (var (person, agreement) in signers) work.Add(await WhileAsync(app, person, (visitor, _) => SignAsync(app, visitor, person, agreement), stop.Token, once: true));
            foreach (var booker in _bookers) work.Add(await WhileAsync(app, booker, (visitor, turn) => BookAsync(visitor, booker, turn), stop.Token));
            foreach (var session in _sessions) work.Add(await WhileAsync(app, world.Lejla, (visitor, _) => SaveAsync(visitor, session), stop.Token));
            return (stop, Task.WhenAll(work));
        }

        /// <summary>Until somebody more has booked and something more was saved, a few more answers, and a moment longer.</summary>
        public async Task SomeAsync()
        {
            var (started, booked, saved, answers) = (Stopwatch.GetTimestamp(), _booked.Count, _saved.Values.Sum(), Random.Shared.Next(8));
            while ((_booked.Count == booked || _saved.Values.Sum() == saved || _booked.Count + _saved.Values.Sum() < booked + saved + 2 + answers) && Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(40)) await Task.Delay(5);
            await Task.Delay(Random.Shared.Next(100));
        }

        public async Task EndAsync((CancellationTokenSource Stop, Task Done) work)
        {
            await work.Stop.CancelAsync();
            await work.Done;
            work.Stop.Dispose();
        }

        public async Task CheckAsync()
        {
            Assert.True(!_signed.IsEmpty && !_booked.IsEmpty && !_saved.IsEmpty, $"{_signed.Count} signed, {_booked.Count} booked, {_saved.Count} protocols saved");

            // Signed: what was answered stands, exactly once; everything in force is sealed, and every chain holds.
            foreach (var agreement in _signed.Keys) Assert.Equal(1, await CountAsync($"agreement_acts where agreement_id = '{agreement}' and kind = 'Signed'"));
            foreach (var agreement in _countersigned.Keys) Assert.Equal(1, await CountAsync($"agreement_acts where agreement_id = '{agreement}' and kind = 'Countersigned'"));
            foreach (var agreement in _countersigned.Keys) Assert.Equal("InForce", await world.ScalarAsync<string>($"select state from agreements where id = '{agreement}'"));
            Assert.Equal(0, await CountAsync("(select 1 from agreement_acts where kind in ('Signed', 'Countersigned') group by agreement_id, kind having count(*) > 1) doubled"));
            await Eventually.BecomesAsync(0L, () => CountAsync("agreements a where state = 'InForce' and (select count(*) from sealed_documents d where d.agreement_id = a.id) <> 1"));
            world.Clock.Set(TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1));
            Assert.Empty(await world.Services.GetRequiredService<CheckSealedDocuments>().RunAsync(world.Lipa.Id, CancellationToken.None));
            Assert.Null(await world.Services.GetRequiredService<CheckAudit>().RunAsync(world.Lipa.Id, CancellationToken.None));

            // Booked: one appointment for every answer, none without its time taken and no time taken without it.
            foreach (var (client, slot) in _booked)
                Assert.Equal(1, await CountAsync($"appointments a join appointment_participants p on p.appointment_id = a.id where p.client_id = '{client}' and a.state = 'Booked' and a.starts_at = '{slot.Split('/')[0]}'"));
            Assert.Equal(0, await CountAsync($"(select 1 from appointments where state = 'Booked' and psychologist_id = '{world.Lejla.UserId}' group by starts_at having count(*) > 1) doubled"));
            Assert.Equal(0, await CountAsync("appointments a where state = 'Booked' and starts_at > now() and not exists (select from occupancies o where o.appointment_id = a.id and o.resource_id = a.psychologist_id and o.expires_at is null)"));
            Assert.Equal(0, await CountAsync("occupancies o where expires_at is null and not exists (select from appointments a where a.id = o.appointment_id and a.state = 'Booked')"));
            Assert.Equal(0, await CountAsync("appointments a where state = 'Booked' and starts_at > now() + interval '3 days' and not exists (select from notices n where n.appointment_id = a.id)"));

            // Written: the last answered text or one that was on its way.
            var writer = await world.As(world.Lejla);
            foreach (var (session, turn) in _saved)
            {
                var text = (await writer.GetAsync($"/protocols/{session}")).Form("Save").Value("Input.Sections[said]");
                Assert.True(int.Parse(text.Split(' ')[1], CultureInfo.InvariantCulture) >= turn, $"{turn} was answered, '{text}' is there");
                Assert.Equal(1, await CountAsync($"protocols where appointment_id = '{session}'"));
            }

            // Reminded: nobody forgotten; whoever heard twice was on the way when the lights went out, under the same Message-ID.
            await HurryAsync("claimed_until is not null");
            await Eventually.BecomesAsync(0L, async () =>
            {
                await HurryAsync("claimed_until is null and attempts > 0 and due_at > now()");
                return await CountAsync("notices where state = 'Due' and (due_at <= now() - interval '1 second' or recipient like 'round%')");
            });
            Assert.Equal(0, await CountAsync("notices where state = 'Failed'"));
            var mails = Mails.Taken.Select(m => (To: SmtpSink.Header(m, "To").Trim('<', '>'), Id: SmtpSink.Header(m, "Message-ID"))).ToList();
            Assert.Empty(_addresses.Except(mails.Select(m => m.To)));
            Assert.Empty(mails.Where(m => _addresses.Contains(m.To)).Distinct().GroupBy(m => m.To).Where(g => g.Count() > 1).Select(g => g.Key));
            var repeats = mails.Count - mails.Distinct().Count();
            Assert.True(repeats <= 2 * new SmtpOptions().Connections * Kills, $"{repeats} mails were sent again after {Kills} kills");
        }

        // A claim that nobody will mark any more runs out in five minutes, and a try that failed is made again after minutes; here at once.
        private async Task HurryAsync(string which)
        {
            await using var connection = new Npgsql.NpgsqlConnection(world.Superuser + ";Pooling=false");
            await connection.OpenAsync();
            await using var command = new Npgsql.NpgsqlCommand($"update notices set claimed_until = null, due_at = now() - interval '1 minute' where state = 'Due' and {which}", connection);
            await command.ExecuteNonQueryAsync();
        }

        private Task<long> CountAsync(string from) => world.ScalarAsync<long>($"select count(*) from {from}");

        private async Task<Task> WhileAsync(AppProcess app, Person person, Func<Visitor, int, Task> act, CancellationToken stop, bool once = false)
        {
            var visitor = new Visitor(app.Address);
            var (name, value) = await world.App.CookieAsync(person.UserId, person.PracticeId);
            visitor.SetCookie(name, value);
            return Task.Run(async () =>
            {
                using var _ = visitor;
                for (var turn = 0; !stop.IsCancellationRequested && !(once && turn > 0); turn++)
                {
                    try
                    {
                        await act(visitor, turn);
                    }
                    catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException or Faulted)
                    {
                        // Nobody was answered: it may or may not have happened.
                        await Task.Delay(50, CancellationToken.None);
                    }
                }
            }, CancellationToken.None);
        }

        private async Task SignAsync(AppProcess app, Visitor client, Person person, Guid agreement)
        {
            if (Answered(await Answered(await client.GetAsync($"/agreements/{agreement}")).Filled("Sign the agreement", person.Name, "XX").SubmitAsync(follow: false)).Status != HttpStatusCode.Found) throw new InvalidOperationException("not signed");
            _signed[agreement] = person.Name;
            using var psychologist = new Visitor(app.Address);
            var (name, value) = await world.App.CookieAsync(world.Lejla.UserId, world.Lipa.Id);
            psychologist.SetCookie(name, value);
            if (Answered(await Answered(await psychologist.GetAsync($"/agreements/{agreement}/countersign")).Filled("Sign and put in force", world.Lejla.Name, "LH").SubmitAsync(follow: false)).Status != HttpStatusCode.Found) throw new InvalidOperationException("not countersigned");
            _countersigned[agreement] = person.Name;
        }

        private async Task BookAsync(Visitor visitor, Person booker, int turn)
        {
            var page = Answered(await visitor.GetAsync($"/book?with={booker.EngagementId}&kind={world.Lipa.Individual}"));
            // All reach for the same few hours.
            var slots = page.FindAll("button[name=slot]").Select(b => b.GetAttribute("value")!).ToList();
            var slot = slots[Math.Min(slots.Count - 1, turn % 3)];
            var held = Answered(await page.Form($"button[value='{slot}']").SubmitAsync());
            if (!held.Url.AbsolutePath.EndsWith("/book/confirm", StringComparison.Ordinal) || held.FindAll("input[name=price]").Count == 0) return;
            var answer = Answered(await held.Form("form:has(input[name=price])").SubmitAsync(follow: false));
            if (answer.Status == HttpStatusCode.Found) _booked.Add((booker.ClientId, slot));
        }

        private async Task SaveAsync(Visitor visitor, Guid session)
        {
            var turn = _saved.GetValueOrDefault(session) + 1;
            var page = Answered(await visitor.GetAsync($"/protocols/{session}"));
            var there = page.Form("Save").Value("Input.Sections[said]");
            // What was on its way when nobody answered may have arrived.
            if (there.Length > 0) turn = Math.Max(turn, int.Parse(there.Split(' ')[1], CultureInfo.InvariantCulture) + 1);
            if (Answered(await page.Form("Save").Fill("Input.Sections[said]", $"save {turn}").SubmitAsync(follow: false)).Status == HttpStatusCode.Found) _saved[session] = turn;
        }

        private sealed class Faulted(string message) : Exception(message);

        private static Page Answered(Page page) => (int)page.Status < 500 ? page : throw new Faulted(page.ToString());

        private Task<Person> PersonAsync() => world.DoAsync(world.Lejla, async services =>
        {
            var (db, key) = (services.GetRequiredService<PracticeDb>(), await services.GetRequiredService<Vault>().NewKeyAsync());
            var name = $"Client Number{++_people}";
            var email = $"client{_people}@example.org";
            var user = new AppUser { Email = email, NormalizedEmail = email.ToUpperInvariant(), UserName = email, NormalizedUserName = email.ToUpperInvariant(), EmailConfirmed = true, SecurityStamp = Guid.CreateVersion7().ToString("N") };
            var client = new Client(world.Lipa.Id, name, "Client", email, null, new ContactRules { Mail = true }, "en", "Europe/Sarajevo", "BA", key.OwnerId, world.Clock.Now);
            client.OpenPortal(user.Id);
            var engagement = new Engagement(world.Lipa.Id, EngagementKind.Individual, world.Lejla.UserId, key.OwnerId, world.Clock.Now);
            engagement.Join(client.Id);
            db.Users.Add(user);
            db.AddRange(client, engagement, new Membership(world.Lipa.Id, user.Id, name, email, [Role.Client], "en", "Europe/Sarajevo", world.Clock.Now));
            return new Person(name, email, user.Id, world.Lipa.Id, [Role.Client], client.Id, engagement.Id, key.OwnerId, world.Lejla.UserId);
        });

        public async ValueTask DisposeAsync()
        {
            await _over.CancelAsync();
            _over.Dispose();
            await Mails.DisposeAsync();
        }
    }
}
