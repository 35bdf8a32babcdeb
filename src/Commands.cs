using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PracticeApp.Accounts;
using PracticeApp.Agreements;
using PracticeApp.Caseload;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp;

/// <summary>What the program does besides serving: <c>./run NAME</c>.</summary>
public static class Commands
{
    private static readonly Dictionary<string, (string What, Func<string[], Task<int>> Run)> All = new()
    {
        ["check"] = ("verifies the audit chain and the signed agreements of every practice", CheckAsync),
        ["verify"] = ("tells whether a file is a document that was sealed here and is unchanged", VerifyAsync),
        ["found"] = ("founds a practice: SLUG NAME E-MAIL of its first admin [--country BA --zone Europe/Sarajevo --language bs --currency BAM]", FoundAsync),
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

    private static async Task<int> FoundAsync(string[] args)
    {
        var given = new Dictionary<string, string> { ["--country"] = "BA", ["--zone"] = "Europe/Sarajevo", ["--language"] = "en", ["--currency"] = "EUR" };
        var (words, rest) = (new List<string>(), new List<string>());
        for (var i = 0; i < args.Length; i++)
        {
            if (given.ContainsKey(args[i]) && i + 1 < args.Length) given[args[i]] = args[++i];
            else if (words.Count < 3 && !args[i].StartsWith("--", StringComparison.Ordinal)) words.Add(args[i]);
            else rest.Add(args[i]);
        }
        if (Wrong(words, given) is { } wrong)
        {
            Console.Error.WriteLine(wrong);
            return 2;
        }
        await using var app = await Program.BuildAsync([.. rest, "--no-demo", "--Practice:Jobs=false", "--Logging:LogLevel:Default=Critical"]);
        await using var scope = app.Services.CreateAsyncScope();
        try
        {
            var link = await scope.ServiceProvider.GetRequiredService<FoundPractice>()
                .RunAsync(words[0], words[1], words[2], given["--country"], given["--zone"], given["--language"], given["--currency"], CancellationToken.None);
            Console.WriteLine($"{words[1]} is founded. Its admin opens this within {Invitation.Valid.TotalDays:0} days, while ./run --no-demo serves:\n{link}");
            return 0;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            Console.Error.WriteLine($"There is a practice at /p/{words[0]} already.");
            return 1;
        }
    }

    private static string? Wrong(List<string> words, Dictionary<string, string> given) =>
        words.Count < 3 ? "./run found SLUG NAME E-MAIL [--country BA] [--zone Europe/Sarajevo] [--language en|ru|bs|fi] [--currency EUR]"
        : !Regex.IsMatch(words[0], "^[a-z0-9][a-z0-9-]{0,58}[a-z0-9]$") ? $"“{words[0]}” is no address: small letters, digits and hyphens, two to sixty."
        : !new EmailAddressAttribute().IsValid(words[2]) ? $"“{words[2]}” is no e-mail address."
        : !Regex.IsMatch(given["--country"], "^[A-Z]{2}$") ? $"“{given["--country"]}” is no country: two letters, as in ISO 3166."
        : !TimeZoneInfo.TryFindSystemTimeZoneById(given["--zone"], out _) ? $"“{given["--zone"]}” is no time zone."
        : !Languages.IsSupported(given["--language"]) ? $"“{given["--language"]}” is no language of ours: en, ru, bs or fi."
        : !Regex.IsMatch(given["--currency"], "^[A-Z]{3}$") ? $"“{given["--currency"]}” is no currency: three letters, as in ISO 4217."
        : null;

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
