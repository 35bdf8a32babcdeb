using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;
using PracticeApp.Clients;
using PracticeApp.Engagements;
using PracticeApp.Reminders;

namespace PracticeApp.Enquiries;

/// <summary>How somebody wants to be answered.</summary>
public enum AnswerBy { Call, Text, Mail }

/// <summary>The way of answering that somebody's contact rules allow first.</summary>
public static class ContactWay
{
    public static AnswerBy Way(this ContactRules rules) => rules.Call ? AnswerBy.Call : rules.Text ? AnswerBy.Text : AnswerBy.Mail;
}

/// <summary>Safe contact, as both forms ask for it beside the complaint: the public one and the one at the desk.</summary>
public class ContactInput : Requests.HowItIs
{
    [Required(ErrorMessage = "Name.Missing"), StringLength(80)]
    public string? CalledName { get; set; }

    [Required(ErrorMessage = "How.Missing")]
    public AnswerBy? How { get; set; }

    [StringLength(40), RegularExpression(@"[0-9+() /.\-]{5,}", ErrorMessage = "Phone.Unclear")]
    public string? Phone { get; set; }

    [StringLength(254), EmailAddress]
    public string? Email { get; set; }

    /// <summary>Said yes to, never assumed.</summary>
    public bool Voicemail { get; set; }

    [StringLength(200)]
    public string? When { get; set; }

    [StringLength(60)]
    public string? SenderName { get; set; }

    /// <summary>Answered or not: nobody is kept from writing by it.</summary>
    [EnumDataType(typeof(ForWhom))]
    public ForWhom? ForWhom { get; set; }

    public ContactRules Rules => new()
    {
        Mail = How == AnswerBy.Mail,
        Text = How == AnswerBy.Text,
        Call = How == AnswerBy.Call,
        Voicemail = How == AnswerBy.Call && Voicemail,
        When = string.IsNullOrWhiteSpace(When) ? null : When.Trim(),
        SenderName = string.IsNullOrWhiteSpace(SenderName) ? null : SenderName.Trim(),
    };

    /// <summary>The way that was chosen needs its number or address; what belongs to another way is not kept.</summary>
    public void Check(ModelStateDictionary state, string prefix, IStringLocalizer<Texts> t)
    {
        if (How is AnswerBy.Mail)
        {
            Phone = null;
            Skip(nameof(Phone));
        }
        else if (How is not null)
        {
            Email = null;
            Skip(nameof(Email));
        }

        if (NeutralSender.TellingIn(SenderName) is { } telling) state.AddModelError($"{prefix}.{nameof(SenderName)}", t["Sender.Telling", telling]);
        if (How is AnswerBy.Call or AnswerBy.Text && string.IsNullOrWhiteSpace(Phone)) state.AddModelError($"{prefix}.{nameof(Phone)}", t["Phone.Missing"]);
        if (How is AnswerBy.Mail && string.IsNullOrWhiteSpace(Email)) state.AddModelError($"{prefix}.{nameof(Email)}", t["Email.Missing"]);

        // What was typed stays on the page, should it be shown again.
        void Skip(string field)
        {
            state.ClearValidationState($"{prefix}.{field}");
            state.MarkFieldSkipped($"{prefix}.{field}");
        }
    }
}

/// <summary>A first complaint, with whom to answer and what one may add to it.</summary>
public class ComplaintInput : ContactInput
{
    [Required(ErrorMessage = "Complaint.Missing"), StringLength(10_000)]
    public string? Complaint { get; set; }
}
