using Npgsql;
using PracticeApp.Platform;

namespace PracticeApp.Tests;

public sealed class DatabaseTests(Database database)
{
    [Fact]
    public async Task Two_copies_know_nothing_of_one_another()
    {
        var (one, other) = (await database.CopyAsync(), await database.CopyAsync());
        await ScalarAsync(database.Superuser(one), "create table mark as select 1 as id");
        Assert.True((bool)(await ScalarAsync(database.Superuser(one), "select to_regclass('mark') is not null"))!);
        Assert.False((bool)(await ScalarAsync(database.Superuser(other), "select to_regclass('mark') is not null"))!);
        Assert.Equal(0L, await ScalarAsync(other.App, "select count(*) from practices"));
        await database.DropAsync(one);
    }

    [Fact]
    public async Task A_template_is_filled_once()
    {
        var times = 0;
        Task Fill(DatabaseLogins logins)
        {
            times++;
            return ScalarAsync(database.Superuser(logins), "create table filled as select 1 as id");
        }
        var copies = await Task.WhenAll(database.CopyAsync("once", Fill), database.CopyAsync("once", Fill));
        foreach (var copy in copies) Assert.Equal(1, await ScalarAsync(database.Superuser(copy), "select id from filled"));
        Assert.Equal(1, times);
    }

    private static async Task<object?> ScalarAsync(string login, string sql)
    {
        await using var connection = new NpgsqlConnection(login + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
