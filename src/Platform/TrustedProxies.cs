using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace PracticeApp.Platform;

/// <summary>Whose word is taken for where a request came from: listed proxies, and nobody else.</summary>
public static class TrustedProxies
{
    public static void UseTrustedProxies(this WebApplication app)
    {
        var listed = app.Services.GetRequiredService<IOptions<PracticeOptions>>().Value.TrustedProxies;
        if (listed.Length == 0) return;
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var one in listed)
        {
            if (IPAddress.TryParse(one, out var address)) options.KnownProxies.Add(address);
            else if (System.Net.IPNetwork.TryParse(one, out var network)) options.KnownIPNetworks.Add(network);
            else throw new InvalidOperationException($"Practice:TrustedProxies: '{one}' is neither an address nor a network.");
        }
        app.UseForwardedHeaders(options);
    }
}
