using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PracticeApp.Platform;
using PracticeApp.Practices;

namespace PracticeApp.Tests;

/// <summary>
/// Two practices with people who have names, in a database and an app of their own. As a class fixture it is shared by
/// the tests of a class; <see cref="StartAsync"/> gives a test its own. It begins on Monday 16 March 2026, 10:00 in Sarajevo.
/// </summary>
/// <example>
/// <code>
/// public sealed class SignTests(World world) : IClassFixture&lt;World&gt;
/// {
///     [Fact]
///     public async Task A_stranger_finds_nothing() => Assert.Equal(HttpStatusCode.NotFound, (await (await world.As(world.Damir)).GetAsync("/clients/" + world.Emina.ClientId)).Status);
/// }
/// </code>
/// </example>
public sealed class World(Database database) : IAsyncLifetime
{
    public static readonly DateTime Start = new(2026, 3, 16, 9, 0, 0, DateTimeKind.Utc);
    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<Database, WorldPeople> s_people = [];
    private string[] _settings = [];
    private WorldPeople People => s_people.TryGetValue(database, out var people) ? people : throw new InvalidOperationException("The world has not begun.");

    public App App { get; private set; } = null!;
    public TestClock Clock { get; } = new(Start);
    public DatabaseLogins Logins { get; private set; } = null!;
    public Mailbox Mailbox => App.Mailbox;
    public IServiceProvider Services => App.Services;
    /// <summary>Past all rules, for what only a test may look at or break.</summary>
    public string Superuser => database.Superuser(Logins);

    public WorldPractice Lipa => People.Lipa;
    public WorldPractice Saaristo => People.Saaristo;
    /// <summary>Psychologist; works with Emina.</summary>
    public Person Lejla => People.Lejla;
    /// <summary>Her colleague, psychologist; works with Tarik.</summary>
    public Person Damir => People.Damir;
    public Person Emina => People.Emina;
    public Person Tarik => People.Tarik;
    public Person Sanela => People.Sanela;
    public Person Azra => People.Azra;
    public Person Nora => People.Nora;
    /// <summary>Psychologist of the other practice; works with Aino.</summary>
    public Person Mikko => People.Mikko;
    public Person Aino => People.Aino;
    public IReadOnlyList<Person> Everybody => [Lejla, Damir, Emina, Tarik, Sanela, Azra, Nora, Mikko, Aino];

    public static async Task<World> StartAsync(Database database, params string[] settings)
    {
        var world = new World(database) { _settings = settings };
        await world.InitializeAsync();
        return world;
    }

    public async ValueTask InitializeAsync()
    {
        Logins = await database.CopyAsync("world", async logins => s_people.AddOrUpdate(database, await WorldPeople.SettleAsync(logins)));
        App = await App.StartAsync(Logins, Clock, _settings);
    }

    public async ValueTask DisposeAsync()
    {
        if (App is not null) await App.DisposeAsync();
        if (Logins is not null) await database.DropAsync(Logins);
    }

    /// <summary>Somebody who is not signed in.</summary>
    public Visitor Stranger(string language = "en") => App.Visitor(language);

    public Task<Visitor> As(Person person, string language = "en") => App.SignedInAsync(person.UserId, person.PracticeId, language);

    /// <summary>One unit of work as this person, past the pages; committed when <paramref name="work"/> ends.</summary>
    public Task<T> DoAsync<T>(Person person, Func<IServiceProvider, Task<T>> work) => DoAsync(App, person, work);

    /// <param name="app">Another instance on the same database.</param>
    public async Task<T> DoAsync<T>(App app, Person person, Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PracticeDb>();
        db.Current.SignIn(person.UserId, Guid.Empty, person.Name, person.Roles);
        await db.OpenAsync(person.PracticeId);
        var result = await work(scope.ServiceProvider);
        await db.SaveChangesAsync();
        await db.CommitAsync();
        return result;
    }

    public Task DoAsync(Person person, Func<IServiceProvider, Task> work) => DoAsync<object?>(person, async services => { await work(services); return null; });

    /// <summary>What <see cref="DoAsync{T}"/> does, with the database alone.</summary>
    public Task<T> InDbAsync<T>(Person person, Func<PracticeDb, Task<T>> work) => DoAsync(person, services => work(services.GetRequiredService<PracticeDb>()));

    public Task InDbAsync(Person person, Func<PracticeDb, Task> work) => DoAsync(person, services => work(services.GetRequiredService<PracticeDb>()));

    /// <summary>Asks as the superuser: what really stands in the database.</summary>
    public async Task<T?> ScalarAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(Superuser + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync() is T value ? value : default;
    }

    /// <summary>Sends what is due by the world's clock and returns the mails that went out.</summary>
    public async Task<IReadOnlyList<Mail>> DeliverAsync()
    {
        var before = Mailbox.All.Count;
        await Services.GetRequiredService<PracticeApp.Reminders.SendDueNotices>().RunAsync(CancellationToken.None);
        return [.. Mailbox.All.Skip(before)];
    }
}
