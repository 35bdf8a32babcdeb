using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace PracticeApp.Platform;

/// <summary>The Data Protection key ring in the database, shared by all instances; its keys are sealed by the master key.</summary>
internal sealed class KeyRing(NpgsqlDataSource database, TimeProvider clock) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var command = database.CreateCommand("select value from installation_keys where name like 'ring/%' order by name");
        using var reader = command.ExecuteReader();
        var elements = new List<XElement>();
        while (reader.Read()) elements.Add(XElement.Parse(reader.GetString(0)));
        return elements;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var command = database.CreateCommand("insert into installation_keys (name, value, created_at) values ($1, $2, $3) on conflict (name) do update set value = excluded.value");
        command.Parameters.Add(new() { Value = "ring/" + friendlyName });
        command.Parameters.Add(new() { Value = element.ToString(SaveOptions.DisableFormatting) });
        command.Parameters.Add(new() { Value = clock.GetUtcNow().UtcDateTime });
        command.ExecuteNonQuery();
    }
}
