using System.Security.Cryptography;
using PracticeApp.Platform;
using PracticeApp.Platform.Encryption;

namespace PracticeApp.Agreements;

/// <summary>The picture of an agreement that was signed on paper. Never changed, never deleted.</summary>
public sealed class PaperScan : PracticeEntity
{
    public const int LargestFile = 5 * 1024 * 1024;

    private static readonly (byte[] Begins, string MediaType)[] Known =
    [
        ("%PDF-"u8.ToArray(), "application/pdf"),
        ([0xFF, 0xD8, 0xFF], "image/jpeg"),
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "image/png"),
    ];

    public Guid AgreementId { get; private set; }
    public Guid EngagementId { get; private set; }
    public Guid KeyId { get; private set; }
    public Sealed Content { get; private set; }
    public byte[] Sha256 { get; private set; } = [];
    public int Length { get; private set; }
    public string MediaType { get; private set; } = "";
    /// <summary>The day that stands on the paper.</summary>
    public DateOnly SignedOn { get; private set; }
    public DateTime At { get; private set; }

    private PaperScan() { }

    public PaperScan(Agreement agreement, byte[] file, DateOnly signedOn, DataKey key, DateTime at) : base(agreement.PracticeId)
    {
        (AgreementId, EngagementId, KeyId, SignedOn, At) = (agreement.Id, agreement.EngagementId, agreement.KeyId, signedOn, at);
        MediaType = MediaTypeOf(file) ?? throw new ArgumentException("Neither a PDF nor a picture.", nameof(file));
        (Content, Sha256, Length) = (key.SealBytes(file, ContentPlace), SHA256.HashData(file), file.Length);
    }

    public Place ContentPlace => new(PracticeId, "paper_scans", "content", Id);

    public byte[] Open(DataKey key) => key.OpenBytes(Content, ContentPlace);

    /// <summary>What a file is, by how it begins and not by its name; null for anything but PDF, JPEG and PNG.</summary>
    public static string? MediaTypeOf(ReadOnlySpan<byte> file)
    {
        foreach (var (begins, type) in Known)
        {
            if (file.StartsWith(begins)) return type;
        }

        return null;
    }
}
