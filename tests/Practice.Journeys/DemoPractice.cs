using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Npgsql;
using PracticeApp.Agreements;
using PracticeApp.Demo;
using PracticeApp.Platform;
using PracticeApp.Reminders;
using PracticeApp.Tests;

namespace PracticeApp.Journeys;

/// <summary>The demo's two practices on Tuesday 24 November 2026 at 11:48 in Sarajevo, in an app of its own; jobs run when they are asked to.</summary>
public sealed class DemoPractice(Database database, Chromium chromium) : IAsyncLifetime
{
    public static readonly DateTime Noon = new(2026, 11, 24, 10, 48, 0, DateTimeKind.Utc);
    private DatabaseLogins _logins = null!;

    public TestClock Clock { get; } = new(Noon);
    public App App { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _logins = await database.CopyAsync("demo", async logins =>
        {
            await using var app = await App.StartAsync(logins, new TestClock(Noon));
            await app.Services.GetRequiredService<SeedDemo>().RunAsync(CancellationToken.None);
        });
        App = await App.StartAsync(_logins, Clock);
    }

    public async ValueTask DisposeAsync()
    {
        if (App is not null) await App.DisposeAsync();
        if (_logins is not null) await database.DropAsync(_logins);
    }

    /// <summary>A browser of its own for somebody who is not signed in.</summary>
    public async Task<IPage> StrangerAsync(Sight sight, int width, string language = "en-GB")
    {
        var page = await (await chromium.OpenAsync(App.Address, width, language: language)).NewPageAsync();
        sight.Watch(page);
        return page;
    }

    /// <summary>Somebody who signs in with the demo's password, as the page asks.</summary>
    public async Task<IPage> SignInAsync(Sight sight, string email, int width, string password = Cast.Password)
    {
        var page = await StrangerAsync(sight, width);
        await page.GotoAsync("/sign-in");
        await page.FillAsync("[name='Input.Email']", email);
        await page.FillAsync("[name='Input.Password']", password);
        await page.ClickAsync("form:has([name='Input.Password']) button.btn-act");
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        return page;
    }

    /// <summary>Sends what is due and returns what went to this address.</summary>
    public async Task<IReadOnlyList<Mail>> MailsToAsync(string address)
    {
        await App.Services.GetRequiredService<SendDueNotices>().RunAsync(CancellationToken.None);
        return App.Mailbox.To(address);
    }

    public Task SealAsync() => App.Services.GetRequiredService<SealAgreements>().RunAsync(CancellationToken.None);

    public async Task<T> AskAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(database.Superuser(_logins) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
