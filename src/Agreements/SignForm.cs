using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;
using PracticeApp.Platform;

namespace PracticeApp.Agreements;

/// <summary>What both sides fill in to sign: initials to each promise, the name, the consent.</summary>
public sealed class SignForm
{
    private const int LongestInitials = 6;

    /// <summary>Hash of the document on the page, as hexadecimal digits.</summary>
    public string? Document { get; set; }
    /// <summary>Language in which the consent stood on the page.</summary>
    public string? ConsentIn { get; set; }
    public Dictionary<int, string?> Initials { get; set; } = [];
    [Required(ErrorMessage = "Sign.Name.Missing"), StringLength(120)] public string? Name { get; set; }
    public bool Consent { get; set; }
    /// <summary>The name as it was drawn, in the form of <see cref="Agreements.Strokes"/>; whoever types only sends none.</summary>
    public string? Strokes { get; set; }

    /// <summary>The signature, or null with a message beside every field that lacks something.</summary>
    /// <param name="terms">The promises this person initials.</param>
    public Signature? Read(IEnumerable<ResponsibilityTerm> terms, string consentKey, ModelStateDictionary errors, IStringLocalizer<Texts> t)
    {
        var initials = ImmutableArray.CreateBuilder<Initials>();
        foreach (var term in terms)
        {
            var letters = Initials.GetValueOrDefault(term.Number)?.Trim() ?? "";
            if (letters.Length == 0) errors.AddModelError(Field(term), t["Sign.Initials.Missing"]);
            else if (letters.Length > LongestInitials || !letters.Any(char.IsLetter)) errors.AddModelError(Field(term), t["Sign.Initials.Unclear"]);
            initials.Add(new Initials(term.Number, letters));
        }

        if (!Consent) errors.AddModelError("Input.Consent", t["Sign.Consent.Missing"]);
        var name = Name?.Trim() ?? "";
        if (name.Length > 0 && !name.Any(char.IsLetter)) errors.AddModelError("Input.Name", t["Sign.Name.Missing"]);
        if (!errors.IsValid || Hash() is not { } shown) return null;
        var consent = Languages.In(ConsentIn ?? Languages.Current, () => t[consentKey].Value);
        return new Signature(shown, name, consent, initials.ToImmutable(), Agreements.Strokes.Read(Strokes));
    }

    public static string Field(ResponsibilityTerm term) => $"Input.Initials[{term.Number}]";

    /// <summary>Null where the hidden field was tampered with.</summary>
    public byte[]? Hash()
    {
        return HashOf(Document);
    }

    internal static byte[]? HashOf(string? hex)
    {
        try
        {
            return hex is { Length: 64 } ? Convert.FromHexString(hex) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
