// Who may say what about hypotheses; everybody on the roster may propose, only its holder changes what it says.
import { withId } from '../listed';
import { accept, acting, nextId } from '../decide/context';
import type { Context, Handler, Handlers, Refused } from '../decide/context';
import { refuse } from '../refusal';
import { currentCycle } from '../rules/stages';
import {
  hypothesisStatus,
  isTested,
  isUntestable,
  rivalsOf,
  speaksFor,
  untriedRivals,
  versionOf,
} from './rules';
import type { HypothesesCommands, Hypothesis, Tested } from './terms';

type Found = { ok: true; hypothesis: Hypothesis; version: number; person: string } | Refused;

/** The hypothesis, for somebody on the roster; refused once it is dropped. */
function find(context: Context, id: string): Found {
  const by = acting(context);
  if (!by.ok) return by;
  const hypothesis = withId(context.world.project.hypotheses, id);
  if (!hypothesis)
    return refuse('NOT_FOUND', 'UNKNOWN_HYPOTHESIS', `there is no hypothesis ${id}`, 'check the id');
  if (hypothesisStatus(context.world, hypothesis, context.now) === 'DROPPED')
    return refuse(
      'CONFLICT',
      'DROPPED',
      `the hypothesis ${id} was dropped`,
      'propose it anew, with a reason',
    );
  return { ok: true, hypothesis, version: versionOf(hypothesis), person: by.person };
}

const onlyHolder = ({ world, now }: Context, hypothesis: Hypothesis, person: string): Refused | null =>
  speaksFor(world, hypothesis, person, now)
    ? null
    : refuse(
        'FORBIDDEN',
        'NOT_THE_HOLDER',
        `only its holder does this to ${hypothesis.id}`,
        'discuss it, or propose a rival',
      );

const proposeHypothesis: Handler<'ProposeHypothesis'> = (context, command) => {
  const by = acting(context);
  if (!by.ok) return by;
  const { project } = context.world;
  const unknown = command.rivals.filter((id) => !withId(project.hypotheses, id));
  if (unknown.length > 0)
    return refuse('INVALID', 'UNKNOWN_HYPOTHESIS', `unknown: ${unknown.join(', ')}`, 'check the ids');
  const { person, organisation } = by;
  const cycle = currentCycle(project)?.id ?? null;
  const hypothesis = nextId(context, 'hy');
  return accept({
    type: 'HypothesisProposed',
    data: { hypothesis, cycle, person, organisation, ...command },
  });
};

const reviseHypothesis: Handler<'ReviseHypothesis'> = (context, command) => {
  const found = find(context, command.hypothesis);
  if (!found.ok) return found;
  const { person, version } = found;
  const foreign = onlyHolder(context, found.hypothesis, person);
  if (foreign) return foreign;
  return accept({ type: 'HypothesisRevised', data: { ...command, person, version: version + 1 } });
};

const declareRivals: Handler<'DeclareRivals'> = (context, command) => {
  const found = find(context, command.hypothesis);
  if (!found.ok) return found;
  const rival = find(context, command.rival);
  if (!rival.ok) return rival;
  if (command.rival === command.hypothesis)
    return refuse('INVALID', 'SAME', 'a hypothesis is not its own rival', 'name another one');
  if (rivalsOf(context.world, found.hypothesis).some(({ id }) => id === command.rival))
    return refuse('CONFLICT', 'ALREADY_RIVALS', 'they are rivals already', 'nothing needs to be done');
  return accept({ type: 'RivalsDeclared', data: { ...command, person: found.person } });
};

const discussHypothesis: Handler<'DiscussHypothesis'> = (context, command) => {
  const found = find(context, command.hypothesis);
  if (!found.ok) return found;
  const { person, version } = found;
  return accept({ type: 'HypothesisDiscussed', data: { ...command, person, version } });
};

const decideHypothesis: Handler<'DecideHypothesis'> = (context, command) => {
  const found = find(context, command.hypothesis);
  if (!found.ok) return found;
  const { hypothesis, person, version } = found;
  const status = hypothesisStatus(context.world, hypothesis, context.now);
  if (command.fate === 'KEPT' && status === 'KEPT')
    return refuse('CONFLICT', 'ALREADY_KEPT', 'it is kept already', 'nothing needs to be done');
  if (command.fate === 'KEPT' && !isTested(context.world, hypothesis, context.now))
    return refuse(
      'CONFLICT',
      'NOT_TESTED',
      `no checked result has tested the present version of ${hypothesis.id}`,
      'register an analysis that names it, or drop it with a reason',
    );
  return accept({ type: 'HypothesisDecided', data: { ...command, person, version } });
};

const findUntestable: Handler<'FindUntestable'> = (context, command) => {
  const found = find(context, command.hypothesis);
  if (!found.ok) return found;
  const { hypothesis, person, version } = found;
  if (isTested(context.world, hypothesis, context.now))
    return refuse('CONFLICT', 'TESTED', `${hypothesis.id} has been tested`, 'keep it or drop it');
  if (hypothesis.untestable.some((each) => each.version === version))
    return refuse('CONFLICT', 'ALREADY_UNTESTABLE', 'this is recorded already', 'its holder answers it');
  return accept({ type: 'HypothesisFoundUntestable', data: { ...command, person, version } });
};

const answerUntestable: Handler<'AnswerUntestable'> = (context, command) => {
  const found = find(context, command.hypothesis);
  if (!found.ok) return found;
  const { hypothesis, person, version } = found;
  const foreign = onlyHolder(context, hypothesis, person);
  if (foreign) return foreign;
  const open = hypothesis.untestable.find((each) => each.version === version);
  if (!open || isUntestable(context.world, hypothesis, context.now))
    return refuse('CONFLICT', 'NOTHING_TO_ANSWER', 'nobody waits for an answer', 'nothing needs to be done');
  return accept({ type: 'UntestableAnswered', data: { ...command, person, version } });
};

/** The version a run tests; refused if there is none, or it was dropped. */
export function testedBy(context: Context, id: string): { ok: true; tests: Tested } | Refused {
  const found = find(context, id);
  return found.ok ? { ok: true, tests: { hypothesis: id, version: found.version } } : found;
}

/** Nothing closes while a rival explanation has been neither tested nor answered for. */
export function rivalsUntried({ world, now }: Context): Refused | null {
  const untried = untriedRivals(world, now);
  if (untried.length === 0) return null;
  const missing = untried.map((hypothesis) => ({
    rule: 'RIVALS',
    reason: whatIsLacking(hypothesis),
    waitingFor: [hypothesis.holder],
    since: hypothesis.versions.at(-1)?.at ?? null,
  }));
  return refuse(
    'CONFLICT',
    'RIVALS_UNTRIED',
    missing.map((m) => m.reason).join('; '),
    'test each rival, or record why it cannot be tested and have its holder answer',
    missing,
  );
}

const whatIsLacking = (hypothesis: Hypothesis): string =>
  hypothesis.untestable.some((each) => each.version === versionOf(hypothesis))
    ? `the holder of ${hypothesis.id} has not said whether they dissent from its being untestable`
    : `${hypothesis.id} has a rival and was neither tested nor recorded as untestable`;

export const hypothesesHandlers: Pick<Handlers, keyof HypothesesCommands> = {
  ProposeHypothesis: proposeHypothesis,
  ReviseHypothesis: reviseHypothesis,
  DeclareRivals: declareRivals,
  DiscussHypothesis: discussHypothesis,
  DecideHypothesis: decideHypothesis,
  FindUntestable: findUntestable,
  AnswerUntestable: answerUntestable,
};
