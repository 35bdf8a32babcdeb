using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;
using PracticeApp.Booking;
using PracticeApp.Endings;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Privacy;
using PracticeApp.Reminders;
using PracticeApp.Requests;

namespace PracticeApp.Sessions;

/// <summary>The client's first page: when we meet, what is waited for, how it goes, who read.</summary>
[Access(Role.Client)]
public sealed class MeModel(PracticeDb db, Vault vault, AgreedTalks agreedTalks, OwnWords ownWords, Audit audit, TimeProvider clock) : PageModel
{
    private static readonly AgreementState[] ToSign = [AgreementState.Sent, AgreementState.Viewed];
    private static readonly RequestState[] ToAnswer = [RequestState.Draft, RequestState.Clarifying, RequestState.Proposed];
    private const int ReadsShown = 5;
    private static readonly string[] Told = ["client", "request", "complaint", "protocol", "agreement"];

    public DateTime Now { get; } = clock.GetUtcNow().UtcDateTime;
    public string CalledName { get; private set; } = "";
    /// <summary>Our mail or text messages come back: a new address is asked for.</summary>
    public bool MailFails { get; private set; }
    public IReadOnlyList<InAppNote> Notes { get; private set; } = [];
    public Meeting? Next { get; private set; }
    /// <summary>A time of the waitlist that is kept for them now.</summary>
    public SlotOffer? Offer { get; private set; }
    public bool AgreementWaits { get; private set; }
    public bool GoalsWait { get; private set; }
    /// <summary>A first talk is ahead and the practice's questions are not answered yet.</summary>
    public bool QuestionsWait { get; private set; }
    /// <summary>As agreed the two talk about what was missed: where an hour for it is booked, and that it costs nothing.</summary>
    public Talk? TalkWaits { get; private set; }
    public bool RequestWaits { get; private set; }
    public bool CanBook { get; private set; }
    /// <summary>Something was once agreed: there is something to come back to.</summary>
    public bool HasAgreement { get; private set; }
    /// <summary>An end that is coming, or the last that was.</summary>
    public Coming? Ending { get; private set; }
    public IReadOnlyList<WorkInHand> Work { get; private set; } = [];
    /// <summary>What was worked on last, where nothing is now.</summary>
    public Past? Over { get; private set; }
    public IReadOnlyList<Read> Reads { get; private set; } = [];

    /// <param name="Door">The way into the video room.</param>
    public sealed record Meeting(Guid AppointmentId, DateTime StartsAt, DateTime EndsAt, string With, bool Online, string? Room, bool Confirmed, OnlineDoor? Door);
    /// <param name="GoesOn">The work with the psychologist goes on: there is room for what comes next.</param>
    public sealed record Past(Guid RequestId, string Words, string Language, RequestState State, string? Result, bool GoesOn);
    public sealed record Coming(Guid EngagementId, DateOnly LastDay, bool Over);
    public sealed record Talk(Guid EngagementId, Guid? FreeKind);
    public sealed record Read(DateTime At, string Who, string What);

    public async Task<IActionResult> OnPostPutAwayAsync(Guid id, CancellationToken ct) => await db.PutAwayAsync(id, Now, ct) ? RedirectToPage() : NotFound();

    public async Task OnGetAsync(CancellationToken ct)
    {
        var own = await db.OwnClient().AsNoTracking().OrderBy(c => c.CreatedAt).ToListAsync(ct);
        var ids = own.ConvertAll(c => c.Id);
        CalledName = own.FirstOrDefault()?.CalledName ?? db.Current.Name;
        MailFails = own.Exists(c => c.MailFailsSince is not null || c.TextFailsSince is not null);
        Notes = await db.InAppNotesAsync(ownWords, Now, ct);
        var party = db.EngagementsAsParty().Where(e => e.EndedAt == null);
        Next = await NextAsync(ids, ct);
        Offer = await db.OpenOfferAsync(Now, ct);
        AgreementWaits = await db.Agreements.AnyAsync(a => ToSign.Contains(a.State) && a.Parties.Any(p => p.SignedAt == null && p.Role != SignerRole.Minor && ids.Contains(p.ClientId))
            && party.Any(e => e.Id == a.EngagementId), ct);
        CanBook = await db.Agreements.AnyAsync(a => a.State == AgreementState.InForce && party.Any(e => e.Id == a.EngagementId), ct);

        if (CanBook) TalkWaits = await TalkAsync(ids, ct);
        HasAgreement = await db.EngagementsAsClient().AnyAsync(e => db.Agreements.Any(a => a.EngagementId == e.Id && a.InForceAt != null), ct);
        Ending = await db.EndingsAsClient().Where(e => e.State == EndingState.UnderNotice || (e.State == EndingState.Ended && !party.Any()))
            .OrderByDescending(e => e.LastDay).Select(e => new Coming(e.EngagementId, e.LastDay, e.State == EndingState.Ended)).FirstOrDefaultAsync(ct);

        // A guardian is a party but does not read words.
        var read = await db.ReadableEngagements(Now).Where(e => e.EndedAt == null && e.Parties.Any(p => ids.Contains(p.ClientId))).Select(e => e.Id).ToListAsync(ct);
        var requests = await db.ClientRequests.Where(r => read.Contains(r.EngagementId)).Select(r => new { r.State, r.AcceptedByClientAt }).ToListAsync(ct);
        Work = [.. (await WorkInHand.OfAsync(db, vault, read, ct, ids)).Values.Where(w => w.Words.Length > 0)];
        // What was wrong is written; what is wanted instead is the next thing to say.
        RequestWaits = !Work.Any(w => w.Flagged)
            && (requests.Exists(r => ToAnswer.Contains(r.State) && r.AcceptedByClientAt is null) || (requests.Count == 0 && Work.Any(w => w.IsComplaint)));
        QuestionsWait = !Work.Any(w => w.Flagged) && await db.TalkQuestions.AnyAsync(q => q.RetiredAt == null, ct) && await db.AppointmentsAsParty().AnyAsync(a => a.State == AppointmentState.Booked && a.StartsAt > Now
            && db.SessionKinds.Any(k => k.Id == a.KindId && k.Form == SessionForm.FirstTalk) && !db.TalkAnswers.Any(x => x.AppointmentId == a.Id && ids.Contains(x.ClientId)), ct);
        GoalsWait = !Work.Any(w => w.Flagged) && await db.GoalInvitations.AnyAsync(i => i.AnsweredAt == null && i.WithdrawnAt == null && ids.Contains(i.ClientId) && party.Any(e => e.Id == i.EngagementId), ct);
        if (!Work.Any(w => w.RequestId is not null)) Over = await OverAsync(read, ct);
        // What was wrong at first is not the last word once something came of it.
        if (Over is { GoesOn: true }) Work = [];
        foreach (var work in Work) audit.Record("request.read", "request", work.RequestId ?? work.EngagementId, ids.FirstOrDefault());
        Reads = await ReadsAsync(ids, ct);
    }

