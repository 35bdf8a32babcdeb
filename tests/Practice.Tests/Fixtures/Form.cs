using System.Net.Http.Headers;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace PracticeApp.Tests;

/// <summary>A form as the page shows it: only fields that are there can be filled, and everything else goes along, hidden fields too.</summary>
public sealed class Form(Page page, IHtmlFormElement form, IHtmlElement? button)
{
    private readonly List<(string Name, string Value)> _extra = [];
    private readonly Dictionary<string, (string FileName, byte[] Bytes)> _files = [];

    public IHtmlFormElement Element => form;
    /// <summary>Names of the fields one can fill, the anti-forgery token left out.</summary>
    public IReadOnlyList<string> Fields => form.Elements.Select(NameOf).Where(n => n.Length > 0 && !n.StartsWith("__", StringComparison.Ordinal)).Distinct().ToList();
    public string Value(string name) => Named(name).Select(ValueOf).FirstOrDefault() ?? "";

    /// <summary>
    /// Types, chooses or ticks. "Name" also finds "Input.Name". For a checkbox "true" or "false"; for radio buttons,
    /// checkboxes of one name and selects the option's value.
    /// </summary>
    public Form Fill(string name, string value)
    {
        var controls = Named(name).ToList();
        if (controls.Count == 0) throw new InvalidOperationException($"No field '{name}' in the form on {page.Path}; there are: {string.Join(", ", Fields)}");
        switch (controls[0])
        {
            case IHtmlInputElement { Type: "radio" }:
                Option(controls.OfType<IHtmlInputElement>(), name, value).IsChecked = true;
                foreach (var other in controls.OfType<IHtmlInputElement>().Where(o => o.Value != value)) other.IsChecked = false;
                break;
            case IHtmlInputElement { Type: "checkbox" } only when value is "true" or "false" && controls.OfType<IHtmlInputElement>().Count(c => c.Type == "checkbox") == 1:
                only.IsChecked = value == "true";
                break;
            case IHtmlInputElement { Type: "checkbox" }:
                Option(controls.OfType<IHtmlInputElement>(), name, value).IsChecked = true;
                break;
            case IHtmlInputElement input: input.Value = value; break;
            case IHtmlTextAreaElement area: area.Value = value; break;
            case IHtmlSelectElement select:
                var option = select.Options.FirstOrDefault(o => o.Value == value) ?? throw new InvalidOperationException($"'{name}' has no option '{value}'; there are: {string.Join(", ", select.Options.Select(o => o.Value))}");
                if (!select.IsMultiple) foreach (var other in select.Options) other.IsSelected = false;
                option.IsSelected = true;
                break;
            default: throw new InvalidOperationException($"'{name}' cannot be filled.");
        }
        return this;
    }

    public Form Untick(string name, string value)
    {
        Option(Named(name).OfType<IHtmlInputElement>(), name, value).IsChecked = false;
        return this;
    }

    public Form Attach(string name, string fileName, byte[] bytes)
    {
        _files[NameOf(Named(name).First())] = (fileName, bytes);
        return this;
    }

    /// <summary>Adds a field the page does not have, or a second value: what nobody sends by accident.</summary>
    public Form Smuggle(string name, string value)
    {
        _extra.Add((name, value));
        return this;
    }

    public Task<Page> SubmitAsync(bool follow = true)
    {
        var fields = Sent();
        var action = button?.GetAttribute("formaction") ?? form.GetAttribute("action");
        var path = string.IsNullOrEmpty(action) ? page.Path : new Uri(page.Url, action).PathAndQuery;
        if ((button?.GetAttribute("formmethod") ?? form.GetAttribute("method") ?? "get").Equals("get", StringComparison.OrdinalIgnoreCase))
        {
            var query = string.Join('&', fields.Select(f => $"{Uri.EscapeDataString(f.Name)}={Uri.EscapeDataString(f.Value)}"));
            return page.Visitor.GetAsync($"{path.Split('?')[0]}?{query}");
        }
        return page.Visitor.PostAsync(path, form.Enctype == "multipart/form-data" ? () => Multipart(fields) : Visitor.Encode(fields), follow);
    }

    /// <summary>What goes to the server when the button is pressed.</summary>
    public List<(string Name, string Value)> Sent() => [.. Successful(), .. _extra];

    private IEnumerable<(string Name, string Value)> Successful()
    {
        foreach (var control in form.Elements.Where(e => NameOf(e).Length > 0 && !e.HasAttribute("disabled") && e.Closest("fieldset[disabled]") is null))
        {
            switch (control)
            {
                case IHtmlInputElement { Type: "checkbox" or "radio" } box: if (box.IsChecked) yield return (NameOf(box), box.HasAttribute("value") ? box.Value : "on"); break;
                case IHtmlInputElement { Type: "submit" or "button" or "reset" or "image" or "file" }: break;
                case IHtmlInputElement input: yield return (NameOf(input), input.Value); break;
                case IHtmlTextAreaElement area: yield return (NameOf(area), area.Value.ReplaceLineEndings("\r\n")); break;
                case IHtmlSelectElement select:
                    foreach (var option in select.Options.Where(o => o.IsSelected)) yield return (NameOf(select), option.Value);
                    break;
            }
        }
        if (button is not null && NameOf(button).Length > 0) yield return (NameOf(button), button.GetAttribute("value") ?? "");
    }

    private MultipartFormDataContent Multipart(List<(string Name, string Value)> fields)
    {
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in fields) content.Add(new StringContent(value), name);
        foreach (var (name, (fileName, bytes)) in _files)
        {
            var file = new ByteArrayContent(bytes);
            file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            content.Add(file, name, fileName);
        }
        return content;
    }

    private IEnumerable<IElement> Named(string name)
    {
        var visible = form.Elements.Where(e => e is not IHtmlButtonElement && e is not IHtmlInputElement { Type: "submit" }).ToList();
        var exact = visible.Where(e => NameOf(e) == name).ToList();
        var found = exact.Count > 0 ? exact : visible.Where(e => NameOf(e).EndsWith("." + name, StringComparison.Ordinal)).ToList();
        // A checkbox comes with a hidden field of the same name, for "not ticked".
        return found.Exists(e => e is IHtmlInputElement { Type: "checkbox" }) ? found.Where(e => e is not IHtmlInputElement { Type: "hidden" }) : found;
    }

    private static IHtmlInputElement Option(IEnumerable<IHtmlInputElement> boxes, string name, string value)
    {
        var all = boxes.ToList();
        return all.Find(b => b.Value == value) ?? throw new InvalidOperationException($"'{name}' has no option '{value}'; there are: {string.Join(", ", all.Select(b => b.Value))}");
    }

    private static string NameOf(IElement control) => control.GetAttribute("name") ?? "";

    private static string ValueOf(IElement control) => control switch
    {
        IHtmlInputElement { Type: "checkbox" } box => box.IsChecked ? "true" : "false",
        IHtmlInputElement input => input.Value,
        IHtmlTextAreaElement area => area.Value,
        IHtmlSelectElement select => select.Value ?? "",
        _ => "",
    };
}
