using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace PracticeApp.Shared;

/// <summary>
/// One question of a form: label, help, <em>why we ask</em>, the control with what was typed, and the message
/// beside it, tied together for screen readers. <c>kind</c> is text, textarea, select (with <c>items</c>) or
/// any type of input. Attributes it does not know go to the control; its content follows the control.
/// </summary>
[HtmlTargetElement("field", Attributes = "for")]
public sealed class FieldTagHelper(IHtmlGenerator html, IStringLocalizer<Texts> s) : QuestionTagHelper(s)
{
    public string Kind { get; set; } = "text";
    public IEnumerable<SelectListItem>? Items { get; set; }
    public int Rows { get; set; } = 5;
    /// <summary>A short control for a short answer.</summary>
    public bool Short { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var after = await output.GetChildContentAsync();
        var control = Control(Taken(output));
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "field");
        output.Content.AppendHtml(new HtmlFormattableString("<label for=\"{0}\">{1}{2}</label>", Id, Label, OptionalMark()));
        output.Content.AppendHtml(HelpLine()).AppendHtml(control).AppendHtml(Message()).AppendHtml(after).AppendHtml(WhyLine());
    }

    private TagBuilder Control(Dictionary<string, object?> attributes)
    {
        attributes["id"] = Id;
        Describe(attributes);
        if (Short)
        {
            attributes["class"] = "short";
        }

        TagBuilder control = Kind switch
        {
            "textarea" => html.GenerateTextArea(ViewContext, For.ModelExplorer, For.Name, Rows, 0, attributes),
            "select" => html.GenerateSelect(ViewContext, For.ModelExplorer, null, For.Name, Items ?? [], false, attributes),
            "password" => html.GeneratePassword(ViewContext, For.ModelExplorer, For.Name, null, attributes),
            _ => html.GenerateTextBox(ViewContext, For.ModelExplorer, For.Name, Shown(), null, attributes),
        };
        if (control.TagName == "textarea")
        {
            control.Attributes.Remove("cols");
        }
        else if (control.TagName == "input")
        {
            control.MergeAttribute("type", Kind, replaceExisting: true);
            control.Attributes.Remove("maxlength");
        }

        return control;
    }

    // Browsers want dates and times in one notation, whatever the reader's language.
    private object? Shown() => For.Model switch
    {
        DateOnly d => d.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        TimeOnly t => t.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture),
        DateTime t => t.ToString("yyyy-MM-ddTHH:mm", System.Globalization.CultureInfo.InvariantCulture),
        var other => other,
    };
}

/// <summary>One question answered by choosing: ruled rows of <c>&lt;choice value="…" help="…"&gt;</c>; several if the property is a list.</summary>
[HtmlTargetElement("choices", Attributes = "for")]
public sealed class ChoicesTagHelper(IStringLocalizer<Texts> s) : QuestionTagHelper(s)
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        context.Items[typeof(ChoicesTagHelper)] = this;
        var rows = await output.GetChildContentAsync();
        output.TagName = "fieldset";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "choices");
        var tied = new Dictionary<string, object?>();
        Describe(tied);
        tied.Remove("aria-invalid");
        foreach (var (name, value) in tied)
        {
            output.Attributes.SetAttribute(name, value);
        }

        output.Content.AppendHtml(new HtmlFormattableString("<legend>{0}{1}</legend>", Label, OptionalMark()));
        output.Content.AppendHtml(HelpLine()).AppendHtml(rows).AppendHtml(Message()).AppendHtml(WhyLine());
    }

    internal bool Several => For.Metadata.IsEnumerableType;

    internal bool IsChosen(string value)
    {
        if (ViewContext.ModelState.TryGetValue(FullName, out var entry) && entry.RawValue is not null)
        {
            return entry.RawValue is string[] many ? many.Contains(value, StringComparer.OrdinalIgnoreCase)
                : string.Equals(entry.AttemptedValue, value, StringComparison.OrdinalIgnoreCase);
        }

        return For.Model is System.Collections.IEnumerable items and not string
            ? items.Cast<object>().Any(item => string.Equals(item.ToString(), value, StringComparison.OrdinalIgnoreCase))
            : string.Equals(For.Model?.ToString(), value, StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>A row of <see cref="ChoicesTagHelper"/>; its content is the label, <c>help</c> the line below, <c>price</c> the column at the end.</summary>
[HtmlTargetElement("choice", Attributes = "value")]
public sealed class ChoiceTagHelper : TagHelper
{
    public string Value { get; set; } = "";
    public string? Help { get; set; }
    public string? Price { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var choices = (ChoicesTagHelper)context.Items[typeof(ChoicesTagHelper)];
        var label = await output.GetChildContentAsync();
        var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        input.MergeAttribute("type", choices.Several ? "checkbox" : "radio");
        input.MergeAttribute("name", choices.FullName);
        input.MergeAttribute("value", Value);
        foreach (var (name, value) in QuestionTagHelper.Taken(output))
        {
            input.MergeAttribute(name, value?.ToString());
        }

        if (choices.IsChosen(Value))
        {
            input.MergeAttribute("checked", "checked");
        }

        output.TagName = "label";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "choice");
        output.Content.AppendHtml(input).AppendHtml("<b>").AppendHtml(label).AppendHtml("</b>");
        if (Help is { Length: > 0 })
        {
            output.Content.AppendHtml(new HtmlFormattableString("<small>{0}</small>", Help));
        }

        if (Price is { Length: > 0 })
        {
            output.Content.AppendHtml(new HtmlFormattableString("<span class=\"price\">{0}</span>", Price));
        }
    }
}

/// <summary>A box to tick; its content is what one agrees to.</summary>
[HtmlTargetElement("check", Attributes = "for")]
public sealed class CheckTagHelper(IStringLocalizer<Texts> s) : QuestionTagHelper(s)
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var label = await output.GetChildContentAsync();
        var attributes = Taken(output);
        Describe(attributes);
        var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        input.MergeAttributes(attributes);
        input.MergeAttribute("type", "checkbox");
        input.MergeAttribute("id", Id);
        input.MergeAttribute("name", FullName);
        input.MergeAttribute("value", "true");
        if (Ticked())
        {
            input.MergeAttribute("checked", "checked");
        }

        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "field");
        output.Content.AppendHtml("<label class=\"check\">").AppendHtml(input).AppendHtml("<span>").AppendHtml(label)
            .AppendHtml("</span></label>").AppendHtml(HelpLine()).AppendHtml(Message()).AppendHtml(WhyLine());
    }

    private bool Ticked() => ViewContext.HttpContext.Request.Method == HttpMethods.Post && ViewContext.ModelState.TryGetValue(FullName, out var entry)
        ? entry.AttemptedValue?.Contains("true", StringComparison.OrdinalIgnoreCase) ?? false
        : For.Model is true;
}

