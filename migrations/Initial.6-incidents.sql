-- An incident is for the psychologist and the client concerned: no grant, no other party, no desk opens it. Its author writes it as themselves.
create policy concerned on incidents as restrictive using (psychologist_id = app_user() or app_is_client(client_id))
  with check ((psychologist_id = app_user() or app_is_client(client_id))
    and exists (select 1 from engagements e where e.practice_id = app_practice() and e.id = engagement_id and e.psychologist_id = incidents.psychologist_id)
    and exists (select 1 from engagement_parties p where p.practice_id = app_practice() and p.engagement_id = incidents.engagement_id and p.client_id = incidents.client_id and p.role = 'Client'));
create policy author on incidents as restrictive for insert with check (author_id = app_user());
create policy concerned on incident_answers as restrictive using (exists (
  select 1 from incidents i where i.practice_id = app_practice() and i.id = incident_id));
create policy author on incident_answers as restrictive for insert with check (author_id = app_user());
create trigger never_changed before update or delete on incident_answers for each row execute function refuse_change();
create trigger never_emptied before truncate on incident_answers for each statement execute function refuse_change();

-- What was recorded stays; withdrawing, by its author alone, and the credit are added once.
create function guard_incident() returns trigger language plpgsql as
$$
begin
  if tg_op = 'DELETE'
    or (to_jsonb(new) - 'credited_at' - 'withdrawn_at' - 'withdrawn_why') is distinct from (to_jsonb(old) - 'credited_at' - 'withdrawn_at' - 'withdrawn_why')
    or (old.credited_at is not null and new.credited_at is distinct from old.credited_at)
    or (new.credited_at is distinct from old.credited_at and old.psychologist_id is distinct from app_user())
    or (old.withdrawn_at is not null and (new.withdrawn_at, new.withdrawn_why) is distinct from (old.withdrawn_at, old.withdrawn_why))
    or (new.withdrawn_at is distinct from old.withdrawn_at and old.author_id is distinct from app_user()) then
    raise exception '% of incident % is refused', tg_op, old.id using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;

create trigger recorded_is_recorded before update or delete on incidents for each row execute function guard_incident();
create trigger never_emptied before truncate on incidents for each statement execute function refuse_change();
