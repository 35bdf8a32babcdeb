using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PracticeApp.Agreements;

/// <summary>
/// The machine-readable part of an agreement. An immutable value; equal where its canonical JSON is equal. Each part
/// carries the number of the clause it rests on (<c>"6"</c>, <c>"6.2"</c>). A part that is null is not agreed and has no effect.
/// All windows are elapsed time from the appointment's start. Amounts are in <see cref="Currency"/> (ISO 4217).
/// </summary>
public sealed record Terms(
    int SchemaVersion,
    string Currency,
    FeeTerms Fee,
    SessionTerms Session,
    CancellationTerms Cancellation,
    AbsenceTerms Absence,
    LatenessTerms Lateness,
    RepeatTerms? Repeats,
    FreePassTerms? FreePasses,
    ReasonTerms Reasons,
    ImmutableArray<EscalationTerm> Escalations,
    PrepaymentTerms? Prepayment,
    BookingTerms Booking,
    MovingTerms Moving,
    RoomTerms? Room,
    ReminderTerms? Reminders,
    ContactTerms Contact,
    ScopeTerms Scope,
    PsychologistTerms Psychologist,
    EndingTerms Ending,
    ImmutableArray<TermsOverride> Overrides)
{
    /// <summary>The shape written by this version of the product; older ones are read through <see cref="TermsSchema"/>.</summary>
    public const int CurrentSchema = 3;

    /// <summary>The longest JSON that <see cref="Parse"/> reads, in characters.</summary>
    public const int LongestJson = 64 * 1024;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        MaxDepth = 16,
        Converters = { new PlainDecimal(), new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    /// <summary>Canonical: every part in this order, nulls written, numbers without trailing zeros, no white space.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>Reads what <see cref="ToJson"/> wrote, of this schema or an older one. Does not validate.</summary>
    /// <exception cref="FormatException">Not JSON, incomplete, of unknown parts, or of a newer schema.</exception>
    public static Terms Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (json.Length > LongestJson)
        {
            throw new FormatException("The terms are too long.");
        }
        try
        {
            var terms = JsonSerializer.Deserialize<Terms>(TermsSchema.Upgrade(json), Json) ?? throw new FormatException("The terms are empty.");
            return terms.SchemaVersion == CurrentSchema
                ? terms
                : throw new FormatException($"Terms of schema {terms.SchemaVersion} cannot be read; this version reads up to {CurrentSchema}.");
        }
        catch (JsonException error)
        {
            throw new FormatException($"The terms cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Every problem, by field; empty where the terms can be agreed on.</summary>
    public IReadOnlyList<TermsProblem> Validate() => TermsRules.Problems(this);

    /// <summary>
    /// The terms that hold for a session kind at a place: overrides for the place, then the kind, then both together,
    /// each laid over what stood before.
    /// </summary>
    public Terms For(string? kind, SessionPlace? place) =>
        Overrides
            .Where(over => (over.Kind is null || over.Kind == kind) && (over.Place is null || over.Place == place))
            .OrderBy(over => over.Weight)
            .Aggregate(this with { Overrides = [] }, (terms, over) => terms with
            {
                Fee = over.Fee ?? terms.Fee,
                Session = over.Session ?? terms.Session,
                Cancellation = over.Cancellation ?? terms.Cancellation,
                Absence = over.Absence ?? terms.Absence,
                Lateness = over.Lateness ?? terms.Lateness,
                Moving = over.Moving ?? terms.Moving,
                Prepayment = over.Without.Contains(LiftedPart.Prepayment) ? null : over.Prepayment ?? terms.Prepayment,
                Room = over.Without.Contains(LiftedPart.Room) ? null : over.Room ?? terms.Room,
                Repeats = over.Without.Contains(LiftedPart.Repeats) ? null : over.Repeats ?? terms.Repeats,
                FreePasses = over.Without.Contains(LiftedPart.FreePasses) ? null : over.FreePasses ?? terms.FreePasses,
                Psychologist = over.Psychologist ?? terms.Psychologist,
            });

    /// <summary>The same without free passes and repetition, for any kind and place: what an event costs in itself.</summary>
    public Terms WithoutHistory() => this with
    {
        FreePasses = null,
        Repeats = null,
        Overrides = [.. Overrides.Select(over => over with { FreePasses = null, Repeats = null })],
    };

    /// <summary>
    /// The same terms, each part resting on the clause of the words that speaks of it: the first clause of the fitting kind;
    /// none where the words have none.
    /// </summary>
    public Terms WithClausesOf(AgreementText text) => TermsClauses.Follow(this, text);

    /// <summary>From this many hours before the start on, cancelling costs something; 0 where it never does.</summary>
    public int FreeUntilHours()
    {
        var tiers = Cancellation.Tiers.Where(tier => (tier.Cost.Percent ?? tier.Cost.Fixed) > 0m).Select(tier => tier.HoursBefore);
        return tiers.Append(Room is { Amount: > 0m } room ? room.HoursBefore : 0).Max();
    }

    /// <summary>From this many hours before the start on, cancelling or moving costs something; 0 where neither ever does.</summary>
    public int FreeToActHours() => Moving is { LateCost: { } late, UntilHoursBefore: var until } && (late.Percent ?? late.Fixed) > 0m ? Math.Max(until, FreeUntilHours()) : FreeUntilHours();

    public bool Equals(Terms? other) => other is not null && (ReferenceEquals(this, other) || ToJson() == other.ToJson());

    public override int GetHashCode() => ToJson().GetHashCode(StringComparison.Ordinal);

    /// <summary>
    /// What a new practice starts with: free until 24 hours before, then half; the full fee for absence; 15 minutes of
    /// grace; one free late cancellation a year. Clause numbers are those of the default template.
    /// </summary>
    public static Terms Default(decimal fee, string currency) => new(
        CurrentSchema,
        currency,
        new FeeTerms("3", fee, PayWithinDays: 7),
        new SessionTerms("2", Minutes: 50, ReviewEverySessions: 10),
        new CancellationTerms("5", [new NoticeTier(24, Cost.OfPercent(50))]),
        new AbsenceTerms("6", Cost.OfPercent(100)),
        new LatenessTerms("7", GraceMinutes: 15, EndsOnTime: true),
        Repeats: null,
        new FreePassTerms("5", Count: 1, PerDays: 365, CoversAbsence: false),
        new ReasonTerms("13",
        [
            new("emergency", ReasonEffect.Waives, null),
            new("bereavement", ReasonEffect.Waives, null),
            new("illness", ReasonEffect.Asks, null),
            new("weather", ReasonEffect.Asks, null),
            new("transport", ReasonEffect.Asks, null),
            new("work", ReasonEffect.Never, null),
            new("forgot", ReasonEffect.Never, null),
            new("stop", ReasonEffect.Asks, null),
            new("other", ReasonEffect.Asks, null),
        ]),
        [new EscalationTerm("6", EscalationCount.Absences, AfterEvents: 2, WithinDays: 60, InARow: false, EscalationAction.InviteToTalk)],
        Prepayment: null,
        new BookingTerms("4", HighestUnpaid: null, SignedFromSession: 2),
        new MovingTerms("5", TimesPerAppointment: 2, UntilHoursBefore: 24, LateCost: null),
        Room: null,
        Reminders: null,
        new ContactTerms("8", ["messages", "email"], new ContactHours([1, 2, 3, 4, 5], new TimeOnly(9, 0), new TimeOnly(18, 0)),
            MinutesPerWeek: 15, PricePer15Minutes: null, AnswerWithinHours: 24,
            new EmergencyTerms("16", ["danger-to-self", "danger-to-others", "violence"], [], [])),
        new ScopeTerms("14", Revisions: 2, []),
        new PsychologistTerms("7", GraceMinutes: 10, new CreditTerm(Cost.OfPercent(25), false), new CreditTerm(null, FreeSession: true),
            NoticeHours: 24, new CreditTerm(Cost.OfPercent(50), false), HolidayNoticeDays: 14),
        new EndingTerms("15", NoticeDays: 14, ClosingSessionOffered: true),
        []);

    private sealed class PlainDecimal : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => reader.GetDecimal();

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.ToString("0.############################", CultureInfo.InvariantCulture));
    }
}
