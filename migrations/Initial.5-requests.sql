create function app_is_shared(complaint uuid) returns boolean language sql stable parallel safe as
$$ select exists (select 1 from complaint_shares s where s.practice_id = app_practice() and s.complaint_id = complaint and s.taken_back_at is null) $$;

create function app_wrote_enquiry(enquiry uuid) returns boolean language sql stable parallel safe as
$$ select exists (select 1 from enquiries q where q.practice_id = app_practice() and q.id = enquiry and app_is_client(q.client_id)) $$;

-- Words of an enquiry are for psychologists, and for operators where the practice says so; once it is accepted, for its engagement.
-- Among several parties a complaint is its writer's until it is shared.
create function app_reads_complaint(complaint uuid, enquiry uuid, engagement uuid, client uuid) returns boolean language sql stable parallel safe as
$$
  select case
    when engagement is not null then app_works(engagement) or (app_is_party(engagement) and (app_is_client(client) or app_is_shared(complaint)))
    when exists (select 1 from engagements e where e.practice_id = app_practice() and e.enquiry_id = enquiry)
      then exists (select 1 from engagements e where e.practice_id = app_practice() and e.enquiry_id = enquiry
        and (app_works(e.id) or (app_is_party(e.id) and (app_wrote_enquiry(enquiry) or app_is_shared(complaint)))))
    else app_is('Psychologist') or (app_is('Operator') and exists (
      select 1 from practices p where p.id = app_practice() and (p.policy ->> 'OperatorReadsEnquiries')::boolean))
  end
$$;

create policy words on complaints as restrictive for select using (app_reads_complaint(id, enquiry_id, engagement_id, client_id));
create trigger verbatim before update or delete on complaints for each row execute function refuse_change();
create trigger never_emptied before truncate on complaints for each statement execute function refuse_change();

-- Only its writer shares a complaint, and takes that back.
create policy words on complaint_shares as restrictive for select using (app_reads(engagement_id));
create policy own on complaint_shares as restrictive for insert with check (app_is_client(client_id) and app_is_party(engagement_id) and exists (
  select 1 from complaints c where c.practice_id = app_practice() and c.id = complaint_id and (c.client_id = complaint_shares.client_id or app_wrote_enquiry(c.enquiry_id))));
create policy own_change on complaint_shares as restrictive for update using (app_is_client(client_id));

-- Everybody has requests of their own; a joint one belongs to all parties.
create policy words on client_requests as restrictive using (
  app_works(engagement_id, id) or (app_is_party(engagement_id) and (client_id is null or app_is_client(client_id))));

create function app_reads_request(engagement uuid, request uuid) returns boolean language sql stable parallel safe as
$$ select app_works(engagement, request) or (app_is_party(engagement) and exists (
     select 1 from client_requests r where r.practice_id = app_practice() and r.id = request and (r.client_id is null or app_is_client(r.client_id)))) $$;

create policy words on progress_ratings as restrictive using (app_reads_request(engagement_id, request_id));
create policy words on formulations as restrictive using (app_reads_request(engagement_id, request_id));
create policy words on request_steps as restrictive using (app_reads_request(engagement_id, request_id));
create policy words on request_changes as restrictive using (app_reads_request(engagement_id, request_id));
create policy words on work_reviews as restrictive using (app_reads_request(engagement_id, request_id));
create policy words on request_acceptances as restrictive using (app_reads_request(engagement_id, request_id));
-- Nobody says yes for somebody else.
create policy own on request_acceptances as restrictive for insert with check (app_is_client(client_id));
create trigger never_changed before update or delete on request_acceptances for each row execute function refuse_change();
create policy words on goal_invitations as restrictive using (app_works(engagement_id) or app_is_client(client_id));
-- A wording, a change of state and a look back stay as they were written.
create trigger never_changed before update or delete on formulations for each row execute function refuse_change();
create trigger never_changed before update or delete on request_changes for each row execute function refuse_change();
create trigger never_changed before update or delete on work_reviews for each row execute function refuse_change();
-- What the coach thinks of a wording is the psychologist's: written when the client words it, never read by the parties.
create policy review on formulation_reviews as restrictive for select using (app_reads(engagement_id) and not app_is_party(engagement_id));
-- Hearings have one reader: their author.
create policy author on hearings as restrictive using (author_id = app_user());
-- How a psychologist answers for a theme outside their own is for them and their supervisors, and stays as it was written.
create policy competence on competence_answers as restrictive using (app_reads(engagement_id, request_id) and not app_is_party(engagement_id));
create trigger never_changed before update or delete on competence_answers for each row execute function refuse_change();
-- A letter of referral is read by the parties only where they were given a copy; what was sent stays as it was sent.
create policy words on referrals as restrictive using (app_reads_request(engagement_id, request_id) and (shared or not app_is_party(engagement_id)));
create trigger never_changed before update or delete on referrals for each row execute function refuse_change();
-- The directory is the staff's.
create policy staff on referral_contacts as restrictive using (app_is('Psychologist') or app_is('Operator') or app_is('Supervisor') or app_is('Admin'));
