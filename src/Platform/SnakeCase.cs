using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace PracticeApp.Platform;

/// <summary>snake_case names for tables, columns, keys, foreign keys and indexes.</summary>
public sealed class SnakeCase : IModelFinalizingConvention
{
    public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
    {
        foreach (var entity in modelBuilder.Metadata.GetEntityTypes())
        {
            if (entity.IsMappedToJson())
            {
                if (entity.FindOwnership() is { } owner && !owner.PrincipalEntityType.IsMappedToJson() && entity.GetContainerColumnName() is { } column)
                    entity.SetContainerColumnName(Name(column));
                continue;
            }
            if (entity.GetTableName() is { } table) entity.Builder.ToTable(Name(table), entity.GetSchema());
            foreach (var property in entity.GetProperties()) property.Builder.HasColumnName(Name(property.GetColumnName()));
            foreach (var complex in entity.GetComplexProperties()) Rename(complex);
            foreach (var key in entity.GetKeys()) if (key.GetName() is { } name) key.Builder.HasName(Name(name));
            foreach (var foreignKey in entity.GetForeignKeys()) if (foreignKey.GetConstraintName() is { } name) foreignKey.Builder.HasConstraintName(Name(name));
            foreach (var index in entity.GetIndexes()) if (index.GetDatabaseName() is { } name) index.Builder.HasDatabaseName(Name(name));
        }
    }

    private static void Rename(IConventionComplexProperty complex)
    {
        if (complex.ComplexType.GetContainerColumnName() is { } container)
        {
            complex.ComplexType.SetContainerColumnName(Name(container));
            return;
        }
        foreach (var property in complex.ComplexType.GetProperties()) property.Builder.HasColumnName(Name(property.GetColumnName()));
        foreach (var nested in complex.ComplexType.GetComplexProperties()) Rename(nested);
    }

    public static string Name(string name)
    {
        if (name == "xmin") return name;
        var result = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            if (!char.IsUpper(c)) { result.Append(c); continue; }
            var startsWord = i > 0 && name[i - 1] != '_' && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (startsWord) result.Append('_');
            result.Append(char.ToLowerInvariant(c));
        }
        return result.ToString();
    }
}
