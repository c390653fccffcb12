-- Files of evidence for whoever signs by link: the portal proves to the API that it was shown a link of a person, without showing
-- the link; the key's part is given if that person reads the item.

-- Keyed with what is stored of a token, which only whoever holds the token can compute, and no role can read.
create function parley.link_proof(p_hash bytea, p_about text) returns bytea
  language sql immutable set search_path = parley, pg_temp
  as $$ select sha256(p_hash || sha256(p_hash || convert_to(p_about, 'UTF8'))) $$;

-- API: the part of a file's key for a person who reads it, on proof of a link of theirs that is not older than it says. NULL for
-- everyone else.
create function parley.open_evidence_by_link(p_person text, p_stream text, p_evidence text, p_until text, p_proof bytea) returns bytea
  language plpgsql stable security definer set search_path = parley, pg_temp
  as $$
declare
  link links;
begin
  if p_until::timestamptz not between wall_clock() and wall_clock() + interval '2 minutes' then return null; end if;
  select * into link from links l
    where l.person = p_person and l.programme = programme_of(p_stream) and l.void_at is null and l.expires > wall_clock()
      and l.purpose <> 'ACCESS'
      and link_proof(l.hash, concat_ws(' ', p_person, p_stream, p_evidence, p_until)) = p_proof
    limit 1;
  if not found or not reads_evidence(link.programme, p_stream, p_evidence, p_person) then return null; end if;
  return (select k.part from evidence_key_parts k where k.stream = p_stream and k.evidence = p_evidence);
end $$;

grant execute on function parley.open_evidence_by_link(text, text, text, text, bytea) to parley_api;
