using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using PracticeApp.Accounts;
using PracticeApp.Agreements;
using PracticeApp.Endings;
using PracticeApp.Enquiries;
using PracticeApp.Incidents;
using PracticeApp.Money;
using PracticeApp.Attendance;
using PracticeApp.Booking;
using PracticeApp.Caseload;
using PracticeApp.Demo;
using PracticeApp.Platform;
using PracticeApp.Platform.Encryption;
using PracticeApp.Privacy;
using PracticeApp.Reminders;
using PracticeApp.Sessions;
using PracticeApp.Requests;
using PracticeApp.Shared;

namespace PracticeApp;

/// <summary>The composition: reads as a table of contents.</summary>
public static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (Commands.Has(args)) return await Commands.RunAsync(args);
        await using var app = await BuildAsync(args);
        await app.ShowDemoAsync();
        await app.StartAsync();
        Console.WriteLine($"Practice is ready: {app.Services.GetRequiredService<PublicAddress>().Value}");
        await app.WaitForShutdownAsync();
        return 0;
    }

    /// <param name="configure">For tests: replaces services (the clock, the mail channel) before the app is built.</param>
    public static async Task<WebApplication> BuildAsync(string[] args, Action<IServiceCollection>? configure = null)
    {
        var root = Root();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = Arguments.Expand(args), ContentRootPath = ContentRoot(root), ApplicationName = typeof(Program).Assembly.GetName().Name,
        });
        // Without it, compressed requests get empty answers when the app runs from its build folder.
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(k => { k.AddServerHeader = false; k.Limits.MaxRequestBodySize = 12 * 1024 * 1024; });
        var services = builder.Services;
        services.AddOptions<PracticeOptions>().Bind(builder.Configuration.GetSection("Practice")).ValidateDataAnnotations().ValidateOnStart();
        var options = builder.Configuration.GetSection("Practice").Get<PracticeOptions>() ?? new PracticeOptions();

        var database = await DatabaseStart.RunAsync(builder.Configuration, options, root, CancellationToken.None);
        var master = string.IsNullOrWhiteSpace(options.MasterKey)
            ? MasterKey.FromFile(Path.Combine(options.DataDirectory, "master.key")) : MasterKey.FromBase64(options.MasterKey);
        await DatabaseStart.VerifyMasterKeyAsync(database.App, master, TimeProvider.System, CancellationToken.None);

        services.AddSingleton(_ => database);
        services.AddSingleton(master);
        services.AddSingleton(TimeProvider.System);
        services.AddDatabase(database.App, options);
        services.AddAccounts(builder.Configuration, options);
        services.AddSingleton<PublicAddress>();
        services.AddSingleton<LinkTokens>();
        services.AddSingleton<NoticeLinks>();
        services.AddSingleton<OwnWords>();
        services.AddSingleton<PrepareNotice>();
        services.AddSingleton<SendDueNotices>();
        services.AddSingleton<AuditAnchor>();
        services.AddSingleton<SealAudit>();
        services.AddSingleton<CheckAudit>();
        services.AddScoped<Audit>();
        services.AddSessions();
        services.AddIncidents();
        services.AddEndings();
        services.AddAgreements();
        services.AddScoped<ScreenText>();
        services.AddScoped<WriteComplaint>();
        services.AddScoped<FoundPractice>();
        services.AddScoped<ReceiveEnquiry>();
        services.AddScoped<TalkOffer>();
        services.AddScoped<HoldTalk>();
        services.AddScoped<BookTalk>();
        services.AddSingleton<ForgetTalks>();
        services.AddScoped<AnswerQuestions>();
        services.AddSingleton<FormPasses>();
        services.AddSingleton<WatchFlags>();
        services.AddDemo();
        services.AddScoped<Caseload.ReadCaseload>();
        services.AddMessageChannels(options);
        services.AddScoped<PlanReminders>();
        services.AddScoped<TakeTextAnswer>();
        services.AddBooking();
        services.AddScoped<ReadAccount>(s => Account(s.GetRequiredService<PracticeDb>(), s.GetRequiredService<TimeProvider>()));
        services.AddMoney();
        services.AddSingleton<ReadUnanswered>(Unanswered.OfAsync);
        services.AddSingleton<StillAsked>(s => AskedInReminders.By(Unanswered.OfAsync, db => Account(db, s.GetRequiredService<TimeProvider>())));
        services.AddAttendance();
        ReadAccount Account(PracticeDb db, TimeProvider clock) => (client, currency, ct) => db.AccountStateAsync(client, currency, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), ct);
        if (options.Jobs) services.AddJobs(database.App, Schedule.AddTo);
        services.AddHealthChecks();
        services.AddPages().AddMvcOptions(o => o.Filters.Add<PracticeRequest>());
        configure?.Invoke(services);

        var app = builder.Build();
        // Resolved once, so that the embedded database is stopped with the app, however it ends.
        app.Services.GetRequiredService<DatabaseStart>();
        app.UseTrustedProxies();
        app.UseSecurityHeaders();
        app.UseErrorPages();
        app.UseRouting();
        app.UseAuthentication();
        app.UseLanguages(PracticeFace.LanguageAsync);
        app.UseAppearance();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapHealth();
        app.MapStaticAssets();
        app.MapRazorPages().WithStaticAssets();
        return app;
    }

    private static void AddDatabase(this IServiceCollection services, string connectionString, PracticeOptions options)
    {
        var pool = options.PoolSize > 0 ? options.PoolSize : Math.Max(8, 4 * Environment.ProcessorCount);
        var source = new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxPoolSize = pool, MaxAutoPrepare = 200, AutoPrepareMinUsages = 3, ApplicationName = "practice",
        }.ConnectionString).Build();
        services.AddSingleton(_ => source);
        services.AddScoped<Current>();
        services.AddDbContext<PracticeDb>(o => o.UseNpgsql(source), ServiceLifetime.Scoped, ServiceLifetime.Singleton);
        services.AddSingleton<PracticeKeys>();
        services.AddScoped<Vault>();
        services.AddSingleton<UnderPractice>();
        services.AddSingleton<DueRows>();
        services.AddScoped<PracticeRequest>();
    }

    private static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Text("live"));
        app.MapGet("/health/ready", async (NpgsqlDataSource source, CancellationToken ct) =>
        {
            try
            {
                await using var command = source.CreateCommand("select 1");
                await command.ExecuteScalarAsync(ct);
                return Results.Text("ready");
            }
            catch (NpgsqlException)
            {
                return Results.Text("the database does not answer", statusCode: 503);
            }
        });
    }

    /// <summary>The repository's root when run from it, else the folder of the assembly.</summary>
    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Practice.sln"))) return folder.FullName;
        return AppContext.BaseDirectory;
    }

    private static string ContentRoot(string root) =>
        Directory.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot")) ? AppContext.BaseDirectory : root;
}
