using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PracticeApp.Demo;
using PracticeApp.Platform;

namespace PracticeApp.Tests.Sweeps;

/// <summary>
/// The demo's two practices with a year of content for fewer people, and words that only some may read planted through the app's own pages.
/// It is Monday 16 March 2026, 10:00 in Sarajevo.
/// </summary>
internal sealed partial class Town : IAsyncDisposable
{
    public const string Lejla = "lejla@lipa.example", Damir = "damir@lipa.example", Sanela = "sanela@lipa.example", Azra = "azra@lipa.example", Nora = "nora@lipa.example",
        Emina = "emina@lipa.example", Katherine = "katherine@lipa.example", Tarik = "tarik@lipa.example",
        Mikko = "mikko@saaristo.example", Elina = "elina@saaristo.example", Aino = "aino@saaristo.example";
    /// <summary>One of each role of the first practice, and a client who has an agreement to sign.</summary>
    public static readonly string[] Locals = [Lejla, Damir, Sanela, Azra, Nora, Emina, Katherine, Tarik];
    public static readonly string[] Strangers = [Mikko, Elina, Aino];

    // Planted words; no other text holds them.
    public const string Enquiry = "zzenquiryzz", Complaint = "zzcomplaintzz", Hearing = "zzhearingzz", Protocol = "zzprotocolzz", Note = "zznotezz", Wording = "zzwordingzz", Avoid = "zzavoidzz";
    public static readonly string[] Words = [Enquiry, Complaint, Hearing, Protocol, Note, Wording, Avoid];

    private readonly Database _database;
    private static readonly SemaphoreSlim s_planting = new(1);
    private Dictionary<string, (Guid User, Guid Practice)> _people = [];

    private Town(Database database) => _database = database;

    public App App { get; private set; } = null!;
    public TestClock Clock { get; private set; } = null!;
    public DatabaseLogins Logins { get; private set; } = null!;
    public Guid LipaId { get; private set; }
    public Guid SaaristoId { get; private set; }
    public string Superuser => _database.Superuser(Logins);

    public static async Task<Town> StartAsync(Database database)
    {
        var town = new Town(database) { Clock = new TestClock(World.Start) };
        await s_planting.WaitAsync();
        try
        {
            town.Logins = await database.CopyAsync("town", FillAsync);
        }
        finally
        {
            s_planting.Release();
        }
        town.App = await App.StartAsync(town.Logins, town.Clock);
        await town.FindPeopleAsync();
        return town;

        async Task FillAsync(DatabaseLogins logins)
        {
            var making = new Town(database) { Clock = new TestClock(World.Start), Logins = logins };
            making.App = await App.StartAsync(logins, making.Clock);
            await using var app = making.App;
            await app.Services.GetRequiredService<SeedDemo>().RunAsync([Cast.Saaristo, Cast.Lipa with { ClientsEach = 7 }], CancellationToken.None);
            await making.FindPeopleAsync();
            await making.PlantAsync();
        }
    }

    public Task<Visitor> As(string email, string language = "en") => App.SignedInAsync(_people[email].User, _people[email].Practice, language);

    public Visitor Anybody() => App.Visitor();

    public Guid UserOf(string email) => _people[email].User;

