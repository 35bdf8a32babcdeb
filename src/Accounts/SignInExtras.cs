namespace PracticeApp.Accounts;

/// <summary>What else stands on the sign-in page; empty unless something puts a partial there at start.</summary>
public sealed class SignInExtras
{
    public string? Partial { get; set; }
}
