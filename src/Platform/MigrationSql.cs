using Microsoft.EntityFrameworkCore.Migrations;

namespace PracticeApp.Platform;

/// <summary>The SQL that stands beside the migrations: policies, constraints, triggers, look-ups.</summary>
public static class MigrationSql
{
    /// <summary>Runs migrations/{file}, which is embedded in the assembly.</summary>
    public static void Run(this MigrationBuilder migration, string file) => migration.Sql(Read(file));

    public static string Read(string file)
    {
        using var stream = typeof(MigrationSql).Assembly.GetManifestResourceStream("migrations/" + file)
            ?? throw new InvalidOperationException($"migrations/{file} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
