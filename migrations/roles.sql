-- The three logins and the database that Practice works with. The embedded PostgreSQL is set up by this very script; on
-- a server of your own, run it once as a superuser, and again whenever you want new passwords (it may be repeated):
--
--   psql -X --dbname=postgres -v database=practice -v owner_password=… -v app_password=… -v backup_password=… \
--        -f migrations/roles.sql
--
-- practice_owner   owns the tables and migrates them; no request ever runs as it
-- practice_app     the app's work: reads and writes rows, under row-level security, and can neither truncate nor alter
-- practice_backup  reads everything past row-level security, for backups; owns the few look-ups that start without a
--                  practice (SECURITY DEFINER)
--
-- The app understands of psql no more than is used here: variables, \gexec at the end of a statement, \connect.

\set ON_ERROR_STOP on

select format('create role %I', name)
from unnest(array['practice_owner', 'practice_app', 'practice_backup']) name
where not exists (select from pg_roles where rolname = name) \gexec

alter role practice_owner login nosuperuser nobypassrls nocreaterole nocreatedb noreplication password :'owner_password';
alter role practice_app login nosuperuser nobypassrls nocreaterole nocreatedb noreplication password :'app_password';
alter role practice_backup login nosuperuser bypassrls nocreaterole nocreatedb noreplication password :'backup_password';
alter role practice_backup set default_transaction_read_only = on;

-- So that the owner may hand functions to it (alter function … owner to practice_backup), having granted it create on
-- the schema for that moment.
grant practice_backup to practice_owner;

select format('create database %I owner practice_owner encoding %L template template0', :'database', 'UTF8')
where not exists (select from pg_database where datname = :'database') \gexec

revoke all on database :"database" from public;
grant connect, create, temporary on database :"database" to practice_owner;
grant connect on database :"database" to practice_app, practice_backup;

\connect :"database"

create extension if not exists btree_gist;

revoke all on schema public from public;
grant usage, create on schema public to practice_owner;
grant usage on schema public to practice_app, practice_backup;
revoke create on schema public from practice_backup;

alter default privileges for role practice_owner in schema public grant select, insert, update, delete on tables to practice_app;
alter default privileges for role practice_owner in schema public grant select on tables to practice_backup;
alter default privileges for role practice_owner in schema public grant usage, select on sequences to practice_app;
alter default privileges for role practice_owner in schema public grant select on sequences to practice_backup;
alter default privileges for role practice_owner revoke execute on functions from public;
alter default privileges for role practice_owner in schema public grant execute on functions to practice_app, practice_backup;

-- The scheduler makes and owns its tables here.
create schema if not exists quartz authorization practice_app;
grant usage on schema quartz to practice_backup;
alter default privileges for role practice_app in schema quartz grant select on tables to practice_backup;
