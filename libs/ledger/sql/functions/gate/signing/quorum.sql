-- Whether signers fill the slots of a round, and are enough.

create or replace function parley.gate_may_fill(slot jsonb, s parley.gate_signer) returns boolean
language sql immutable set search_path = parley, pg_temp as $$
  select (slot->>'organisation' is null or slot->>'organisation' = s.organisation)
     and (slot->'roles' = '[]' or exists (select from jsonb_array_elements_text(slot->'roles') role where role = any (s.roles)))
$$;

-- Per distinct person, the set of slots they could fill, as bits.
create or replace function parley.gate_fits(slots jsonb, signers parley.gate_signer[]) returns bigint[]
language sql immutable set search_path = parley, pg_temp as $$
  select coalesce(array_agg(bits), '{}') from (
    select bit_or(1::bigint << (n - 1)::int) as bits
      from unnest(signers) s(person, organisation, roles), jsonb_array_elements(slots) with ordinality e(slot, n)
     where gate_may_fill(slot, (s.person, s.organisation, s.roles)::gate_signer)
     group by s.person) fits
$$;

-- Slots that share no person can be judged apart; this keeps the number of subsets below small.
create or replace function parley.gate_apart(places int, fits bigint[]) returns bigint[]
language plpgsql immutable set search_path = parley, pg_temp as $$
declare
  groups bigint[] := array(select 1::bigint << i from generate_series(0, places - 1) i);
  fit bigint;
begin
  foreach fit in array fits loop
    groups := array(select g from unnest(groups) g where g & fit = 0)
           || (select bit_or(g) from unnest(groups) g where g & fit <> 0);
  end loop;
  return groups;
end $$;

-- Whether distinct people fill every slot, by Hall's marriage condition: every set of slots needs at least as many
-- people who could fill one of them as it has places. (The domain assigns people one by one instead.)
create or replace function parley.gate_filled(slots jsonb, signers parley.gate_signer[]) returns boolean
language plpgsql immutable set search_path = parley, pg_temp as $$
declare
  places constant int := jsonb_array_length(slots);
  fits constant bigint[] := gate_fits(slots, signers);
  counts constant int[] := array(select (slot->>'count')::int from jsonb_array_elements(slots) slot);
  together bigint;
  subset bigint;
begin
  if places > 62 then return false; end if;
  foreach together in array gate_apart(places, fits) loop
    -- More than sixteen slots entangled by the same people is beyond any agreement; unknown means closed.
    if bit_count(together::bit(64)) > 16 then return false; end if;
    subset := together;
    while subset > 0 loop
      if (select count(*) from unnest(fits) fit where fit & subset <> 0)
         < (select sum(counts[i + 1]) from generate_series(0, places - 1) i where (subset >> i) & 1 = 1) then
        return false;
      end if;
      subset := (subset - 1) & together;
    end loop;
  end loop;
  return true;
end $$;

-- Whether these signers meet a round: its own slots, the required slots, enough people, enough organisations: by the round, by the
-- table, and by the agreement.
-- Only people who can fill one of the round's slots count towards the numbers.
create or replace function parley.gate_meets(r parley.gate_rounds, required jsonb, signers parley.gate_signer[]) returns boolean
language plpgsql stable set search_path = parley, pg_temp as $$
declare
  slots constant jsonb := r.rule->'slots';
  raised constant jsonb[] := array(select gate_beyond(r, 'quorums'));
  people int;
  organisations int;
begin
  select count(distinct s.person), count(distinct s.organisation) into people, organisations
    from unnest(signers) s(person, organisation, roles), jsonb_array_elements(slots || required) slot
   where gate_may_fill(slot, (s.person, s.organisation, s.roles)::gate_signer);
  return required <> '[]'
     and people >= greatest((r.rule->>'people')::int, gate_floor(r.kind), (select max((q->>'people')::int) from unnest(raised) q))
     and organisations >= greatest((r.rule->>'organisations')::int, gate_floor(r.kind),
                                   (select max((q->>'organisations')::int) from unnest(raised) q))
     and gate_filled(slots, signers)
     and gate_filled(required, signers);
end $$;
