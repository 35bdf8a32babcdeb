using System.Text;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Binders;

namespace PracticeApp.Platform;

/// <summary>
/// Everything typed into a form as text, without what no text holds: NUL and other control characters,
/// halves of surrogate pairs, what Unicode calls no character. Line ends become \n. Nothing else of what a person wrote is touched.
/// </summary>
public static class TypedText
{
    public static string Clean(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\0', '\x1f') && !text.AsSpan().ContainsAnyInRange('\x7f', '\x9f')
            && !text.AsSpan().ContainsAnyInRange('\ud800', '\udfff') && !text.Contains('\ufffe') && !text.Contains('\uffff'))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            // Half a pair comes out as U+FFFD, which is what a reader should see of it.
            if ((!Rune.IsControl(rune) || rune.Value is '\n' or '\t') && rune.Value is not (0xfffe or 0xffff))
            {
                clean.Append(rune);
            }
        }

        return clean.ToString();
    }
}

/// <summary>Puts <see cref="TypedText.Clean"/> between the wire and every string a page binds.</summary>
public sealed class TypedTextBinderProvider : IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context) =>
        context.Metadata.ModelType == typeof(string) && context.BindingInfo.BindingSource?.CanAcceptDataFrom(BindingSource.Body) != true
            ? new Binder(new SimpleTypeModelBinder(typeof(string), context.Services.GetRequiredService<ILoggerFactory>()))
            : null;

    private sealed class Binder(SimpleTypeModelBinder inner) : IModelBinder
    {
        public async Task BindModelAsync(ModelBindingContext context)
        {
            await inner.BindModelAsync(context);
            if (context.Result is { IsModelSet: true, Model: string text })
            {
                context.Result = ModelBindingResult.Success(Clean(context, text));
            }
        }

        private static string Clean(ModelBindingContext context, string text)
        {
            var clean = TypedText.Clean(text);
            if (!ReferenceEquals(clean, text))
            {
                context.ModelState.SetModelValue(context.ModelName, clean, clean);
            }

            return clean;
        }
    }
}
