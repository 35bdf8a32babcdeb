using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Options;
using Npgsql;
using PracticeApp.Platform;
using PracticeApp.Shared;

namespace PracticeApp.Accounts;

/// <summary>
/// Opens the transaction of whoever the cookie names, with the roles of this moment: a session that was ended, ran idle or
/// whose membership was disabled opens nothing, so rights end with the next request.
/// </summary>
public sealed class OpenSignIn(PracticeDb db, Current current, TimeProvider clock, IOptions<PracticeOptions> options)
{
    public const string SignInClaim = "practice:sign-in", PracticeClaim = "practice:practice";

    public async Task<bool> RunAsync(HttpContext http, CancellationToken ct)
    {
        var principal = http.User;
        if (!Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var userId)
            || !Guid.TryParse(principal.FindFirstValue(SignInClaim), out var signInId)
            || !Guid.TryParse(principal.FindFirstValue(PracticeClaim), out var practiceId)) return false;

        if (!db.IsOpen) await db.OpenAsync(practiceId, ct);
        else if (current.PracticeId != practiceId) return false;
        var now = clock.GetUtcNow().UtcDateTime;
        await using var command = new NpgsqlCommand(
            """
            select s.last_seen_at, m.name, m.roles, m.time_zone, p.name, p.country, p.phone, p.policy ->> 'QuickExitUrl'
            from sign_ins s
            join memberships m on m.practice_id = $3 and m.user_id = s.user_id and m.active
            join practices p on p.id = $3
            where s.id = $1 and s.user_id = $2 and s.practice_id = $3 and s.ended_at is null and s.expires_at > $4
            """, (NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction());
        command.Parameters.Add(new() { Value = signInId });
        command.Parameters.Add(new() { Value = userId });
        command.Parameters.Add(new() { Value = practiceId });
        command.Parameters.Add(new() { Value = now });
        DateTime lastSeen;
        string name;
        List<Role> roles;
        Face face;
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            if (!await reader.ReadAsync(ct)) return false;
            lastSeen = reader.GetDateTime(0);
            name = reader.GetString(1);
            roles = reader.GetFieldValue<string[]>(2).Select(r => Enum.Parse<Role>(r)).ToList();
            face = new Face(reader.GetString(4), HomeOf(roles), name, reader.GetString(5), reader.GetString(7), TimeZoneInfo.FindSystemTimeZoneById(reader.GetString(3)))
            {
                Phone = reader.GetString(6), Layout = LayoutOf(roles),
            };
        }
        var idle = TimeSpan.FromMinutes(roles.Any(r => r != Role.Client) ? options.Value.StaffIdleMinutes : options.Value.ClientIdleMinutes);
        if (now - lastSeen > idle) return false;

        current.SignIn(userId, signInId, name, roles);
        http.Features.Set(face);
        await db.TellAsync(ct);
        if (now - lastSeen > TimeSpan.FromMinutes(1))
            await db.SignIns.Where(s => s.Id == signInId).ExecuteUpdateAsync(s => s.SetProperty(x => x.LastSeenAt, now), ct);
        return true;
    }

    /// <summary>The start page of whoever holds these roles.</summary>
    public static string HomeOf(IReadOnlyCollection<Role> roles) =>
        roles.Contains(Role.Psychologist) || roles.Contains(Role.Supervisor) ? "/today"
        : roles.Contains(Role.Operator) ? "/board"
        : roles.Contains(Role.Admin) ? "/caseload"
        : "/me";

    public static string LayoutOf(IReadOnlyCollection<Role> roles) => HomeOf(roles) switch
    {
        "/today" => "_Work",
        "/me" => "_Portal",
        _ => "_Console",
    };
}
