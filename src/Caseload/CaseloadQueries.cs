using Microsoft.EntityFrameworkCore;
using PracticeApp.Booking;

namespace PracticeApp.Caseload;

/// <summary>
/// What the statistics are made of, grouped where it lies: one flat statement each, the practice first in every index. Days
/// are days in the practice's zone.
/// </summary>
/// <param name="Since">UTC; nothing older is read.</param>
/// <param name="Zone">IANA name of the practice's zone.</param>
/// <param name="Psychologist">Only this psychologist's; null for the whole practice.</param>
public sealed record Scope(DateTime Since, string Zone, Guid? Psychologist);

/// <summary>Something that happens to a client's work: it begins or it ends.</summary>
public enum Turn { Began, Ended }

internal static class CaseloadQueries
{
    private sealed record Grouped<T>(DateOnly Column, T Row, Guid? Psychologist, Guid Person, int Count) where T : notnull
    {
        public Entry<T> Entry => new(Column, Row, Psychologist, Person, Count);
    }

    /// <summary>New requests by theme and month; the people are unknown, only told apart.</summary>
    public static Task<List<Entry<Guid>>> ThemesAsync(this PracticeDb db, Scope scope, CancellationToken ct) => EntriesAsync(db.Database.SqlQuery<Grouped<Guid>>(
        $"""
        select month as "Column", theme_id as "Row", psychologist_id as "Psychologist", person as "Person", requests as "Count"
        from caseload_requests({scope.Since}, {scope.Zone})
        where {scope.Psychologist}::uuid is null or psychologist_id = {scope.Psychologist}
        """), ct);

    /// <summary>Settled places of clients by what became of them and by month.</summary>
    public static Task<List<Entry<AttendanceKind>>> AttendanceAsync(this PracticeDb db, Scope scope, CancellationToken ct) => EntriesAsync(db.Database.SqlQuery<Grouped<string>>(
        $"""
        select date_trunc('month', a.starts_at at time zone {scope.Zone})::date as "Column", p.attendance as "Row",
               a.psychologist_id as "Psychologist", p.client_id as "Person", count(*)::int as "Count"
        from appointments a join appointment_participants p on p.practice_id = a.practice_id and p.appointment_id = a.id
        where a.practice_id = {db.Current.PracticeId} and a.starts_at >= {scope.Since} and p.attendance is not null
          and ({scope.Psychologist}::uuid is null or a.psychologist_id = {scope.Psychologist})
        group by 1, 2, 3, 4
        """), Enum.Parse<AttendanceKind>, ct);

    /// <summary>Sessions that took place, by week. A couple's hour is one session; its person is the engagement.</summary>
    public static Task<List<Entry<bool>>> SessionsAsync(this PracticeDb db, Scope scope, CancellationToken ct) => EntriesAsync(db.Database.SqlQuery<Grouped<bool>>(
        $"""
        select date_trunc('week', a.starts_at at time zone {scope.Zone})::date as "Column", true as "Row",
               a.psychologist_id as "Psychologist", a.engagement_id as "Person", count(*)::int as "Count"
        from appointments a
        where a.practice_id = {db.Current.PracticeId} and a.starts_at >= {scope.Since}
          and ({scope.Psychologist}::uuid is null or a.psychologist_id = {scope.Psychologist})
          and exists (select 1 from appointment_participants p
                      where p.practice_id = a.practice_id and p.appointment_id = a.id and p.attendance = 'Attended')
        group by 1, 2, 3, 4
        """), ct);

