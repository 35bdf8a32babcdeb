using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using PracticeApp.Platform;
using PracticeApp.Shared;

namespace PracticeApp.Agreements.Editing;

/// <summary>
/// Terms as a form: every value under the path it has in the JSON and in <see cref="TermsProblem.Field"/>, as it was typed.
/// What may be missing stands under its path as well, and counts where <c>path.on</c> is ticked.
/// </summary>
/// <remarks>
/// A page binds it as <c>[BindProperty] public TermsForm Form { get; set; } = new();</c>, begins with <see cref="Of"/> and shows the partials
/// <c>_TermsForm</c> and <c>_TermsCard</c> inside its form; <see cref="Read"/> answers null where something stands wrong, and the partial says what.
/// </remarks>
[ModelBinder<TermsFormBinder>, ValidateNever]
public sealed partial class TermsForm
{
    public const string Name = "Form";

    // Chosen from the start, so they do not make a row one that somebody has begun.
    private static readonly string[] Preset = ["clause", "of", "counts", "inARow", "action", "effect", "per", "order"];
    private static readonly string[] Sets = ["contact.channels", "contact.hours.days", "contact.emergency.countsAs"];

    /// <summary>What stands behind a box that is not ticked yet.</summary>
    private static readonly Terms Suggested = Terms.Default(0, "EUR") with
    {
        Cancellation = new(null, []),
        Reasons = new(null, []),
        Escalations = [],
        Repeats = new(null, 180, [0, 50, 100]),
        Prepayment = new(null, PrepaymentScope.FirstSession, 100, 24, WhenUnpaid.ReleaseSlot),
        Booking = new(null, 0, 1),
        Moving = new(null, 2, 24, Cost.OfPercent(50)),
        Room = new(null, 0, 48),
        Reminders = new(null, [48, 24], [2]),
        Psychologist = new(null, 10, new(Cost.OfPercent(25), false), new(null, true), 24, new(Cost.OfPercent(50), false), 14),
        Session = new(null, 50, 10),
    };

    private readonly NullabilityInfoContext _nullability = new();
    private readonly Dictionary<string, string> _typed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TermsProblem> _problems = new(StringComparer.Ordinal);

    /// <summary>Of all amounts; given by the page, not by the browser.</summary>
    public string Currency { get => this["currency"]; set => _typed["currency"] = value; }

    /// <summary>Kinds of session that exceptions may name; given by the page.</summary>
    public IReadOnlyList<KindPrice> Kinds { get; set; } = [];

    /// <summary>The terms as last read or given: what the card shows.</summary>
    public Terms? Shown { get; private set; }

    /// <summary>The language of the card.</summary>
    public string CardLanguage { get; private set; } = Languages.Fallback;

    /// <summary>The field or button, by its path, at which somebody goes on after a row came or went.</summary>
    public string? Focus { get; private set; }

    public string this[string path] => _typed.GetValueOrDefault(path, "");

    public IEnumerable<string> Paths => _typed.Keys;

    public int ProblemCount => _problems.Count;

    public static TermsForm Of(Terms terms, string cardLanguage = Languages.Fallback)
    {
        var form = new TermsForm { Shown = terms, CardLanguage = cardLanguage };
        form.Put(typeof(Terms), "", Suggested);
        form.Put(typeof(Terms), "", terms);
        return form;
    }

    /// <summary>The form as it was sent, fields by path.</summary>
    public static TermsForm Sent(IEnumerable<KeyValuePair<string, string>> fields)
    {
        var form = new TermsForm();
        foreach (var (path, value) in fields.Where(f => FieldPath().IsMatch(f.Key))) form._typed[path] = value;
        form.Renumber();
        if (Languages.IsSupported(form["card"].Split(',')[^1])) form.CardLanguage = form["card"].Split(',')[^1];
        return form;
    }

    public bool IsOn(string path) => this[path + ".on"] == "true";

    public bool Has(string path, string value) => this[path].Split(',').Contains(value);

    public int Count(string list) => Rows(list).Count();

    public TermsProblem? ProblemAt(string path) => _problems.GetValueOrDefault(path);

