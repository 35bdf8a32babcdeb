using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PracticeApp.Platform;

/// <summary>A practice's key, wrapped by the master key. Several versions may live side by side while keys rotate.</summary>
public sealed class PracticeKeyRow : PracticeEntity
{
    public int KeyVersion { get; private set; }
    public byte[] Wrapped { get; private set; } = [];
    public DateTime CreatedAt { get; private set; }

    private PracticeKeyRow() { }

    public PracticeKeyRow(Guid practiceId, int keyVersion, byte[] wrapped, DateTime createdAt) : base(practiceId) =>
        (KeyVersion, Wrapped, CreatedAt) = (keyVersion, wrapped, createdAt);

    public void Rewrap(byte[] wrapped) => Wrapped = wrapped;
}

/// <summary>One person's data key, wrapped by the practice's key. Destroyed: nothing sealed with it can be read again.</summary>
public sealed class DataKeyRow : PracticeEntity
{
    public int PracticeKeyVersion { get; private set; }
    /// <summary>The key's own version; stands in everything it seals.</summary>
    public int KeyVersion { get; private set; } = 1;
    public byte[]? Wrapped { get; private set; }
    public DateTime CreatedAt { get; private set; }
    public DateTime? DestroyedAt { get; private set; }

    private DataKeyRow() { }

    public DataKeyRow(Guid practiceId, Guid id, int practiceKeyVersion, byte[] wrapped, DateTime createdAt) : base(practiceId, id) =>
        (PracticeKeyVersion, Wrapped, CreatedAt) = (practiceKeyVersion, wrapped, createdAt);

    public void Rewrap(int practiceKeyVersion, byte[] wrapped) => (PracticeKeyVersion, Wrapped) = (practiceKeyVersion, wrapped);
    public void Destroy(DateTime at) => (Wrapped, DestroyedAt) = (null, at);
}

/// <summary>Installation-wide: the master key's check value and the keys of ASP.NET Data Protection, sealed by the master key.</summary>
public sealed class InstallationKey
{
    public string Name { get; private set; } = "";
    public string Value { get; private set; } = "";
    public DateTime CreatedAt { get; private set; }

    private InstallationKey() { }

    public InstallationKey(string name, string value, DateTime createdAt) => (Name, Value, CreatedAt) = (name, value, createdAt);
}

internal sealed class PracticeKeyRowMapping : IEntityTypeConfiguration<PracticeKeyRow>
{
    public void Configure(EntityTypeBuilder<PracticeKeyRow> entity)
    {
        entity.ToTable("practice_keys");
        entity.HasIndex(k => new { k.PracticeId, k.KeyVersion }).IsUnique();
    }
}

internal sealed class DataKeyRowMapping : IEntityTypeConfiguration<DataKeyRow>
{
    public void Configure(EntityTypeBuilder<DataKeyRow> entity) => entity.ToTable("data_keys");
}

internal sealed class InstallationKeyMapping : IEntityTypeConfiguration<InstallationKey>
{
    public void Configure(EntityTypeBuilder<InstallationKey> entity)
    {
        entity.ToTable("installation_keys");
        entity.HasKey(k => k.Name);
        entity.Property(k => k.Name).HasMaxLength(120);
    }
}
