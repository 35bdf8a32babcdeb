using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PracticeApp.Platform;

namespace PracticeApp.Caseload;

/// <summary>
/// The mails that were kept as files instead of sent. For development and the demo alone, and only from this machine: it shows
/// everybody's mails to whoever opens it.
/// </summary>
[Anyone]
public sealed partial class OutboxModel(PracticeDb db, IOptions<PracticeOptions> options, IHostEnvironment environment) : PageModel
{
    private const int AtMost = 200;

    /// <param name="Name">The file's name, and its address here.</param>
    public sealed record Letter(string Name, string From, string To, string Subject, DateTime At, string Text);

    public IReadOnlyList<Letter> Letters { get; private set; } = [];
    public Letter? Chosen { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? name, CancellationToken ct)
    {
        if (!await MayShowAsync(ct)) return NotFound();
        var folder = new DirectoryInfo(OutboxFolder.PathOf(options.Value));
        var files = folder.Exists ? folder.GetFiles("*.eml").OrderByDescending(f => f.LastWriteTimeUtc).Take(AtMost).ToList() : [];
        if (name is null)
        {
            Letters = [.. (await Task.WhenAll(files.Select(f => ReadAsync(f, ct)))).OfType<Letter>()];
            return Page();
        }
        // Chosen from the listing: a name that is not in it is no path.
        if (files.Find(f => Path.GetFileNameWithoutExtension(f.Name) == name) is not { } file) return NotFound();
        Chosen = await ReadAsync(file, ct);
        return Chosen is null ? NotFound() : Page();
    }

    // The setting alone says little: it is on by default. Behind a proxy of this machine every visitor comes from a loopback
    // address. What decides is that the data are marked as a demo's, or that this is a developer's environment.
    private async Task<bool> MayShowAsync(CancellationToken ct) =>
        options.Value.Mail == "outbox" && HttpContext.Connection.RemoteIpAddress is { } address && System.Net.IPAddress.IsLoopback(address)
        && (environment.IsDevelopment() || (options.Value.Demo && await db.InstallationKeys.AnyAsync(k => k.Name == "demo", ct)));

    private static async Task<Letter?> ReadAsync(FileInfo file, CancellationToken ct)
    {
        string content;
        try
        {
            content = await System.IO.File.ReadAllTextAsync(file.FullName, ct);
        }
        catch (IOException)
        {
            return null;
        }
        var end = content.IndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0) return null;
        var heads = content[..end].Split('\n').Select(l => l.Split(": ", 2)).Where(h => h.Length == 2).DistinctBy(h => h[0]).ToDictionary(h => h[0], h => h[1]);
        return new(Path.GetFileNameWithoutExtension(file.Name), heads.GetValueOrDefault("From", ""), heads.GetValueOrDefault("To", ""), heads.GetValueOrDefault("Subject", ""),
            DateTime.TryParse(heads.GetValueOrDefault("Date"), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var at) ? at : file.LastWriteTimeUtc,
            content[(end + 2)..]);
    }

    /// <summary>A paragraph cut into words, line ends and addresses, so that these can be followed.</summary>
    public static string[] Pieces(string paragraph) => Cuts().Split(paragraph);

    [GeneratedRegex(@"(https?://\S+|\n)")]
    private static partial Regex Cuts();
}
