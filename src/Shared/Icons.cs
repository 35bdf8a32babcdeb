using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace PracticeApp.Shared;

/// <summary><c>&lt;icon name="check" /&gt;</c>: a picture from the sprite; silent unless it has a <c>label</c>.</summary>
[HtmlTargetElement("icon", TagStructure = TagStructure.WithoutEndTag)]
public sealed class IconTagHelper : TagHelper
{
    public string Name { get; set; } = "";
    public string? Label { get; set; }

    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(Icon.Of(ViewContext.HttpContext, Name, Label));
    }
}

/// <summary>The same picture, for other tag helpers.</summary>
internal static class Icon
{
    public static IHtmlContent Of(HttpContext context, string name, string? label = null)
    {
        // The fingerprinted address, so that browsers keep the sprite.
        var assets = context.GetEndpoint()?.Metadata.GetMetadata<ResourceAssetCollection>();
        var sprite = $"{context.Request.PathBase}/{assets?["img/icons.svg"] ?? "img/icons.svg"}#i-{name}";
        return label is null
            ? new HtmlFormattableString("<svg class=\"i\" aria-hidden=\"true\"><use href=\"{0}\"/></svg>", sprite)
            : new HtmlFormattableString("<svg class=\"i\" role=\"img\" aria-label=\"{1}\"><use href=\"{0}\"/></svg>", sprite, label);
    }
}
