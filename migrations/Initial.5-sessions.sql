-- Protocols: read by the author and by whoever holds a grant now, never by the client; written by the author alone.
create policy words on protocols as restrictive for select
  using (author_id = app_user() or (app_reads(engagement_id, id) and not app_is_party(engagement_id)));
create policy begun_by_author on protocols as restrictive for insert with check (author_id = app_user());
create policy written_by_author on protocols as restrictive for update using (author_id = app_user()) with check (author_id = app_user());

create function protocol_stays() returns trigger language plpgsql as
$$
begin
  if tg_op = 'DELETE' then
    raise exception 'a protocol is never deleted' using errcode = 'restrict_violation';
  end if;
  if old.signed_at is not null then
    raise exception 'a signed protocol is locked; corrections are addenda' using errcode = 'restrict_violation';
  end if;
  if (new.practice_id, new.id, new.appointment_id, new.engagement_id, new.author_id, new.key_id, new.created_at)
     is distinct from (old.practice_id, old.id, old.appointment_id, old.engagement_id, old.author_id, old.key_id, old.created_at) then
    raise exception 'a protocol keeps its author and its session' using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
create trigger stays before update or delete on protocols for each row execute function protocol_stays();
create trigger never_emptied before truncate on protocols for each statement execute function refuse_change();

-- Addenda: seen by whoever sees the protocol (its own policy answers that), signed by its author, never changed.
create policy words on addenda as restrictive for select
  using (exists (select 1 from protocols p where p.practice_id = addenda.practice_id and p.id = addenda.protocol_id));
create policy signed_by_author on addenda as restrictive for insert
  with check (author_id = app_user() and exists (select 1 from protocols p
    where p.practice_id = addenda.practice_id and p.id = addenda.protocol_id and p.author_id = app_user() and p.signed_at is not null));
create trigger never_changed before update or delete on addenda for each row execute function refuse_change();
create trigger never_emptied before truncate on addenda for each statement execute function refuse_change();

-- Private notes: nobody but the author, whatever they were granted.
create policy author on process_notes as restrictive using (author_id = app_user()) with check (author_id = app_user());

-- Words to use and to avoid: for whoever reads the engagement as staff; written by its psychologist; the client never.
create policy words on client_words as restrictive for select using (app_reads(engagement_id) and not app_is_party(engagement_id));
create policy begun_by_psychologist on client_words as restrictive for insert with check (
  exists (select 1 from engagements e where e.practice_id = app_practice() and e.id = engagement_id and e.psychologist_id = app_user()));
create policy written_by_psychologist on client_words as restrictive for update using (
  exists (select 1 from engagements e where e.practice_id = app_practice() and e.id = engagement_id and e.psychologist_id = app_user()));
create policy cleared_not_deleted on client_words as restrictive for delete using (false);
