using Npgsql;
using PracticeApp.Booking;
using PracticeApp.Clients;
using PracticeApp.Engagements;
using PracticeApp.Enquiries;
using PracticeApp.Requests;

namespace PracticeApp.Tests.Caseload;

/// <summary>A world with a year behind it: some 70 clients of Lejla's and 20 of Damir's, their enquiries, requests and sessions.</summary>
public sealed class Year(Database database) : IAsyncLifetime
{
    public World World { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        World = await World.StartAsync(database);
        await World.InDbAsync(World.Lejla, async db =>
        {
            var (practice, emina) = (World.Lipa, World.Emina);
            db.Add(new Appointment(practice.Id, emina.EngagementId, World.Lejla.UserId, practice.Individual, MeetingPlace.Online, null,
                World.Start.AddDays(-1), World.Start.AddDays(-1).AddMinutes(50), 80, "BAM", [emina.ClientId], null));
            db.Add(new ClientRequest(practice.Id, emina.EngagementId, emina.ClientId, emina.KeyId, World.Start.AddDays(-1)));
            db.Add(new Enquiry(practice.Id, EnquiryDoor.Form, "E.", null, null, new ContactRules(), "en", "Europe/Sarajevo", "BA", emina.KeyId, World.Start.AddDays(-1), null, Guid.CreateVersion7()));
            await Task.CompletedTask;
        });
        await using var connection = new NpgsqlConnection(World.Superuser + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(Grow, connection);
        command.Parameters.AddWithValue("now", World.Start);
        command.Parameters.AddWithValue("practice", World.Lipa.Id);
        command.Parameters.AddWithValue("lejla", World.Lejla.UserId);
        command.Parameters.AddWithValue("damir", World.Damir.UserId);
        command.Parameters.AddWithValue("emina", World.Emina.ClientId);
        await command.ExecuteNonQueryAsync();
    }

    // Copies the one row there is of each kind, with other times, people and outcomes. Years are alike, not the same: tests compare, they do not know numbers.
    private const string Grow =
        """
        select setseed(0.42);
        create temp table person as select n, gen_random_uuid() as client, gen_random_uuid() as engagement, gen_random_uuid() as enquiry,
          case when random() < 0.78 then @lejla else @damir end as psychologist, @now - random() * interval '365 days' as began
          from generate_series(1, 90) n;
        insert into clients select (jsonb_populate_record(c, jsonb_build_object('id', p.client, 'user_id', null, 'name', 'Person ' || p.n))).*
          from person p, clients c where c.practice_id = @practice and c.name like 'Emina%';
        insert into enquiries select (jsonb_populate_record(q, jsonb_build_object('id', p.enquiry, 'form_token', gen_random_uuid(), 'received_at', p.began - interval '3 days',
          'answer_due_at', p.began - interval '2 days 20 hours', 'answered_at', p.began - interval '3 days' + random() * interval '6 hours'))).*
          from person p, enquiries q where q.practice_id = @practice;
        insert into engagements select (jsonb_populate_record(e, jsonb_build_object('id', p.engagement, 'psychologist_id', p.psychologist, 'enquiry_id', p.enquiry, 'started_at', p.began,
          'ended_at', case when random() < 0.4 then p.began + (@now - p.began) * random() end))).*
          from person p, engagements e where e.practice_id = @practice and e.psychologist_id = @lejla and e.enquiry_id is null;
        insert into engagement_parties select (jsonb_populate_record(x, jsonb_build_object('id', gen_random_uuid(), 'engagement_id', p.engagement, 'client_id', p.client))).*
          from person p, engagement_parties x where x.client_id = @emina;
        insert into client_requests select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'engagement_id', p.engagement, 'client_id', p.client, 'created_at', p.began,
          'theme_id', (select t.id from themes t where t.practice_id = @practice order by t.position offset floor(3 * random() * random() * 3 + p.n * 0) limit 1)))).*
          from person p, client_requests r where r.practice_id = @practice;
        create temp table hour as select gen_random_uuid() as id, p.client, p.engagement, p.psychologist, p.began + w * interval '7 days' + interval '2 hours' as at,
          (array['Attended','Attended','Attended','Attended','Attended','Attended','Attended','CancelledInTime','CancelledLate','NoShow','Excused'])[1 + floor(random() * 11)] as what
          from person p, generate_series(0, 11) w where p.began + w * interval '7 days' < @now;
        insert into appointments select (jsonb_populate_record(a, jsonb_build_object('id', h.id, 'engagement_id', h.engagement, 'psychologist_id', h.psychologist,
          'starts_at', h.at, 'ends_at', h.at + interval '50 minutes', 'original_starts_at', h.at))).*
          from hour h, appointments a where a.practice_id = @practice;
        insert into appointment_participants select (jsonb_populate_record(x, jsonb_build_object('id', gen_random_uuid(), 'appointment_id', h.id, 'client_id', h.client, 'attendance', h.what))).*
          from hour h, appointment_participants x where x.practice_id = @practice;
        """;

    /// <summary>Rows as they stand, one a line, for a count that knows nothing of how the product counts.</summary>
    public async Task<List<object[]>> RowsAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(World.Superuser + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<object[]>();
        while (await reader.ReadAsync())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }
        return rows;
    }

    public async ValueTask DisposeAsync() => await World.DisposeAsync();
}
