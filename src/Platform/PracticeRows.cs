using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PracticeApp.Platform;

/// <summary>How rows of a practice are keyed and tied to one another: always by (practice_id, id).</summary>
public static class PracticeRows
{
    public const string PracticeFilter = "practice";

    /// <summary>The row points at another row of the same practice; the foreign key carries practice_id too.</summary>
    /// <param name="foreignKey">The property that holds the other row's id; nullable for an optional link.</param>
    public static EntityTypeBuilder<T> BelongsTo<T, TOther>(
        this EntityTypeBuilder<T> entity, Expression<Func<T, Guid?>> foreignKey, DeleteBehavior onDelete = DeleteBehavior.Restrict)
        where T : PracticeEntity where TOther : class
    {
        var body = foreignKey.Body is UnaryExpression convert ? convert.Operand : foreignKey.Body;
        var name = ((MemberExpression)body).Member.Name;
        entity.HasOne<TOther>().WithMany().HasForeignKey(nameof(PracticeEntity.PracticeId), name).OnDelete(onDelete);
        return entity;
    }

    /// <summary>Two requests that write the same row: the second is told (PostgreSQL's xmin).</summary>
    public static EntityTypeBuilder<T> IsVersioned<T>(this EntityTypeBuilder<T> entity) where T : class
    {
        entity.Property<uint>("Version").IsRowVersion();
        return entity;
    }
}

/// <summary>Roles are compared one by one; without it the context cannot see that a list of roles has changed.</summary>
internal sealed class RolesComparer() : ValueComparer<Role[]>((a, b) => a!.SequenceEqual(b!), roles => roles.Length, roles => roles.ToArray());
