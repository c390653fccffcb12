// Actions: planned with a refinement, on evidence that is named, and accounted for before the next reflection opens.
import { accept, acting, atStage, nextId } from '../decide/context';
import type { Context, Handler, Handlers, Refused } from '../decide/context';
import { isChecked } from '../insights/rules';
import { refuse } from '../refusal';
import { tenureOf } from '../rules/roster';
import { currentCycle } from '../rules/stages';
import { ACTION_TRANSITIONS } from '../transitions';
import type { StageStatus } from '../words';
import { actionsOf, actionStatus, unreportedActions } from './rules';
import type { ActionsCommands } from './terms';

/** What is signed names its actions: nothing is added while it is out for sign-off, or after. */
const REFINING: StageStatus[] = ['OPEN', 'CHANGES_REQUESTED', 'REJECTED', 'LAPSED', 'REOPENED'];

function unfounded({ world, now }: Context, command: ActionsCommands['PlanAction']): Refused | null {
  const { project } = world;
  const unknown = [
    ...command.insights.filter((id) => !project.insights.some((insight) => insight.id === id)),
    ...command.analyses.filter((id) => {
      const analysis = project.analyses[id];
      return !analysis || !isChecked(world, analysis, now);
    }),
  ];
  if (unknown.length > 0)
    return refuse(
      'INVALID',
      'UNKNOWN_EVIDENCE',
      `not there, or not checked: ${unknown.join(', ')}`,
      'check the ids',
    );
  return command.insights.length + command.analyses.length > 0 || command.evidence !== null
    ? null
    : refuse('INVALID', 'NO_EVIDENCE', 'nothing stands behind the action', 'name insights or other evidence');
}

const planAction: Handler<'PlanAction'> = (context, command) => {
  const by = acting(context);
  if (!by.ok) return by;
  const at = atStage(context, 'refinement', REFINING);
  if (!at.ok) return at;
  const { world, now } = context;
  const owner = tenureOf(world.programme, command.owner, now);
  if (!owner)
    return refuse('INVALID', 'UNKNOWN_PERSON', 'the owner is not on the roster', 'name somebody who is');
  if (command.due < now.slice(0, 10))
    return refuse('INVALID', 'PAST', `${command.due} has passed`, 'choose a later date');
  const lacking = unfounded(context, command);
  if (lacking) return lacking;
  const { organisation } = owner;
  const planned = { action: nextId(context, 'ac'), cycle: at.cycle.id, person: by.person, organisation };
  return accept({ type: 'ActionPlanned', data: { ...planned, ...command } });
};

const reportAction: Handler<'ReportAction'> = (context, command) => {
  const by = acting(context);
  if (!by.ok) return by;
  const { project } = context.world;
  const action = project.actions[command.action];
  const cycle = currentCycle(project);
  if (!action || !cycle)
    return refuse('NOT_FOUND', 'UNKNOWN_ACTION', `there is no action ${command.action}`, 'check the id');
  const status = actionStatus(action);
  if (status !== command.status && ACTION_TRANSITIONS[status][command.status] === undefined)
    return refuse('CONFLICT', 'TRANSITION', `it is ${status}`, 'record a new action instead');
  if (command.status === 'PLANNED' && action.cycle === cycle.id)
    return refuse('CONFLICT', 'TRANSITION', 'it has just been planned', 'say later what became of it');
  return accept({ type: 'ActionReported', data: { ...command, cycle: cycle.id, person: by.person } });
};

/** B50: a reflection opens only after each action of earlier cycles was accounted for in this one. */
export function actionsUnaccounted({ world }: Context, cycle: string): Refused | null {
  const open = unreportedActions(world.project, cycle);
  if (open.length === 0) return null;
  const missing = open.map((action) => ({
    rule: 'ACTION',
    reason: `nobody has said in this cycle what became of action ${action.id}, due ${action.due}`,
    waitingFor: [action.owner],
    since: action.at,
  }));
  return refuse(
    'CONFLICT',
    'ACTIONS_UNREPORTED',
    missing.map((m) => m.reason).join('; '),
    'report on each action first; that it was not done is an answer too',
    missing,
  );
}

/** A refinement that ends in an action says which. */
export const noAction = ({ world }: Context, cycle: string): Refused | null =>
  actionsOf(world.project, cycle).length > 0
    ? null
    : refuse(
        'CONFLICT',
        'NO_ACTION',
        'no action of this cycle is recorded',
        'record owner, date, expected effect and what stands behind it first',
      );

export const actionsHandlers: Pick<Handlers, keyof ActionsCommands> = {
  PlanAction: planAction,
  ReportAction: reportAction,
};
