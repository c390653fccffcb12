-- The register of sources and its discovery (B52), the issue's profile and narratives (B44), the tempo (B47), a project's
-- roster (B1). The gates read none of them: tempo opens nothing (T13), what a release may draw on is its boundary's
-- business, and a roster only ever leaves people unasked, never a place in a quorum.

insert into parley.append_whitelist (role, type)
select 'parley_api', unnest(array[
  'SourceRegistered', 'SourceRevised', 'DiscoveryRecorded', 'IssueProfiled', 'NarrativeTold', 'NarrativeNamed', 'TempoSet',
  'ProjectRosterSet']);
