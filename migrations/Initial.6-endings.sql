-- A draft is its writer's alone; what was decided is read by the psychologist and the parties.
create policy sides on endings as restrictive using (
  (psychologist_id = app_user() or app_is_party(engagement_id))
  and (state <> 'Draft' or (case when by_client_id is null then psychologist_id = app_user() else app_is_client(by_client_id) end)));
create policy side_of on endings as restrictive for insert with check (
  exists (select 1 from engagements e where e.practice_id = app_practice() and e.id = engagement_id and e.psychologist_id = endings.psychologist_id));
-- Own words, answer and letter of one party: the psychologist's and that party's, no other party's.
create policy own on ending_parties as restrictive using (
  exists (select 1 from endings e where e.practice_id = app_practice() and e.id = ending_id and (e.psychologist_id = app_user() or app_is_client(client_id))));

-- Drafts change and go; from then on an ending only comes, ends, or is called off.
create function guard_ending() returns trigger language plpgsql as
$$
begin
  if old.state = 'Draft' then
    if tg_op = 'DELETE' then return old; end if;
    if new.state not in ('Draft', 'UnderNotice') or (new.practice_id, new.id, new.engagement_id, new.by_client_id) is distinct from (old.practice_id, old.id, old.engagement_id, old.by_client_id) then
      raise exception 'a draft is only decided' using errcode = 'restrict_violation';
    end if;
    return new;
  end if;
  if tg_op = 'DELETE' or old.state in ('Ended', 'CalledOff')
    or (to_jsonb(new) - 'state' - 'last_day' - 'ends_at' - 'notice_waived' - 'ended_at' - 'called_off_at') is distinct from (to_jsonb(old) - 'state' - 'last_day' - 'ends_at' - 'notice_waived' - 'ended_at' - 'called_off_at')
    or new.state not in ('UnderNotice', 'Ended', 'CalledOff') or new.ends_at > old.ends_at then
    raise exception '% of ending % is refused', tg_op, old.id using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;

create trigger decided_is_decided before update or delete on endings for each row execute function guard_ending();
create trigger never_emptied before truncate on endings for each statement execute function refuse_change();

-- A letter stays as it was written.
create function guard_ending_party() returns trigger language plpgsql as
$$
begin
  if old.letter_at is not null then
    raise exception '% of the letter % is refused', tg_op, old.id using errcode = 'restrict_violation';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end
$$;

create trigger letter_stays before update or delete on ending_parties for each row execute function guard_ending_party();
create trigger never_emptied before truncate on ending_parties for each statement execute function refuse_change();

create index endings_coming on endings (ends_at) where state = 'UnderNotice';

create function endings_due(until timestamptz, at_most int) returns table (practice_id uuid, id uuid) language sql stable security definer
  set search_path = public, pg_temp as
$$ select e.practice_id, e.id from endings e where e.state = 'UnderNotice' and e.ends_at <= until order by e.ends_at limit at_most $$;

-- Under whose name one is carried out: words are open to the psychologist alone.
create function psychologist_of_ending(ending uuid) returns table (practice_id uuid, id uuid) language sql stable security definer
  set search_path = public, pg_temp as
$$ select e.practice_id, e.psychologist_id from endings e where e.practice_id = app_practice() and e.id = ending $$;

do $$
declare f text;
begin
  foreach f in array array['endings_due(timestamptz, int)', 'psychologist_of_ending(uuid)'] loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to practice_app', f);
    execute format('grant create on schema public to practice_backup');
    execute format('alter function %s owner to practice_backup', f);
    execute format('revoke create on schema public from practice_backup');
  end loop;
end $$;
