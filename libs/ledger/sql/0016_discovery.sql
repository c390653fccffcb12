-- The register of sources and its discovery (B52), the issue's profile and narratives (B44), the tempo (B47). The gates
-- read none of them: tempo opens nothing (T13), and what a release may draw on is its boundary's business.

insert into parley.append_whitelist (role, type)
select 'parley_api', unnest(array[
  'SourceRegistered', 'SourceRevised', 'DiscoveryRecorded', 'IssueProfiled', 'NarrativeTold', 'NarrativeNamed', 'TempoSet']);
