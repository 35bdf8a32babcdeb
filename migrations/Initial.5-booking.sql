-- Two people can never hold one slot: no two rows of one psychologist, room or participant overlap, whatever the code does.
-- Held time stands here too; it has an end (expires_at), and whoever books clears what has run out before inserting.
alter table occupancies add column during tstzrange generated always as (tstzrange(starts_at, ends_at, '[)')) stored;
alter table occupancies add constraint occupancies_some_time check (starts_at < ends_at);
alter table occupancies add constraint occupancies_never_overlap
  exclude using gist (practice_id with =, resource_id with =, during with &&);
create index occupancies_spent on occupancies (practice_id, expires_at) where expires_at is not null;

-- Whoever was offered a time has it kept until they answer; what nobody took is offered to the next.
create index appointments_freed on appointments (starts_at) where state in ('Cancelled', 'TakenBack');
create index appointment_moves_from on appointment_moves (from_starts_at);
create index waitlist_wishes_open on waitlist_wishes (practice_id) where ended_at is null;

-- Time that became free for good and still lies ahead, not noted yet: sessions cancelled, taken back or moved away.
create function freed_sources(until timestamptz) returns table (practice_id uuid, psychologist_id uuid, source_id uuid, starts_at timestamptz, ends_at timestamptz) language sql stable as
$$ select s.practice_id, s.psychologist_id, s.source_id, s.starts_at, s.ends_at from (
     select a.practice_id, a.psychologist_id, a.id as source_id, a.starts_at, a.ends_at + make_interval(mins => a.buffer_minutes) as ends_at
     from appointments a
     where a.state in ('Cancelled', 'TakenBack') and a.starts_at > until and a.final_at <= until
       and not exists (select 1 from slot_offers o where o.practice_id = a.practice_id and o.appointment_id = a.id and o.state <> 'Accepted')
     union all
     select a.practice_id, a.psychologist_id, m.id, m.from_starts_at, m.from_starts_at + (a.ends_at - a.starts_at) + make_interval(mins => a.buffer_minutes)
     from appointment_moves m join appointments a on a.practice_id = m.practice_id and a.id = m.appointment_id
     where m.from_starts_at > until and a.final_at <= until) s
   where not exists (select 1 from freed_times f where f.practice_id = s.practice_id and f.source_id = s.source_id) $$;

-- Psychologists whose waitlist has something to do: an offer that is over, time that is to be looked at, time that was not noted yet.
create function waitlist_due(until timestamptz, at_most int) returns table (practice_id uuid, id uuid) language sql stable security definer
  set search_path = public, pg_temp as
$$ select o.practice_id, o.psychologist_id from slot_offers o join engagements e on e.practice_id = o.practice_id and e.id = o.engagement_id
   where o.state = 'Open' and (o.expires_at <= until or e.ended_at is not null or e.ends_at <= o.starts_at)
   union
   select d.practice_id, d.psychologist_id from (
     select f.practice_id, f.psychologist_id from freed_times f where f.check_at <= until and f.ends_at > until
     union all
     select s.practice_id, s.psychologist_id from freed_sources(until) s
     union all
     select x.practice_id, x.psychologist_id from hours_exceptions x where x.of = 'ExtraHours' and x.last >= until::date
       and not exists (select 1 from freed_times f where f.practice_id = x.practice_id and f.source_id = x.id)) d
   where exists (select 1 from waitlist_wishes w where w.practice_id = d.practice_id and w.ended_at is null)
   limit at_most $$;

revoke all on function waitlist_due(timestamptz, int) from public;
grant execute on function waitlist_due(timestamptz, int) to practice_app;
grant create on schema public to practice_backup;
alter function waitlist_due(timestamptz, int) owner to practice_backup;
revoke create on schema public from practice_backup;

-- Nobody sits on a seat that the meeting does not have; one_to_a_seat says that nobody sits on another's.
create function seat_exists() returns trigger language plpgsql as
$$
begin
  if new.meeting_id is not null and (new.seat is null or not exists (
    select 1 from appointments m where m.practice_id = new.practice_id and m.id = new.meeting_id and new.seat between 1 and m.seats)) then
    raise exception 'seat % of meeting % does not exist', new.seat, new.meeting_id using errcode = 'check_violation';
  end if;
  return new;
end
$$;

create trigger seat_exists before insert or update of meeting_id, seat on appointments for each row execute function seat_exists();

-- Unpaid times that the agreement gives to others; never while somebody of them may be in danger.
create index appointments_unpaid on appointments (prepayment_due_at) where state = 'Booked' and prepayment_releases;
create function unpaid_due(until timestamptz, at_most int) returns table (practice_id uuid, id uuid) language sql stable security definer
  set search_path = public, pg_temp as
$$ select a.practice_id, a.id from appointments a
   where a.state = 'Booked' and a.prepayment_releases and a.prepayment_due_at <= until and a.starts_at > until and a.final_at <= until
     and not exists (select 1 from safety_flags f where f.practice_id = a.practice_id and f.closed_at is null and (f.engagement_id = a.engagement_id
       or f.client_id in (select p.client_id from appointment_participants p where p.practice_id = a.practice_id and p.appointment_id = a.id)))
   order by a.prepayment_due_at limit at_most $$;
revoke all on function unpaid_due(timestamptz, int) from public;
grant execute on function unpaid_due(timestamptz, int) to practice_app;
grant create on schema public to practice_backup;
alter function unpaid_due(timestamptz, int) owner to practice_backup;
revoke create on schema public from practice_backup;