    /// <summary>Clients whose work began or ended, by month.</summary>
    public static Task<List<Entry<Turn>>> TurnsAsync(this PracticeDb db, Scope scope, CancellationToken ct) => EntriesAsync(db.Database.SqlQuery<Grouped<string>>(
        $"""
        select date_trunc('month', t.at at time zone {scope.Zone})::date as "Column", t.turn as "Row",
               e.psychologist_id as "Psychologist", p.client_id as "Person", count(*)::int as "Count"
        from engagements e
        join engagement_parties p on p.practice_id = e.practice_id and p.engagement_id = e.id and p.role = 'Client'
        cross join lateral (values ('Began', e.started_at), ('Ended', e.ended_at)) t (turn, at)
        where e.practice_id = {db.Current.PracticeId} and t.at >= {scope.Since}
          and ({scope.Psychologist}::uuid is null or e.psychologist_id = {scope.Psychologist})
        group by 1, 2, 3, 4
        """), Enum.Parse<Turn>, ct);

    /// <summary>Clients in work at a moment, in one column.</summary>
    public static Task<List<Entry<bool>>> InWorkAsync(this PracticeDb db, Scope scope, DateTime now, CancellationToken ct) => EntriesAsync(db.Database.SqlQuery<Grouped<bool>>(
        $"""
        select date_trunc('day', {now} at time zone {scope.Zone})::date as "Column", true as "Row",
               e.psychologist_id as "Psychologist", p.client_id as "Person", 1 as "Count"
        from engagements e
        join engagement_parties p on p.practice_id = e.practice_id and p.engagement_id = e.id and p.role = 'Client'
        where e.practice_id = {db.Current.PracticeId} and e.started_at <= {now} and (e.ended_at is null or e.ended_at > {now})
          and ({scope.Psychologist}::uuid is null or e.psychologist_id = {scope.Psychologist})
        group by 1, 2, 3, 4
        """), ct);

    /// <summary>One row an enquiry: when it came, was answered, and led to a first session.</summary>
    public sealed record EnquiryTimes(DateOnly Month, Guid? Psychologist, Guid Enquiry, DateTime ReceivedAt, DateTime? DueAt, DateTime? AnsweredAt, DateTime? FirstSessionAt)
    {
        public Wait? Answer => AnsweredAt is { } at ? new(Month, Psychologist, Enquiry, at - ReceivedAt, DueAt is { } due ? at <= due : null) : null;
        public Wait? FirstSession => FirstSessionAt is { } at ? new(Month, Psychologist, Enquiry, at - ReceivedAt, null) : null;
    }

    public static Task<List<EnquiryTimes>> EnquiriesAsync(this PracticeDb db, Scope scope, CancellationToken ct) => db.Database.SqlQuery<EnquiryTimes>(
        $"""
        select date_trunc('month', q.received_at at time zone {scope.Zone})::date as "Month", coalesce(e.psychologist_id, q.taken_by) as "Psychologist",
               q.id as "Enquiry", q.received_at as "ReceivedAt", q.answer_due_at as "DueAt", q.answered_at as "AnsweredAt", first.at as "FirstSessionAt"
        from enquiries q
        left join engagements e on e.practice_id = q.practice_id and e.enquiry_id = q.id
        left join lateral (
          select min(a.starts_at) as at from appointments a
          join appointment_participants p on p.practice_id = a.practice_id and p.appointment_id = a.id and p.attendance = 'Attended'
          where a.practice_id = e.practice_id and a.engagement_id = e.id) first on true
        where q.practice_id = {db.Current.PracticeId} and q.received_at >= {scope.Since}
          and ({scope.Psychologist}::uuid is null or coalesce(e.psychologist_id, q.taken_by) = {scope.Psychologist})
        """).ToListAsync(ct);

    private static async Task<List<Entry<T>>> EntriesAsync<T>(IQueryable<Grouped<T>> query, CancellationToken ct) where T : notnull =>
        [.. (await query.ToListAsync(ct)).Select(r => r.Entry)];

    private static async Task<List<Entry<T>>> EntriesAsync<T>(IQueryable<Grouped<string>> query, Func<string, T> read, CancellationToken ct) where T : notnull =>
        [.. (await query.ToListAsync(ct)).Select(r => new Entry<T>(r.Column, read(r.Row), r.Psychologist, r.Person, r.Count))];
}
