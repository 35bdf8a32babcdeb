using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using PracticeApp.Platform;

namespace PracticeApp.Shared;

/// <summary><c>&lt;state kind="good" icon="check"&gt;Confirmed&lt;/state&gt;</c>: an icon and a word, never a colour alone. Kinds: good, waiting, care, stop, now.</summary>
[HtmlTargetElement("state")]
public sealed class StateTagHelper : PieceTagHelper
{
    public string Kind { get; set; } = "";
    public string Icon { get; set; } = "info";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Become(output, "span", $"state {Kind}".TrimEnd());
        output.PreContent.SetHtmlContent(Picture(Icon));
    }
}

/// <summary><c>&lt;note kind="care" icon="alert"&gt;</c>: a wash behind a sentence. Kinds: good, wait, care, stop or none.</summary>
[HtmlTargetElement("note")]
public sealed class NoteTagHelper : PieceTagHelper
{
    public string Kind { get; set; } = "";
    public string Icon { get; set; } = "info";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Become(output, "div", Kind.Length > 0 ? $"note note-{Kind}" : "note");
        output.PreContent.SetHtmlContent(Picture(Icon));
    }
}

/// <summary>
/// <c>&lt;deed act="Book, 80 KM"&gt;what follows from it&lt;/deed&gt;</c>: the button of a form and, beside it, its consequence.
/// Kind: act (default), quiet, stop. Unknown attributes go to the button.
/// </summary>
[HtmlTargetElement("deed", Attributes = "act")]
public sealed class DeedTagHelper : PieceTagHelper
{
    public string Act { get; set; } = "";
    public string Kind { get; set; } = "act";

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var follows = await output.GetChildContentAsync();
        var button = new TagBuilder("button");
        button.MergeAttributes(QuestionTagHelper.Taken(output));
        button.MergeAttribute("type", "submit");
        button.AddCssClass(Kind == "quiet" ? "btn" : $"btn btn-{Kind}");
        button.InnerHtml.Append(Act);
        Become(output, "div", "deed");
        output.Content.AppendHtml(button);
        if (!follows.IsEmptyOrWhiteSpace)
        {
            output.Content.AppendHtml("<p>").AppendHtml(follows).AppendHtml("</p>");
        }
    }
}

/// <summary><c>&lt;empty heading="Here will be your requests"&gt;</c>: what will stand here and how to begin.</summary>
[HtmlTargetElement("empty", Attributes = "heading")]
public sealed class EmptyTagHelper : PieceTagHelper
{
    private static readonly IHtmlContent Drawing = new HtmlString(
        "<svg viewBox=\"0 0 112 72\" aria-hidden=\"true\"><path d=\"M30 14h70M30 28h56M30 42h64M30 56h34\"/><path class=\"hline\" d=\"M12 8v56\"/></svg>");

    public string Heading { get; set; } = "";
    /// <summary>Level of the heading, 1 to 4.</summary>
    public int Level { get; set; } = 2;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Become(output, "div", "empty");
        output.PreContent.AppendHtml(Drawing).AppendHtml(new HtmlFormattableString($"<h{Level} class=\"h3\">{{0}}</h{Level}>", Heading));
    }
}

/// <summary><c>&lt;nav-link href="/today" keys="g t"&gt;Today&lt;/nav-link&gt;</c>: an entry of a face's navigation that knows where one is; nothing for who may not open the page.</summary>
[HtmlTargetElement("nav-link", Attributes = "href")]
public sealed class NavLinkTagHelper(OpenPages pages, Current current) : PieceTagHelper
{
    public string Href { get; set; } = "";
    public string? Icon { get; set; }
    /// <summary>Keys that lead there, as "g t".</summary>
    public string? Keys { get; set; }
    /// <summary>Other addresses that belong to this entry, with spaces between them.</summary>
    public string? Also { get; set; }
    /// <summary>Current only on exactly this address, for a start page whose address begins all others.</summary>
    public bool Exact { get; set; }
    /// <summary>Stands in a list.</summary>
    public bool Item { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        if (!await pages.HasAsync(Href, current))
        {
            output.SuppressOutput();
            return;
        }

        if (Item)
        {
            output.PreElement.SetHtmlContent("<li>");
            output.PostElement.SetHtmlContent("</li>");
        }

        var label = await output.GetChildContentAsync();
        var request = ViewContext.HttpContext.Request;
        output.TagName = "a";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("href", request.PathBase + Href);
        if (Exact ? request.Path == Href : request.Path.StartsWithSegments(Href) || (Also?.Split(' ').Any(also => request.Path.StartsWithSegments(also)) ?? false))
        {
            output.Attributes.SetAttribute("aria-current", "page");
        }

        if (Keys is not null)
        {
            output.Attributes.SetAttribute("data-keys", Keys);
        }

        if (Icon is not null)
        {
            output.Content.AppendHtml(Picture(Icon));
        }

        output.Content.AppendHtml("<span>").AppendHtml(label).AppendHtml("</span>");
        if (Face.Of(ViewContext.HttpContext).Counts.TryGetValue(Href, out var count))
        {
            output.Content.AppendHtml(new HtmlFormattableString("<span class=\"count\">{0}</span>", count));
        }
        else if (Keys is not null)
        {
            output.Content.AppendHtml(new HtmlFormattableString("<kbd aria-hidden=\"true\">{0}</kbd>", Keys));
        }
    }
}

/// <summary>What the pieces of a page share.</summary>
public abstract class PieceTagHelper : TagHelper
{
    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    private protected IHtmlContent Picture(string name) => Shared.Icon.Of(ViewContext.HttpContext, name);

    private protected static void Become(TagHelperOutput output, string tag, string css)
    {
        output.TagName = tag;
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", output.Attributes.TryGetAttribute("class", out var own) ? $"{css} {own.Value}" : css);
    }
}
