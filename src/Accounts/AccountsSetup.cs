using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Npgsql;
using PracticeApp.Platform;
using PracticeApp.Platform.Encryption;

namespace PracticeApp.Accounts;

public static class AccountsSetup
{
    public static void AddAccounts(this IServiceCollection services, IConfiguration configuration, PracticeOptions options)
    {
        // Takes a third of the default's time, which counts where every message carries two links. Keys that are there keep theirs.
        services.AddDataProtection().SetApplicationName("Practice").UseCryptographicAlgorithms(new() { EncryptionAlgorithm = EncryptionAlgorithm.AES_256_GCM });
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(o =>
        {
            o.XmlRepository = new KeyRing(provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<TimeProvider>());
            o.XmlEncryptor = new MasterKeyXmlEncryptor(provider.GetRequiredService<MasterKey>());
        }));

        services.AddIdentityCore<AppUser>(o =>
        {
            o.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
            o.User.RequireUniqueEmail = true;
            o.User.AllowedUserNameCharacters = "";
            // Length over rules; CommonPasswords refuses what everybody tries first.
            o.Password = new PasswordOptions { RequiredLength = 12, RequiredUniqueChars = 5, RequireDigit = false, RequireLowercase = false, RequireNonAlphanumeric = false, RequireUppercase = false };
            o.Lockout = new LockoutOptions { MaxFailedAccessAttempts = 10, DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15), AllowedForNewUsers = true };
        }).AddEntityFrameworkStores<PracticeDb>().AddPasswordValidator<CommonPasswords>().AddDefaultTokenProviders();

        var secure = IsSecure(configuration, options);
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddCookie(IdentityConstants.ApplicationScheme, o =>
        {
            o.Cookie.Name = secure ? "__Host-practice" : "practice";
            o.Cookie.SecurePolicy = secure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            o.Cookie.SameSite = SameSiteMode.Lax;
            o.Cookie.HttpOnly = true;
            o.Cookie.Path = "/";
            o.ExpireTimeSpan = TimeSpan.FromHours(options.SignInHours);
            o.SlidingExpiration = false;
            o.LoginPath = "/sign-in";
            o.LogoutPath = "/sign-out";
            o.ReturnUrlParameter = "to";
        });
        services.AddAntiforgery(o =>
        {
            o.Cookie.Name = secure ? "__Host-form" : "form";
            o.Cookie.SecurePolicy = secure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            o.Cookie.SameSite = SameSiteMode.Lax;
            o.Cookie.Path = "/";
        });
        services.AddAuthorization();
        services.AddSingleton<SignInExtras>();
        services.AddScoped<OpenSignIn>();
        services.AddScoped<EnterPractice>();
        services.AddScoped<Invite>();
        services.AddScoped<Attempts>();
        services.AddScoped<SignUserIn>();
        services.AddScoped<CheckPassword>();
        services.AddScoped<NewPassword>();
    }

    /// <summary>Cookies are bound to https unless the app listens on plain loopback only, as on a developer's machine.</summary>
    private static bool IsSecure(IConfiguration configuration, PracticeOptions options)
    {
        if (options.PublicUrl is { } address) return address.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
        var urls = configuration["urls"] ?? configuration["ASPNETCORE_URLS"] ?? "http://localhost:5080";
        return !urls.Split(';', StringSplitOptions.RemoveEmptyEntries).All(u =>
            Uri.TryCreate(u.Trim(), UriKind.Absolute, out var uri) && uri.Scheme == "http" && uri.IsLoopback);
    }
}

/// <summary>Refuses passwords that everybody tries first, repeated patterns, and those that hold the person's own address.</summary>
public sealed class CommonPasswords : IPasswordValidator<AppUser>
{
    private static readonly string[] Roots =
        ["password", "passwort", "lozinka", "salasana", "parol", "qwerty", "qwertz", "asdfgh", "zxcvb", "12345", "98765", "letmein", "welcome", "iloveyou",
         "admin", "princess", "sunshine", "football", "dragon", "monkey", "abc123", "111111", "000000", "йцукен", "пароль", "привет", "sarajevo"];

    public Task<IdentityResult> ValidateAsync(UserManager<AppUser> manager, AppUser user, string? password)
    {
        var lower = (password ?? "").ToLowerInvariant();
        // A common word is refused when little else stands around it.
        var common = Roots.Any(root => lower.Contains(root, StringComparison.Ordinal) && lower.Replace(root, "", StringComparison.Ordinal).Count(char.IsLetter) < 5);
        var own = user.Email?.Split('@')[0] is { Length: > 3 } name && lower.Contains(name.ToLowerInvariant(), StringComparison.Ordinal);
        return Task.FromResult(common || own
            ? IdentityResult.Failed(new IdentityError { Code = "PasswordCommon", Description = "common" })
            : IdentityResult.Success);
    }
}
