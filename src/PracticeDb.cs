using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Npgsql;
using NpgsqlTypes;
using PracticeApp.Accounts;
using PracticeApp.Agreements;
using PracticeApp.Attendance;
using PracticeApp.Booking;
using PracticeApp.Clients;
using PracticeApp.Engagements;
using PracticeApp.Endings;
using PracticeApp.Enquiries;
using PracticeApp.Incidents;
using PracticeApp.Money;
using PracticeApp.Platform;
using PracticeApp.Platform.Encryption;
using PracticeApp.Practices;
using PracticeApp.Privacy;
using PracticeApp.Reminders;
using PracticeApp.Requests;
using PracticeApp.Sessions;

namespace PracticeApp;

/// <summary>
/// The database. Rows of a practice are seen only inside a transaction that carries the practice and the user
/// (<see cref="OpenAsync"/>); query filters repeat what row-level security enforces.
/// </summary>
public sealed class PracticeDb(DbContextOptions<PracticeDb> options, Current current, TimeProvider clock)
    : IdentityUserContext<AppUser, Guid>(options)
{
    public Current Current => current;
    /// <summary>Named in every query filter.</summary>
    private Guid PracticeId => current.PracticeId;

    public DbSet<SignIn> SignIns => Set<SignIn>();
    public DbSet<PasswordReset> PasswordResets => Set<PasswordReset>();
    public DbSet<Invitation> Invitations => Set<Invitation>();
    public DbSet<AttemptCounter> AttemptCounters => Set<AttemptCounter>();
    public DbSet<InstallationKey> InstallationKeys => Set<InstallationKey>();
    public DbSet<PracticeKeyRow> PracticeKeys => Set<PracticeKeyRow>();
    public DbSet<DataKeyRow> DataKeys => Set<DataKeyRow>();
    public DbSet<Practice> Practices => Set<Practice>();
    public DbSet<Membership> Memberships => Set<Membership>();
    public DbSet<PsychologistProfile> PsychologistProfiles => Set<PsychologistProfile>();
    public DbSet<Theme> Themes => Set<Theme>();
    public DbSet<RotaShift> RotaShifts => Set<RotaShift>();
    public DbSet<ClosedDay> ClosedDays => Set<ClosedDay>();
    public DbSet<ReferralContact> ReferralContacts => Set<ReferralContact>();
    public DbSet<Client> Clients => Set<Client>();
    public DbSet<Enquiry> Enquiries => Set<Enquiry>();
    public DbSet<EnquiryLetter> EnquiryLetters => Set<EnquiryLetter>();
    public DbSet<Engagement> Engagements => Set<Engagement>();
    public DbSet<EngagementParty> EngagementParties => Set<EngagementParty>();
    public DbSet<AccessGrant> AccessGrants => Set<AccessGrant>();
    public DbSet<Complaint> Complaints => Set<Complaint>();
    public DbSet<ComplaintShare> ComplaintShares => Set<ComplaintShare>();
    public DbSet<GoalInvitation> GoalInvitations => Set<GoalInvitation>();
    public DbSet<ClientRequest> ClientRequests => Set<ClientRequest>();
    public DbSet<Formulation> Formulations => Set<Formulation>();
    public DbSet<FormulationReview> FormulationReviews => Set<FormulationReview>();
    public DbSet<RequestStep> RequestSteps => Set<RequestStep>();
    public DbSet<RequestChange> RequestChanges => Set<RequestChange>();
    public DbSet<CompetenceAnswer> CompetenceAnswers => Set<CompetenceAnswer>();
    public DbSet<Referral> Referrals => Set<Referral>();
    public DbSet<Hearing> Hearings => Set<Hearing>();
    public DbSet<ProgressRating> ProgressRatings => Set<ProgressRating>();
    public DbSet<SafetyFlag> SafetyFlags => Set<SafetyFlag>();
    public DbSet<FlagTelling> FlagTellings => Set<FlagTelling>();
    public DbSet<TemplateSeries> TemplateSeries => Set<TemplateSeries>();
    public DbSet<AgreementTemplate> AgreementTemplates => Set<AgreementTemplate>();
    public DbSet<Agreement> Agreements => Set<Agreement>();
    public DbSet<AgreementAct> AgreementActs => Set<AgreementAct>();
    public DbSet<SealedDocument> SealedDocuments => Set<SealedDocument>();
    public DbSet<AgreementQuestion> AgreementQuestions => Set<AgreementQuestion>();
    public DbSet<PaperScan> PaperScans => Set<PaperScan>();
    public DbSet<SessionKind> SessionKinds => Set<SessionKind>();
    public DbSet<Room> Rooms => Set<Room>();
    public DbSet<RoomHours> RoomHours => Set<RoomHours>();
    public DbSet<Appointment> Appointments => Set<Appointment>();
    public DbSet<AppointmentMove> AppointmentMoves => Set<AppointmentMove>();
    public DbSet<TalkHold> TalkHolds => Set<TalkHold>();
    public DbSet<TalkWish> TalkWishes => Set<TalkWish>();
    public DbSet<TalkQuestion> TalkQuestions => Set<TalkQuestion>();
    public DbSet<TalkAnswers> TalkAnswers => Set<TalkAnswers>();
    public DbSet<LiftedStep> LiftedSteps => Set<LiftedStep>();
    public DbSet<AppointmentParticipant> AppointmentParticipants => Set<AppointmentParticipant>();
    public DbSet<Occupancy> Occupancies => Set<Occupancy>();
    public DbSet<WorkingHours> WorkingHours => Set<WorkingHours>();
    public DbSet<HoursException> HoursExceptions => Set<HoursException>();
    public DbSet<AppointmentSeries> AppointmentSeries => Set<AppointmentSeries>();
    public DbSet<Group> Groups => Set<Group>();
    public DbSet<GroupMember> GroupMembers => Set<GroupMember>();
    public DbSet<WaitlistWish> WaitlistWishes => Set<WaitlistWish>();
    public DbSet<SlotOffer> SlotOffers => Set<SlotOffer>();
    public DbSet<FreedTime> FreedTimes => Set<FreedTime>();
    public DbSet<CalendarFeed> CalendarFeeds => Set<CalendarFeed>();
    public DbSet<BookingRules> BookingRules => Set<BookingRules>();
    public DbSet<Notice> Notices => Set<Notice>();
    public DbSet<NoticeWording> NoticeWordings => Set<NoticeWording>();
    public DbSet<ReminderRewrite> ReminderRewrites => Set<ReminderRewrite>();
    public DbSet<Protocol> Protocols => Set<Protocol>();
    public DbSet<Addendum> Addenda => Set<Addendum>();
    public DbSet<ProcessNote> ProcessNotes => Set<ProcessNote>();
    public DbSet<ClientWords> ClientWords => Set<ClientWords>();
    public DbSet<AssessedEvent> AssessedEvents => Set<AssessedEvent>();
    public DbSet<Incident> Incidents => Set<Incident>();
    public DbSet<IncidentAnswer> IncidentAnswers => Set<IncidentAnswer>();
    public DbSet<Ending> Endings => Set<Ending>();
    public DbSet<EndingParty> EndingParties => Set<EndingParty>();
    public DbSet<Charge> Charges => Set<Charge>();
    public DbSet<Payment> Payments => Set<Payment>();
    public DbSet<IssuedDocument> IssuedDocuments => Set<IssuedDocument>();
    public DbSet<DocumentCounter> DocumentCounters => Set<DocumentCounter>();
    public DbSet<InvoicedCharge> InvoicedCharges => Set<InvoicedCharge>();
    public DbSet<CardAttempt> CardAttempts => Set<CardAttempt>();
    public DbSet<CardEvent> CardEvents => Set<CardEvent>();
    public DbSet<PaymentPlan> PaymentPlans => Set<PaymentPlan>();
    public DbSet<Package> Packages => Set<Package>();
    public DbSet<UnpaidReminder> UnpaidReminders => Set<UnpaidReminder>();
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();
    public DbSet<AuditSeal> AuditSeals => Set<AuditSeal>();

    /// <summary>Opens the unit of work's transaction and tells the database for which practice and user it runs.</summary>
    public async Task OpenAsync(Guid practiceId, CancellationToken ct = default)
    {
        current.Enter(practiceId);
        await Database.BeginTransactionAsync(ct);
        await TellAsync(ct);
    }

    /// <summary>Tells the open transaction the user who has just become known.</summary>
    internal async Task TellAsync(CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "select set_config('app.practice_id', $1, true), set_config('app.user_id', $2, true), set_config('app.now', $3, true)",
            (NpgsqlConnection)Database.GetDbConnection(), (NpgsqlTransaction)Database.CurrentTransaction!.GetDbTransaction());
        command.Parameters.Add(new() { Value = current.InPractice ? current.PracticeId.ToString() : "" });
        command.Parameters.Add(new() { Value = current.IsSignedIn ? current.UserId.ToString() : "" });
        command.Parameters.Add(new() { Value = clock.GetUtcNow().UtcDateTime.ToString("O") });
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Writes the audit rows that are due and commits. Nothing of the unit of work stands before this.</summary>
    public async Task CommitAsync(CancellationToken ct = default)
    {
        if (Database.CurrentTransaction is not { } transaction) return;
        await WriteAuditAsync(ct);
        await transaction.CommitAsync(ct);
        await transaction.DisposeAsync();
    }

    public bool IsOpen => Database.CurrentTransaction is not null;

    private async Task WriteAuditAsync(CancellationToken ct)
    {
        if (current.PendingAudit.Count == 0) return;
        await using var batch = new NpgsqlBatch((NpgsqlConnection)Database.GetDbConnection(), (NpgsqlTransaction)Database.CurrentTransaction!.GetDbTransaction());
        foreach (var entry in current.PendingAudit)
        {
            var command = new NpgsqlBatchCommand(
                """
                insert into audit_entries (practice_id, id, at, user_id, act, subject, subject_id, client_id, address, why)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                """);
            command.Parameters.Add(new() { Value = entry.PracticeId });
            command.Parameters.Add(new() { Value = entry.Id });
            command.Parameters.Add(new() { Value = entry.At });
            command.Parameters.Add(new() { Value = (object?)entry.UserId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
            command.Parameters.Add(new() { Value = entry.Act });
            command.Parameters.Add(new() { Value = entry.Subject });
            command.Parameters.Add(new() { Value = (object?)entry.SubjectId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
            command.Parameters.Add(new() { Value = (object?)entry.ClientId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
            command.Parameters.Add(new() { Value = (object?)entry.Address ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
            command.Parameters.Add(new() { Value = (object?)entry.Why ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
            batch.BatchCommands.Add(command);
        }
        await batch.ExecuteNonQueryAsync(ct);
        current.PendingAudit.Clear();
    }

    // Identity reads its schema version (3 has passkeys) from the application's services only; there are none at design time and in tests.
    private static readonly ServiceProvider DesignTimeServices = new ServiceCollection()
        .Configure<IdentityOptions>(o => o.Stores.SchemaVersion = IdentitySchemaVersions.Version3).BuildServiceProvider();

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder)
    {
        if (optionsBuilder.Options.FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider is null)
            optionsBuilder.UseApplicationServiceProvider(DesignTimeServices);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
        configurationBuilder.Properties<Sealed>().HaveConversion<SealedConverter>();
        configurationBuilder.Conventions.Add(_ => new SnakeCase());
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        foreach (var entity in builder.Model.GetEntityTypes().Where(e => e.GetTableName()?.StartsWith("AspNet", StringComparison.Ordinal) == true))
        {
            entity.SetTableName(SnakeCase.Name(entity.GetTableName()![6..]));
            foreach (var index in entity.GetIndexes()) index.SetDatabaseName(null);
        }
        builder.HasPostgresExtension("btree_gist");

        foreach (var type in typeof(PracticeDb).Assembly.GetTypes().Where(t => !t.IsAbstract && t.IsSubclassOf(typeof(PracticeEntity))))
        {
            builder.Entity(type).HasKey(nameof(PracticeEntity.PracticeId), nameof(PracticeEntity.Id));
            builder.Entity(type).Property(nameof(PracticeEntity.Id)).ValueGeneratedNever();
            builder.Entity(type).HasOne(typeof(Practice)).WithMany().HasForeignKey(nameof(PracticeEntity.PracticeId)).OnDelete(DeleteBehavior.Restrict);
            typeof(PracticeDb).GetMethod(nameof(FilterByPractice), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!
                .MakeGenericMethod(type).Invoke(this, [builder]);
        }
        builder.Entity<Practice>().HasQueryFilter(PracticeRows.PracticeFilter, p => p.Id == PracticeId);
        builder.ApplyConfigurationsFromAssembly(typeof(PracticeDb).Assembly);
    }

    private void FilterByPractice<T>(ModelBuilder builder) where T : PracticeEntity =>
        builder.Entity<T>().HasQueryFilter(PracticeRows.PracticeFilter, e => e.PracticeId == PracticeId);

    private sealed class SealedConverter() : ValueConverter<Sealed, byte[]>(s => s.Bytes, b => new Sealed(b));
}
