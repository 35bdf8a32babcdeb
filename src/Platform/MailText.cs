using System.Globalization;
using System.Net.Mail;
using System.Text;

namespace PracticeApp.Platform;

/// <summary>A mail as it goes over the line: seven bits, short lines, nothing in a header that somebody else could have begun.</summary>
internal static class MailText
{
    private static readonly IdnMapping s_domains = new();

    public static string Of(Mail mail, string from)
    {
        var text = new StringBuilder();
        void Add(string line) => text.Append(line).Append("\r\n");
        Add($"From: {Name(mail.SenderName)} <{Address(from)}>");
        Add($"To: {Address(mail.To)}");
        Add($"Subject: {Words(mail.Subject)}");
        Add($"Date: {mail.At.ToString("ddd, dd MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture)} +0000");
        Add($"Message-ID: {OneLine(mail.MessageId)}");
        Add("Auto-Submitted: auto-generated");
        if (mail.OptOut is { } optOut)
        {
            Add($"List-Unsubscribe: <{new Uri(optOut).AbsoluteUri}>");
            Add("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
        }
        Add("MIME-Version: 1.0");
        var id = mail.MessageId.Trim('<', '>').Split('@')[0];
        var (both, whole) = ($"both-{OneLine(id)}", $"whole-{OneLine(id)}");
        if (mail.Calendar is not null) Add($"Content-Type: multipart/mixed;\r\n boundary=\"{whole}\"\r\n\r\n--{whole}");
        Add($"Content-Type: multipart/alternative;\r\n boundary=\"{both}\"\r\n");
        Part(text, both, "text/plain; charset=utf-8", mail.Text);
        Part(text, both, "text/html; charset=utf-8", mail.Html);
        Add($"--{both}--");
        if (mail.Calendar is { } calendar)
        {
            Part(text, whole, "text/calendar; charset=utf-8;\r\n name=\"appointment.ics\"\r\nContent-Disposition: attachment; filename=\"appointment.ics\"", calendar);
            Add($"--{whole}--");
        }
        return text.ToString();
    }

    /// <summary>As the server is told it: without a name, the domain in letters every server knows.</summary>
    /// <exception cref="PermanentMailException">It is no mail address.</exception>
    public static string Address(string address)
    {
        // A line break would begin a header or a command of somebody else's.
        if (address.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '<' or '>' or ',' or ';' or '"' or '(' or ')') || !MailAddress.TryCreate(address, out var known))
            throw new PermanentMailException("The address is not a mail address.");
        try
        {
            return $"{known.User}@{s_domains.GetAscii(known.Host)}";
        }
        catch (ArgumentException e)
        {
            throw new PermanentMailException("The address is not a mail address.", e);
        }
    }

    public static string OneLine(string text) => text.Any(IsBreak) ? new string([.. text.Select(c => IsBreak(c) ? ' ' : c)]).Trim() : text;

    private static bool IsBreak(char c) => char.IsControl(c) || c is '\u2028' or '\u2029';

    private static void Part(StringBuilder text, string boundary, string type, string content) => text
        .Append("--").Append(boundary).Append("\r\nContent-Type: ").Append(type).Append("\r\nContent-Transfer-Encoding: base64\r\n\r\n")
        .Append(Convert.ToBase64String(Encoding.UTF8.GetBytes(content), Base64FormattingOptions.InsertLineBreaks)).Append("\r\n");

    private static string Name(string name) => Words(name) is var words && words.StartsWith("=?", StringComparison.Ordinal) ? words
        : $"\"{words.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>Plain letters as they are, others as encoded words (RFC 2047) of whole letters, each short enough for a line.</summary>
    private static string Words(string text)
    {
        text = OneLine(text);
        if (text.Length <= 60 && text.All(c => c is >= ' ' and <= '~') && !text.Contains("=?", StringComparison.Ordinal)) return text;
        var (words, word) = (new List<string>(), new List<byte>());
        void End() => words.Add($"=?utf-8?B?{Convert.ToBase64String(word.ToArray())}?=");
        Span<byte> letter = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            var length = rune.EncodeToUtf8(letter);
            if (word.Count + length > 42)
            {
                End();
                word.Clear();
            }
            word.AddRange(letter[..length]);
        }
        End();
        return string.Join("\r\n ", words);
    }
}