    /// <summary>Does what the pressed button says: <c>add cancellation.tiers</c>, <c>remove overrides[0].fee</c>.</summary>
    public void Act()
    {
        Shown = Sent(_typed).Read();
        var words = this["act"].Split(' ', 2);
        if (words.Length < 2) return;
        var (path, row) = (words[1], Row().Match(words[1]));
        if (words[0] == "add" && List().IsMatch(path))
        {
            Focus = $"{path}[{Count(path)}]";
            _typed[Focus] = "";
        }
        else if (words[0] == "add" && Part().Match(path) is { Success: true } part && Count("overrides") > 0)
        {
            Copy(part.Groups["part"].Value, path);
            _typed[path + ".on"] = "true";
            Focus = path;
        }
        else if (words[0] == "remove" && row.Success)
        {
            var list = row.Groups["list"].Value;
            Forget(path);
            Renumber();
            var left = Count(list);
            Focus = left == 0 ? "add " + list : $"{list}[{Math.Min(int.Parse(row.Groups["row"].Value, CultureInfo.InvariantCulture), left - 1)}]";
        }
        else if (words[0] == "remove")
        {
            Forget(path);
            Focus = "add " + path;
        }
    }

    /// <summary>The terms that were typed; null where something cannot be read or cannot be agreed on, which then stands beside its field.</summary>
    public Terms? Read()
    {
        DropEmptyRows();
        NameOwn("reasons.reasons");
        NameOwn("scope.extraWork");
        _problems.Clear();
        var terms = (Terms)Get(typeof(Terms), "", nullable: false)!;
        var unclear = _problems.Count > 0;
        // What compares two fields says nothing while one of them cannot be read.
        foreach (var problem in terms.Validate().Where(p => !unclear || (p.Code == "range" && !p.Field.EndsWith("graceMinutes", StringComparison.Ordinal))))
        {
            _problems.TryAdd(Place(problem.Field), problem);
        }

        return Shown = _problems.Count == 0 ? terms : null;
    }

    private void Put(Type type, string path, object? value)
    {
        switch (value)
        {
            case null: _typed.Remove(path + ".on"); break;
            case Cost cost:
                _typed[path + ".of"] = cost.Percent is null ? "fixed" : "percent";
                _typed[path + ".value"] = Written(cost.Percent ?? cost.Fixed ?? 0m);
                break;
            case CreditTerm credit:
                if (credit.Cost is { } owed) Put(typeof(Cost), path, owed);
                if (credit.FreeSession) _typed[path + ".of"] = "session";
                break;
            case decimal or int or bool or string or Enum or TimeOnly: _typed[path] = Written(value); break;
            case System.Collections.IEnumerable items:
                PutMany(path, [.. items.Cast<object>()]);
                break;
            default:
                foreach (var (parameter, name, nullable) in Parts(type, path))
                {
                    if (name is "schemaVersion") continue;
                    var part = type.GetProperty(parameter.Name!)!.GetValue(value);
                    if (nullable && part is not null && parameter.ParameterType != typeof(string)) _typed[name + ".on"] = "true";
                    else if (part is null && parameter.ParameterType == typeof(string)) _typed[name] = "";
                    Put(parameter.ParameterType, name, part);
                }

                break;
        }
    }

    private void PutMany(string path, List<object> items)
    {
        foreach (var old in _typed.Keys.Where(k => k.StartsWith(path + "[", StringComparison.Ordinal)).ToList()) _typed.Remove(old);
        if (IsSet(path))
        {
            _typed[path] = _typed[path + ".order"] = string.Join(',', items.Select(Written));
            return;
        }

        for (var i = 0; i < items.Count; i++) Put(items[i].GetType(), $"{path}[{i}]", items[i]);
    }

