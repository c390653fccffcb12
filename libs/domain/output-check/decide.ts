// Commands of the output check beside the sign-off itself: exceptions by two checkers, and a holder's comment.
import type { Context, Handler, Handlers, Refused } from '../decide/context';
import { accept, acting, nextId } from '../decide/context';
import { refuse } from '../refusal';
import { resultStatus } from '../rules/results';
import type { Analysis } from '../state';
import type { PersonId } from '../words';
import { findingsOf, NEVER_EXCEPTED, outputReview } from './rules';
import type { OutputCheckCommands } from './terms';

type Checking = { ok: true; person: PersonId; analysis: Analysis } | Refused;

/** An output checker who did not make the analysis, before its result is settled. */
function checking(context: Context, id: string): Checking {
  const by = acting(context, ['outputChecker']);
  if (!by.ok) return by;
  const analysis = context.world.project.analyses[id];
  if (!analysis) return unknown(id);
  if (analysis.author === by.person)
    return refuse(
      'FORBIDDEN',
      'SELF_APPROVAL',
      'the author does not check the output',
      'another checker decides',
    );
  const status = resultStatus(context.world, analysis, context.now);
  return status === 'UNCHECKED' || status === 'WITHHELD'
    ? { ok: true, person: by.person, analysis }
    : refuse(
        'CONFLICT',
        'RESULT_STATUS',
        `the result is ${status}`,
        'exceptions are made while a result waits, or was withheld',
      );
}

const unknown = (id: string) =>
  refuse('NOT_FOUND', 'UNKNOWN_ANALYSIS', `there is no analysis ${id}`, 'check the id');

const proposeException: Handler<'ProposeException'> = (context, { analysis: id, finding, ...said }) => {
  const found = checking(context, id);
  if (!found.ok) return found;
  const { person, analysis } = found;
  const known = findingsOf(analysis).find((each) => each.id === finding);
  if (known?.verdict !== 'fail')
    return refuse(
      'INVALID',
      'NOT_A_FAIL',
      `nothing failed as ${finding} in ${id}`,
      'a finding for review is decided with the result',
    );
  const { rule, table } = known;
  if (NEVER_EXCEPTED.includes(rule))
    return refuse(
      'FORBIDDEN',
      'NEVER_EXCEPTED',
      `no checker overrides the rule "${rule}"`,
      rule === 'condition'
        ? 'a condition is lifted by whoever made it, in a new grant'
        : 'it follows from another rule: an exception is made from that one',
    );
  const { exceptions } = context.world.project;
  if (exceptions.some((each) => each.analysis === id && each.finding === finding))
    return refuse(
      'CONFLICT',
      'ALREADY_PROPOSED',
      `an exception from ${finding} was proposed`,
      'a second checker grants it',
    );
  const exception = nextId(context, 'ex');
  const data = { exception, analysis: id, finding, rule, table, person, ...said };
  return accept({ type: 'ExceptionProposed', data });
};

const grantException: Handler<'GrantException'> = (context, command) => {
  const exception = context.world.project.exceptions.find(({ id }) => id === command.exception);
  if (!exception)
    return refuse(
      'NOT_FOUND',
      'UNKNOWN_EXCEPTION',
      `there is no exception ${command.exception}`,
      'check the id',
    );
  const found = checking(context, exception.analysis);
  if (!found.ok) return found;
  if (exception.person === found.person)
    return refuse(
      'FORBIDDEN',
      'SECOND_CHECKER',
      'an exception is granted by somebody else than who proposed it',
      'another checker decides',
    );
  if (exception.granted)
    return refuse('CONFLICT', 'ALREADY_GRANTED', 'the exception is granted', 'make the run again');
  return accept({ type: 'ExceptionGranted', data: { ...command, person: found.person } });
};

/** No veto: the comment travels with the result, whatever it says. */
const commentOnOutput: Handler<'CommentOnOutput'> = (context, { analysis: id, ...said }) => {
  const by = acting(context, ['dataHolder', 'informationRiskOwner']);
  if (!by.ok) return by;
  const { world, now } = context;
  const analysis = world.project.analyses[id];
  if (!analysis) return unknown(id);
  const review = outputReview(world, analysis, now);
  if (!review?.organisations.includes(by.organisation))
    return refuse(
      'FORBIDDEN',
      'NOT_REVIEWING',
      'this organisation did not ask to review results of this release, or the result is not checked yet',
      'discuss the result in the reflection',
    );
  if (now >= review.until)
    return refuse(
      'CONFLICT',
      'REVIEW_OVER',
      `the time to comment ended at ${review.until}`,
      'discuss the result in the reflection',
    );
  const { person, organisation } = by;
  const data = { comment: nextId(context, 'oc'), analysis: id, person, organisation, ...said };
  return accept({ type: 'OutputCommented', data });
};

export const outputCheckHandlers: Pick<Handlers, keyof OutputCheckCommands> = {
  ProposeException: proposeException,
  GrantException: grantException,
  CommentOnOutput: commentOnOutput,
};
