-- A template changes as the one working copy of its series; what was published never does.
create function guard_template() returns trigger language plpgsql as
$$
begin
  if old.published_at is not null then
    raise exception '% of version % of a template is refused: what was published is never changed', tg_op, old.number using errcode = 'restrict_violation';
  end if;
  if tg_op = 'DELETE' then return old; end if;
  if (new.practice_id, new.id, new.series_id, new.number) is distinct from (old.practice_id, old.id, old.series_id, old.number) then
    raise exception 'a template stays in its series' using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;

create trigger published_is_published before update or delete on agreement_templates for each row execute function guard_template();
create trigger never_emptied before truncate on agreement_templates for each statement execute function refuse_change();

-- Words that were sent are never changed: not the text, not the terms, not whom and what they belong to. The state goes forward only.
create function guard_agreement() returns trigger language plpgsql as
$$
begin
  if old.state = 'Draft' then
    if tg_op = 'DELETE' then return old; end if;
    if new.state not in ('Draft', 'Sent') or (new.state = 'Sent' and (new.document_hash is null or new.sent_at is null)) then
      raise exception 'a draft is only sent' using errcode = 'restrict_violation';
    end if;
    return new;
  end if;
  if tg_op = 'DELETE'
    or (new.practice_id, new.id, new.engagement_id, new.psychologist_id, new.template_id, new.key_id, new.number, new.language, new.terms_json,
        new.words, new.document, new.document_hash, new.created_at, new.sent_at, new.expires_at)
       is distinct from
       (old.practice_id, old.id, old.engagement_id, old.psychologist_id, old.template_id, old.key_id, old.number, old.language, old.terms_json,
        old.words, old.document, old.document_hash, old.created_at, old.sent_at, old.expires_at)
    or (old.viewed_at is not null and new.viewed_at is distinct from old.viewed_at)
    or (old.signed_at is not null and new.signed_at is distinct from old.signed_at)
    or (old.in_force_at is not null and new.in_force_at is distinct from old.in_force_at)
    or (old.ended_at is not null and new.ended_at is distinct from old.ended_at) then
    raise exception '% of agreement % is refused: what was sent is never changed', tg_op, old.id using errcode = 'restrict_violation';
  end if;
  if new.state <> old.state and not (case old.state
      when 'Sent' then new.state in ('Viewed', 'SignedByClient', 'Declined', 'Expired', 'Superseded')
      when 'Viewed' then new.state in ('SignedByClient', 'Declined', 'Expired', 'Superseded')
      when 'SignedByClient' then new.state in ('InForce', 'Declined', 'Expired', 'Superseded')
      when 'InForce' then new.state in ('Superseded', 'Ended')
      else false end) then
    raise exception 'agreement % does not go from % to %', old.id, old.state, new.state using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;

create trigger sent_is_sent before update or delete on agreements for each row execute function guard_agreement();
create trigger never_emptied before truncate on agreements for each statement execute function refuse_change();

-- Who is to sign stays who it was; a signature is set once.
create function guard_agreement_party() returns trigger language plpgsql as
$$
begin
  if tg_op = 'DELETE' then
    if exists (select 1 from agreements a where a.practice_id = old.practice_id and a.id = old.agreement_id and a.state <> 'Draft') then
      raise exception 'the parties of agreement % stay', old.agreement_id using errcode = 'restrict_violation';
    end if;
    return old;
  end if;
  if old.signed_at is not null
    or (new.practice_id, new.id, new.agreement_id, new.client_id, new.role) is distinct from (old.practice_id, old.id, old.agreement_id, old.client_id, old.role) then
    raise exception 'the parties of agreement % stay', old.agreement_id using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;

create trigger parties_stay before update or delete on agreement_parties for each row execute function guard_agreement_party();
create trigger never_emptied before truncate on agreement_parties for each statement execute function refuse_change();

create trigger never_changed before update or delete on agreement_acts for each row execute function refuse_change();
create trigger never_emptied before truncate on agreement_acts for each statement execute function refuse_change();
create trigger never_changed before update or delete on sealed_documents for each row execute function refuse_change();
create trigger never_emptied before truncate on sealed_documents for each statement execute function refuse_change();
create trigger never_changed before update or delete on agreement_questions for each row execute function refuse_change();
create trigger never_emptied before truncate on agreement_questions for each statement execute function refuse_change();
create trigger never_changed before update or delete on paper_scans for each row execute function refuse_change();
create trigger never_emptied before truncate on paper_scans for each statement execute function refuse_change();

-- A guardian reads the agreement too, though not the words of the work.
create function app_reads_agreement(engagement uuid) returns boolean language sql stable parallel safe as
$$ select app_reads(engagement) or exists (
     select 1 from engagement_parties p join clients c on c.practice_id = p.practice_id and c.id = p.client_id
     where p.practice_id = app_practice() and p.engagement_id = engagement and c.user_id = app_user()) $$;

create policy words on agreement_acts as restrictive using (app_reads_agreement(engagement_id));
create policy words on sealed_documents as restrictive using (app_reads_agreement(engagement_id));
create policy words on paper_scans as restrictive using (app_reads_agreement(engagement_id));
create policy words on agreement_questions as restrictive using (app_reads_agreement(engagement_id));
-- Nobody asks in the name of somebody else; answers are the psychologist's.
create policy own on agreement_questions as restrictive for insert with check (case when client_id is null then kind = 'Answer' and app_works(engagement_id) else app_is_client(client_id) end);

-- Answers with identifiers only, as the look-ups of the first file do.
create function agreements_to_seal(at_most int) returns table (practice_id uuid, id uuid) language sql stable security definer
  set search_path = public, pg_temp as
$$ select a.practice_id, a.id from agreements a
   where a.in_force_at is not null and a.document_hash is not null
     and not exists (select 1 from sealed_documents d where d.practice_id = a.practice_id and d.agreement_id = a.id)
   order by a.in_force_at limit at_most $$;

create function agreements_to_follow_up(at timestamptz, at_most int) returns table (practice_id uuid, id uuid) language sql stable security definer
  set search_path = public, pg_temp as
$$ select a.practice_id, a.id from agreements a
   where a.state in ('Sent', 'Viewed') and (a.next_follow_up_at <= at or a.expires_at <= at)
   order by a.expires_at limit at_most $$;

create function sealed_document_by_hash(hash bytea) returns table (practice_id uuid, id uuid) language sql stable security definer
  set search_path = public, pg_temp as
$$ select d.practice_id, d.id from sealed_documents d where d.sha256 = hash $$;

do $$
declare f text;
begin
  foreach f in array array['agreements_to_seal(int)', 'agreements_to_follow_up(timestamptz, int)', 'sealed_document_by_hash(bytea)'] loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to practice_app', f);
    execute format('grant create on schema public to practice_backup');
    execute format('alter function %s owner to practice_backup', f);
    execute format('revoke create on schema public from practice_backup');
  end loop;
end $$;
