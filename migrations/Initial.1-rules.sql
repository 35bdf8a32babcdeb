-- For which practice and user the present transaction runs. After a transaction a custom setting reads '', not NULL.
create function app_practice() returns uuid language sql stable parallel safe as
$$ select nullif(current_setting('app.practice_id', true), '')::uuid $$;

create function app_user() returns uuid language sql stable parallel safe as
$$ select nullif(current_setting('app.user_id', true), '')::uuid $$;

-- The application's clock, so that expiring rights end by one clock only.
create function app_now() returns timestamptz language sql stable parallel safe as
$$ select coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now()) $$;

create function app_is(role text) returns boolean language sql stable parallel safe as
$$ select exists (select 1 from memberships m
     where m.practice_id = app_practice() and m.user_id = app_user() and m.active and role = any (m.roles)) $$;

create function app_is_party(engagement uuid) returns boolean language sql stable parallel safe as
$$ select exists (select 1 from engagement_parties p join clients c on c.practice_id = p.practice_id and c.id = p.client_id
     where p.practice_id = app_practice() and p.engagement_id = engagement and p.role = 'Client' and c.user_id = app_user()) $$;

create function app_is_client(client uuid) returns boolean language sql stable parallel safe as
$$ select exists (select 1 from clients c where c.practice_id = app_practice() and c.id = client and c.user_id = app_user()) $$;

-- Who reads all words of an engagement: its psychologist, and whoever holds a grant now.
create function app_works(engagement uuid, subject uuid default null) returns boolean language sql stable parallel safe as
$$ select exists (select 1 from engagements e
     where e.practice_id = app_practice() and e.id = engagement and e.psychologist_id = app_user())
   or exists (select 1 from access_grants g
     where g.practice_id = app_practice() and g.engagement_id = engagement and g.user_id = app_user()
       and (g.subject_id is null or g.subject_id = subject)
       and g.revoked_at is null and g.starts_at <= app_now() and g.ends_at > app_now()) $$;

-- Who may read what belongs to all of an engagement: they, and its parties (not guardians).
create function app_reads(engagement uuid, subject uuid default null) returns boolean language sql stable parallel safe as
$$ select app_works(engagement, subject) or app_is_party(engagement) $$;

-- Refuses what must never change, to whoever asks.
create function refuse_change() returns trigger language plpgsql as
$$ begin raise exception '% on % is refused: these rows are never changed', tg_op, tg_table_name using errcode = 'restrict_violation'; end $$;

create trigger never_changed before update or delete on audit_entries for each row execute function refuse_change();
create trigger never_emptied before truncate on audit_entries for each statement execute function refuse_change();
create trigger never_changed before update or delete on audit_seals for each row execute function refuse_change();
create trigger never_emptied before truncate on audit_seals for each statement execute function refuse_change();

-- Everything below starts without a practice and answers with identifiers only; each item then runs under its practice.
-- These belong to practice_backup, which may look past row-level security but can write nothing.
create function practice_by_slug(slug text) returns table (practice_id uuid) language sql stable security definer
  set search_path = public, pg_temp as
$$ select p.id from practices p where p.slug = practice_by_slug.slug $$;

create function practice_ids() returns table (practice_id uuid) language sql stable security definer
  set search_path = public, pg_temp as
$$ select p.id from practices p $$;

create function memberships_of(member uuid) returns table (practice_id uuid, id uuid) language sql stable security definer
  set search_path = public, pg_temp as
$$ select m.practice_id, m.id from memberships m where m.user_id = member and m.active order by m.since $$;

create function practices_with_unsealed_audit() returns table (practice_id uuid) language sql stable security definer
  set search_path = public, pg_temp as
$$ select distinct e.practice_id from audit_entries e
   where not exists (select 1 from audit_seals s where s.practice_id = e.practice_id and s.entry_id = e.id) $$;

-- The practices in which notices of a channel wait.
create function due_notices(at timestamptz, out_of_reach timestamptz, way text, alone boolean, at_most int) returns table (practice_id uuid) language sql stable security definer
  set search_path = public, pg_temp as
$$ select p.id from practices p where exists (
     select from notices n where n.practice_id = p.id and n.channel = way and n.state = 'Due' and n.due_at <= at
       and (n.claimed_until is null or n.claimed_until <= at or n.claimed_until > out_of_reach) and (n.claimed_until is not null and n.attempts > 0) = alone)
   order by random() limit at_most $$;

do $$
declare f text;
begin
  foreach f in array array['practice_by_slug(text)', 'practice_ids()', 'memberships_of(uuid)', 'practices_with_unsealed_audit()', 'due_notices(timestamptz, timestamptz, text, boolean, int)'] loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to practice_app', f);
    execute format('grant create on schema public to practice_backup');
    execute format('alter function %s owner to practice_backup', f);
    execute format('revoke create on schema public from practice_backup');
  end loop;
end $$;
