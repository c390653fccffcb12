-- Hypotheses, their rivals and what became of them: said by people with an account, read by no gate.
insert into parley.append_whitelist (role, type)
select 'parley_api', unnest(array[
  'HypothesisProposed', 'HypothesisRevised', 'RivalsDeclared', 'HypothesisDiscussed', 'HypothesisDecided',
  'HypothesisFoundUntestable', 'UntestableAnswered']);