    private object? Get(Type type, string path, bool nullable)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        if (bare == typeof(string)) return nullable && this[path].Length == 0 ? null : Required(path);
        if (nullable && bare.IsEnum) return this[path].Length == 0 ? null : Chosen(bare, path);
        if (nullable && !IsOn(path)) return null;
        if (bare == typeof(Cost)) return CostAt(path);
        if (bare == typeof(CreditTerm)) return this[path + ".of"] == "session" ? new CreditTerm(null, true) : new CreditTerm(CostAt(path), false);
        if (bare == typeof(int)) return path == "schemaVersion" ? Terms.CurrentSchema : Whole(path);
        if (bare == typeof(decimal)) return Number(path, Currencies.Decimals(this["currency"]));
        if (bare == typeof(bool)) return this[path] == "true";
        if (bare == typeof(TimeOnly)) return Time(path);
        if (bare.IsEnum) return Chosen(bare, path);
        if (bare.IsGenericType) return Generic(IsSet(path) ? nameof(Set) : nameof(Many), bare.GetGenericArguments()[0], path);
        return bare.GetConstructors().Single().Invoke([.. Parts(bare, path).Select(p => Get(p.Parameter.ParameterType, p.Path, p.Nullable))]);
    }

    private object? Generic(string method, Type item, string path) =>
        GetType().GetMethod(method, BindingFlags.NonPublic | BindingFlags.Instance)!.MakeGenericMethod(item).Invoke(this, [path]);

    private ImmutableArray<T> Many<T>(string path) => [.. Rows(path).Select(row => (T)Get(typeof(T), row, nullable: false)!)];

    // In the order they had; what was ticked since follows.
    private ImmutableArray<T> Set<T>(string path)
    {
        var order = this[path + ".order"].Split(',').ToList();
        return [.. this[path].Split(',', StringSplitOptions.RemoveEmptyEntries).Distinct()
            .OrderBy(v => order.IndexOf(v) is >= 0 and var known ? known : int.MaxValue)
            .Select(v => (T)(typeof(T) == typeof(string) ? v : typeof(T).IsEnum ? Chosen(typeof(T), path, v)
                : (object)(int.TryParse(v, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)))];
    }

    private IEnumerable<(ParameterInfo Parameter, string Path, bool Nullable)> Parts(Type record, string path) =>
        record.GetConstructors().Single().GetParameters().Select(p => (p,
            (path.Length == 0 ? "" : path + ".") + JsonNamingPolicy.CamelCase.ConvertName(p.Name!),
            _nullability.Create(p).WriteState == NullabilityState.Nullable));

    private Cost CostAt(string path)
    {
        var isFixed = this[path + ".of"] == "fixed";
        var value = Number(path + ".value", isFixed ? Currencies.Decimals(this["currency"]) : 28);
        return isFixed ? Cost.OfAmount(value) : Cost.OfPercent(value);
    }

    private string Required(string path)
    {
        if (this[path].Length == 0) Unclear(path, "required");
        return this[path];
    }

    // "1.250" might be a thousand: more digits behind the mark than the currency has cents are asked about.
    private decimal Number(string path, int decimals)
    {
        var text = string.Concat(this[path].Where(c => !char.IsWhiteSpace(c))).Replace(',', '.');
        if (text.Length == 0) Unclear(path, "required");
        else if (text.Length > 30 || (text.Contains('.', StringComparison.Ordinal) && text.Length - text.IndexOf('.', StringComparison.Ordinal) - 1 > decimals)
            || !decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            Unclear(path, "number");
        }
        else return number;
        return 0m;
    }

    private int Whole(string path)
    {
        var number = Number(path, 28);
        if (number == decimal.Truncate(number) && Math.Abs(number) <= int.MaxValue) return (int)number;
        Unclear(path, "whole");
        return 0;
    }

    private TimeOnly Time(string path)
    {
        if (TimeOnly.TryParse(this[path].Trim().Replace('.', ':'), CultureInfo.InvariantCulture, out var time)
            || TimeOnly.TryParse(this[path], CultureInfo.InvariantCulture, out time)) return time;
        Unclear(path, this[path].Length == 0 ? "required" : "time");
        return default;
    }

    private object Chosen(Type type, string path) => Chosen(type, path, this[path]);

    private object Chosen(Type type, string path, string name)
    {
        if (Enum.GetNames(type).Contains(name)) return Enum.Parse(type, name);
        Unclear(path, "required");
        return Enum.GetValues(type).GetValue(0)!;
    }

    private void Unclear(string path, string code) => _problems.TryAdd(path, new TermsProblem(path, code));

    private static string Written(object value) => value switch
    {
        decimal number => number.ToString("0.############################", CultureInfo.CurrentCulture),
        int number => number.ToString(CultureInfo.InvariantCulture),
        bool yes => yes ? "true" : "false",
        TimeOnly time => time.ToString(time.Ticks % TimeSpan.TicksPerMinute == 0 ? "HH:mm" : "HH:mm:ss.fffffff", CultureInfo.InvariantCulture),
        _ => $"{value}",
    };

    /// <summary>The field that shows a problem: amounts and percents of a cost share one.</summary>
    private string Place(string field)
    {
        foreach (var end in new[] { ".cost.percent", ".cost.fixed", ".percent", ".fixed", ".cost", "" })
        {
            if (field.EndsWith(end, StringComparison.Ordinal) && _typed.ContainsKey(field[..^end.Length] + ".of")) return field[..^end.Length] + ".value";
        }

        return field;
    }

    private static bool IsSet(string path) => Sets.Contains(path) || path.EndsWith(".without", StringComparison.Ordinal);

    private IEnumerable<string> Rows(string list) => _typed.Keys
        .Where(k => k.StartsWith(list + "[", StringComparison.Ordinal))
        .Select(k => k[..(k.IndexOf(']', list.Length) + 1)]).Distinct()
        .OrderBy(row => int.Parse(row.AsSpan(list.Length + 1, row.Length - list.Length - 2), CultureInfo.InvariantCulture));

    private void Forget(string path)
    {
        foreach (var key in _typed.Keys.Where(k => k == path || k.StartsWith(path + ".", StringComparison.Ordinal)).ToList()) _typed.Remove(key);
    }

    private void Copy(string from, string to)
    {
        foreach (var (key, value) in _typed.Where(t => t.Key.StartsWith(from + ".", StringComparison.Ordinal)).ToList())
        {
            _typed[to + key[from.Length..]] = value;
        }
    }

    private void DropEmptyRows()
    {
        var rows = _typed.Keys.SelectMany(k => Index().Matches(k).Select(m => k[..(m.Index + m.Length)])).Distinct().ToList();
        foreach (var row in rows.OrderByDescending(r => r.Length))
        {
            if (_typed.Where(t => t.Key == row || t.Key.StartsWith(row + ".", StringComparison.Ordinal))
                .All(t => string.IsNullOrWhiteSpace(t.Value) || Preset.Contains(t.Key[(t.Key.LastIndexOf('.') + 1)..])))
            {
                Forget(row);
            }
        }

        Renumber();
    }

    private void Renumber()
    {
        var before = _typed.ToList();
        var ranks = before.SelectMany(t => Index().Matches(t.Key).Select(m => (List: t.Key[..m.Index], Row: int.Parse(m.Groups[1].ValueSpan, CultureInfo.InvariantCulture))))
            .Distinct().GroupBy(r => r.List).ToDictionary(g => g.Key, g => g.Select(r => r.Row).Order().ToList());
        _typed.Clear();
        foreach (var (key, value) in before)
        {
            _typed[Index().Replace(key, m => $"[{ranks[key[..m.Index]].IndexOf(int.Parse(m.Groups[1].ValueSpan, CultureInfo.InvariantCulture))}]")] = value;
        }
    }

    /// <summary>What is said in own words gets a key of its own.</summary>
    private void NameOwn(string list)
    {
        foreach (var row in Rows(list).Where(r => this[r + ".key"].Length == 0 && this[r + ".label"].Length > 0).ToList())
        {
            var taken = Rows(list).Select(r => this[r + ".key"]).ToHashSet();
            _typed[row + ".key"] = Enumerable.Range(1, 100).Select(n => $"own-{n}").First(key => !taken.Contains(key));
        }
    }

    [GeneratedRegex(@"^[a-zA-Z0-9]+(\[\d{1,4}\])?(\.[a-zA-Z0-9]+(\[\d{1,4}\])?)*\z")]
    private static partial Regex FieldPath();

    [GeneratedRegex(@"\[(\d{1,4})\]")]
    private static partial Regex Index();

    [GeneratedRegex(@"^(?<list>.+)\[(?<row>\d{1,4})\]\z")]
    private static partial Regex Row();

    [GeneratedRegex(@"^((overrides\[\d{1,4}\]\.)?(cancellation\.tiers|repeats\.percents)|reminders\.(mailHours|textHours)|escalations|reasons\.reasons|contact\.emergency\.(also|turnTo)|scope\.extraWork|overrides)\z")]
    private static partial Regex List();

    [GeneratedRegex(@"^overrides\[\d{1,4}\]\.(?<part>fee|session|cancellation|absence|lateness|moving|prepayment|room|repeats|freePasses|psychologist)\z")]
    private static partial Regex Part();
}
