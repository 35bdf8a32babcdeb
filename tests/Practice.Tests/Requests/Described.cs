using Microsoft.EntityFrameworkCore;

namespace PracticeApp.Tests.Requests;

/// <summary>A request on its way, as tests of the psychologist's side need it.</summary>
internal static class Described
{
    public const string Wording = "I want to tell Mrs Kapo no, calmly, when she hands me a shift";

    /// <summary>Emina has worded it and her psychologist has given it a theme; its workspace is at the address returned.</summary>
    public static async Task<string> RequestAsync(World world, string theme)
    {
        using var emina = await world.As(world.Emina);
        await (await emina.GetAsync("/me/request")).SubmitAsync("Keep these words", ("Wording.Text", Wording));
        var address = "/requests/" + await world.InDbAsync(world.Lejla, db => db.ClientRequests.Select(r => r.Id).SingleAsync());
        using var lejla = await world.As(world.Lejla);
        await ThemeAsync(world, await lejla.GetAsync(address), theme);
        return address;
    }

    public static Task<Page> ThemeAsync(World world, Page workspace, string theme) =>
        workspace.SubmitAsync("form[action*='Describe']", ("Describe.ThemeId", world.Lipa.Themes[theme].ToString()), ("Describe.HowNoticed", "she has heard a no"));
}
