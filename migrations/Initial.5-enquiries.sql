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
