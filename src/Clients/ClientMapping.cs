using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PracticeApp.Platform;

namespace PracticeApp.Clients;

internal sealed class ClientMapping : IEntityTypeConfiguration<Client>
{
    public void Configure(EntityTypeBuilder<Client> entity)
    {
        entity.ToTable("clients");
        entity.Ignore(c => c.Zone);
        entity.Property(c => c.Name).HasMaxLength(120);
        entity.Property(c => c.CalledName).HasMaxLength(120);
        entity.Property(c => c.Email).HasMaxLength(254);
        entity.Property(c => c.Phone).HasMaxLength(40);
        entity.Property(c => c.Language).HasMaxLength(2);
        entity.ComplexProperty(c => c.Contact, contact => contact.ToJson());
        entity.ComplexProperty(c => c.Reminders, choice => choice.ToJson());
        // Ranges over bytes: prefixes are looked up by >= and <, which row-level security lets an index answer; LIKE is not.
        foreach (var searched in new[] { nameof(Client.NormalizedName), nameof(Client.NormalizedTurned), nameof(Client.NormalizedCalled), nameof(Client.PhoneFromEnd) })
        {
            entity.Property(searched).UseCollation("C");
            entity.HasIndex(nameof(Client.PracticeId), searched);
        }
        entity.HasIndex(c => new { c.PracticeId, c.UserId }).IsUnique();
        entity.BelongsTo<Client, DataKeyRow>(c => c.KeyId);
        entity.IsVersioned();
    }
}
