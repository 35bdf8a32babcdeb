using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;

namespace PracticeApp.Tests;

/// <summary>
/// A person's browser without script: keeps cookies, follows redirects, sends the forms that pages really show.
/// Secure cookies are sent to the test server too, as browsers do on a loopback address.
/// </summary>
public sealed class Visitor(Uri home, string language = "en") : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = home };
    // Some tests let one visitor ask for several pages at once.
    private readonly ConcurrentDictionary<string, string> _cookies = new();

    public IReadOnlyDictionary<string, string> Cookies => _cookies;
    public string Language { get; set; } = language;
    /// <summary>Sent with every request.</summary>
    public Dictionary<string, string> Headers { get; } = [];

    public Task<Page> GetAsync(string path) => SendAsync(() => new HttpRequestMessage(HttpMethod.Get, path), follow: true);

    /// <summary>The answer itself, also where it sends elsewhere.</summary>
    public Task<Page> GetWithoutFollowingAsync(string path) => SendAsync(() => new HttpRequestMessage(HttpMethod.Get, path), follow: false);

    /// <summary>Sends fields that no page offered; for what an attacker would try.</summary>
    public Task<Page> PostAsync(string path, params (string Name, string Value)[] fields) => PostAsync(path, Encode(fields), follow: true);

    internal Task<Page> PostAsync(string path, Func<HttpContent> content, bool follow) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Post, path) { Content = content() }, follow);

    internal static Func<HttpContent> Encode(IEnumerable<(string Name, string Value)> fields)
    {
        var pairs = fields.Select(f => KeyValuePair.Create(f.Name, f.Value)).ToList();
        return () => new FormUrlEncodedContent(pairs);
    }

    public void SetCookie(string name, string value) => _cookies[name] = value;
    public void ForgetCookies() => _cookies.Clear();

    public async Task<Page> SendAsync(Func<HttpRequestMessage> request, bool follow)
    {
        var response = await SendOnceAsync(request());
        for (var hops = 0; follow && IsRedirect(response.StatusCode) && response.Headers.Location is { } location; hops++)
        {
            if (hops == 10) throw new InvalidOperationException($"Redirected in a circle: {location}");
            var target = new Uri(response.RequestMessage!.RequestUri!, location);
            if (target.Authority != home.Authority) break;
            var method = response.StatusCode is HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect ? response.RequestMessage.Method : HttpMethod.Get;
            if (method != HttpMethod.Get) break;
            response = await SendOnceAsync(new HttpRequestMessage(method, target));
        }
        var bytes = await response.Content.ReadAsByteArrayAsync();
        var text = System.Text.Encoding.UTF8.GetString(bytes);
        return new Page(this, response, bytes, text);
    }

    private async Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request)
    {
        if (!_cookies.IsEmpty) request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(c => $"{c.Key}={c.Value}")));
        request.Headers.AcceptLanguage.Add(new StringWithQualityHeaderValue(Language));
        foreach (var (name, value) in Headers) request.Headers.Add(name, value);
        var response = await _http.SendAsync(request);
        if (response.Headers.TryGetValues("Set-Cookie", out var cookies))
            foreach (var cookie in cookies) Keep(cookie);
        return response;
    }

    private void Keep(string cookie)
    {
        var parts = cookie.Split(';', StringSplitOptions.TrimEntries);
        var (name, value) = (parts[0][..parts[0].IndexOf('=', StringComparison.Ordinal)], parts[0][(parts[0].IndexOf('=', StringComparison.Ordinal) + 1)..]);
        var deleted = parts.Any(p => p.Equals("max-age=0", StringComparison.OrdinalIgnoreCase) || p.StartsWith("expires=Thu, 01 Jan 1970", StringComparison.OrdinalIgnoreCase));
        if (deleted) _cookies.TryRemove(name, out _);
        else _cookies[name] = value;
    }

    private static bool IsRedirect(HttpStatusCode status) => (int)status is 301 or 302 or 303 or 307 or 308;

    public void Dispose() => _http.Dispose();
}