    private async Task<Talk?> TalkAsync(List<Guid> ids, CancellationToken ct)
    {
        foreach (var engagement in await db.EngagementsAsClient().AsNoTracking().Include(e => e.Parties).Where(e => e.EndedAt == null).OrderBy(e => e.StartedAt).ToListAsync(ct))
            foreach (var client in engagement.Parties.Where(p => ids.Contains(p.ClientId)).Select(p => p.ClientId))
                if (await agreedTalks.OfAsync(engagement.Id, client, ct) is not null)
                    return new Talk(engagement.Id, (await db.KindsForAsync(engagement, ct)).FirstOrDefault(k => k.Price == 0)?.Id);
        return null;
    }

    private async Task<Past?> OverAsync(List<Guid> open, CancellationToken ct)
    {
        var last = await db.RequestsAsClient().AsNoTracking().Include(r => r.Formulations).Where(r => r.ClosedAt != null).OrderByDescending(r => r.ClosedAt).FirstOrDefaultAsync(ct);
        if (last?.Current is not { } wording) return null;
        var key = await vault.KeyAsync(last.KeyId, ct);
        audit.Record("request.read", "request", last.Id, last.ClientId);
        return new Past(last.Id, wording.Read(key), wording.Language, last.State, last.Open(key, last.Result, "result"), open.Contains(last.EngagementId));
    }

    private async Task<Meeting?> NextAsync(List<Guid> ids, CancellationToken ct)
    {
        var next = await db.Appointments.Where(a => a.State == AppointmentState.Booked && a.EndsAt > Now && a.Participants.Any(p => ids.Contains(p.ClientId) && p.WithdrawnAt == null)).OrderBy(a => a.StartsAt).Select(a => new
        {
            a.Id, a.StartsAt, a.EndsAt, a.Place, Appointment = a,
            With = db.Memberships.Where(m => m.UserId == a.PsychologistId).Select(m => m.Name).FirstOrDefault(),
            Room = db.Rooms.Where(r => r.Id == a.RoomId).Select(r => r.Name).FirstOrDefault(),
            Confirmed = a.Participants.Where(p => ids.Contains(p.ClientId)).All(p => p.ConfirmedAt != null),
        }).FirstOrDefaultAsync(ct);
        if (next is null) return null;
        var online = next.Place == MeetingPlace.Online;
        return new Meeting(next.Id, next.StartsAt, next.EndsAt, next.With ?? "", online, next.Room, next.Confirmed, (await db.DoorsAsync([next.Appointment], Now, ct)).GetValueOrDefault(next.Id));
    }

    private async Task<IReadOnlyList<Read>> ReadsAsync(List<Guid> ids, CancellationToken ct)
    {
        var entries = await db.AuditEntries.AsNoTracking()
            .Where(e => e.ClientId != null && ids.Contains(e.ClientId.Value) && Told.Contains(e.Subject) && e.Act == e.Subject + ".read" && e.UserId != null && e.UserId != db.Current.UserId)
            .OrderByDescending(e => e.At).Take(ReadsShown * 10)
            .Select(e => new { e.At, e.Subject, Who = db.Memberships.Where(m => m.UserId == e.UserId).Select(m => m.Name).FirstOrDefault() }).ToListAsync(ct);
        // One line for a person, a thing and an hour: a page read twice is no news.
        return [.. entries.GroupBy(e => (e.Who, e.Subject, Hour: e.At.Ticks / TimeSpan.TicksPerHour)).Select(g => new Read(g.First().At, g.Key.Who ?? "", g.Key.Subject)).Take(ReadsShown)];
    }
}
