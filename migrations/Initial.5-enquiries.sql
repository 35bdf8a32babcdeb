create trigger never_changed before update or delete on enquiry_acts for each row execute function refuse_change();
create trigger never_emptied before truncate on enquiry_acts for each statement execute function refuse_change();
create trigger never_changed before update or delete on enquiry_letters for each row execute function refuse_change();
create trigger never_emptied before truncate on enquiry_letters for each statement execute function refuse_change();

-- Safety flags of open enquiries and of clients that nobody has acknowledged. Answers with identifiers only, as the look-ups of the first file do.
create function flags_unseen(before timestamptz, at_most int) returns table (practice_id uuid, id uuid) language sql stable security definer
  set search_path = public, pg_temp as
$$ select f.practice_id, f.id from safety_flags f
   left join enquiries e on e.practice_id = f.practice_id and e.id = f.enquiry_id
   where (f.engagement_id is not null or e.state in ('Waiting', 'Taken')) and f.acknowledged_at is null and f.closed_at is null and f.raised_at <= before
   order by f.raised_at limit at_most $$;

revoke all on function flags_unseen(timestamptz, int) from public;
grant execute on function flags_unseen(timestamptz, int) to practice_app;
grant create on schema public to practice_backup;
alter function flags_unseen(timestamptz, int) owner to practice_backup;
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
