using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace PracticeApp.Platform;

/// <summary>Where people reach this installation: as configured, else the first address listened on. Without a slash at the end.</summary>
public sealed class PublicAddress(IOptions<PracticeOptions> options, IServer server)
{
    public string Value => (options.Value.PublicUrl
        ?? server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()?.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)
            .Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal)
        ?? "http://localhost:5080").TrimEnd('/');
}
