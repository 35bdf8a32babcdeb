using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;
using PracticeApp.Platform.Encryption;

namespace PracticeApp.Tests;

public sealed class SecurityDocumentTests
{
    [Fact]
    public void The_document_lists_every_encrypted_column()
    {
        var section = File.ReadAllText(Path.Combine(Repository.Root, "docs", "security.md")).Split("## Encrypted columns")[1].Split("\n## ")[0];
        // Columns of one table follow one another as `table.column` `.column`.
        var listed = new HashSet<string>();
        var table = "";
        foreach (var name in section.Split('`').Where((_, i) => i % 2 == 1))
        {
            if (name.StartsWith('.')) listed.Add(table + name);
            else if (name.Split('.') is [var first, _]) { table = first; listed.Add(name); }
        }
        using var db = new PracticeDb(new DbContextOptionsBuilder<PracticeDb>().UseNpgsql("Host=none").Options, new Current(), TimeProvider.System);
        var columns = from entity in db.Model.GetEntityTypes()
                      from property in entity.GetProperties()
                      where (Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType) == typeof(Sealed)
                      select $"{entity.GetTableName()}.{property.GetColumnName()}";
        Assert.Equal(columns.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }
}
