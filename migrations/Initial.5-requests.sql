-- Words of an enquiry are for psychologists, and for operators where the practice says so; once it is accepted, for its engagement.
create function app_reads_complaint(enquiry uuid, engagement uuid) returns boolean language sql stable parallel safe as
$$
  select case
    when engagement is not null then app_reads(engagement)
    when exists (select 1 from engagements e where e.practice_id = app_practice() and e.enquiry_id = enquiry)
      then exists (select 1 from engagements e where e.practice_id = app_practice() and e.enquiry_id = enquiry and app_reads(e.id))
    else app_is('Psychologist') or (app_is('Operator') and exists (
      select 1 from practices p where p.id = app_practice() and (p.policy ->> 'OperatorReadsEnquiries')::boolean))
  end
$$;

create policy words on complaints as restrictive for select using (app_reads_complaint(enquiry_id, engagement_id));
create trigger verbatim before update or delete on complaints for each row execute function refuse_change();
create trigger never_emptied before truncate on complaints for each statement execute function refuse_change();

create policy words on client_requests as restrictive using (app_reads(engagement_id, id));
create policy words on progress_ratings as restrictive using (app_reads(engagement_id));
create policy words on formulations as restrictive using (app_reads(engagement_id, request_id));
create policy words on request_steps as restrictive using (app_reads(engagement_id, request_id));
create policy words on request_changes as restrictive using (app_reads(engagement_id, request_id));
create policy words on work_reviews as restrictive using (app_reads(engagement_id, request_id));
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
create policy words on referrals as restrictive using (app_reads(engagement_id, request_id) and (shared or not app_is_party(engagement_id)));
create trigger never_changed before update or delete on referrals for each row execute function refuse_change();
-- The directory is the staff's.
create policy staff on referral_contacts as restrictive using (app_is('Psychologist') or app_is('Operator') or app_is('Supervisor') or app_is('Admin'));
