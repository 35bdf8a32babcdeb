using System.Text.Json;
using System.Text.Json.Nodes;

namespace PracticeApp.Agreements;

/// <summary>
/// Brings the JSON of terms from an older shape to the present one. Only what is read is changed: what was agreed stays
/// stored, shown and hashed as it was.
/// </summary>
internal static class TermsSchema
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <returns>The same text where it is of the present shape, or of none that is known.</returns>
    public static string Upgrade(string json)
    {
        using (var document = JsonDocument.Parse(json, Strict))
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("schemaVersion", out var version)
                || version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out var number) || number is not (1 or 2))
            {
                return json;
            }
        }

        var terms = JsonNode.Parse(json)!.AsObject();
        if (terms["schemaVersion"]!.GetValue<int>() == 1) FromOne(terms);
        FromTwo(terms);
        return terms.ToJsonString();
    }

    /// <summary>Emergencies and extra work in own words; overrides of repeats, passes and the psychologist's side, and what they take away.</summary>
    private static void FromOne(JsonObject terms)
    {
        terms["schemaVersion"] = 2;
        if (terms["contact"] is JsonObject contact && contact["emergency"] is JsonObject emergency) Add(emergency, "also", new JsonArray());
        if (terms["scope"] is JsonObject scope) ForEach(scope["extraWork"], work => Add(work, "label", null));
        ForEach(terms["overrides"], over =>
        {
            foreach (var part in new[] { "repeats", "freePasses", "psychologist" }) Add(over, part, null);
            Add(over, "without", new JsonArray());
        });
    }

    /// <summary>Agreed reminders.</summary>
    private static void FromTwo(JsonObject terms)
    {
        terms["schemaVersion"] = 3;
        Add(terms, "reminders", null);
    }

    private static void Add(JsonObject part, string name, JsonNode? value)
    {
        if (!part.TryAdd(name, value)) throw new FormatException($"Terms of an older schema have no '{name}'.");
    }

    private static void ForEach(JsonNode? list, Action<JsonObject> change)
    {
        foreach (var item in (list as JsonArray ?? []).OfType<JsonObject>()) change(item);
    }
}
