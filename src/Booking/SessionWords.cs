using System.Globalization;
using PracticeApp.Agreements;

namespace PracticeApp.Booking;

/// <summary>The state of one participant's place, as an icon and the key of a word.</summary>
public static class SessionWords
{
    public static (string Kind, string Icon, string Text) State(Appointment appointment, AppointmentParticipant place) => (appointment.State, place) switch
    {
        (AppointmentState.Cancelled, { Attendance: AttendanceKind.CancelledLate }) => ("care", "x", "State.CancelledLate"),
        (AppointmentState.Cancelled, _) or (_, { WithdrawnAt: not null }) => ("", "x", "State.Cancelled"),
        (AppointmentState.Offered, _) => ("waiting", "clock", "State.Offered"),
        (_, { Attendance: AttendanceKind.Attended }) => ("", "check", "State.Attended"),
        (_, { Attendance: AttendanceKind.NoShow }) => ("care", "x", "State.NoShow"),
        (_, { Attendance: AttendanceKind.Excused }) => ("", "check", "State.Excused"),
        (_, { Attendance: AttendanceKind.PsychologistAbsent }) => ("care", "x", "State.PsychologistAbsent"),
        (_, { Attendance: not null }) => ("", "x", "State.Cancelled"),
        (_, { ConfirmedAt: not null }) => ("good", "check", "State.Confirmed"),
        _ => ("waiting", "clock", "State.Unconfirmed"),
    };
}

/// <summary>Why something was cancelled: a client's reason is a key, what staff wrote stands as it is.</summary>
public static class CancelWords
{
    private static readonly HashSet<string> Known = [.. Terms.Default(0m, "EUR").Reasons.Reasons.Select(r => r.Key)];

    public static string Reason(string reason) => Known.Contains(reason) ? AssessmentWords.Reason(reason, null, CultureInfo.CurrentCulture) : reason;
}
