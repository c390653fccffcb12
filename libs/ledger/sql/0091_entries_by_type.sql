-- What functions look up among a project's entries is found by its type, however long the project is. Only these types are kept in
-- order, so that other entries cost nothing more.
create index events_about_data on parley.events (stream, type) where type in (
  'RequestSent', 'RequestAnswered', 'DepositInvited', 'DepositReceived', 'DepositAccepted', 'DepositRefused',
  'ReleaseSealed', 'ReleaseDestroyed', 'AnalysisRegistered', 'ClarificationAsked', 'ExceptionProposed', 'CoreTeamNamed');
create index events_about_evidence on parley.events (stream, type, (data ->> 'evidence')) where type in (
  'EvidenceRecorded', 'EvidenceFileStored', 'AudienceChanged');
