using Microsoft.AspNetCore.Mvc.ModelBinding;
using PracticeApp.Platform;

namespace PracticeApp.Agreements.Editing;

/// <summary>Takes every field of the form that begins with <c>Form.</c>, as it was typed.</summary>
public sealed class TermsFormBinder : IModelBinder
{
    private const string Prefix = TermsForm.Name + ".";

    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        var request = bindingContext.HttpContext.Request;
        bindingContext.Result = ModelBindingResult.Success(request.HasFormContentType
            ? TermsForm.Sent(request.Form.Where(f => f.Key.StartsWith(Prefix, StringComparison.Ordinal))
                .Select(f => KeyValuePair.Create(f.Key[Prefix.Length..], TypedText.Clean(f.Value.ToString()))))
            : new TermsForm());
        return Task.CompletedTask;
    }
}
