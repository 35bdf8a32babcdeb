using System.ComponentModel.DataAnnotations;

namespace PracticeApp.Platform;

/// <summary>The section "Practice" of the configuration; validated at start.</summary>
public sealed record PracticeOptions
{
    /// <summary>Where the embedded database, the master key, the outbox and the audit anchor are kept.</summary>
    [Required] public string DataDirectory { get; init; } = "data";
    /// <summary>The master key as base64 of 32 bytes; empty: the file master.key in the data directory.</summary>
    public string? MasterKey { get; init; }
    /// <summary>The demo practice; only on the embedded database and a loopback address.</summary>
    public bool Demo { get; init; }
    /// <summary>The address under which people reach this installation, for links in messages; empty: the first one listened on.</summary>
    [Url] public string? PublicUrl { get; init; }
    /// <summary>Proxies whose forwarded headers are believed: addresses or networks.</summary>
    public string[] TrustedProxies { get; init; } = [];
    /// <summary>Connections per instance; 0: four for each core.</summary>
    [Range(0, 500)] public int PoolSize { get; init; }
    [Range(1, 720)] public int StaffIdleMinutes { get; init; } = 15;
    [Range(1, 1440)] public int ClientIdleMinutes { get; init; } = 60;
    [Range(1, 720)] public int SignInHours { get; init; } = 12;
    /// <summary>"outbox" keeps mails as files in the data directory; "smtp" sends them.</summary>
    [RegularExpression("outbox|smtp")] public string Mail { get; init; } = "outbox";
    public SmtpOptions Smtp { get; init; } = new();
    public TextOptions Text { get; init; } = new();
    public CardOptions Card { get; init; } = new();
    /// <summary>Without a gateway nobody is promised a text message.</summary>
    public bool SendsTexts => Mail == "outbox" || !string.IsNullOrWhiteSpace(Text.Url);
    /// <summary>Set by tests: jobs are then run by hand.</summary>
    public bool Jobs { get; init; } = true;
}

public sealed record SmtpOptions
{
    public string Host { get; init; } = "localhost";
    [Range(1, 65535)] public int Port { get; init; } = 587;
    /// <summary>STARTTLS, or TLS from the start on port 465; without it nothing is sent.</summary>
    public bool Tls { get; init; } = true;
    public string? User { get; init; }
    public string? Password { get; init; }
    public string From { get; init; } = "no-reply@localhost";
    [Range(1, 120)] public int TimeoutSeconds { get; init; } = 20;
    /// <summary>Open at the same time, of one instance.</summary>
    [Range(1, 32)] public int Connections { get; init; } = 4;
    /// <summary>Mails a second, of all instances together; 0: as fast as the server takes them.</summary>
    [Range(0, 10_000)] public int PerSecond { get; init; } = 20;
}

/// <summary>Any SMS provider that takes a message by an HTTP POST.</summary>
public sealed record TextOptions
{
    /// <summary>Where messages are posted to; empty: no text messages.</summary>
    public string Url { get; init; } = "";
    /// <summary>One header, "Name: value", such as the provider's key.</summary>
    public string? Header { get; init; }
    public string ContentType { get; init; } = "application/json";
    /// <summary>{to}, {from}, {text} and {id} (the same for every attempt) are filled in, escaped as the content type asks.</summary>
    public string Body { get; init; } = """{"to":"{to}","from":"{from}","text":"{text}","id":"{id}"}""";
    [Range(1, 120)] public int TimeoutSeconds { get; init; } = 20;
    /// <summary>What requests are signed with; empty: not signed.</summary>
    public string? Secret { get; init; }
    [Range(1, 32)] public int Connections { get; init; } = 4;
    /// <summary>Messages a second, of all instances together; 0: as fast as the gateway takes them.</summary>
    [Range(0, 10_000)] public int PerSecond { get; init; } = 10;
}

/// <summary>Any card provider that takes a payment by a link and reports it by a signed message.</summary>
public sealed record CardOptions
{
    /// <summary>
    /// Where people pay; empty: no card payments. {reference}, {amount}, {currency}, {language}, {return}, {time} and {signature}
    /// (HMAC-SHA256 in hex over reference, amount, currency, return and time, each on a line of its own) are filled in, escaped.
    /// </summary>
    public string Url { get; init; } = "";
    /// <summary>Shared with the provider; at least 32 characters.</summary>
    public string Secret { get; init; } = "";
    /// <summary>How old a message of the provider may be.</summary>
    [Range(1, 60)] public int ToleranceMinutes { get; init; } = 5;
}
