-- What was issued stays as it is; only a credit note speaks against it.
create trigger never_changed before update or delete on issued_documents for each row execute function refuse_change();
create trigger never_emptied before truncate on issued_documents for each statement execute function refuse_change();

-- Without gaps, whatever the application does: when a transaction ends, each number has the one before it.
create function follows_number() returns trigger language plpgsql as
$$
begin
  if new.serial <> 1 and not exists (select 1 from issued_documents d
    where d.practice_id = new.practice_id and d.kind = new.kind and d.year = new.year and d.serial = new.serial - 1) then
    raise exception '% % of % leaves a gap', new.kind, new.serial, new.year using errcode = 'restrict_violation';
  end if;
  return null;
end
$$;

create constraint trigger follows after insert on issued_documents deferrable initially deferred for each row execute function follows_number();

alter table issued_documents add constraint belongs_to_kind check (
  (kind = 'Invoice' and engagement_id is not null and corrects_id is null and payment_id is null and due_on is not null)
  or (kind = 'CreditNote' and corrects_id is not null and payment_id is null)
  or (kind = 'Receipt' and payment_id is not null));

-- A charge that stands on an invoice is as the invoice says.
create function guard_invoiced_charge() returns trigger language plpgsql as
$$
begin
  if exists (select 1 from invoiced_charges i where i.practice_id = old.practice_id and i.charge_id = old.id) then
    raise exception 'the charge % stands on an invoice', old.id using errcode = 'restrict_violation';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end
$$;

create trigger stands_on_invoice before update or delete on charges for each row execute function guard_invoiced_charge();

create trigger never_changed before update or delete on payments for each row execute function refuse_change();
create trigger never_changed before update or delete on plan_parts for each row execute function refuse_change();

-- The parts of a plan are together what was agreed on, to the last coin.
create function parts_make_the_whole() returns trigger language plpgsql as
$$
begin
  if new.total is distinct from (select sum(p.amount) from plan_parts p where p.practice_id = new.practice_id and p.plan_id = new.id) then
    raise exception 'the parts of plan % are not its sum', new.id using errcode = 'check_violation';
  end if;
  return null;
end
$$;

create constraint trigger parts_make_the_whole after insert on payment_plans deferrable initially deferred for each row execute function parts_make_the_whole();

alter table card_attempts add constraint asks_for_something check (amount > 0);
alter table packages add constraint of_several check (sessions between 2 and 100 and price > 0);

-- Clients with something open for a while, whom nobody has looked at since.
create function unpaid_to_look_at(until timestamptz, at_most int) returns table (practice_id uuid, id uuid) language sql stable security definer
  set search_path = public, pg_temp as
$$ select c.practice_id, c.id from clients c
   where exists (select 1 from charges x where x.practice_id = c.practice_id and x.client_id = c.id and x.state = 'Confirmed' and x.package_id is null
       and x.amount > 0 and x.decided_at <= until - interval '1 day')
     and not exists (select 1 from unpaid_reminders r where r.practice_id = c.practice_id and r.client_id = c.id and r.look_at > until)
     and exists (select 1 from (
       select x.currency, x.amount from charges x where x.practice_id = c.practice_id and x.client_id = c.id and x.state = 'Confirmed' and x.package_id is null
       union all
       select p.currency, -p.amount from payments p where p.practice_id = c.practice_id and p.client_id = c.id) a
       group by a.currency having sum(a.amount) > 0)
   limit at_most $$;

revoke all on function unpaid_to_look_at(timestamptz, int) from public;
grant execute on function unpaid_to_look_at(timestamptz, int) to practice_app;
grant create on schema public to practice_backup;
alter function unpaid_to_look_at(timestamptz, int) owner to practice_backup;
revoke create on schema public from practice_backup;
