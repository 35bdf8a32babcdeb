using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PracticeApp.Agreements;

namespace PracticeApp.Tests.Agreements;

/// <summary>What was sent, done and sealed is changed by nobody: the database refuses it to every login the app has.</summary>
public sealed class ImmutableAgreementTests(World world) : IClassFixture<World>, IAsyncLifetime
{
    public async ValueTask InitializeAsync()
    {
        if (await world.ScalarAsync<long>("select count(*) from agreements") > 0) return;
        await world.AgreeAsync(world.Emina, Terms.Default(80, "BAM"));
        await world.Services.GetRequiredService<SealAgreements>().RunAsync(CancellationToken.None);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("update agreements set terms_json = jsonb_set(terms_json, '{fee,amount}', '1')")]
    [InlineData("update agreements set document = '\\x00'")]
    [InlineData("update agreements set document_hash = sha256('x')")]
    [InlineData("update agreements set number = 7")]
    [InlineData("update agreements set engagement_id = gen_random_uuid()")]
    [InlineData("update agreements set in_force_at = now()")]
    [InlineData("update agreements set state = 'Draft'")]
    [InlineData("update agreements set state = 'Sent'")]
    [InlineData("delete from agreements")]
    [InlineData("update agreement_acts set at = now()")]
    [InlineData("update agreement_acts set content = '\\x00'")]
    [InlineData("delete from agreement_acts")]
    [InlineData("update agreement_parties set signed_at = now()")]
    [InlineData("delete from agreement_parties")]
    [InlineData("update sealed_documents set content = '\\x00'")]
    [InlineData("update sealed_documents set sha256 = sha256('x')")]
    [InlineData("delete from sealed_documents")]
    public async Task The_database_refuses_every_change(string sql)
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(() => AsAppAsync(sql));

        Assert.Equal(PostgresErrorCodes.RestrictViolation, refused.SqlState);
        Assert.Empty(await world.Services.GetRequiredService<CheckSealedDocuments>().RunAsync(world.Lipa.Id, CancellationToken.None));
    }

    [Theory]
    [InlineData("truncate agreements cascade")]
    [InlineData("truncate agreement_acts")]
    [InlineData("truncate sealed_documents")]
    [InlineData("alter table agreements disable trigger all")]
    public async Task The_app_has_no_right_to_go_round(string sql) =>
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => AsAppAsync(sql))).SqlState);

    private async Task AsAppAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(world.Logins.App + ";Pooling=false");
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand($"select set_config('app.practice_id', '{world.Lipa.Id}', true), set_config('app.user_id', '{world.Lejla.UserId}', true); {sql}", connection, transaction);
        await command.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }
}
