using Microsoft.EntityFrameworkCore;
using PracticeApp.Practices;
using PracticeApp.Enquiries;

namespace PracticeApp.Tests.Enquiries;

/// <summary>What several tests of enquiries do: put somebody on the rota, write as a stranger, find what arrived.</summary>
internal static class Desk
{
    public const string Words = "We fight more and more, mostly about nothing. On Sunday it was the dishwasher.";

    /// <summary>Lejla answers on weekdays from 9 to 17; the world begins on a Monday at 10.</summary>
    public static Task OpenAsync(World world) => world.InDbAsync(world.Lejla, db =>
    {
        db.RotaShifts.AddRange(Enumerable.Range(1, 5).Select(d => new RotaShift(world.Lipa.Id, world.Lejla.UserId, (DayOfWeek)d, new(9, 0), new(17, 0))));
        return Task.CompletedTask;
    });

    public static async Task<Form> FormAsync(World world, Visitor visitor)
    {
        var page = await visitor.GetAsync("/p/lipa");
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        return page.Form("#form").Fill("Complaint", Words).Fill("CalledName", "Katherine").Fill("How", "Mail")
            .Fill("Email", "katherine@example.org").Fill("Consent", "true");
    }

    /// <summary>Writes by the public form and returns the enquiry's id.</summary>
    public static async Task<Guid> WriteAsync(World world, string? words = null)
    {
        using var stranger = world.Stranger();
        var form = await FormAsync(world, stranger);
        if (words is not null) form.Fill("Complaint", words);
        var sent = await form.SubmitAsync();
        Assert.True(sent.Path.StartsWith("/p/lipa/sent/", StringComparison.Ordinal), sent.ToString());
        return (await LatestAsync(world)).Id;
    }

    public static Task<Enquiry> LatestAsync(World world) =>
        world.InDbAsync(world.Lejla, db => db.Enquiries.AsNoTracking().Include(e => e.Acts).OrderByDescending(e => e.ReceivedAt).ThenByDescending(e => e.Id).FirstAsync());

    public static Task<long> CountAsync(World world, string table) => world.ScalarAsync<long>($"select count(*) from {table}");
}
