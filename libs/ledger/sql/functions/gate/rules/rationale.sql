-- RATIONALE (B24): a further wave cites releases of the waves before it.

create or replace function parley.gate_lacks_rationale(r parley.gate_releases) returns setof text
language sql stable set search_path = parley, pg_temp as $$
  select 'a further wave must cite the releases it rests on'
   where r.wave > 1 and (r.cites = '{}' or exists (
     select from unnest(r.cites) cited
      where not exists (select from gate_permits p join gate_releases earlier using (project, release)
                         where p.project = r.project and p.release = cited and p.wave < r.wave
                           and not gate_is_published_only(earlier))))
$$;
