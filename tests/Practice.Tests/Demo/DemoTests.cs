using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PracticeApp.Demo;

namespace PracticeApp.Tests.Demo;

/// <summary>The demo as a newcomer starts it: embedded database, loopback address.</summary>
public sealed class DemoTests(DemoTests.Newcomer newcomer) : IClassFixture<DemoTests.Newcomer>
{
    public sealed class Newcomer : IAsyncLifetime
    {
        public string Data { get; } = Directory.CreateTempSubdirectory("practice-demo-").FullName;
        public WebApplication App { get; private set; } = null!;
        public TimeSpan Took { get; private set; }

        public static Task<WebApplication> BuildAsync(string data, params string[] more) => Program.BuildAsync(
            ["--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:PracticeApp=Warning", "--Practice:Jobs=false", "--Practice:PostgresOptions=-c fsync=off", $"--data={data}", .. more]);

        public async ValueTask InitializeAsync()
        {
            App = await BuildAsync(Data);
            var started = System.Diagnostics.Stopwatch.GetTimestamp();
            await App.ShowDemoAsync();
            Took = System.Diagnostics.Stopwatch.GetElapsedTime(started);
            await App.StartAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await App.DisposeAsync();
            Directory.Delete(Data, recursive: true);
        }
    }

    private Visitor Visitor => new(new Uri(newcomer.App.Urls.First()));

    [Theory, MemberData(nameof(People))]
    public async Task One_press_signs_in_and_leads_to_a_start_page(string email, string home)
    {
        var page = await (await Visitor.GetAsync("/sign-in")).Form($"button[value='{email}']").SubmitAsync();
        Assert.Equal(home, page.Path);
    }

    public static TheoryData<string, string> People() => new()
    {
        { "lejla@lipa.example", "/today" }, { "damir@lipa.example", "/today" }, { "vera@lipa.example", "/today" }, { "mia@lipa.example", "/today" }, { "nora@lipa.example", "/today" },
        { "sanela@lipa.example", "/board" }, { "azra@lipa.example", "/caseload" }, { "emina@lipa.example", "/me" }, { "katherine@lipa.example", "/me" },
        { "tarik@lipa.example", "/me" }, { "irina@lipa.example", "/me" }, { "sanna@lipa.example", "/me" }, { "mikko@saaristo.example", "/today" }, { "aino@saaristo.example", "/me" },
    };

    [Fact]
    public async Task The_list_names_everybody_with_address_and_password()
    {
        var page = await Visitor.GetAsync("/demo");
        Assert.All(DemoSignIn.All, who => Assert.True(page.Says(who.Name) && page.Says(who.Email), who.Name));
        Assert.True(page.Says("demo-practice-2026"));
    }

    [Fact]
    public async Task The_password_on_the_page_opens_the_account()
    {
        var page = await (await Visitor.GetAsync("/sign-in")).SubmitAsync("form:not([action='/demo'])", ("Email", "lejla@lipa.example"), ("Password", Cast.Password));
        Assert.Equal("/today", page.Path);
    }

    [Fact]
    public async Task Nobody_but_the_listed_can_be_entered_without_a_password()
    {
        await using var connection = new NpgsqlConnection(newcomer.App.Services.GetRequiredService<PracticeApp.Platform.DatabaseStart>().Backup);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand("select email from users where email like '%@mail.example' limit 1", connection);
        var email = (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        var form = (await Visitor.GetAsync("/demo")).Form("button[value='lejla@lipa.example']");
        form.Element.QuerySelectorAll("button").ToList().ForEach(b => b.SetAttribute("value", email));
        Assert.Equal(HttpStatusCode.NotFound, (await form.SubmitAsync()).Status);
    }

    [Fact]
    public async Task A_second_start_finds_everything_there()
    {
        var before = await CountAsync();
        await newcomer.App.ShowDemoAsync();
        Assert.Equal(before, await CountAsync());
    }

    [Fact]
    public void It_is_written_in_a_bearable_time() => Assert.True(newcomer.Took < TimeSpan.FromMinutes(2), newcomer.Took.ToString());

    [Theory]
    [InlineData("--urls=http://0.0.0.0:0")]
    [InlineData("--urls=http://localhost:0;http://*:0")]
    [InlineData("--Practice:PublicUrl=https://practice.example")]
    public async Task On_a_public_address_its_data_are_refused(string setting)
    {
        await using var app = await Newcomer.BuildAsync(newcomer.Data, setting);
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(app.ShowDemoAsync);
        Assert.Contains("loopback", refusal.Message, StringComparison.Ordinal);
    }

    private async Task<long> CountAsync()
    {
        await using var command = newcomer.App.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("select count(*) from users");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
