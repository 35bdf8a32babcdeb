namespace PracticeApp.Platform;

/// <summary>Runs one piece of work outside a request (a job's item, the demo, a command) under one practice, in one transaction.</summary>
public sealed class UnderPractice(IServiceScopeFactory scopes)
{
    public async Task<T> RunAsync<T>(Guid practiceId, Func<IServiceProvider, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PracticeDb>();
        await db.OpenAsync(practiceId, ct);
        var result = await work(scope.ServiceProvider, ct);
        await db.CommitAsync(ct);
        return result;
    }

    public Task RunAsync(Guid practiceId, Func<IServiceProvider, CancellationToken, Task> work, CancellationToken ct) =>
        RunAsync<object?>(practiceId, async (services, stop) => { await work(services, stop); return null; }, ct);
}
