using Microsoft.EntityFrameworkCore;
using PracticeApp.Platform;
using PracticeApp.Practices;
using PracticeApp.Requests;

namespace PracticeApp.Enquiries;

/// <summary>The only way to enquiries and their words.</summary>
public static class EnquiryAccess
{
    /// <summary>Enquiries of the practice for those who answer them or watch the board; nobody else has any.</summary>
    public static IQueryable<Enquiry> BoardEnquiries(this PracticeDb db) =>
        db.Current.Is(Role.Psychologist) || db.Current.Is(Role.Operator) || db.Current.Is(Role.Admin) ? db.Enquiries : db.Enquiries.Where(_ => false);

    /// <summary>Whether the user may answer: take, accept, refer. An admin who is nothing else only watches.</summary>
    public static bool MayAnswer(this Current current) => current.Is(Role.Psychologist) || current.Is(Role.Operator);

    /// <summary>Psychologists read the words of enquiries; operators where the practice says so, until acceptance; admins never. Row-level security says it too.</summary>
    public static bool MayReadEnquiries(this Current current, Practice practice) =>
        current.Is(Role.Psychologist) || (current.Is(Role.Operator) && practice.Policy.OperatorReadsEnquiries);

    /// <summary>Complaints that came with these enquiries and that the user may read; those of accepted ones belong to their engagement.</summary>
    public static IQueryable<Complaint> EnquiryComplaints(this PracticeDb db, Practice practice, params Guid[] enquiryIds) =>
        db.Current.MayReadEnquiries(practice) ? db.Complaints.Where(c => c.EnquiryId != null && enquiryIds.Contains(c.EnquiryId.Value)) : db.Complaints.Where(_ => false);

    /// <summary>Names of staff by user id.</summary>
    public static async Task<Dictionary<Guid, string>> StaffNamesAsync(this PracticeDb db, CancellationToken ct) =>
        await db.Memberships.AsNoTracking().Where(m => !db.Clients.Any(c => c.UserId == m.UserId)).ToDictionaryAsync(m => m.UserId, m => m.Name, ct);

    /// <summary>Active psychologists, by name.</summary>
    public static async Task<List<(Guid Id, string Name)>> PsychologistsAsync(this PracticeDb db, CancellationToken ct) =>
        [.. (await db.Memberships.AsNoTracking().Where(m => m.Active && db.PsychologistProfiles.Any(p => p.UserId == m.UserId))
            .OrderBy(m => m.Name).ToListAsync(ct)).Where(m => m.Is(Role.Psychologist)).Select(m => (m.UserId, m.Name))];
}
