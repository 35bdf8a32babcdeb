using System.Globalization;
using Microsoft.Extensions.Localization;

namespace PracticeApp.Caseload;

/// <summary>"accounts.invitation" in words; a kind without words is shown as it is.</summary>
internal static class NoticeNames
{
    public static string Of(IStringLocalizer<Texts> t, string kind) => t[$"Notice.{kind}"] is { ResourceNotFound: false } name
        ? char.ToUpper(name.Value[0], CultureInfo.CurrentUICulture) + name.Value[1..] : kind;
}
