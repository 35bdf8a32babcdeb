-- Two people can never hold one slot: no two rows of one psychologist, room or participant overlap, whatever the code does.
-- Held time stands here too; it has an end (expires_at), and whoever books clears what has run out before inserting.
alter table occupancies add column during tstzrange generated always as (tstzrange(starts_at, ends_at, '[)')) stored;
alter table occupancies add constraint occupancies_some_time check (starts_at < ends_at);
alter table occupancies add constraint occupancies_never_overlap
  exclude using gist (practice_id with =, resource_id with =, during with &&);
