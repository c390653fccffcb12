-- What people say about the admissibility of fields: claims and judgements by account, none of which the gate reads.
insert into parley.append_whitelist (role, type)
select 'parley_api', unnest(array[
  'AdmissibilityOpened', 'AdmissibilityJudged', 'ChallengeRaised', 'LocalKnowledgeAdded', 'FieldRated',
  'PublicReactionRecorded']);
