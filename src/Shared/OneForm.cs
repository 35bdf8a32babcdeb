using Microsoft.AspNetCore.Mvc.RazorPages;

namespace PracticeApp.Shared;

/// <summary>For pages with several forms.</summary>
public static class OneForm
{
    /// <summary>Only the form that was sent is judged, and judged also when nothing of it arrived.</summary>
    /// <param name="form">Name of the bound property; its fields begin with it and a point.</param>
    /// <param name="model">Its value; null where it is not validated by attributes.</param>
    public static void JudgeOnly(this PageModel page, string form, object? model = null)
    {
        var fields = form + ".";
        foreach (var other in page.ModelState.Keys.Where(k => k != form && !k.StartsWith(fields, StringComparison.Ordinal)).ToList()) page.ModelState.Remove(other);
        if (model is not null && page.ModelState.IsValid) page.TryValidateModel(model, form);
    }
}
