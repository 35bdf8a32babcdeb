using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;
using PracticeApp.Platform;
using PracticeApp.Shared;

namespace PracticeApp.Agreements.Editing;

/// <summary>A place in a sentence where something is typed or chosen.</summary>
/// <param name="Shown">What stands there now, in words.</param>
public sealed record Slot(string Path, string Shown, Func<string, IHtmlContent> Draw);

/// <summary>
/// Writes the terms as sentences with fields in them: a text such as "Paid within {0} days." and a slot for each number. A screen
/// reader hears, at each field, the whole sentence with a gap where the field stands.
/// </summary>
public sealed partial class TermsSentences(TermsForm form, IStringLocalizer<Texts> words, ViewContext view)
{
    private static readonly string[] Reasons = ["emergency", "bereavement", "illness", "weather", "transport", "work", "forgot", "stop", "other"];
    private static readonly string[] ExtraWork = ["report", "letter", "third-party-call"];

    private readonly Wording _terms = new(Languages.Current);
    private readonly HashSet<string> _drawn = new(StringComparer.Ordinal);
    private string? _focus = form.Focus;

    private string Unit => Currencies.Format(0m, form.Currency.Length > 0 ? form.Currency : "EUR", CultureInfo.CurrentCulture).Replace("0", "", StringComparison.Ordinal).Trim();

    public Slot Whole(string path, int min, int max) => Typed(path, "numeric", $"{min} – {max}", max > 9999 ? 6 : 4);

    public Slot Amount(string path) => Typed(path, "decimal", "", 6, Unit);

    public Slot Text(string path, int longest) => new(path, form[path].Length > 0 ? form[path] : words["Own"], name => Input(path, name, "text", b =>
    {
        b.MergeAttribute("maxlength", longest.ToString(CultureInfo.InvariantCulture));
        b.AddCssClass("wide");
    }));

    /// <summary>What nobody changes.</summary>
    public static Slot Fixed(string text) => new("", text, _ => new HtmlString(text));

    public Slot Time(string path) => new(path, form[path], name => Input(path, name, "time", _ => { }));

    /// <summary>A percent of the fee or an amount.</summary>
    public Slot Cost(string path) => Priced(path, ["percent", "fixed"]);

    /// <summary>The same, or one session free of charge.</summary>
    public Slot Credit(string path) => Priced(path, ["percent", "fixed", "session"]);

    public Slot Choose(string path, params (string Value, string Text)[] options) => new(path,
        options.FirstOrDefault(o => o.Value == form[path]).Text ?? options[0].Text, name => Select(path, name, options));

    public Slot Choose<T>(string path, string key) where T : struct, Enum =>
        Choose(path, [.. Enum.GetNames<T>().Select(name => (name, words[key + "." + name].Value))]);

    public Slot YesNo(string path, string key) => Choose(path, ("true", words[key + ".Yes"]), ("false", words[key + ".No"]));

    public Slot Kind(string path)
    {
        var kinds = form.Kinds.Select(k => ($"{k.Id}", k.Name)).Prepend(("", words["Every.Kind"].Value)).ToList();
        if (!kinds.Exists(k => k.Item1 == form[path])) kinds.Add((form[path], words["Kind.Gone"]));
        return Choose(path, [.. kinds]);
    }

    public Slot Place(string path) => Choose(path,
        [("", words["Every.Place"]), .. Enum.GetNames<SessionPlace>().Select(p => (p, words["Place." + p].Value))]);

    public Slot Reason(string row) => Called(row, "Reason", Reasons, "reasons.reasons");

    public Slot Work(string row) => Called(row, "Extra", ExtraWork, "scope.extraWork");

