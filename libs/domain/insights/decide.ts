// Insights and what surrounds them: whom they are for, plain summaries, deviations, findings somebody asked for.
import { withId } from '../listed';
import { accept, acting, atStage, nextId } from '../decide/context';
import type { Context, Handler, Handlers, Refused } from '../decide/context';
import { refuse } from '../refusal';
import { holds, tenureOf } from '../rules/roster';
import type { Insight } from '../state';
import type { InsightStatus, PersonId, StageStatus } from '../words';
import { PRACTITIONERS } from '../words';
import { INSIGHT_TRANSITIONS } from '../transitions';
import { isChecked } from './rules';
import type { InsightsCommands } from './terms';
import { MOST_WORDS } from './terms';

/** While a reflection can still be proposed, or has been. */
const REFLECTING: StageStatus[] = [
  ...(['OPEN', 'ASKED', 'CHANGES_REQUESTED', 'REJECTED', 'LAPSED', 'REOPENED', 'SETTLED'] as const),
];

/** B49: an insight names a practitioner and a researcher as its authors. */
function notBoth({ world: { programme }, now }: Context, authors: PersonId[]): Refused | null {
  const strangers = authors.filter((person) => !tenureOf(programme, person, now));
  if (strangers.length > 0)
    return refuse(
      'INVALID',
      'UNKNOWN_PERSON',
      `not on the roster: ${strangers.join(', ')}`,
      'name authors who are',
    );
  const practitioners = authors.filter((person) => holds(programme, person, PRACTITIONERS, now));
  const researchers = authors.filter((person) => holds(programme, person, ['researcher'], now));
  return practitioners.some((p) => researchers.some((r) => r !== p))
    ? null
    : refuse(
        'INVALID',
        'AUTHORS',
        'an insight has a practitioner and a researcher among its authors',
        'write it together, and name both',
      );
}

/** B43: what is outside the local remit is somebody else's to act on, and who that is has to be said. */
const lackingOwner = (status: InsightStatus, owner: string | null): Refused | null =>
  (status === 'OUTSIDE_LOCAL_REMIT') === (owner !== null)
    ? null
    : refuse(
        'INVALID',
        'OWNER',
        'an insight outside the local remit names who owns it nationally, and no other does',
        'say who owns it, or choose another status',
      );

const recordInsight: Handler<'RecordInsight'> = (context, command) => {
  const by = acting(context);
  if (!by.ok) return by;
  const at = atStage(context, 'reflection', REFLECTING);
  if (!at.ok) return at;
  const { world, now } = context;
  const unknown = command.analyses.filter((id) => !world.project.analyses[id]);
  if (unknown.length > 0)
    return refuse('INVALID', 'UNKNOWN_ANALYSIS', `unknown analyses: ${unknown.join(', ')}`, 'check the ids');
  const unchecked = command.analyses.filter((id) => {
    const analysis = world.project.analyses[id];
    return analysis && !isChecked(world, analysis, now);
  });
  if (unchecked.length > 0)
    return refuse(
      'CONFLICT',
      'NOT_CHECKED',
      `not checked, withheld or quarantined: ${unchecked.join(', ')}`,
      'an insight rests on results that passed their check',
    );
  const lacking = notBoth(context, command.authors) ?? lackingOwner(command.status, command.owner ?? null);
  if (lacking) return lacking;
  return accept({
    type: 'InsightRecorded',
    data: { insight: nextId(context, 'i'), cycle: at.cycle.id, ...command },
  });
};

type Found = { ok: true; insight: Insight; person: PersonId } | Refused;
function find(context: Context, id: string, roles: Parameters<typeof acting>[1] = []): Found {
  const by = acting(context, roles);
  if (!by.ok) return by;
  const insight = context.world.project.insights.find((each) => each.id === id);
  return insight
    ? { ok: true, insight, person: by.person }
    : refuse('NOT_FOUND', 'UNKNOWN_INSIGHT', `there is no insight ${id}`, 'check the id');
}

