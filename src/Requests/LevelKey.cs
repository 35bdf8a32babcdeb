using System.Globalization;

namespace PracticeApp.Requests;

/// <summary>Where the name of a level stands in the texts; Finnish writes minus with a sign of its own, a key does not.</summary>
internal static class LevelKey
{
    internal static string Of(int level) => "Level." + level.ToString(CultureInfo.InvariantCulture);
}
