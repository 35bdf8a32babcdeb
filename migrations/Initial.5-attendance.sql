create index appointment_participants_unsettled on appointment_participants (practice_id, appointment_id) where attendance is null;
create index assessed_events_held_back on assessed_events (practice_id, appointment_id) where is_held_back;
create index appointment_moves_unassessed on appointment_moves (practice_id, appointment_id) where assessed_at is null;

-- Appointments for which something follows from the clock: one that is over and not settled, a cancelling or a move
-- that is final, what was held back until the last safety flag was closed.
create function attendance_due(until timestamptz, at_most int) returns table (practice_id uuid, id uuid) language sql stable security definer
  set search_path = public, pg_temp as
$$ select a.practice_id, a.id from appointments a
   join appointment_participants p on p.practice_id = a.practice_id and p.appointment_id = a.id and p.attendance is null
   where (a.state = 'Booked' and p.withdrawn_at is null and a.starts_at <= until and (p.ask_at is null or p.ask_at <= until))
      or (a.state = 'Cancelled' and a.final_at <= until)
      or (a.state = 'Booked' and p.withdrawn_at is not null and a.final_at <= until)
   union
   select a.practice_id, a.id from appointments a
   join appointment_moves m on m.practice_id = a.practice_id and m.appointment_id = a.id and m.assessed_at is null
   where a.final_at <= until and a.state in ('Booked', 'Cancelled')
   union
   select e.practice_id, e.appointment_id from assessed_events e
   where e.is_held_back and not exists (select 1 from safety_flags f where f.practice_id = e.practice_id and f.closed_at is null and (f.engagement_id = e.engagement_id or f.client_id = e.client_id))
   limit at_most $$;

revoke all on function attendance_due(timestamptz, int) from public;
grant execute on function attendance_due(timestamptz, int) to practice_app;
grant create on schema public to practice_backup;
alter function attendance_due(timestamptz, int) owner to practice_backup;
revoke create on schema public from practice_backup;

-- Proposed charges that stand by themselves, as long as the practice wants that; never while somebody may be in danger.
create function charges_due(until timestamptz, at_most int) returns table (practice_id uuid, id uuid) language sql stable security definer
  set search_path = public, pg_temp as
$$ select c.practice_id, c.id from charges c join practices p on p.id = c.practice_id
   where c.state = 'Proposed' and c.stands_at <= until and p.policy ->> 'ChargesStandAfterHours' is not null
     and not exists (select 1 from safety_flags f where f.practice_id = c.practice_id and f.closed_at is null and (f.engagement_id = c.engagement_id or f.client_id = c.client_id))
   order by c.stands_at limit at_most $$;
revoke all on function charges_due(timestamptz, int) from public;
grant execute on function charges_due(timestamptz, int) to practice_app;
grant create on schema public to practice_backup;
alter function charges_due(timestamptz, int) owner to practice_backup;
revoke create on schema public from practice_backup;

-- Whether somebody began this hour (of a group: its meeting) or signed a protocol of it; the clock may not read protocols, and learns no more.
create function session_took_place(appointment uuid) returns boolean language sql stable security definer
  set search_path = public, pg_temp as
$$ select exists (select 1 from appointments a join appointments h on h.practice_id = a.practice_id and h.id in (a.id, a.meeting_id)
     where a.practice_id = app_practice() and a.id = appointment
       and (h.started_at is not null or exists (select 1 from protocols t where t.practice_id = h.practice_id and t.appointment_id = h.id and t.signed_at is not null))) $$;
revoke all on function session_took_place(uuid) from public;
grant execute on function session_took_place(uuid) to practice_app;
grant create on schema public to practice_backup;
alter function session_took_place(uuid) owner to practice_backup;
revoke create on schema public from practice_backup;
