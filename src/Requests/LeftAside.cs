using System.ComponentModel.DataAnnotations;
using PracticeApp.Platform.Encryption;

namespace PracticeApp.Requests;

/// <summary>Who would walk around it, since when and why; it takes both sides.</summary>
/// <param name="Suggested">It is met rarely and costs hardly anything, as the client said.</param>
public sealed record LeftAside(bool Suggested, DateTime? ClientAt, string? ClientWhy, DateTime? PsychologistAt, string? PsychologistWhy)
{
    public static LeftAside Of(ClientRequest request, DataKey key, bool suggested) => new(suggested, request.LeftAsideByClientAt,
        request.Open(key, request.LeftAsideByClientWhy, "left_aside_by_client_why"), request.LeftAsideByPsychologistAt, request.Open(key, request.LeftAsideByPsychologistWhy, "left_aside_by_psychologist_why"));
}

public sealed class AsideInput
{
    [StringLength(500)] public string? Why { get; set; }
}
