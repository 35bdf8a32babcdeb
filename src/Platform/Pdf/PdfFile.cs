using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace PracticeApp.Platform.Pdf;

/// <summary>The numbered objects of a PDF 1.7 file (ISO 32000-1) and how they are written down. Knows nothing of layout.</summary>
internal sealed class PdfFile
{
    private readonly List<byte[]?> _objects = [];

    public static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>A text string for dictionaries (titles, names), in UTF-16 so that every language fits.</summary>
    public static string Text(string value) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(value))}>";

    public static string Date(DateTime utc) => $"(D:{utc.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}Z)";

    public static string References(IEnumerable<int> objects) => string.Join(' ', objects.Select(o => $"{o} 0 R"));

    /// <summary>Takes a number for an object that others refer to before it is written.</summary>
    public int Reserve()
    {
        _objects.Add(null);
        return _objects.Count;
    }

    public void Set(int number, string body) => _objects[number - 1] = Encoding.Latin1.GetBytes(body);

    public int Add(string body)
    {
        var number = Reserve();
        Set(number, body);
        return number;
    }

    public int AddStream(string entries, byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(bytes);
        }

        var body = new MemoryStream();
        body.Write(Encoding.Latin1.GetBytes($"<< {entries} /Filter /FlateDecode /Length {packed.Length} >>\nstream\n"));
        packed.WriteTo(body);
        body.Write("\nendstream"u8);
        _objects.Add(body.ToArray());
        return _objects.Count;
    }

    public byte[] Save(int catalog, int info)
    {
        var file = new MemoryStream();
        Write(file, "%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n");
        var offsets = new long[_objects.Count];
        for (var i = 0; i < _objects.Count; i++)
        {
            offsets[i] = file.Length;
            Write(file, $"{i + 1} 0 obj\n");
            file.Write(_objects[i] ?? throw new InvalidOperationException($"PDF object {i + 1} was reserved and never written."));
            Write(file, "\nendobj\n");
        }

        // The file's identifier comes from its content, so that the same document is the same bytes.
        var id = Convert.ToHexString(SHA256.HashData(file.ToArray()).AsSpan(0, 16));
        var table = file.Length;
        Write(file, $"xref\n0 {offsets.Length + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets)
        {
            Write(file, $"{offset:D10} 00000 n \n");
        }

        Write(file, $"trailer\n<< /Size {offsets.Length + 1} /Root {catalog} 0 R /Info {info} 0 R /ID [<{id}> <{id}>] >>\nstartxref\n{table}\n%%EOF\n");
        return file.ToArray();
    }

    private static void Write(MemoryStream stream, string text) => stream.Write(Encoding.Latin1.GetBytes(text));
}
