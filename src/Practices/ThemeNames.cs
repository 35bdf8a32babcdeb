using Microsoft.Extensions.Localization;

namespace PracticeApp.Practices;

/// <summary>What a theme is called: as the practice renamed it, else the default's name in the reader's language.</summary>
public static class ThemeNames
{
    public static string NameOf(this IStringLocalizer<Texts> texts, Theme theme) => texts.NameOf(theme.Key, theme.Name);

    public static string NameOf(this IStringLocalizer<Texts> texts, string? key, string? name) => name ?? texts[$"Theme.{key ?? "other"}"];
}
