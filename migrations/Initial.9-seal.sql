-- Seals every table that has a practice_id, owner included. Called at the end of each migration; safe to repeat.
create or replace function seal_practice_tables() returns void language plpgsql as
$$
declare t record;
begin
  for t in
    select c.relname as name, case c.relname when 'practices' then 'id' else 'practice_id' end as key
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p')
      and (c.relname = 'practices' or exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'practice_id' and not a.attisdropped))
      and c.relname <> 'sign_ins'
  loop
    execute format('alter table %I enable row level security', t.name);
    execute format('alter table %I force row level security', t.name);
    if not exists (select 1 from pg_policies where schemaname = 'public' and tablename = t.name and policyname = 'practice') then
      execute format('create policy practice on %I using (%I = app_practice()) with check (%I = app_practice())', t.name, t.key, t.key);
    end if;
  end loop;
end $$;

select seal_practice_tables();
