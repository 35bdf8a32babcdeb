using System.Collections.Concurrent;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;

namespace PracticeApp.Platform;

/// <summary>Which pages a person may open, by the rule that each page states: so that navigation offers no other.</summary>
public sealed class OpenPages(EndpointDataSource endpoints, PageLoader loader)
{
    private readonly ConcurrentDictionary<string, Task<AccessAttribute?>> _rules = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="path">Of a page without identifiers, such as <c>/people</c>.</param>
    public async Task<bool> HasAsync(string path, Current current) =>
        await _rules.GetOrAdd(path, RuleAsync) is not { Roles.Count: > 0 } rule || rule.Roles.Any(current.Is);

    private async Task<AccessAttribute?> RuleAsync(string path)
    {
        var page = endpoints.Endpoints.OfType<RouteEndpoint>().Where(e => IsAt(path, e.RoutePattern.RawText)).Select(e => e.Metadata.GetMetadata<PageActionDescriptor>()).FirstOrDefault(p => p is not null);
        if (page is null) return null;
        var compiled = page as CompiledPageActionDescriptor ?? await loader.LoadAsync(page, EndpointMetadataCollection.Empty);
        return (AccessAttribute?)Attribute.GetCustomAttribute(compiled.ModelTypeInfo!, typeof(AccessAttribute));
    }

    // "/settings/rooms" also stands for "settings/rooms/{id:guid?}".
    private static bool IsAt(string path, string? template) =>
        template?.TrimStart('/') is { } text && (text.Equals(path[1..], StringComparison.OrdinalIgnoreCase)
            || (text.StartsWith(path[1..] + "/{", StringComparison.OrdinalIgnoreCase) && text.EndsWith("?}", StringComparison.Ordinal)));
}
