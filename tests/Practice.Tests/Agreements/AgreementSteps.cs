using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Agreements;

namespace PracticeApp.Tests.Agreements;

/// <summary>The way of an agreement through the pages, as the two people walk it.</summary>
internal static class AgreementSteps
{
    /// <summary>Lejla prepares and sends an agreement to Emina, unless it is somebody else's; answers with its id.</summary>
    public static async Task<Guid> SendAsync(this World world, string language = "en", Person? by = null, Person? to = null)
    {
        var psychologist = await world.As(by ?? world.Lejla);
        var draft = await (await psychologist.GetAsync($"/agreements/new?client={(to ?? world.Emina).ClientId}"))
            .SubmitAsync("Show me the agreement", ("Language", language), ("Kind", world.Lipa.Individual.ToString()));
        var sent = await draft.SubmitAsync("Send it");
        Assert.Contains("Sent.", sent.Text, StringComparison.Ordinal);
        return Guid.Parse(sent.Url.Segments[^1]);
    }

    /// <summary>A form filled in as somebody fills it in who signs.</summary>
    public static Form Filled(this Page page, string button, string name, string initials)
    {
        var form = page.Form(button);
        foreach (var field in form.Fields.Where(f => f.StartsWith("Input.Initials", StringComparison.Ordinal))) form.Fill(field, initials);
        return form.Fill("Name", name).Fill("Consent", "true");
    }

    public static async Task<Page> SignAsync(this World world, Guid id) =>
        await (await (await world.As(world.Emina)).GetAsync($"/agreements/{id}")).Filled("Sign the agreement", "Emina Hodžić", "EH").SubmitAsync();

    public static async Task<Page> CountersignAsync(this World world, Guid id) =>
        await (await (await world.As(world.Lejla)).GetAsync($"/agreements/{id}/countersign")).Filled("Sign and put in force", "Lejla Hadžić", "LH").SubmitAsync();

    /// <summary>In force and sealed.</summary>
    public static async Task<Guid> AgreeAsync(this World world, string language = "en")
    {
        var id = await world.SendAsync(language);
        await world.SignAsync(id);
        await world.CountersignAsync(id);
        Assert.Equal(1, await world.Services.GetRequiredService<SealAgreements>().RunAsync(CancellationToken.None));
        return id;
    }

    public static Task<AgreementState> StateAsync(this World world, Guid id) =>
        world.InDbAsync(world.Lejla, db => db.Agreements.Where(a => a.Id == id).Select(a => a.State).SingleAsync());

    public static Task<List<ActKind>> ActsAsync(this World world, Guid id) =>
        world.InDbAsync(world.Lejla, db => db.AgreementActs.Where(a => a.AgreementId == id).OrderBy(a => a.Number).Select(a => a.Kind).ToListAsync());
}
