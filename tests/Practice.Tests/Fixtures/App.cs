using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using PracticeApp.Accounts;
using PracticeApp.Platform;
using PracticeApp.Platform.Encryption;

namespace PracticeApp.Tests;

/// <summary>The real app on a free port of this machine, with a clock and a mailbox of the test's. Jobs are run by hand.</summary>
public sealed class App : IAsyncDisposable
{
    /// <summary>One key for all tests, so that a copied database opens.</summary>
    public static string MasterKey { get; } = PracticeApp.Platform.Encryption.MasterKey.Generate();

    private WebApplication _app = null!;
    private string _data = null!;

    public Uri Address { get; private set; } = null!;
    public TestClock Clock { get; private init; } = null!;
    public Mailbox Mailbox { get; } = new();
    public IServiceProvider Services => _app.Services;
    /// <summary>The app's data directory.</summary>
    public string Data => _data;

    /// <param name="settings">Such as <c>--Practice:Demo=true</c>.</param>
    public static async Task<App> StartAsync(DatabaseLogins database, TestClock clock, params string[] settings)
    {
        var app = new App { Clock = clock, _data = Directory.CreateTempSubdirectory("practice-app-").FullName };
        app._app = await Program.BuildAsync(
            [
                "--urls=http://127.0.0.1:0", "--environment=Testing", "--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:PracticeApp=Warning", "--Logging:LogLevel:Microsoft.EntityFrameworkCore=None", "--Practice:Jobs=false", "--Practice:Demo=false",
                $"--ConnectionStrings:Practice={database.App};Timeout=60", $"--ConnectionStrings:Backup={database.Backup}",
                $"--Practice:DataDirectory={app._data}", $"--Practice:MasterKey={MasterKey}", .. settings,
            ],
            services =>
            {
                services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
                services.Replace(ServiceDescriptor.Singleton<IMailChannel>(app.Mailbox));
                services.Replace(ServiceDescriptor.Singleton<ITextChannel>(app.Mailbox));
            });
        await app._app.StartAsync();
        app.Address = new Uri(app._app.Urls.First());
        return app;
    }

    /// <summary>Somebody who is not signed in.</summary>
    public Visitor Visitor(string language = "en") => new(Address, language);

    /// <summary>Signs in past the sign-in page: a session in the database and the cookie that names it.</summary>
    public async Task<Visitor> SignedInAsync(Guid userId, Guid practiceId, string language = "en")
    {
        var visitor = Visitor(language);
        var (name, value) = await CookieAsync(userId, practiceId, language);
        visitor.SetCookie(name, value);
        return visitor;
    }

    public async Task<(string Name, string Value)> CookieAsync(Guid userId, Guid practiceId, string language = "en")
    {
        await using var scope = Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PracticeDb>();
        var signIn = new SignIn(userId, practiceId, Clock.Now, TimeSpan.FromHours(12), "127.0.0.1", "test");
        db.SignIns.Add(signIn);
        await db.SaveChangesAsync();
        var principal = new System.Security.Claims.ClaimsPrincipal(new System.Security.Claims.ClaimsIdentity(
        [
            new(System.Security.Claims.ClaimTypes.NameIdentifier, userId.ToString()),
            new(OpenSignIn.SignInClaim, signIn.Id.ToString()),
            new(OpenSignIn.PracticeClaim, practiceId.ToString()),
            new(Languages.Claim, language),
        ], IdentityConstants.ApplicationScheme));
        var cookies = Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        var ticket = new AuthenticationTicket(principal, new AuthenticationProperties { IssuedUtc = Clock.GetUtcNow(), ExpiresUtc = Clock.GetUtcNow() + cookies.ExpireTimeSpan }, IdentityConstants.ApplicationScheme);
        return (cookies.Cookie.Name!, cookies.TicketDataFormat.Protect(ticket));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }
}
