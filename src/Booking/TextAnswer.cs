using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using PracticeApp.Clients;

namespace PracticeApp.Booking;

public enum TextWord { Stop, Start }

/// <summary>An answer to a text message, as the gateway hands it on.</summary>
public sealed record TextAnswer([property: JsonPropertyName("from")] string From, [property: JsonPropertyName("text")] string Text)
{
    // CANCEL, PERUUTA, ОТМЕНА are none of them: whoever writes so may mean the appointment.
    private static readonly HashSet<string>
        s_stop = ["STOP", "STOPP", "STOP ALL", "STOPALL", "UNSUBSCRIBE", "СТОП", "ОТПИСАТЬСЯ", "ОТПИСКА", "STANI", "PREKINI", "ODJAVA", "ODJAVI", "SEIS", "STOPPI", "LOPETA"],
        s_start = ["START", "UNSTOP", "СТАРТ", "ПОДПИСАТЬСЯ", "ПОДПИСКА", "KRENI", "PRIJAVA", "PRIJAVI", "ALOITA", "JATKA"];

    /// <summary>Null for what is no such message.</summary>
    public static TextAnswer? Read(string body)
    {
        try
        {
            return JsonSerializer.Deserialize<TextAnswer>(body) is { From: not null, Text: not null } answer ? answer : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What a number is looked up by: its last digits, turned around; null where there are too few to tell it.</summary>
    [JsonIgnore] public string? Ending => Client.FromEnd(From) is { Length: >= Client.TellingDigits } digits ? digits[..Client.TellingDigits] : null;

    /// <summary>Only where it is all that was written: a sentence with "stop" in it may be about anything.</summary>
    [JsonIgnore]
    public TextWord? Word
    {
        get
        {
            var letters = new string([.. Text.Normalize(NormalizationForm.FormKC).ToUpperInvariant().Where(c => char.IsLetter(c) || char.IsWhiteSpace(c))]);
            var word = string.Join(' ', letters.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            return s_stop.Contains(word) ? TextWord.Stop : s_start.Contains(word) ? TextWord.Start : null;
        }
    }
}
