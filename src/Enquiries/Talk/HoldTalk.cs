using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Booking;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Privacy;
using PracticeApp.Reminders;
using PracticeApp.Shared;

namespace PracticeApp.Enquiries;

public enum TalkOutcome
{
    Done,
    /// <summary>Somebody was quicker.</summary>
    Taken,
    /// <summary>As many hours as may be are held by people whose address is not verified yet.</summary>
    TooMany,
    /// <summary>Whoever has this address is a client already.</summary>
    Known,
}

/// <summary>Keeps an hour for somebody from outside and sends the link that books it. Whether the address is known shows in the mail alone.</summary>
public sealed class HoldTalk(PracticeDb db, Occupying occupying, OfferedSlots offered, Vault vault, Audit audit, PublicAddress address, TimeProvider clock)
{
    /// <summary>The mails about an hour that is held: with the link, or that there is an account already.</summary>
    public static readonly string[] Mails = ["enquiries.talk-confirm", "enquiries.talk-known"];

    /// <param name="enquiryId">The enquiry that the words have become already, because they tell of danger.</param>
    public async Task<(TalkOutcome Outcome, Guid WishId)> RunAsync(
        SessionKind kind, Guid psychologistId, SlotValue wanted, TalkInput input, FormPass pass, Guid? enquiryId, TimeZoneInfo zone, CancellationToken ct)
    {
        var practice = await db.Practices.AsNoTracking().SingleAsync(ct);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({"talks:" + practice.Id}, 0))", ct);
        if (await db.TalkWishes.Where(w => w.FormToken == pass.Token).Select(w => (Guid?)w.Id).SingleOrDefaultAsync(ct) is { } before) return (TalkOutcome.Done, before);

        var now = clock.GetUtcNow().UtcDateTime;
        var mail = input.Email!.ToLowerInvariant();
        // Who asks again lets go of the hour asked for before.
        await db.TalkHolds.Where(h => h.EndedAt == null && db.TalkWishes.Any(w => w.HoldId == h.Id && w.Email == mail)).ExecuteUpdateAsync(h => h.SetProperty(x => x.EndedAt, now), ct);
        var from = From(db.Current.Address);
        var standing = db.TalkHolds.Where(h => h.EndedAt == null && h.HeldUntil > now);
        if (await standing.CountAsync(ct) >= TalkHold.MostAtATime || await standing.CountAsync(h => h.HeldFrom == from, ct) >= TalkHold.MostFromOneAddress) return (TalkOutcome.TooMany, default);

        var known = await db.IsKnownAsync(mail, ct);
        var wishId = Guid.Empty;
        var held = await occupying.TryAsync([psychologistId], async at =>
        {
            if (await offered.AtAsync(new SlotWish(psychologistId, kind, []), wanted.StartUtc, wanted.Place, ct) is not { } slot) return false;
            var hold = new TalkHold(practice.Id, psychologistId, slot, kind.BufferMinutes, from, at);
            var keyId = enquiryId is { } written ? await db.Enquiries.Where(e => e.Id == written).Select(e => e.KeyId).SingleAsync(ct) : (await vault.NewKeyAsync(ct)).OwnerId;
            var wish = new TalkWish(practice.Id, hold.Id, kind.Id, input.CalledName!.Trim(), mail, Text(input.Phone), input.Rules, Languages.Current, zone.Id,
                input.Portal, keyId, enquiryId, pass.Token, at);
            wish.For(input.ForWhom ?? default);
            if (enquiryId is null && Text(input.Words) is { } words) wish.Say(await vault.KeyAsync(keyId, ct), words);
            db.TalkHolds.Add(hold);
            db.TalkWishes.Add(wish);
            db.Notices.Add(Mail(wish, hold, known, input, zone, at));
            audit.Record("talk.held", "talk", wish.Id);
            wishId = wish.Id;
            return true;
        }, ct);
        return held ? (TalkOutcome.Done, wishId) : (TalkOutcome.Taken, default);
    }

    private Notice Mail(TalkWish wish, TalkHold hold, bool known, TalkInput input, TimeZoneInfo zone, DateTime now)
    {
        var notice = new Notice(wish.PracticeId, Mails[known ? 1 : 0], Channel.Mail, wish.Email, wish.Language, now, now)
            .With("name", wish.CalledName).With("when", Words.Moment(hold.StartsAt, zone, wish.Language)).With("until", Words.Moment(hold.HeldUntil, zone, wish.Language));
        if (input.Rules.SenderName is { } sender) notice.With("sender", sender);
        if (known) notice.With("address", $"{address.Value}/book");
        else NoticeLinks.Put(notice, "/talk", TalkWish.Purpose, wish.Id, now + TalkWish.Readable);
        return notice;
    }

    private static string From(string? address) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address ?? "")))[..32];

    private static string? Text(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
}

public static class KnownAddresses
{
    public static Task<bool> IsKnownAsync(this PracticeDb db, string mail, CancellationToken ct)
    {
        var like = mail.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal);
        return db.Clients.AnyAsync(c => c.Email != null && EF.Functions.ILike(c.Email, like), ct);
    }
}
