using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;

namespace PracticeApp.Booking;

/// <summary>Says beside the field what speaks against a time.</summary>
internal static class ObjectionWords
{
    /// <returns>What staff are told before they book all the same; what is refused stands beside its field.</returns>
    public static IReadOnlyList<string> Say(ModelStateDictionary state, IStringLocalizer<Texts> t, IReadOnlyList<Objection> objections)
    {
        foreach (var hard in objections.Where(o => o.IsHard)) state.AddModelError(hard.Limit is null ? "Input.Place" : "Input.Time", t[hard.Key, hard.Most] + (hard.Limit is null ? "" : " " + t["Objection.Hard"]));
        return [.. objections.Where(o => !o.IsHard).Select(o => t[o.Key, o.Most].Value)];
    }
}
