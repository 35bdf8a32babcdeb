using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;
using PracticeApp.Clients;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Privacy;
using PracticeApp.Requests;

namespace PracticeApp.Enquiries;

/// <summary>Who waits, how long, and against which promise; safety flags first.</summary>
[Access(Role.Psychologist, Role.Operator, Role.Admin)]
public sealed class BoardModel(PracticeDb db, Vault vault, Audit audit, TimeProvider clock) : PageModel
{
    private const int ExcerptLength = 160;

    public DateTime Now { get; private set; }
    public int PromiseHours { get; private set; }
    public int ConsentAge { get; private set; }
    public bool MayAnswer { get; private set; }
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public IReadOnlyList<string> OnDuty { get; private set; } = [];
    public DateTime? ReadFrom { get; private set; }
    /// <summary>Texts of clients in work that the reader is to look at now.</summary>
    public int OpenFlags { get; private set; }
    public Day Today { get; private set; } = new(0, 0, null, null);

    /// <summary>The unanswered enquiry whose promise breaks next, if that is within the hour.</summary>
    public Row? Breaking => Rows.FirstOrDefault(r => r.Bar.State == PromiseState.Soon && Rows.All(o => o.Bar.State != PromiseState.Soon || o.Bar.Left >= r.Bar.Left));

    public async Task OnGetAsync(CancellationToken ct)
    {
        Now = clock.GetUtcNow().UtcDateTime;
        OpenFlags = await db.OpenFlagsAsync(ct);
        var practice = await db.Practices.AsNoTracking().SingleAsync(ct);
        var rota = await db.RotaAsync(practice.Zone, ct);
        var names = await db.StaffNamesAsync(ct);
        (PromiseHours, MayAnswer, ReadFrom) = (practice.Policy.PromiseHours, db.Current.MayAnswer(), rota.NextFrom(Now));
        ConsentAge = Agreements.ConsentAge.In(practice.Country).Age;
        OnDuty = [.. rota.On(Now).Select(id => names.GetValueOrDefault(id, "")).Order()];

        var open = await db.BoardEnquiries().AsNoTracking().Where(e => e.State == EnquiryState.Waiting || e.State == EnquiryState.Taken).ToListAsync(ct);
        var ids = open.Select(e => e.Id).ToArray();
        var flags = await db.SafetyFlags.AsNoTracking().Where(f => f.ClosedAt == null && f.EnquiryId != null && ids.Contains(f.EnquiryId.Value))
            .ToDictionaryAsync(f => f.EnquiryId!.Value, ct);
        foreach (var calm in flags.Where(f => !f.Value.Danger.ComesFirst()).Select(f => f.Key).ToList()) flags.Remove(calm);
        var complaints = await db.EnquiryComplaints(practice, ids).AsNoTracking().ToListAsync(ct);
        var words = new Dictionary<Guid, (string Text, string Language)>();
        foreach (var complaint in complaints)
        {
            words[complaint.EnquiryId!.Value] = (Excerpt(complaint.Read(await vault.KeyAsync(complaint.KeyId, ct))), complaint.Language);
            audit.Record("complaint.read", "enquiry", complaint.EnquiryId, why: "board");
        }

        Rows = [.. open.Select(e => new Row(e.Id, e.CalledName, e.Door, e.Language, e.Contact, e.ReceivedAt,
                words.TryGetValue(e.Id, out var w) ? w.Text : null, words.TryGetValue(e.Id, out var l) ? l.Language : null,
                e.TakenBy is { } by ? names.GetValueOrDefault(by) : null, flags.GetValueOrDefault(e.Id),
                AgeBar.Of(rota, e.ReceivedAt, e.AnswerDueAt, e.AnsweredAt, Now), e.AnswerDueAt, e.ForWhom))
            .OrderByDescending(r => r.Flag is not null).ThenBy(r => r.Bar.State is PromiseState.Kept or PromiseState.Broken).ThenBy(r => r.ReceivedAt)];
        Today = await TodayAsync(practice.Zone, ct);
    }

    private async Task<Day> TodayAsync(TimeZoneInfo zone, CancellationToken ct)
    {
        var midnight = TimeZoneInfo.ConvertTimeFromUtc(Now, zone).Date;
        var from = TimeZoneInfo.ConvertTimeToUtc(zone.IsInvalidTime(midnight) ? midnight.AddHours(1) : midnight, zone);
        var answered = await db.BoardEnquiries().Where(e => e.AnsweredAt >= from)
            .Select(e => new { e.ReceivedAt, e.AnswerDueAt, AnsweredAt = e.AnsweredAt!.Value }).ToListAsync(ct);
        var waits = answered.Select(a => a.AnsweredAt - a.ReceivedAt).Order().ToList();
        return new(answered.Count, answered.Count(a => a.AnswerDueAt is { } due && a.AnsweredAt > due),
            waits.Count > 0 ? waits[(waits.Count - 1) / 2] : null, waits.Count > 0 ? waits[^1] : null);
    }

    private static string Excerpt(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= ExcerptLength) return line;
        var end = line.LastIndexOf(' ', ExcerptLength);
        return string.Concat(line.AsSpan(0, end > ExcerptLength / 2 ? end : ExcerptLength), "…");
    }

    public sealed record Row(Guid Id, string CalledName, EnquiryDoor Door, string Language, ContactRules Contact, DateTime ReceivedAt,
        string? Words, string? WordsLanguage, string? TakenBy, SafetyFlag? Flag, AgeBar Bar, DateTime? DueAt, ForWhom ForWhom);

    public sealed record Day(int Answered, int Late, TimeSpan? HalfWithin, TimeSpan? Longest);
}
