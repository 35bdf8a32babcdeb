using System.ComponentModel.DataAnnotations;

namespace PracticeApp.Incidents;

/// <summary>What the form asks: what was done or not done, when, and which term it was.</summary>
public sealed class IncidentInput
{
    [Required(ErrorMessage = "Term.Missing"), StringLength(60)] public string? Term { get; set; }
    [Required(ErrorMessage = "On.Missing")] public DateOnly? On { get; set; }
    public TimeOnly? At { get; set; }
    /// <summary>The session it was about, if it was about one.</summary>
    public Guid? Session { get; set; }
    public Breach Breach { get; set; }
    [Range(1, 600, ErrorMessage = "Minutes.Range")] public int? LateMinutes { get; set; }
    [Required(ErrorMessage = "Behaviour.Missing"), StringLength(4000)] public string? Behaviour { get; set; }
    [StringLength(2000)] public string? Followed { get; set; }
    /// <summary>Wording about the person that was pointed out already: pressed again, it is kept.</summary>
    [StringLength(2000)] public string? Seen { get; set; }
    public Guid FormToken { get; set; }
}
