using System.Security.Cryptography;
using Npgsql;
using PracticeApp.Agreements;
using PracticeApp.Privacy;

namespace PracticeApp;

/// <summary>What the program does besides serving: <c>./run NAME</c>.</summary>
public static class Commands
{
    private static readonly Dictionary<string, (string What, Func<string[], Task<int>> Run)> All = new()
    {
        ["check"] = ("verifies the audit chain and the signed agreements of every practice", CheckAsync),
        ["verify"] = ("tells whether a file is a document that was sealed here and is unchanged", VerifyAsync),
        ["help"] = ("lists these", _ => HelpAsync()),
    };

    public static bool Has(string[] args) => args.Length > 0 && All.ContainsKey(args[0]);

    public static Task<int> RunAsync(string[] args) => All[args[0]].Run(args[1..]);

    private static async Task<int> CheckAsync(string[] args)
    {
        await using var app = await Program.BuildAsync([.. args, "--Practice:Jobs=false", "--Logging:LogLevel:Default=Warning"]);
        var wrong = 0;
        foreach (var practice in await PracticesAsync(app.Services))
        {
            var problem = await app.Services.GetRequiredService<CheckAudit>().RunAsync(practice, CancellationToken.None);
            Console.WriteLine($"{practice}  audit chain  {problem ?? "holds"}");
            if (problem is not null) wrong++;
            var agreements = await app.Services.GetRequiredService<CheckSealedDocuments>().RunAsync(practice, CancellationToken.None);
            Console.WriteLine($"{practice}  agreements   {(agreements.Count == 0 ? "hold" : string.Join("; ", agreements))}");
            wrong += agreements.Count;
        }
        return wrong == 0 ? 0 : 1;
    }

    private static async Task<int> VerifyAsync(string[] args)
    {
        if (args.Length == 0 || !File.Exists(args[0]))
        {
            Console.Error.WriteLine("./run verify FILE");
            return 2;
        }
        await using var app = await Program.BuildAsync([.. args[1..], "--Practice:Jobs=false", "--Logging:LogLevel:Default=Warning"]);
        await using var file = File.OpenRead(args[0]);
        var known = await app.Services.GetRequiredService<FindSealed>().KnowsAsync(await SHA256.HashDataAsync(file), CancellationToken.None);
        Console.WriteLine(known ? "genuine and unchanged" : "not known or altered");
        return known ? 0 : 1;
    }

    private static async Task<List<Guid>> PracticesAsync(IServiceProvider services)
    {
        await using var command = services.GetRequiredService<NpgsqlDataSource>().CreateCommand("select practice_id from practice_ids()");
        await using var reader = await command.ExecuteReaderAsync();
        var practices = new List<Guid>();
        while (await reader.ReadAsync()) practices.Add(reader.GetGuid(0));
        return practices;
    }

    private static Task<int> HelpAsync()
    {
        foreach (var (name, (what, _)) in All.OrderBy(c => c.Key)) Console.WriteLine($"./run {name,-10} {what}");
        Console.WriteLine("./run            serves; --urls URL, --data DIR, --no-demo");
        return Task.FromResult(0);
    }
}