    /// <summary>Something of a list of known things, by its name, or what somebody calls it.</summary>
    private Slot Called(string row, string prefix, string[] all, string list)
    {
        var key = form[row + ".key"];
        if (key.Length > 0 && form[row + ".label"].Length == 0 && _terms.Find($"{prefix}-{key}") is { } known)
        {
            return new Slot(row + ".key", known, _ => new HtmlString($"<b>{System.Net.WebUtility.HtmlEncode(known)}</b>"));
        }

        var taken = Enumerable.Range(0, form.Count(list)).Select(i => form[$"{list}[{i}].key"]).ToHashSet();
        var left = all.Where(k => !taken.Contains(k)).ToList();
        if (key.Length > 0 || left.Count == 0) return Text(row + ".label", 80);
        var choose = Choose(row + ".key", [("", words["Own"]), .. left.Select(k => (k, _terms.Find($"{prefix}-{k}")!))]);
        var own = Text(row + ".label", 80);
        return new Slot(choose.Path, choose.Shown, name => new HtmlContentBuilder().AppendHtml("<span class=\"own\">").AppendHtml(choose.Draw(name))
            .AppendHtml(own.Draw(words["Own"])).AppendHtml("</span>"));
    }

    /// <summary>The sentence, and below it what stands wrong in it.</summary>
    public IHtmlContent Say(string key, params Slot[] slots) => new HtmlContentBuilder()
        .AppendHtml("<div class=\"term\"><p class=\"sentence\">").AppendHtml(Sentence(key, slots)).AppendHtml("</p>")
        .AppendHtml(Messages([.. slots.SelectMany(Fields)])).AppendHtml("</div>");

    /// <summary>One of several sentences of a list, with a button that takes it away.</summary>
    public IHtmlContent Row(string row, string section, string key, params Slot[] slots) => new HtmlContentBuilder()
        .AppendHtml("<li class=\"term\"><div><p class=\"sentence\">").AppendHtml(Sentence(key, slots)).AppendHtml("</p>")
        .AppendHtml(Messages([row, .. slots.SelectMany(Fields)])).AppendHtml("</div>")
        .AppendHtml(Button("remove " + row, section, words["Remove"], words["Remove.What", Plain(words[key], slots, -1)], "btn btn-text btn-s"))
        .AppendHtml("</li>");

    public IHtmlContent Add(string list, string section, string key) => Button("add " + list, section, words[key], null, "btn btn-s");

    public IHtmlContent Remove(string path, string section) =>
        Button("remove " + path, section, words["Remove"], words["Remove.What", words["H." + path[(path.LastIndexOf('.') + 1)..]].Value], "btn btn-text btn-s");

    /// <summary>A box that opens the sentences after it.</summary>
    public IHtmlContent Check(string path, string key)
    {
        var box = Tag(path, "input");
        box.TagRenderMode = TagRenderMode.SelfClosing;
        box.MergeAttribute("type", "checkbox");
        box.MergeAttribute("value", "true");
        if (form[path] == "true") box.MergeAttribute("checked", "checked");
        return new HtmlContentBuilder().AppendHtml("<label class=\"check\">").AppendHtml(box).AppendHtml("<span>").Append(words[key].Value).AppendHtml("</span></label>");
    }

    /// <summary>Several of a set, side by side.</summary>
    public IHtmlContent Boxes(string path, string key, IEnumerable<(string Value, string Text)> options)
    {
        var all = options.ToList();
        all.AddRange(form[path].Split(',', StringSplitOptions.RemoveEmptyEntries).Where(v => !all.Exists(o => o.Value == v)).Select(v => (v, v)));
        var html = new HtmlContentBuilder().AppendHtml("<fieldset class=\"term boxes\"><legend>").Append(words[key].Value).AppendHtml("</legend>");
        foreach (var (value, text) in all)
        {
            var box = Tag(path, "input", value);
            box.TagRenderMode = TagRenderMode.SelfClosing;
            box.MergeAttribute("type", "checkbox");
            box.MergeAttribute("value", value);
            if (form.Has(path, value)) box.MergeAttribute("checked", "checked");
            html.AppendHtml("<label class=\"check\">").AppendHtml(box).AppendHtml("<span>").Append(text).AppendHtml("</span></label>");
        }

        return html.AppendHtml(Hidden(path + ".order")).AppendHtml(Messages([path, .. Enumerable.Range(0, all.Count).Select(i => $"{path}[{i}]")])).AppendHtml("</fieldset>");
    }

