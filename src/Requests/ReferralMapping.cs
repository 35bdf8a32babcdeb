using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Practices;

namespace PracticeApp.Requests;

internal sealed class CompetenceAnswerMapping : IEntityTypeConfiguration<CompetenceAnswer>
{
    public void Configure(EntityTypeBuilder<CompetenceAnswer> entity)
    {
        entity.ToTable("competence_answers");
        entity.HasIndex(a => new { a.PracticeId, a.RequestId, a.At });
        entity.BelongsTo<CompetenceAnswer, Engagement>(a => a.EngagementId);
        entity.BelongsTo<CompetenceAnswer, Theme>(a => a.ThemeId);
    }
}

internal sealed class ReferralMapping : IEntityTypeConfiguration<Referral>
{
    public void Configure(EntityTypeBuilder<Referral> entity)
    {
        entity.ToTable("referrals");
        // A request goes over to somebody else once.
        entity.HasIndex(r => new { r.PracticeId, r.RequestId }).IsUnique();
        entity.BelongsTo<Referral, ClientRequest>(r => r.RequestId);
        entity.BelongsTo<Referral, Engagement>(r => r.EngagementId);
        entity.BelongsTo<Referral, ReferralContact>(r => r.ContactId);
    }
}
