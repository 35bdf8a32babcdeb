-- How many requests of which theme came in which month: for admins the practice's, for psychologists their own. The words of
-- requests stay closed to admins; this looks past that, and so answers with counts alone, and with a name for each person
-- that holds for one call only: enough to count different people, not enough to find one.
create function caseload_requests(since timestamptz, zone text)
  returns table (month date, theme_id uuid, psychologist_id uuid, person uuid, requests int)
  language sql volatile security definer set search_path = public, pg_temp as
$$
  with salt as materialized (select gen_random_uuid()::text as grains)
  select date_trunc('month', r.created_at at time zone zone)::date, r.theme_id, e.psychologist_id,
         md5(coalesce(r.client_id, r.engagement_id)::text || salt.grains)::uuid, count(*)::int
  from client_requests r
  join engagements e on e.practice_id = r.practice_id and e.id = r.engagement_id
  cross join salt
  where r.practice_id = app_practice() and r.created_at >= since and r.theme_id is not null
    and ((select app_is('Admin')) or ((select app_is('Psychologist')) and e.psychologist_id = app_user()))
  group by 1, 2, 3, 4
$$;

do $$
begin
  revoke all on function caseload_requests(timestamptz, text) from public;
  grant execute on function caseload_requests(timestamptz, text) to practice_app;
  grant create on schema public to practice_backup;
  alter function caseload_requests(timestamptz, text) owner to practice_backup;
  revoke create on schema public from practice_backup;
end $$;
