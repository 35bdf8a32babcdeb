-- Claiming a notice changes no column of an index: with room on its page the new version stays there and no index is written.
alter table notices set (fillfactor = 55);

-- What comes back for good marks the client's address, whoever sent it.
create function keep_bounce() returns trigger language plpgsql as
$$
begin
  if new.channel = 'Mail' then
    update clients set mail_fails_since = app_now() where practice_id = new.practice_id and id = new.client_id and mail_fails_since is null;
  else
    update clients set text_fails_since = app_now() where practice_id = new.practice_id and id = new.client_id and text_fails_since is null;
  end if;
  return null;
end
$$;
create trigger keeps_bounces after update of bounced on notices for each row
  when (new.bounced and not old.bounced and new.client_id is not null) execute function keep_bounce();

-- From the moment an agreement is in force, reminders say its terms and come when it says.
create function rewrite_reminders_by_agreement() returns trigger language plpgsql as
$$
begin
  insert into reminder_rewrites (id, practice_id, appointment_id, asked_at)
  select gen_random_uuid(), a.practice_id, a.id, new.in_force_at from appointments a
  where a.practice_id = new.practice_id and a.engagement_id = new.engagement_id and a.state = 'Booked' and a.starts_at > new.in_force_at
  on conflict (practice_id, appointment_id) do update set asked_at = excluded.asked_at;
  return null;
end
$$;
create trigger rewrites_reminders after update of in_force_at on agreements for each row
  when (old.in_force_at is null and new.in_force_at is not null) execute function rewrite_reminders_by_agreement();

-- Look-ups that start without a practice or a reader; they answer with identifiers or yes and no.
create function reminders_to_rewrite(at timestamptz, at_most int) returns table (practice_id uuid, id uuid) language sql stable security definer
  set search_path = public, pg_temp as
$$ select r.practice_id, r.id from reminder_rewrites r join appointments a on a.practice_id = r.practice_id and a.id = r.appointment_id
   order by a.starts_at limit at_most $$;

create function talk_unanswered(appointment uuid, engagement uuid, client uuid) returns boolean language sql stable security definer
  set search_path = public, pg_temp as
$$ select not exists (select 1 from talk_answers x where x.practice_id = app_practice() and x.appointment_id = appointment and x.client_id = client)
      and not exists (select 1 from safety_flags f where f.practice_id = app_practice() and f.closed_at is null and (f.engagement_id = engagement or f.client_id = client)) $$;

-- Psychologists with sessions that are over for longer than the practice allows, without a signed protocol, who were not told within the last week.
create function protocols_left_open(at timestamptz, at_most int) returns table (practice_id uuid, id uuid) language sql stable security definer
  set search_path = public, pg_temp as
$$ select distinct a.practice_id, a.psychologist_id
   from practices p join appointments a on a.practice_id = p.id
   where coalesce((p.policy ->> 'ProtocolsOpenDays')::int, 0) > 0
     and a.state = 'Booked' and a.seats is null and a.ends_at > at - interval '1 year'
     and a.ends_at <= at - make_interval(days => (p.policy ->> 'ProtocolsOpenDays')::int)
     and exists (select 1 from appointment_participants x where x.practice_id = a.practice_id and x.appointment_id = a.id and (x.attendance is null or x.attendance = 'Attended'))
     and not exists (select 1 from protocols t where t.practice_id = a.practice_id and t.appointment_id = a.id and t.signed_at is not null)
     and not exists (select 1 from notices n where n.practice_id = a.practice_id and n.user_id = a.psychologist_id and n.kind = 'sessions.protocols-open' and n.created_at > at - interval '7 days')
   limit at_most $$;

-- Clients whose number ends so: its last digits, turned around.
create function clients_of_number(ending text) returns table (practice_id uuid, id uuid) language sql stable security definer
  set search_path = public, pg_temp as
$$ select c.practice_id, c.id from practices p join clients c on c.practice_id = p.id and c.phone_from_end >= ending and c.phone_from_end < ending || ':' $$;

do $$
declare f text;
begin
  foreach f in array array['clients_of_number(text)', 'reminders_to_rewrite(timestamptz, int)', 'talk_unanswered(uuid, uuid, uuid)', 'protocols_left_open(timestamptz, int)'] loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to practice_app', f);
    execute format('grant create on schema public to practice_backup');
    execute format('alter function %s owner to practice_backup', f);
    execute format('revoke create on schema public from practice_backup');
  end loop;
end $$;
