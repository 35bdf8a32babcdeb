using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace PracticeApp.Tests.Sweeps;

/// <summary>One button of one form as a page shows it, to be filled with whatever one likes and sent as raw bytes.</summary>
internal sealed class Sheet
{
    public enum Sort { Text, Long, Secret, Typed, Choice, Hidden }

    public sealed record Field(string Name, Sort Sort, string Type, IReadOnlyList<string> Values, string Plausible, bool Optional);

    private readonly (string Name, string Value)? _button;

    public required Page Page { get; init; }
    public required string Action { get; init; }
    public required bool Posts { get; init; }
    public IReadOnlyList<Field> Fields { get; }
    /// <summary>The same for forms that differ in identifiers only.</summary>
    public string Kind => $"{(Posts ? "POST" : "GET")} {Crawl.Shape(Action)} [{Town.Guids().Replace(_button is { } b ? $"{b.Name}={(b.Value.Length > 0 && char.IsAsciiDigit(b.Value[0]) ? "#" : b.Value)} " : "", "{id}")}{string.Join(' ', Fields.Select(f => f.Name))}]";

    private Sheet(IReadOnlyList<Field> fields, (string, string)? button) => (Fields, _button) = (fields, button);

    public static IEnumerable<Sheet> On(Page page)
    {
        foreach (var form in page.Document.Forms)
            foreach (var button in Page.Buttons(form).DefaultIfEmpty())
            {
                var action = button?.GetAttribute("formaction") ?? form.GetAttribute("action");
                var posts = form.Method.Equals("post", StringComparison.OrdinalIgnoreCase);
                (string, string)? pressed = button?.GetAttribute("name") is { Length: > 0 } name ? (name, button.GetAttribute("value") ?? "") : null;
                yield return new Sheet(FieldsOf(form), pressed) { Page = page, Action = string.IsNullOrEmpty(action) ? page.Path : new Uri(page.Url, action).PathAndQuery, Posts = posts };
            }
    }

    /// <summary>What a person would fill in, so that nothing else of the form is at fault.</summary>
    public Dictionary<string, string> Plausible() => Fields.ToDictionary(f => f.Name, f => f.Plausible);

    /// <param name="values">Raw bytes may be written as %00; null leaves the field out.</param>
    public Task<Page> SendAsync(Visitor visitor, IEnumerable<KeyValuePair<string, string?>> values, string? button = null)
    {
        // A hidden field that stands there several times, as for each row, goes as it stands.
        var pairs = values.Where(v => v.Value is not null).SelectMany(v => Fields.FirstOrDefault(f => f.Name == v.Key) is { Sort: Sort.Hidden, Values.Count: > 1 } many && many.Plausible == v.Value
            ? many.Values.Select(one => (v.Key, one)) : [(v.Key, v.Value!)]).ToList();
        if (_button is { } pressed) pairs.Add((pressed.Name, button ?? pressed.Value));
        var body = string.Join('&', pairs.Select(p => $"{Uri.EscapeDataString(p.Item1)}={(p.Item2.StartsWith(Raw, StringComparison.Ordinal) ? p.Item2[Raw.Length..] : Uri.EscapeDataString(p.Item2))}"));
        return Posts
            ? visitor.PostAsync(Action, () => new ByteArrayContent(System.Text.Encoding.ASCII.GetBytes(body)) { Headers = { ContentType = new("application/x-www-form-urlencoded") } }, follow: false)
            : visitor.GetWithoutFollowingAsync($"{Action.Split('?')[0]}?{body}");
    }

    /// <summary>Marks a value that is already encoded.</summary>
    public const string Raw = "\u0001raw:";

    public string? Pressed => _button?.Value;

    private static List<Field> FieldsOf(IHtmlFormElement form)
    {
        var fields = new List<Field>();
        foreach (var same in form.Elements.Where(e => e.GetAttribute("name") is { Length: > 0 } && e is not IHtmlButtonElement && e is not IHtmlInputElement { Type: "submit" or "file" }).GroupBy(e => e.GetAttribute("name")!))
        {
            var shown = same.FirstOrDefault(e => e is not IHtmlInputElement { Type: "hidden" }) ?? same.First();
            var optional = shown.Closest(".field")?.QuerySelector(".opt") is not null;
            var type = (shown as IHtmlInputElement)?.Type ?? "";
            fields.Add(shown switch
            {
                IHtmlTextAreaElement area => new Field(same.Key, Sort.Long, "", [], area.Value.Length > 0 ? area.Value : "Words that are long enough to be said.", optional),
                IHtmlSelectElement select => new Field(same.Key, Sort.Choice, "", [.. select.Options.Select(o => o.Value)], select.Value is { Length: > 0 } chosen ? chosen : select.Options.Select(o => o.Value).LastOrDefault() ?? "", optional),
                IHtmlInputElement { Type: "radio" or "checkbox" } => Boxes(same.Key, [.. same.OfType<IHtmlInputElement>().Where(b => b.Type == type)], optional),
                IHtmlInputElement { Type: "hidden" } hidden => new Field(same.Key, Sort.Hidden, type, [.. same.OfType<IHtmlInputElement>().Select(h => h.Value)], hidden.Value, true),
                IHtmlInputElement { Type: "password" } => new Field(same.Key, Sort.Secret, type, [], "demo-practice-2026", optional),
                IHtmlInputElement { Type: "number" or "date" or "time" or "datetime-local" or "range" } typed => new Field(same.Key, Sort.Typed, type, [], typed.Value.Length > 0 ? typed.Value : OfType(type), optional),
                IHtmlInputElement text => new Field(same.Key, Sort.Text, type, [], text.Value.Length > 0 ? text.Value : OfType(same.Key.EndsWith("Website", StringComparison.Ordinal) ? "none" : type), optional),
                _ => throw new InvalidOperationException($"No such control is known: {shown.OuterHtml}"),
            });
        }
        return fields;

        static Field Boxes(string name, List<IHtmlInputElement> boxes, bool optional) =>
            new(name, Sort.Choice, boxes[0].Type, [.. boxes.Select(b => b.Value)], (boxes.Find(b => b.IsChecked) ?? boxes[0]).Value, optional);

        static string OfType(string type) => type switch { "email" => "somebody@example.org", "tel" => "+387 61 222 333", "url" => "https://example.org/", "number" or "range" => "1", "date" => "2026-04-01", "time" => "10:00", "datetime-local" => "2026-04-01T10:00", "none" => "", _ => "Words" };
    }
}
