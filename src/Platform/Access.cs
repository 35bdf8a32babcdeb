using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;

namespace PracticeApp.Platform;

/// <summary>Who may open a page. Every page states one of <see cref="AccessAttribute"/> and <see cref="AnyoneAttribute"/>; a test enumerates them.</summary>
/// <param name="roles">Any of these; none: whoever is signed in to a practice.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AccessAttribute(params Role[] roles) : Attribute
{
    public IReadOnlyList<Role> Roles { get; } = roles;
}

/// <summary>Public: the page finds its practice itself (by address or signed link), or needs none.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AnyoneAttribute : Attribute;

/// <summary>Whom the pages admit, as their <see cref="AccessAttribute"/> says; so that nobody is led to a closed door.</summary>
public sealed class PageAccess(IActionDescriptorCollectionProvider actions, PageLoader loader)
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<Role>?> _roles = [];

    /// <summary>True for addresses that are no page of this app.</summary>
    public async Task<bool> AdmitsAsync(string address, Current current)
    {
        if (!_roles.TryGetValue(address, out var roles)) roles = _roles[address] = await RolesAsync(address);
        return roles is not { Count: > 0 } || roles.Any(current.Is);
    }

    private async Task<IReadOnlyList<Role>?> RolesAsync(string address)
    {
        var page = actions.ActionDescriptors.Items.OfType<PageActionDescriptor>().FirstOrDefault(p => p.AttributeRouteInfo?.Template == address.TrimStart('/'));
        if (page is null) return null;
        var compiled = await loader.LoadAsync(page, EndpointMetadataCollection.Empty);
        return compiled.HandlerTypeInfo.GetCustomAttribute<AccessAttribute>()?.Roles;
    }
}
