-- What was learned, what was done about it and what is published: said by people with an account, read by no gate.
insert into parley.append_whitelist (role, type)
select 'parley_api', unnest(array[
  'InsightStatusChanged', 'SummaryWritten', 'SummaryApproved', 'DeviationRecorded', 'FindingAsked', 'FindingMet',
  'ActionPlanned', 'ActionReported',
  'ContactNamed', 'PublicationProposed', 'PublicationCommented', 'CommentAnswered', 'PublicationDissented',
  'FindingPublished', 'FindingWithheld']);