    public async Task<List<T>> ListAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(Superuser + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync()) rows.Add((T)reader.GetValue(0));
        return rows;
    }

    /// <summary>Tables of the application, without those of the job store.</summary>
    public Task<List<string>> TablesAsync() => ListAsync<string>("select tablename::text from pg_tables where schemaname = 'public' order by 1");

    /// <summary>Tables whose rows belong to a practice.</summary>
    public Task<List<string>> PracticeTablesAsync() => ListAsync<string>(
        "select c.table_name::text from information_schema.columns c join pg_tables t on t.tablename = c.table_name and t.schemaname = 'public' where c.table_schema = 'public' and c.column_name = 'practice_id' order by 1");

    /// <summary>Every row of each table as one hash; of one practice where it has one.</summary>
    public async Task<Dictionary<string, string>> HashesAsync(IEnumerable<string> tables, Guid? practice = null)
    {
        var hashes = new Dictionary<string, string>();
        foreach (var table in tables)
        {
            var where = practice is { } id ? $" where practice_id = '{id}'" : "";
            hashes[table] = (await ListAsync<string>($"select count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') from \"{table}\" t{where}"))[0];
        }
        return hashes;
    }

    /// <summary>Every identifier that belongs to the practice alone.</summary>
    public async Task<HashSet<Guid>> IdsAsync(Guid practice)
    {
        var ids = new HashSet<Guid> { practice };
        foreach (var table in await PracticeTablesAsync()) ids.UnionWith(await ListAsync<Guid>($"select id from \"{table}\" where practice_id = '{practice}'"));
        ids.UnionWith(await ListAsync<Guid>($"select user_id from memberships where practice_id = '{practice}'"));
        return ids;
    }

    /// <summary>Rows of a practice that name an identifier of another one, as "table: id".</summary>
    public async Task<List<string>> MentionsAsync(Guid practice, HashSet<Guid> ofOthers)
    {
        var found = new List<string>();
        foreach (var table in await PracticeTablesAsync())
            foreach (var row in await ListAsync<string>($"select t::text from \"{table}\" t where practice_id = '{practice}'"))
                found.AddRange(Guids().Matches(row).Select(m => Guid.Parse(m.Value)).Where(ofOthers.Contains).Select(id => $"{table}: {id}"));
        return found;
    }

    private async Task FindPeopleAsync()
    {
        (LipaId, SaaristoId) = ((await ListAsync<Guid>("select id from practices where slug = 'lipa'"))[0], (await ListAsync<Guid>("select id from practices where slug = 'saaristo'"))[0]);
        await using var connection = new NpgsqlConnection(Superuser + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select u.email, u.id, m.practice_id from users u join memberships m on m.user_id = u.id", connection);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) _people[reader.GetString(0)] = (reader.GetGuid(1), reader.GetGuid(2));
    }

    /// <summary>Where the planted words stand.</summary>
    public async Task<List<string>> PlantedAsync() =>
    [
        .. await ListAsync<string>($"select '/board/' || id from enquiries where email in ('{Enquiry}@example.org', '{Complaint}@example.org')"),
        .. await ListAsync<string>($"select '/clients/' || id from clients where name = 'Petra Planted' or user_id = '{UserOf(Emina)}'"),
        .. await ListAsync<string>($"select '/requests/' || r.id from client_requests r join clients c on c.id = r.client_id where c.name = 'Petra Planted' or c.user_id = '{UserOf(Emina)}'"),
        .. await ListAsync<string>($"select '/protocols/' || appointment_id from process_notes"),
        .. (await ListAsync<string>($"select '/agreements/' || id from agreements where state = 'Draft' and practice_id = '{LipaId}' order by created_at desc limit 1")).SelectMany(a => new[] { a, a + "/text", a + "/terms" }),
        .. await ListAsync<string>($"select '/me/money/card/' || id from card_attempts where practice_id = '{LipaId}' limit 2"),
        .. await ListAsync<string>($"select '/endings/' || id from endings where practice_id = '{LipaId}' and state = 'Draft'"),
    ];

    private async Task PlantAsync()
    {
        using var lejla = await As(Lejla);
        // Somebody writes twice; one of the two is accepted.
        foreach (var word in new[] { Complaint, Enquiry })
        {
            using var stranger = App.Visitor();
            var form = (await stranger.GetAsync("/p/lipa")).Form("#form");
            Clock.Advance(TimeSpan.FromSeconds(30));
            Done(await form.Fill("Complaint", $"We fight about nothing, {word}.").Fill("CalledName", "Petra").Fill("How", "Mail").Fill("Email", $"{word}@example.org").Fill("Consent", "true").SubmitAsync(), "/p/lipa/sent/");
        }
        var enquiry = (await ListAsync<Guid>($"select id from enquiries where email = '{Complaint}@example.org'"))[0];
        Done(await (await lejla.GetAsync($"/board/{enquiry}/accept")).Form("Accept").Fill("Name", "Petra Planted").SubmitAsync(), "/");

        // Words about a client of hers who has a request and a session whose protocol is open.
        var (request, appointment, client) = ((await ListAsync<Guid>($"select r.id from client_requests r join clients c on c.id = r.client_id where c.user_id = '{UserOf(Emina)}' order by r.id desc limit 1"))[0],
            (await ListAsync<Guid>($"select a.id from appointments a join appointment_participants p on p.appointment_id = a.id join clients c on c.id = p.client_id where c.user_id = '{UserOf(Emina)}' and a.state = 'Booked' and a.starts_at > '{World.Start:O}' order by a.starts_at limit 1"))[0],
            (await ListAsync<Guid>($"select id from clients where user_id = '{UserOf(Emina)}'"))[0]);
        // She is asked for goals of her own as well.
        var engagement = (await ListAsync<Guid>($"select engagement_id from client_requests where id = '{request}'"))[0];
        Done(await (await lejla.GetAsync($"/requests/invite/{engagement}")).Form("form:has([name='Input.Count'])").SubmitAsync(), "/requests/");
        Done(await (await lejla.GetAsync($"/requests/{request}")).Form("form[action$='handler=Hear']").Fill("Hear.Text", $"Behind it, {Hearing}").SubmitAsync(), "/requests/");
        var offer = (await lejla.GetAsync($"/requests/{request}")).Form("Offer it").Fill("Offer.Text", $"I want to ask for help {Wording}");
        if (offer.Fields.Contains("Offer.Why")) offer.Fill("Offer.Why", "It was asked for");
        Done(await offer.SubmitAsync(), "/requests/");
        Done(await (await lejla.GetAsync($"/protocols/{appointment}")).Form("Save").Fill("Input.Sections[said]", $"Said {Protocol}").Fill("Input.Note", $"Thought {Note}").SubmitAsync(), "/protocols/");
        var card = await lejla.GetAsync($"/clients/{client}");
        Done(await card.Form("form:has([name$='.Avoid'])").Fill("Avoid", Avoid).SubmitAsync(), "/clients/");
        // An agreement is being prepared, and an ending is being thought of.
        var petra = (await ListAsync<Guid>("select id from clients where name = 'Petra Planted'"))[0];
        Done(await (await lejla.GetAsync($"/agreements/new?client={petra}")).Form("Show me the agreement").Fill("Language", "en").SubmitAsync(), "/agreements/");
        Done(await (await lejla.GetAsync($"/endings/new?client={petra}")).Form("Go on").Fill("Reason", "Moves away").SubmitAsync(), "/endings/");
        // A client writes what must be answered first.
        using var katherine = await As(Katherine);
        Done(await (await katherine.GetAsync("/me/request")).Form("form[action*='Say'] .deed button").Fill("Wording.Text", "I don't want to live any more.").SubmitAsync(), "/me/request");

        static void Done(Page page, string path)
        {
            if ((int)page.Status != 200 || page.Errors.Count > 0 || !page.Path.StartsWith(path, StringComparison.Ordinal)) throw new InvalidOperationException($"{page} {string.Join(" | ", page.Errors)}");
        }
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    public static partial Regex Guids();

    public async ValueTask DisposeAsync()
    {
        if (App is not null) await App.DisposeAsync();
        if (Logins is not null) await _database.DropAsync(Logins);
    }
}
