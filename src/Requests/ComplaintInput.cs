using System.ComponentModel.DataAnnotations;

namespace PracticeApp.Requests;

/// <summary>What is asked of every complaint beside its words, and never required.</summary>
public class HowItIs
{
    public List<About> About { get; set; } = [];
    [StringLength(300)] public string? HowOften { get; set; }
    [EnumDataType(typeof(Frequency))] public Frequency? Frequency { get; set; }
    [Range(0, 10)] public int? Strength { get; set; }
    [StringLength(1000)] public string? Cost { get; set; }
    [EnumDataType(typeof(Toll))] public Toll? Toll { get; set; }

    /// <summary>Something of it was answered: it stands open.</summary>
    public bool SaysMore => About.Count > 0 || HowOften is not null || Frequency is not null || Strength is not null || Cost is not null || Toll is not null;
    public About AboutWhat => About.Aggregate(Requests.About.Unsaid, (all, one) => all | one);
}

/// <summary>A complaint that is being written during the work.</summary>
public sealed class ComplaintInput : HowItIs
{
    [Required(ErrorMessage = "Complain.Required"), StringLength(FormulationCoach.LongestText)] public string? Text { get; set; }
    /// <summary>Whose words, where several take part and the psychologist writes them down.</summary>
    public Guid? ClientId { get; set; }
    /// <summary>The same words sent twice with one form are one complaint.</summary>
    public Guid Token { get; set; } = Guid.CreateVersion7();
}