const changeInsightStatus: Handler<'ChangeInsightStatus'> = (context, command) => {
  const found = find(context, command.insight);
  if (!found.ok) return found;
  const { insight, person } = found;
  if (INSIGHT_TRANSITIONS[insight.status][command.status] === undefined)
    return refuse('CONFLICT', 'TRANSITION', `it is ${insight.status} already`, 'nothing needs to be done');
  const lacking = lackingOwner(command.status, command.owner);
  return lacking ?? accept({ type: 'InsightStatusChanged', data: { ...command, person } });
};

const writeSummary: Handler<'WriteSummary'> = (context, command) => {
  const found = find(context, command.insight);
  if (!found.ok) return found;
  if (command.words > MOST_WORDS || command.words < 1)
    return refuse(
      'INVALID',
      'SUMMARY_LENGTH',
      `the summary has ${command.words} words`,
      `say it in 1 to ${MOST_WORDS} words`,
    );
  const version = found.insight.summaries.length + 1;
  return accept({ type: 'SummaryWritten', data: { ...command, version, person: found.person } });
};

const approveSummary: Handler<'ApproveSummary'> = (context, command) => {
  const found = find(context, command.insight, PRACTITIONERS);
  if (!found.ok) return found;
  const { insight, person } = found;
  const latest = insight.summaries.at(-1);
  if (!latest || latest.version !== command.version)
    return refuse(
      'STALE',
      'STALE_CONTENT',
      `version ${command.version} is not the latest summary`,
      `read and approve version ${latest?.version ?? 0}`,
    );
  if (latest.approved)
    return refuse('CONFLICT', 'ALREADY_APPROVED', 'it is approved already', 'nothing needs to be done');
  if (latest.person === person)
    return refuse(
      'FORBIDDEN',
      'SELF_APPROVAL',
      'its writer does not approve it',
      'another practitioner does',
    );
  return accept({ type: 'SummaryApproved', data: { ...command, person } });
};

const recordDeviation: Handler<'RecordDeviation'> = (context, command) => {
  const by = acting(context);
  if (!by.ok) return by;
  if (!context.world.project.analyses[command.analysis])
    return refuse(
      'NOT_FOUND',
      'UNKNOWN_ANALYSIS',
      `there is no analysis ${command.analysis}`,
      'check the id',
    );
  const deviation = nextId(context, 'dv');
  return accept({ type: 'DeviationRecorded', data: { deviation, ...command, person: by.person } });
};

const askForFinding: Handler<'AskForFinding'> = (context, command) => {
  const by = acting(context);
  if (!by.ok) return by;
  if (command.hypothesis !== null && !withId(context.world.project.hypotheses, command.hypothesis))
    return refuse('INVALID', 'UNKNOWN_HYPOTHESIS', `there is no ${command.hypothesis}`, 'check the id');
  const { person, organisation } = by;
  return accept({
    type: 'FindingAsked',
    data: { demand: nextId(context, 'fd'), ...command, person, organisation },
  });
};

const meetDemand: Handler<'MeetDemand'> = (context, command) => {
  const by = acting(context, ['researcher', 'projectLead']);
  if (!by.ok) return by;
  const { demands, analyses } = context.world.project;
  const demand = demands.find(({ id }) => id === command.demand);
  if (!demand || !analyses[command.analysis])
    return refuse('NOT_FOUND', 'UNKNOWN', 'there is no such demand or analysis', 'check both ids');
  if (demand.met.some(({ analysis }) => analysis === command.analysis))
    return refuse('CONFLICT', 'ALREADY_MET', 'this is recorded already', 'nothing needs to be done');
  return accept({ type: 'FindingMet', data: { ...command, person: by.person } });
};

export const insightsHandlers: Pick<Handlers, 'RecordInsight' | keyof InsightsCommands> = {
  RecordInsight: recordInsight,
  ChangeInsightStatus: changeInsightStatus,
  WriteSummary: writeSummary,
  ApproveSummary: approveSummary,
  RecordDeviation: recordDeviation,
  AskForFinding: askForFinding,
  MeetDemand: meetDemand,
};
