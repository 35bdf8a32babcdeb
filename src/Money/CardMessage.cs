using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PracticeApp.Privacy;

namespace PracticeApp.Money;

/// <summary>What the card provider says: an event, the reference it was given, what became of it, and how much.</summary>
public sealed record CardMessage(
    [property: JsonPropertyName("id")] string Id, [property: JsonPropertyName("reference")] string Reference, [property: JsonPropertyName("outcome")] string Outcome,
    [property: JsonPropertyName("amount")] string Amount, [property: JsonPropertyName("currency")] string Currency)
{
    public const string Paid = "paid", Cancelled = "cancelled";

    /// <summary>Null for what is no such message.</summary>
    public static CardMessage? Read(string body)
    {
        try
        {
            return JsonSerializer.Deserialize<CardMessage>(body) is { Id.Length: > 0 and <= 100, Reference: not null, Outcome.Length: > 0 and <= 20, Currency.Length: 3, Sum: not null } message ? message : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [JsonIgnore]
    public decimal? Sum => decimal.TryParse(Amount, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var sum) && sum <= Amounts.Highest * 100 ? sum : null;
}

/// <summary>Takes a message of the card provider once: the payment it speaks of, or the reason why it fits nothing.</summary>
public sealed class TakeCardMessage(PracticeDb db, IssueDocuments issue, Audit audit, TimeProvider clock)
{
    public async Task RunAsync(CardMessage message, Guid attemptId, CancellationToken ct)
    {
        // Locked first: of two messages at once the second sees what the first one did.
        await db.Database.ExecuteSqlAsync($"select 1 from card_attempts where practice_id = {db.Current.PracticeId} and id = {attemptId} for update", ct);
        if (await db.CardEvents.AnyAsync(e => e.EventId == message.Id, ct)) return;
        var now = clock.GetUtcNow().UtcDateTime;
        var attempt = await db.CardAttempts.SingleOrDefaultAsync(a => a.Id == attemptId, ct);
        var refused = message.Outcome == CardMessage.Paid ? Refuse(attempt, message) : null;
        var payment = message.Outcome == CardMessage.Paid && refused is null ? attempt!.Pay(now) : null;
        var heard = new CardEvent(db.Current.PracticeId, message.Id, attempt?.Id, message.Outcome, message.Sum!.Value, message.Currency, now, refused);
        db.CardEvents.Add(heard);
        if (payment is not null) db.Payments.Add(payment);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { ConstraintName: "heard_once" })
        {
            // The same message for an attempt that nobody knows, twice at once.
            db.ChangeTracker.Clear();
            return;
        }
        audit.Record(payment is not null ? "payment.by-card" : refused is not null ? "card-event.refused" : "card-event.heard", "card_event", heard.Id, attempt?.ClientId);
        if (payment is not null) await issue.ReceiptAsync(payment, ct);
    }

    private static CardRefusal? Refuse(CardAttempt? attempt, CardMessage message) =>
        attempt is null ? CardRefusal.UnknownAttempt
        : attempt.PaymentId is not null ? CardRefusal.PaidAlready
        : attempt.Currency != message.Currency ? CardRefusal.OtherCurrency
        : attempt.Amount != message.Sum ? CardRefusal.OtherAmount : null;
}
