using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;
using PracticeApp.Requests;

namespace PracticeApp.Enquiries;

/// <summary>What the form for a first talk asks. The address is asked of everybody: the hour is booked by the link that is sent there.</summary>
public sealed class TalkInput : ContactInput
{
    [StringLength(10_000)]
    public string? Words { get; set; }

    public bool Portal { get; set; }
    public bool Consent { get; set; }

    /// <summary>Shown to nobody; who fills it in is a machine.</summary>
    public string? Website { get; set; }

    public string? Pass { get; set; }
    public string? Proof { get; set; }

    /// <summary>Everything typed that is read for danger.</summary>
    public string Typed => SafetyScreen.Telling(Words, When, CalledName);

    public void CheckTalk(ModelStateDictionary state, string prefix, IStringLocalizer<Texts> t)
    {
        var (mail, phone) = (Email, Phone);
        Check(state, prefix, t);
        // Whichever way is chosen, the confirmation goes by mail.
        Email = mail?.Trim();
        if (How == AnswerBy.Mail) Phone = null;
        else Phone = phone;
        var field = $"{prefix}.{nameof(Email)}";
        if (How is not AnswerBy.Mail && string.IsNullOrWhiteSpace(Email)) state.AddModelError(field, t["Email.Missing"]);
        else if (!string.IsNullOrWhiteSpace(Email) && (Email.Length > 254 || !new EmailAddressAttribute().IsValid(Email)) && state[field]?.Errors.Count is null or 0)
            state.AddModelError(field, t["Talk.Email.Unclear"]);
        if (!Consent) state.AddModelError($"{prefix}.{nameof(Consent)}", t["Consent.Missing"]);
    }
}
