create trigger never_changed before update or delete on enquiry_acts for each row execute function refuse_change();
create trigger never_emptied before truncate on enquiry_acts for each statement execute function refuse_change();
create trigger never_changed before update or delete on enquiry_letters for each row execute function refuse_change();
create trigger never_emptied before truncate on enquiry_letters for each statement execute function refuse_change();

-- Safety flags of danger, of open enquiries and of clients, that nobody has acknowledged and somebody can be told of now: whoever
-- stands on the rota and was not told yet, or is on duty and was told an hour ago; the last told has had a quarter of an hour.
-- Those that never reached somebody come first: what is told again and again holds up nobody. Answers with identifiers only.
create function flags_due(moment timestamptz, at_most int) returns table (practice_id uuid, id uuid) language sql stable security definer
  set search_path = public, pg_temp as
$$ with told as materialized (
     select f.practice_id, f.id as flag_id, f.raised_at, t.user_id, t.told_at from safety_flags f
     left join flag_tellings t on t.practice_id = f.practice_id and t.flag_id = f.id
     where f.engagement_id is not null and f.acknowledged_at is null and f.closed_at is null
       and f.danger not in ('None', 'Grief') and f.raised_at <= moment - interval '15 minutes'
     union all
     select f.practice_id, f.id, f.raised_at, a.whom, a.at from safety_flags f
     join enquiries e on e.practice_id = f.practice_id and e.id = f.enquiry_id and e.state in ('Waiting', 'Taken')
     left join enquiry_acts a on a.practice_id = e.practice_id and a.enquiry_id = e.id and a.kind = 'RotaTold' and a.whom is not null
     where f.engagement_id is null and f.acknowledged_at is null and f.closed_at is null
       and f.danger not in ('None', 'Grief') and f.raised_at <= moment - interval '15 minutes'),
   waiting as (
     select practice_id, flag_id, raised_at, max(told_at) as told_at from told group by practice_id, flag_id, raised_at
     having coalesce(max(told_at) <= moment - interval '15 minutes', true)),
   readers as (
     select w.practice_id, w.flag_id, w.raised_at, w.told_at, s.user_id, max(t.told_at) as last,
       bool_or(extract(dow from moment at time zone p.time_zone) = array_position(array['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'], s.day::text) - 1
         and (moment at time zone p.time_zone)::time >= s."from"
         and ((moment at time zone p.time_zone)::time < s.until or s.until = time '00:00')) as on_duty
     from waiting w join practices p on p.id = w.practice_id
     join rota_shifts s on s.practice_id = w.practice_id
     join memberships m on m.practice_id = s.practice_id and m.user_id = s.user_id and m.active
     left join told t on t.practice_id = w.practice_id and t.flag_id = w.flag_id and t.user_id = s.user_id
     group by w.practice_id, w.flag_id, w.raised_at, w.told_at, s.user_id)
   select practice_id, flag_id from readers where last is null or (on_duty and last <= moment - interval '1 hour')
   group by practice_id, flag_id, raised_at, told_at
   order by bool_or(last is null) desc, told_at nulls first, raised_at limit at_most $$;

revoke all on function flags_due(timestamptz, int) from public;
grant execute on function flags_due(timestamptz, int) to practice_app;
grant create on schema public to practice_backup;
alter function flags_due(timestamptz, int) owner to practice_backup;
revoke create on schema public from practice_backup;

-- Who asks from outside for a first talk is read by the link in their mail, not by staff: nobody has said yes to that yet.
create policy asker on talk_wishes as restrictive for select using (
  not (app_is('Psychologist') or app_is('Operator') or app_is('Supervisor') or app_is('Admin')));

-- Whose link has expired (TalkWish.Readable) and was not followed.
create function talks_unconfirmed(until timestamptz, at_most int) returns table (practice_id uuid, id uuid) language sql stable security definer
  set search_path = public, pg_temp as
$$ select w.practice_id, w.id from talk_wishes w where w.appointment_id is null and w.consent_at <= until - interval '1 day' order by w.consent_at limit at_most $$;
revoke all on function talks_unconfirmed(timestamptz, int) from public;
grant execute on function talks_unconfirmed(timestamptz, int) to practice_app;
grant create on schema public to practice_backup;
alter function talks_unconfirmed(timestamptz, int) owner to practice_backup;
revoke create on schema public from practice_backup;

-- An hour that somebody holds until their address is verified is not given away meanwhile, whoever books.
create function refuse_held_hour() returns trigger language plpgsql as
$$
begin
  if exists (select 1 from talk_holds h where h.practice_id = new.practice_id and h.ended_at is null and h.held_until > app_now()
      and new.resource_id in (h.psychologist_id, h.room_id) and h.starts_at < new.ends_at and h.ends_at > new.starts_at) then
    raise exception 'This hour is held.' using errcode = 'exclusion_violation', constraint = 'talk_holds_keep_their_hour';
  end if;
  return new;
end
$$;
create trigger keeps_held_hours before insert on occupancies for each row execute function refuse_held_hour();

-- What a client answers before a first talk: theirs, and whoever works with them; no other party. Answered again it is a new row.
create policy words on talk_answers as restrictive for select using (
  app_works(engagement_id) or (app_is_party(engagement_id) and app_is_client(client_id)));
create trigger never_changed before update or delete on talk_answers for each row execute function refuse_change();
create trigger never_emptied before truncate on talk_answers for each statement execute function refuse_change();
