using System.Security.Cryptography;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using PracticeApp.Accounts;
using PracticeApp.Platform;

namespace PracticeApp.Agreements;

/// <summary>
/// For anyone with a file: is it genuine and unchanged? Says nothing else, neither of whom it speaks nor whether it
/// still holds. With script the file stays on the reader's device and only its hash is sent.
/// </summary>
[Anyone]
public sealed class VerifyModel(FindSealed find, Attempts attempts, IStringLocalizer<Texts> t) : PageModel
{
    public const int LargestFile = 5 * 1024 * 1024;
    private const int MostTries = 60;

    [BindProperty] public InputModel Input { get; set; } = new();

    public sealed class InputModel
    {
        public IFormFile? File { get; set; }
        /// <summary>SHA-256 as hexadecimal digits, computed in the browser.</summary>
        public string? Hash { get; set; }
    }

    /// <summary>Null until something was asked.</summary>
    public bool? IsGenuine { get; private set; }

    /// <summary>Of a genuine file, for the parties' way to its agreement.</summary>
    public string? GenuineHash { get; private set; }

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await attempts.AllowAsync("verify/address", HttpContext.Connection.RemoteIpAddress?.ToString(), MostTries, TimeSpan.FromMinutes(10), ct))
            return StatusCode(StatusCodes.Status429TooManyRequests);
        var hash = await HashAsync(ct);
        if (hash is null) return Page();
        IsGenuine = await find.KnowsAsync(hash, ct);
        if (IsGenuine == true) GenuineHash = CanonicalText.Hex(hash);
        return Page();
    }

    private async Task<byte[]?> HashAsync(CancellationToken ct)
    {
        if (Input.File is { Length: > 0 } file)
        {
            if (file.Length > LargestFile)
            {
                ModelState.AddModelError("Input.File", t["Verify.TooLarge"]);
                return null;
            }

            await using var content = file.OpenReadStream();
            return await SHA256.HashDataAsync(content, ct);
        }

        if (Input.Hash?.Trim() is { Length: 64 } digits && digits.All(char.IsAsciiHexDigit)) return Convert.FromHexString(digits);
        ModelState.AddModelError("Input.File", t["Verify.Missing"]);
        return null;
    }
}