    public IEnumerable<(string, string)> Named(string prefix, params string[] keys) => keys.Select(k => (k, _terms.Find(prefix + k) ?? k));

    public static IEnumerable<(string, string)> Days => Enumerable.Range(1, 7)
        .Select(d => ($"{d}", CultureInfo.CurrentCulture.DateTimeFormat.GetAbbreviatedDayName((DayOfWeek)(d % 7)).TrimEnd('.')));

    public IHtmlContent Hidden(string path)
    {
        _drawn.Add(path);
        return new HtmlFormattableString("<input type=\"hidden\" name=\"{0}\" value=\"{1}\">", NameOf(path), form[path]);
    }

    /// <summary>What nobody types but what goes along: clauses, and the keys of known reasons.</summary>
    public IHtmlContent Rest()
    {
        var html = new HtmlContentBuilder();
        foreach (var path in form.Paths.Where(p => !_drawn.Contains(p) && (p.EndsWith(".clause", StringComparison.Ordinal) || CalledPart().IsMatch(p))).Order(StringComparer.Ordinal).ToList())
        {
            html.AppendHtml(Hidden(path));
        }

        return html;
    }

    public IHtmlContent Messages(params string[] paths)
    {
        var html = new HtmlContentBuilder();
        foreach (var problem in paths.Select(p => (Path: p, Problem: form.ProblemAt(p))).Where(p => p.Problem is not null))
        {
            html.AppendHtml(new HtmlFormattableString("<p class=\"err\" id=\"{0}-e\">{1}<span>{2}</span></p>",
                IdOf(problem.Path), Icon.Of(view.HttpContext, "alert"), Message(problem.Problem!)));
        }

        return html;
    }

    private string Message(TermsProblem problem) => problem.Code == "range"
        ? words[problem.Field.EndsWith("label", StringComparison.Ordinal) || problem.Field.StartsWith("contact.emergency.", StringComparison.Ordinal) ? "Wrong.length" : "Wrong.range", problem.Min!, problem.Max!]
        : problem.Code == "too-many" ? words["Wrong.too-many", problem.Max!] : words["Wrong." + problem.Code];

    private static IEnumerable<string> Fields(Slot slot) =>
        slot.Path.EndsWith(".key", StringComparison.Ordinal) ? [slot.Path, slot.Path[..^4] + ".label"] : [slot.Path];

    // A unit, a bracket or a full stop stays with the field it touches.
    private HtmlContentBuilder Sentence(string key, Slot[] slots)
    {
        var html = new HtmlContentBuilder();
        var text = words[key].Value;
        var parts = SlotMark().Split(text);
        for (var i = 0; i + 1 < parts.Length; i += 2)
        {
            var (before, slot) = (i == 0 ? parts[0] : parts[i][Ends(parts[i])..], parts[i + 1][0] - '0');
            var open = before.EndsWith('(') ? "(" : "";
            html.Append(before[..^open.Length]).AppendHtml("<span class=\"slot-in\">").Append(open).AppendHtml(slots[slot].Draw(Plain(text, slots, slot)))
                .Append(parts[i + 2][..Ends(parts[i + 2])]).AppendHtml("</span>");
        }

        return (HtmlContentBuilder)html.Append(parts[^1][(parts.Length > 1 ? Ends(parts[^1]) : 0)..]);

        static int Ends(string part) => Touching().Match(part).Length;
    }

    private static string Plain(string text, Slot[] slots, int gap) =>
        SlotMark().Replace(text, m => m.Groups[1].ValueSpan[0] - '0' is var n && n == gap ? "…" : slots[n].Shown);

    private Slot Typed(string path, string mode, string range, int width, string? unit = null) => new(path, $"{form[path]} {unit}".TrimEnd(), name =>
    {
        var input = Input(path, name, "text", b =>
        {
            b.MergeAttribute("inputmode", mode);
            b.AddCssClass($"n{width}");
            if (range.Length > 0) b.MergeAttribute("title", range);
        });
        return unit is null ? input : new HtmlContentBuilder().AppendHtml("<span class=\"nb\">").AppendHtml(input).Append(" " + unit).AppendHtml("</span>");
    });