/// <summary>What all questions share.</summary>
public abstract class QuestionTagHelper(IStringLocalizer<Texts> s) : TagHelper
{
    public ModelExpression For { get; set; } = null!;
    public string Label { get; set; } = "";
    public string? Help { get; set; }
    /// <summary>Says, on demand, why we ask.</summary>
    public string? Why { get; set; }
    public bool Optional { get; set; }

    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    internal string FullName => ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);

    private protected string Id => TagBuilder.CreateSanitizedId(FullName, "_");

    private string? Error => ViewContext.ModelState.TryGetValue(FullName, out var entry) && entry.Errors.Count > 0
        ? entry.Errors[0].ErrorMessage is { Length: > 0 } message ? message : s["Field.Unclear"]
        : null;

    internal static Dictionary<string, object?> Taken(TagHelperOutput output)
    {
        // What Razor wrote into an attribute comes encoded, and whoever takes it encodes it again.
        var taken = output.Attributes.ToDictionary(a => a.Name, a => a.Value is IHtmlContent written ? Plain(written) : (object?)a.Value, StringComparer.OrdinalIgnoreCase);
        output.Attributes.Clear();
        return taken;
    }

    private static string Plain(IHtmlContent written)
    {
        using var text = new StringWriter();
        written.WriteTo(text, NullHtmlEncoder.Default);
        return System.Net.WebUtility.HtmlDecode(text.ToString());
    }

    private protected void Describe(Dictionary<string, object?> attributes)
    {
        string[] ids = [.. attributes.TryGetValue("aria-describedby", out var own) ? [own!.ToString()!] : Array.Empty<string>(),
            .. Help is { Length: > 0 } ? [$"{Id}-h"] : Array.Empty<string>(), .. Error is null ? Array.Empty<string>() : [$"{Id}-e"]];
        if (ids.Length > 0)
        {
            attributes["aria-describedby"] = string.Join(' ', ids);
        }

        if (Error is not null)
        {
            attributes["aria-invalid"] = "true";
        }
    }

    private protected IHtmlContent OptionalMark() => Optional
        ? new HtmlFormattableString(" <span class=\"opt\">{0}</span>", s["Field.Optional"].Value)
        : HtmlString.Empty;

    private protected IHtmlContent HelpLine() => Help is { Length: > 0 }
        ? new HtmlFormattableString("<p class=\"help\" id=\"{0}-h\">{1}</p>", Id, Help)
        : HtmlString.Empty;

    private protected IHtmlContent Message() => Error is { } error
        ? new HtmlFormattableString("<p class=\"err\" id=\"{0}-e\">{1}<span>{2}</span></p>", Id, Icon.Of(ViewContext.HttpContext, "alert"), error)
        : HtmlString.Empty;

    private protected IHtmlContent WhyLine() => Why is { Length: > 0 }
        ? new HtmlFormattableString("<details class=\"why\"><summary>{0}</summary><p>{1}</p></details>", s["Field.Why"].Value, Why)
        : HtmlString.Empty;
}
