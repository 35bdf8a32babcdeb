using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PracticeApp.Agreements;
using PracticeApp.Booking;
using PracticeApp.Clients;
using PracticeApp.Endings;
using PracticeApp.Engagements;
using PracticeApp.Money;
using PracticeApp.Platform;
using PracticeApp.Privacy;

namespace PracticeApp.Sessions;

/// <summary>Everything about one client that the reader may see; staff at the desk get the reduced card.</summary>
[Access(Role.Psychologist, Role.Supervisor, Role.Operator, Role.Admin)]
public sealed class CardModel(PracticeDb db, Vault vault, Audit audit, TimelineReading timeline, WhatBookingAsks asks, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty] public InputModel Input { get; set; } = new();
    [TempData] public string? Done { get; set; }

    public Client Person { get; private set; } = null!;
    public CardSight Sight { get; private set; } = CardSight.Nothing;
    /// <summary>How each course of work ends or ended, by its engagement; the psychologist's own.</summary>
    public IReadOnlyDictionary<Guid, Guid> Endings { get; private set; } = new Dictionary<Guid, Guid>();
    /// <summary>Own courses of work in which a step of the agreement acts on booking now.</summary>
    public IReadOnlyList<(Guid Course, EscalationAction Action)> Steps { get; private set; } = [];
    /// <summary>Whether the client answered the questions before a first talk; null where none are asked or it is not the reader's to know.</summary>
    public TalkAnswered? Answered { get; private set; }
    /// <summary>Who came as a minor, or for a child, while no guardian stands in the work yet.</summary>
    public ForWhom? ForWhom { get; private set; }
    public int ConsentAge { get; private set; }
    public IReadOnlyList<Course> Courses { get; private set; } = [];
    public IReadOnlyList<Booked> Coming { get; private set; } = [];
    public IReadOnlyList<Balance> Balances { get; private set; } = [];
    public IReadOnlyList<TimelineEntry> Timeline { get; private set; } = [];

    /// <summary>One engagement on the card.</summary>
    public sealed record Course(Guid Id, string Psychologist, DateTime StartedAt, DateTime? EndedAt, bool Own, WorkInHand? Work, string NextStep, AgreementState? Agreement, int AgreementNumber,
        string WordsToUse, string WordsToAvoid);
    /// <param name="At">When they were last answered; null while they are not.</param>
    public sealed record TalkAnswered(DateTime? At);
    public sealed record Booked(Guid AppointmentId, DateTime StartsAt, DateTime EndsAt, bool Confirmed, bool Online, bool Own);

    public sealed class InputModel
    {
        public Guid EngagementId { get; set; }
        [StringLength(ClientWords.LongestText)] public string? Use { get; set; }
        [StringLength(ClientWords.LongestText)] public string? Avoid { get; set; }
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await ShowAsync(ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostWordsAsync(CancellationToken ct)
    {
        if (!await db.OwnEngagements().AnyAsync(e => e.Id == Input.EngagementId && e.Parties.Any(p => p.ClientId == Id), ct)) return NotFound();
        if (!ModelState.IsValid) return await ShowAsync(ct) ? Page() : NotFound();
        var now = clock.GetUtcNow().UtcDateTime;
        var key = await vault.KeyAsync(await db.Engagements.Where(e => e.Id == Input.EngagementId).Select(e => e.KeyId).SingleAsync(ct), ct);
        var (use, avoid) = (Input.Use?.Trim() ?? "", Input.Avoid?.Trim() ?? "");
        var words = await db.ClientWords.SingleOrDefaultAsync(w => w.EngagementId == Input.EngagementId && w.ClientId == Id, ct);
        if (words is null) db.ClientWords.Add(words = new ClientWords(db.Current.PracticeId, Input.EngagementId, Id, key, use, avoid, now));
        else words.Write(key, use, avoid, now);
        audit.Record("client-words.written", "client-words", words.Id, Id);
        await db.SaveChangesAsync(ct);
        Done = "Done.Words";
        return RedirectToPage(new { Id });
    }

    private async Task<bool> ShowAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (await db.ReachableClients(now).AsNoTracking().SingleOrDefaultAsync(c => c.Id == Id, ct) is not { } person) return false;
        var readable = await db.EngagementsOnCardAsync(Id, now, ct);
        Sight = CardSight.Of(db.Current.Roles, readable.Values.Any(own => own), readable.Count > 0);
        if (Sight == CardSight.Nothing) return false;
        Person = person;
        Courses = await CoursesAsync(readable, ct);
        Endings = await db.OwnEndings().Where(e => e.State == EndingState.UnderNotice || e.State == EndingState.Ended).Where(e => readable.Keys.Contains(e.EngagementId)).ToDictionaryAsync(e => e.EngagementId, e => e.Id, ct);
        if (readable.Count > 0)
        {
            var at = await db.TalkAnswers.Where(a => a.ClientId == Id && readable.Keys.Contains(a.EngagementId)).MaxAsync(a => (DateTime?)a.AnsweredAt, ct);
            var asked = at is not null || (await db.TalkQuestions.AnyAsync(q => q.RetiredAt == null, ct) && await db.Appointments.AnyAsync(a => readable.Keys.Contains(a.EngagementId) && a.State == AppointmentState.Booked
                && a.StartsAt > now && db.SessionKinds.Any(k => k.Id == a.KindId && k.Form == SessionForm.FirstTalk), ct));
            Answered = asked ? new TalkAnswered(at) : null;
            ForWhom = await db.Engagements.Where(e => readable.Keys.Contains(e.Id) && e.EndedAt == null && (e.ForWhom == Engagements.ForWhom.Minor || e.ForWhom == Engagements.ForWhom.Child) && !e.Parties.Any(p => p.Role == PartyRole.Guardian))
                .Select(e => (ForWhom?)e.ForWhom).FirstOrDefaultAsync(ct);
            if (ForWhom is not null) ConsentAge = Agreements.ConsentAge.In(await db.Practices.Select(p => p.Country).SingleAsync(ct)).Age;
        }
        var steps = new List<(Guid, EscalationAction)>();
        foreach (var course in Courses.Where(c => c is { Own: true, EndedAt: null, Agreement: AgreementState.InForce }))
            steps.AddRange((await asks.StandingAsync(course.Id, Id, ct)).OrderBy(s => s.Term.Action).Select(s => (course.Id, s.Term.Action)));
        Steps = steps;
        Coming = await ComingAsync(readable, now, ct);
        if (Sight.Money) Balances = Balance.Of(await db.Charges.AsNoTracking().Where(c => c.ClientId == Id).ToListAsync(ct), await db.Payments.AsNoTracking().Where(p => p.ClientId == Id).ToListAsync(ct));
        Timeline = await timeline.OfAsync(Id, [.. readable.Keys], Sight, ct);
        audit.Record("client.read", "client", Id, Id);
        return true;
    }

    private async Task<List<Course>> CoursesAsync(IReadOnlyDictionary<Guid, bool> readable, CancellationToken ct)
    {
        var desk = Sight.Contact && !Sight.Writes;
        var engagements = await db.Engagements.AsNoTracking().Where(e => e.Parties.Any(p => p.ClientId == Id) && (desk || readable.Keys.Contains(e.Id))).OrderByDescending(e => e.StartedAt).ToListAsync(ct);
        var ids = engagements.ConvertAll(e => e.Id);
        var psychologists = await db.Memberships.Where(m => engagements.Select(e => e.PsychologistId).Contains(m.UserId)).ToDictionaryAsync(m => m.UserId, m => m.Name, ct);
        var agreements = Sight.Agreement ? (await db.Agreements.AsNoTracking().Where(a => ids.Contains(a.EngagementId)).ToListAsync(ct)).ToLookup(a => a.EngagementId) : null;
        var work = await WorkInHand.OfAsync(db, vault, [.. readable.Keys], ct);
        var words = Sight.Words ? await db.ClientWords.AsNoTracking().Where(w => w.ClientId == Id && readable.Keys.Contains(w.EngagementId)).ToDictionaryAsync(w => w.EngagementId, ct) : [];
        var courses = new List<Course>();
        foreach (var e in engagements)
        {
            var agreement = agreements?[e.Id].OrderByDescending(a => a.State == AgreementState.InForce).ThenByDescending(a => a.Number).FirstOrDefault();
            var (use, avoid) = words.TryGetValue(e.Id, out var w) ? w.Read(await vault.KeyAsync(w.KeyId, ct)) : ("", "");
            var inHand = work.GetValueOrDefault(e.Id);
            if (inHand is { Words.Length: > 0 }) audit.Record("request.read", "request", inHand.RequestId ?? e.Id, Id);
            courses.Add(new Course(e.Id, psychologists.GetValueOrDefault(e.PsychologistId, ""), e.StartedAt, e.EndedAt, readable.GetValueOrDefault(e.Id), inHand,
                readable.ContainsKey(e.Id) ? await NextStepAsync(e.Id, ct) : "", agreement?.State, agreement?.Number ?? 0, use, avoid));
        }
        return courses;
    }

    private async Task<string> NextStepAsync(Guid engagement, CancellationToken ct)
    {
        var last = await db.ReadableProtocols(clock.GetUtcNow().UtcDateTime).AsNoTracking().Where(p => p.EngagementId == engagement && p.SignedAt != null)
            .Join(db.Appointments, p => p.AppointmentId, a => a.Id, (p, a) => new { p, a.StartsAt }).OrderByDescending(x => x.StartsAt).Select(x => x.p).FirstOrDefaultAsync(ct);
        if (last is null) return "";
        audit.Record("protocol.read", "protocol", last.Id, Id);
        return last.Read(await vault.KeyAsync(last.KeyId, ct))["next"];
    }

    private async Task<List<Booked>> ComingAsync(IReadOnlyDictionary<Guid, bool> readable, DateTime now, CancellationToken ct)
    {
        var desk = Sight.Contact && !Sight.Writes;
        var user = db.Current.UserId;
        return await db.Appointments.Where(a => a.State == AppointmentState.Booked && a.EndsAt > now && (desk || readable.Keys.Contains(a.EngagementId)) && a.Participants.Any(p => p.ClientId == Id))
            .OrderBy(a => a.StartsAt).Take(10)
            .Select(a => new Booked(a.Id, a.StartsAt, a.EndsAt, a.Participants.All(p => p.ConfirmedAt != null), a.Place == MeetingPlace.Online, a.PsychologistId == user)).ToListAsync(ct);
    }
}