    private Slot Priced(string path, string[] kinds)
    {
        var options = kinds.Select(k => (k, k == "fixed" ? Unit : words["Of." + k].Value)).ToArray();
        var chosen = options.FirstOrDefault(o => o.k == form[path + ".of"]).Item2 ?? options[0].Item2;
        return new Slot(path + ".value", form[path + ".of"] == "session" ? chosen : $"{form[path + ".value"]} {chosen}".Trim(), name => new HtmlContentBuilder()
            .AppendHtml("<span class=\"nb cost\">")
            .AppendHtml(Input(path + ".value", name, "text", b =>
            {
                b.MergeAttribute("inputmode", "decimal");
                b.AddCssClass("n6");
            })).AppendHtml(Select(path + ".of", name, options)).AppendHtml("</span>"));
    }

    private TagBuilder Input(string path, string name, string type, Action<TagBuilder> more)
    {
        var input = Tag(path, "input");
        input.TagRenderMode = TagRenderMode.SelfClosing;
        input.MergeAttribute("type", type);
        input.MergeAttribute("value", form[path]);
        input.MergeAttribute("aria-label", name);
        input.MergeAttribute("autocomplete", "off");
        if (form.ProblemAt(path) is not null)
        {
            input.MergeAttribute("aria-invalid", "true");
            input.MergeAttribute("aria-describedby", IdOf(path) + "-e");
        }

        more(input);
        return input;
    }

    private TagBuilder Select(string path, string name, (string Value, string Text)[] options)
    {
        var select = Tag(path, "select");
        select.MergeAttribute("aria-label", name);
        if (form.ProblemAt(path) is not null)
        {
            select.MergeAttribute("aria-invalid", "true");
            select.MergeAttribute("aria-describedby", IdOf(path) + "-e");
        }

        foreach (var (value, text) in options)
        {
            var option = new TagBuilder("option");
            option.MergeAttribute("value", value);
            if (value == form[path]) option.MergeAttribute("selected", "selected");
            option.InnerHtml.Append(text);
            select.InnerHtml.AppendHtml(option);
        }

        return select;
    }

    private IHtmlContent Button(string act, string section, string text, string? label, string look)
    {
        var button = new TagBuilder("button");
        button.MergeAttribute("type", "submit");
        button.MergeAttribute("name", NameOf("act"));
        button.MergeAttribute("value", act);
        button.MergeAttribute("formaction", $"?handler=Row#{section}");
        button.MergeAttribute("data-terms-row", "");
        button.MergeAttribute("class", look);
        if (label is not null) button.MergeAttribute("aria-label", label);
        if (_focus == act) Take(button);
        if (label is null) button.InnerHtml.Append(text);
        else button.InnerHtml.AppendHtml(Icon.Of(view.HttpContext, "x")).AppendHtml("<span>").Append(text).AppendHtml("</span>");
        return new HtmlContentBuilder().AppendHtml(button);
    }

    private TagBuilder Tag(string path, string tag, string? value = null)
    {
        _drawn.Add(path);
        var control = new TagBuilder(tag);
        control.MergeAttribute("id", IdOf(path) + (value is null ? "" : "_" + value));
        control.MergeAttribute("name", NameOf(path));
        if (_focus is not null && (path == _focus || path.StartsWith(_focus + ".", StringComparison.Ordinal))) Take(control);
        return control;
    }

    private void Take(TagBuilder control)
    {
        control.MergeAttribute("autofocus", "");
        _focus = null;
    }

    private static string NameOf(string path) => $"{TermsForm.Name}.{path}";

    private static string IdOf(string path) => TagBuilder.CreateSanitizedId(NameOf(path), "_");

    [GeneratedRegex(@"^( (%|h|ч|min|мин|дн)(?![\p{L}]))?[.,;:)]*")]
    private static partial Regex Touching();

    [GeneratedRegex(@"\{(\d)\}")]
    private static partial Regex SlotMark();

    [GeneratedRegex(@"^(reasons\.reasons|scope\.extraWork)\[\d+\]\.(key|label)\z")]
    private static partial Regex CalledPart();
}
