using Microsoft.EntityFrameworkCore;
using PracticeApp.Booking;
using PracticeApp.Engagements;
using PracticeApp.Platform;
using PracticeApp.Platform.Encryption;
using PracticeApp.Privacy;
using PracticeApp.Requests;

namespace PracticeApp.Sessions;

/// <summary>What the author typed, and which version of the protocol it was typed over (0 before the first save).</summary>
/// <param name="Progress">−2 to +2, as the client says; null leaves it as it is.</param>
public sealed record Typed(Sections Sections, string Note, int? Progress, uint Version);

public enum SaveOutcome { Saved, NewerExists, Signed }

/// <summary>One session and what its author wrote on it. Opened for the author alone; everything else reads through <see cref="ProtocolAccess"/>.</summary>
public sealed class ProtocolWriting
{
    private readonly PracticeDb _db;
    private readonly Audit _audit;
    private readonly DataKey _key;
    private readonly Guid? _requestId;
    private readonly DateTime _now;
    private ProcessNote? _note;
    private ProgressRating? _rating;

    private ProtocolWriting(PracticeDb db, Audit audit, DataKey key, Appointment appointment, Guid? requestId, DateTime now) =>
        (_db, _audit, _key, Appointment, _requestId, _now) = (db, audit, key, appointment, requestId, now);

    public Appointment Appointment { get; }
    public Protocol? Protocol { get; private set; }
    public ProtocolFormat Format => Protocol?.Headings ?? ProtocolFormat.Default;
    /// <summary>Stands in the form; changes with every save.</summary>
    public uint Version => Protocol is null ? 0 : _db.Entry(Protocol).Property<uint>(nameof(Version)).CurrentValue;
    public Typed Stored => new(Protocol?.Read(_key) ?? Sections.Empty, _note?.Read(_key) ?? "", _rating?.Level, Version);
    /// <summary>The key that drafts on the author's computer are sealed with; it is theirs and this session's alone.</summary>
    public string DraftKey => Convert.ToBase64String(_key.Derive($"draft:{Appointment.Id}:{_db.Current.UserId}"));

    /// <returns>Null when it is not the user's session or the one who began its protocol is somebody else.</returns>
    public static async Task<ProtocolWriting?> OpenAsync(PracticeDb db, Vault vault, Audit audit, Guid appointmentId, DateTime now, bool toWrite, CancellationToken ct)
    {
        var appointment = await db.OwnSessions().Include(a => a.Participants).SingleOrDefaultAsync(a => a.Id == appointmentId, ct);
        if (appointment is null) return null;
        if (toWrite) await db.WaitForTurnAsync(appointmentId, ct);
        var keyId = await db.Engagements.Where(e => e.Id == appointment.EngagementId).Select(e => e.KeyId).SingleAsync(ct);
        var protocol = await db.Protocols.SingleOrDefaultAsync(p => p.AppointmentId == appointmentId, ct);
        if (protocol is not null && protocol.AuthorId != db.Current.UserId) return null;

        var requestId = protocol?.RequestId ?? await db.RequestInWorkAsync(appointment.EngagementId, ct);
        return new ProtocolWriting(db, audit, await vault.KeyAsync(protocol?.KeyId ?? keyId, ct), appointment, requestId, now)
        {
            Protocol = protocol,
            _note = await db.OwnNotes().SingleOrDefaultAsync(n => n.AppointmentId == appointmentId, ct),
            _rating = await db.ProgressRatings.SingleOrDefaultAsync(r => r.RequestId == requestId && r.AppointmentId == appointmentId, ct),
        };
    }

    /// <summary>Saves what changed. The same text sent again is saved already, whatever version it names.</summary>
    public async Task<SaveOutcome> SaveAsync(Typed typed, CancellationToken ct)
    {
        var stored = Stored;
        var same = Same(stored, typed);
        if (Protocol is { IsSigned: true }) return same ? SaveOutcome.Saved : SaveOutcome.Signed;
        if (same && Protocol is not null) return SaveOutcome.Saved;
        if (typed.Version != Version) return SaveOutcome.NewerExists;

        if (Protocol is null)
        {
            Protocol = new Protocol(_db.Current.PracticeId, Appointment.Id, Appointment.EngagementId, _db.Current.UserId, _key, _requestId, _now);
            _db.Protocols.Add(Protocol);
        }
        Protocol.Write(_key, typed.Sections, _requestId, _now);
        Record("protocol.written", "protocol", Protocol.Id);
        WriteNote(typed.Note);
        await RateAsync(typed.Progress, ct);
        await _db.SaveChangesAsync(ct);
        return SaveOutcome.Saved;
    }

    public async Task<SignOutcome> SignAsync(CancellationToken ct)
    {
        if (Protocol is null) return SignOutcome.NothingWritten;
        var outcome = Protocol.Sign(_key, _now);
        if (outcome != SignOutcome.Signed) return outcome;
        Record("protocol.signed", "protocol", Protocol.Id);
        await _db.SaveChangesAsync(ct);
        return outcome;
    }

    /// <summary>The private note alone, which its author may go on writing after the protocol is signed.</summary>
    public Task NoteAsync(string text, CancellationToken ct)
    {
        WriteNote(text);
        return _db.SaveChangesAsync(ct);
    }

    /// <returns>False when the protocol is not signed yet. Sent twice, it is one addendum.</returns>
    public async Task<bool> AmendAsync(string text, Guid formToken, CancellationToken ct)
    {
        if (Protocol is not { IsSigned: true }) return false;
        if (await _db.Addenda.AnyAsync(a => a.FormToken == formToken, ct)) return true;
        var addendum = new Addendum(Protocol, _key, text, _now, formToken);
        _db.Addenda.Add(addendum);
        Record("addendum.signed", "addendum", addendum.Id);
        await _db.SaveChangesAsync(ct);
        return true;
    }

    private void WriteNote(string text)
    {
        if (text == (_note?.Read(_key) ?? "")) return;
        if (_note is null) _db.ProcessNotes.Add(_note = new ProcessNote(_db.Current.PracticeId, Appointment.Id, Appointment.EngagementId, _db.Current.UserId, _key, text, _now));
        else _note.Write(_key, text, _now);
        Record("process-note.written", "process-note", _note.Id);
    }

    private async Task RateAsync(int? level, CancellationToken ct)
    {
        if (level is not { } said || _requestId is not { } id || _rating?.Level == said) return;
        if (_rating is null) _db.ProgressRatings.Add(_rating = new ProgressRating(await _db.ClientRequests.SingleAsync(r => r.Id == id, ct), Appointment.Id, said, _db.Current.UserId, _now));
        else _rating.Change(said, _db.Current.UserId, _now);
        Record("progress.rated", "progress-rating", _rating.Id);
    }

    private void Record(string act, string subject, Guid id)
    {
        foreach (var participant in Appointment.Participants) _audit.Record(act, subject, id, participant.ClientId);
    }

    private bool Same(Typed stored, Typed typed) =>
        stored.Sections.ToJson() == typed.Sections.ToJson() && stored.Note == typed.Note && (typed.Progress is null || typed.Progress == stored.Progress);
}
