using PracticeApp.Agreements;

namespace PracticeApp.Booking;

public static class TermsOfAppointment
{
    /// <summary>The terms that may apply to an appointment; what was booked on minimal terms stays so, whatever is signed later.</summary>
    public static async Task<IReadOnlyList<AgreedTerms>> TermsOfAsync(this PracticeDb db, Appointment appointment, CancellationToken ct, DateTime? at = null)
    {
        var versions = await db.TermsOfAsync(appointment.EngagementId, appointment.AgreementId, appointment.Currency, ct, at);
        return appointment.OnMinimalTerms && versions[0].IsSigned ? [AgreedTerms.None(appointment.Currency), .. versions] : versions;
    }
}
