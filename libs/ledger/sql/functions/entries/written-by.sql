-- Which way each type of entry comes in. These lists stand here whole: applying this file makes the tables equal to it.
-- A type in none of them is written only by a door of the gate.

-- -------------------------------------------------------------------------------- by append_events, as one of these roles

delete from parley.append_whitelist;
insert into parley.append_whitelist (role, type)
select 'parley_api', unnest(array[
  -- The programme, its people and agreement.
  'ProgrammeStarted', 'OrganisationAdded', 'DeputyNamed', 'CoreTeamNamed', 'AgreementProposed', 'CheckpointOpened', 'CoverChanged',
  -- A project's course.
  'ProjectStarted', 'ProjectSuspended', 'ProjectResumed', 'ProjectClosed', 'ProjectRosterSet', 'ProjectExported', 'TempoSet',
  'EthicsRecorded', 'EthicsEnded', 'CycleStarted', 'StageSettledEmpty', 'AnalysisStageClosed', 'StageReopened',
  -- The issue, its sources and new collections (B19, B44, B47, B52). The gate reads none of them.
  'IssueProfiled', 'NarrativeTold', 'NarrativeNamed', 'SourceRegistered', 'SourceRevised', 'DiscoveryRecorded',
  'CollectionPlanned', 'CollectionBegun', 'ResponsesReported',
  -- Questions and hypotheses (B18).
  'QuestionProposed', 'SufficiencyRevoked', 'HypothesisProposed', 'HypothesisRevised', 'RivalsDeclared', 'HypothesisDiscussed',
  'HypothesisDecided', 'HypothesisFoundUntestable', 'UntestableAnswered',
  -- The boundary and its legal file (B53).
  'BoundaryProposed', 'LegalFileDrafted', 'IncidentRecorded', 'IncidentReported',
  -- Data requests, deposits and releases.
  'RequestSent', 'ClarificationAsked', 'ClarificationAnswered', 'ClarificationSettled', 'AlternativeConsidered',
  'SuppositionRecorded', 'DepositReceived', 'DictionaryGiven', 'DictionaryPublished', 'ImportProposed', 'ReleaseProposed',
  'ReleaseGivenUp', 'BenefitProposed',
  -- Admissibility of fields.
  'AdmissibilityOpened', 'AdmissibilityJudged', 'ChallengeRaised', 'LocalKnowledgeAdded', 'FieldRated', 'PublicReactionRecorded',
  -- Analyses and what was learned.
  'AnalysisRegistered', 'AnalysisCancelled', 'OutputWithheld', 'InterpretationAdded', 'DeviationRecorded', 'FindingAsked',
  'FindingMet', 'InsightRecorded', 'InsightStatusChanged', 'SummaryWritten', 'SummaryApproved', 'ReflectionProposed',
  'RefinementProposed',
  -- What was done about it and what is published.
  'ActionPlanned', 'ActionReported', 'ContactNamed', 'PublicationProposed', 'PublicationCommented', 'CommentAnswered',
  'PublicationDissented', 'FindingPublished', 'FindingWithheld',
  -- Evidence (B7) and meetings (B12).
  'EvidenceRecorded', 'EvidenceFileStored', 'NotesAmended', 'EvidenceConsidered', 'CitedAsResearchData',
  'MeetingSeriesPlanned', 'MeetingSeriesEnded', 'MeetingCalled', 'MeetingMoved', 'MeetingCancelled', 'AgendaItemProposed',
  'AgendaItemWithdrawn', 'PackSummarised', 'AttendanceRecorded', 'OutcomeDrafted', 'OutcomePutUp'])
union all
select 'parley_worker', unnest(array[
  -- What asks, reminds and ends by the clock.
  'CheckpointOpened', 'TurnBegun', 'Reminded', 'Escalated', 'RoundLapsed', 'StageAnnounced', 'RequestReminded', 'RequestLapsed',
  'ExpiryWarned', 'IncidentReminded', 'MeetingCalled', 'PackSent',
  -- What became of data.
  'DepositInvited', 'DepositAccepted', 'DepositRefused', 'DepositDestroyed', 'ReleaseSealed', 'ReleaseDestroyed', 'AnalysisEnded']);

-- ----------------------------------------------------------------------------------------- by record_account_decision

-- Besides what account_refusal judges by its type alone. Columns: see the table.
delete from parley.account_decisions;
insert into parley.account_decisions (type, roles, of_holder, attests) values
  -- A registrar, about people of their own organisation.
  ('AddressChangeCancelled', '{registrar}', false, true),
  ('PersonErased', '{registrar}', false, true),
  ('TrainingRecorded', '{registrar}', false, true),
  -- Anybody, about themselves.
  ('UndertakingSigned', '{}', false, false),
  ('InterestsDeclared', '{}', false, false),
  ('AskingWished', '{}', false, false),
  ('SigningDelegated', '{}', false, false),
  ('DelegationTakenBack', '{}', false, false),
  ('DecisionCountersigned', '{}', false, false),
  -- The holder of the data.
  ('SuppositionReplied', '{dataHolder,informationRiskOwner}', true, false),
  ('ObjectionRecorded', '{dataHolder,informationRiskOwner,dataCustodian}', true, false),
  ('OutputCommented', '{dataHolder,informationRiskOwner}', false, false),
  -- What law and disclosure ask of one role.
  ('AdviceRecorded', '{dataProtectionOfficer}', false, false),
  ('AdviceOverridden', '{informationRiskOwner}', false, false),
  ('LegalCheckRecorded', '{informationRiskOwner}', false, false),
  ('ExceptionProposed', '{outputChecker}', false, false),
  ('ExceptionGranted', '{outputChecker}', false, false);

-- ------------------------------------------------------------------------------------------------- by record_decision

-- Each has its checks in entry_by_link.
delete from parley.link_decisions;
insert into parley.link_decisions (type) values
  ('DecisionRecorded'), ('DecisionWithdrawn'), ('DecisionCountersigned'), ('SigningDelegated'), ('DelegationTakenBack'),
  ('RequestAnswered'), ('ClarificationAsked'), ('ClarificationAnswered'), ('ClarificationSettled'), ('GrantWithdrawn'),
  ('DepositReceived');
