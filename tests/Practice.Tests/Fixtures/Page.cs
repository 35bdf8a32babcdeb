using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace PracticeApp.Tests;

/// <summary>What the server answered, as the visitor sees it.</summary>
public sealed class Page(Visitor visitor, HttpResponseMessage response, byte[] bytes, string html)
{
    private static readonly HtmlParser s_parser = new();
    private IHtmlDocument? _document;

    public HttpStatusCode Status => response.StatusCode;
    public HttpResponseMessage Response => response;
    public Uri Url => response.RequestMessage!.RequestUri!;
    /// <summary>Path and query.</summary>
    public string Path => Url.PathAndQuery;
    public byte[] Bytes => bytes;
    public string Html => html;
    public IHtmlDocument Document => _document ??= s_parser.ParseDocument(html);
    public Visitor Visitor => visitor;

    /// <summary>Everything a reader reads, white space folded.</summary>
    public string Text => Fold(Document.QuerySelector("main")?.TextContent ?? Document.Body?.TextContent ?? html);
    public string Heading => Fold(Document.QuerySelector("h1")?.TextContent ?? "");
    /// <summary>Messages beside fields and in the summary.</summary>
    public IReadOnlyList<string> Errors => Document.QuerySelectorAll(".err, .errors li").Select(e => Fold(e.TextContent)).Where(t => t.Length > 0).Distinct().ToList();

    public bool Says(string text) => Text.Contains(Fold(text), StringComparison.Ordinal);
    public IElement? Find(string selector) => Document.QuerySelector(selector);
    public IReadOnlyList<IElement> FindAll(string selector) => [.. Document.QuerySelectorAll(selector)];

    /// <summary>Follows the link with this text (or, if it starts with '/', the one that leads there).</summary>
    public Task<Page> FollowAsync(string link) => visitor.GetAsync(Link(link).GetAttribute("href")!);

    public IElement Link(string link) =>
        Document.QuerySelectorAll("a[href]").FirstOrDefault(a => link.StartsWith('/') ? a.GetAttribute("href")!.StartsWith(link, StringComparison.Ordinal) : Name(a) == link)
        ?? Document.QuerySelectorAll("a[href]").FirstOrDefault(a => !link.StartsWith('/') && Name(a).Contains(link, StringComparison.Ordinal))
        ?? throw new InvalidOperationException($"No link '{link}' on {Path}: {string.Join(" | ", Document.QuerySelectorAll("a[href]").Select(Name))}");

    /// <summary>The form a CSS selector names, or the one with a button of this text.</summary>
    public Form Form(string selectorOrButton)
    {
        var forms = Document.Forms.ToList();
        var byButton = forms.FirstOrDefault(f => Buttons(f).Any(b => Label(b) == selectorOrButton)) ?? forms.FirstOrDefault(f => Buttons(f).Any(b => Label(b).Contains(selectorOrButton, StringComparison.Ordinal)));
        if (byButton is not null) return new Form(this, byButton, Buttons(byButton).First(b => Label(b).Contains(selectorOrButton, StringComparison.Ordinal)));
        var bySelector = LooksLikeSelector(selectorOrButton) ? Document.QuerySelector(selectorOrButton) : null;
        return bySelector switch
        {
            IHtmlFormElement form => new Form(this, form, Buttons(form).FirstOrDefault()),
            IHtmlElement button when forms.FirstOrDefault(f => Buttons(f).Contains(button)) is { } form => new Form(this, form, button),
            _ => throw new InvalidOperationException($"No form '{selectorOrButton}' on {Path} ({(int)Status}); buttons: {string.Join(" | ", forms.SelectMany(Buttons).Select(Label))}"),
        };
    }

    /// <summary>Fills the form that has this button, as far as fields are given, and presses it.</summary>
    public Task<Page> SubmitAsync(string selectorOrButton, params (string Name, string Value)[] fields)
    {
        var form = Form(selectorOrButton);
        foreach (var (name, value) in fields) form.Fill(name, value);
        return form.SubmitAsync();
    }

    internal static IEnumerable<IHtmlElement> Buttons(IHtmlFormElement form) =>
        form.Elements.OfType<IHtmlElement>().Where(e => e is IHtmlButtonElement { Type: "submit" } or IHtmlInputElement { Type: "submit" or "image" });

    /// <summary>What a screen reader calls a link: its label, or its text and the labels of the pictures in it.</summary>
    private static string Name(IElement link) => Fold(link.GetAttribute("aria-label") ?? string.Join(' ', link.QuerySelectorAll("[aria-label]").Select(e => e.GetAttribute("aria-label")).Append(link.TextContent)));

    internal static string Label(IElement button) => Fold(button is IHtmlInputElement input ? input.Value : button.GetAttribute("aria-label") ?? button.TextContent);

    internal static string Fold(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static bool LooksLikeSelector(string text) => text.IndexOfAny(['#', '.', '[', '=']) >= 0 || text.StartsWith("form", StringComparison.Ordinal) || text.StartsWith("button", StringComparison.Ordinal);

    public override string ToString() => $"{(int)Status} {Path}: {Text}";
}
