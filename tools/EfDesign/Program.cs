// Usage:
//   dotnet run --project tools/EfDesign -- add NAME    a new migration; runs migrations/NAME*.sql at its end
//   dotnet run --project tools/EfDesign -- again NAME  makes the latest, unpublished migration anew
//   dotnet run --project tools/EfDesign -- check       exits 1 when the model has changes without a migration
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Design;
using Npgsql.EntityFrameworkCore.PostgreSQL.Design.Internal;
using PracticeApp;
using PracticeApp.Platform;

var root = new DirectoryInfo(Directory.GetCurrentDirectory());
while (root is not null && !File.Exists(Path.Combine(root.FullName, "Practice.sln"))) root = root.Parent;
if (root is null) { Console.Error.WriteLine("Run this inside the repository."); return 2; }
var folder = Path.Combine(root.FullName, "migrations");

await using var db = new PracticeDb(
    new DbContextOptionsBuilder<PracticeDb>().UseNpgsql("Host=none").Options, new Current(), TimeProvider.System);

switch (args)
{
    case ["again", var name]:
        foreach (var file in Directory.GetFiles(folder, "*.cs").Where(f => f.EndsWith($"_{name}.cs", StringComparison.Ordinal) || f.EndsWith($"_{name}.Designer.cs", StringComparison.Ordinal)))
            File.Delete(file);
        if (Directory.GetFiles(folder, "*_*.cs").Length == 0) File.Delete(Path.Combine(folder, "PracticeDbModelSnapshot.cs"));
        Console.WriteLine($"{name} is removed: now run `add {name}`.");
        return 0;
    case ["add", var name]:
#pragma warning disable EF1001
        var services = new ServiceCollection().AddEntityFrameworkDesignTimeServices().AddDbContextDesignTimeServices(db);
        new NpgsqlDesignTimeServices().ConfigureDesignTimeServices(services);
#pragma warning restore EF1001
#pragma warning disable ASP0000
        var migration = services.BuildServiceProvider().GetRequiredService<IMigrationsScaffolder>().ScaffoldMigration(name, "PracticeApp", "Migrations", "C#");
#pragma warning restore ASP0000
        var runs = string.Concat(Directory.GetFiles(folder, $"{name}*.sql").Select(Path.GetFileName).Order(StringComparer.Ordinal)
            .Select(file => $"            migrationBuilder.Run(\"{file}\");\n"));
        File.WriteAllText(Path.Combine(folder, migration.MigrationId + migration.FileExtension), ForwardOnly(migration.MigrationCode, runs));
        File.WriteAllText(Path.Combine(folder, migration.MigrationId + ".Designer" + migration.FileExtension), migration.MetadataCode);
        File.WriteAllText(Path.Combine(folder, migration.SnapshotName + migration.FileExtension), migration.SnapshotCode);
        Console.WriteLine(migration.MigrationId);
        return 0;
    case ["check"]:
        var pending = db.Database.HasPendingModelChanges();
        Console.WriteLine(pending ? "The model has changes without a migration." : "ok");
        return pending ? 1 : 0;
    default:
        Console.Error.WriteLine("add NAME | again NAME | check");
        return 2;
}

// Migrations only go forward; what stands in SQL files runs at the end of Up.
static string ForwardOnly(string code, string runs)
{
    var down = code.IndexOf("        /// <inheritdoc />\n        protected override void Down", StringComparison.Ordinal);
    if (down < 0) down = code.IndexOf("        /// <inheritdoc />\r\n        protected override void Down", StringComparison.Ordinal);
    var up = code[..down].TrimEnd();
    up = up[..up.LastIndexOf('}')].TrimEnd() + "\n" + runs + "        }\n";
    return ("using PracticeApp.Platform;\n" + up + "    }\n}\n").Replace("\r\n", "\n", StringComparison.Ordinal);
}
