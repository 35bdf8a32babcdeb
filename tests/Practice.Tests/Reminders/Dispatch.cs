using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using PracticeApp.Platform;
using PracticeApp.Reminders;

namespace PracticeApp.Tests.Reminders;

/// <summary>Due notices of a world and dispatchers beside its own, as other instances would have them.</summary>
internal static class Dispatch
{
    public const string Kind = "reminders.appointment";

    public static Task DueAsync(this World world, int count, Func<int, string>? address = null) => world.InDbAsync(world.Lejla, db =>
    {
        for (var i = 0; i < count; i++) db.Notices.Add(Due(world, address?.Invoke(i) ?? $"n{i:000}@example.org", world.Clock.Now.AddSeconds(-count + i)));
        return Task.CompletedTask;
    });

    public static Notice Due(World world, string address, DateTime at) =>
        new Notice(world.Lipa.Id, Kind, Channel.Mail, address, "en", at, at).With("name", "Emina").With("when", "then").With("terms", "").With("link", "https://example.org/a/b");

    /// <param name="options">Such as how long a mail may take.</param>
    public static SendDueNotices Instance(this World world, IMailChannel mail, PracticeOptions? options = null) => new(
        world.Services.GetRequiredService<NpgsqlDataSource>(), world.Services.GetRequiredService<UnderPractice>(), mail, world.Mailbox,
        world.Services.GetRequiredService<PrepareNotice>(), Options.Create(options ?? new PracticeOptions()), world.Clock, NullLogger<SendDueNotices>.Instance);

    public static SmtpMail Smtp(SmtpSink sink, int timeoutSeconds = 5, bool tls = false) =>
        new(Options.Create(new PracticeOptions { Smtp = new SmtpOptions { Host = "127.0.0.1", Port = sink.Port, Tls = tls, From = "mail@lipa.example", TimeoutSeconds = timeoutSeconds } }));

    public static Task<List<Notice>> NoticesAsync(this World world) =>
        world.InDbAsync(world.Lejla, db => db.Notices.AsNoTracking().OrderBy(n => n.Recipient).ToListAsync());

    public static async Task<Notice> NoticeAsync(this World world) => (await world.NoticesAsync()).Single();
}

/// <summary>Hands over to a test, which decides what becomes of the mail.</summary>
internal sealed class MailBy(Func<Mail, CancellationToken, Task> send) : IMailChannel
{
    public Task SendAsync(Mail mail, CancellationToken ct) => send(mail, ct);
}
