// Commands between asking a holder and its answer: sent, reminded, answered, withdrawn.
import { refuse } from '../refusal';
import type { DataRequest } from '../state';
import type { Grant } from '../terms';
import { TIERS } from '../words';
import { boundaryInForce, outside } from '../rules/boundary';
import { earlierPermitted, fieldsOfGrant, isGranted, requestStatus, waveOf } from '../rules/requests';
import { currentQuestion } from '../rules/stages';
import { timesFrom } from '../rules/timings';
import { badAnswer } from '../negotiation/answering';
import { badConfidence } from '../negotiation/audience';
import { addressees, badAnswerToRefusal, badAsk } from '../negotiation/asking';
import { isHolderWaiting, requestInstant } from '../negotiation/clarifications';
import { nextRequestRound } from '../evolve/project-folds';
import { notRequestable } from '../sources/requestable';
import { hastened } from '../tempo/haste';
import { participants } from '../participation/taking-part';
import type { Context, Handler, Handlers } from './context';
import { accept, acting, atStage, nextId, onlyProcess, onRoster, underAgreement } from './context';

const sendRequest: Handler<'SendRequest'> = (context, command) => {
  const { holder, ask, rationale, content: _content, ...words } = command;
  const by = acting(context, ['projectLead', 'researcher', 'policyOfficial']);
  if (!by.ok) return by;
  const under = underAgreement(context);
  if (!under.ok) return under;
  const at = atStage(context, 'dataRequest', ['OPEN', 'REOPENED']);
  if (!at.ok) return at;
  const { world, now } = context;
  const question = currentQuestion(world, at.cycle, now);
  if (!question)
    return refuse(
      'CONFLICT',
      'NO_QUESTION',
      'no settled question asks for this data',
      'settle the question first',
    );
  const boundary = boundaryInForce(world, now);
  if (!boundary)
    return refuse(
      'CONFLICT',
      'NO_BOUNDARY',
      'no boundary is in force',
      'have LEGAL and ETHICAL signed first',
    );
  const found = outside(boundary.scope, holder, ask);
  if (found.length > 0)
    return refuse(
      'CONFLICT',
      'OUTSIDE_BOUNDARY',
      `outside the boundary in force: ${found.join(', ')}`,
      'ask for less, or amend the boundary and have it signed afresh',
    );
  const undiscovered = notRequestable(world.project, holder, ask.source, question.id);
  if (undiscovered) return undiscovered;
  if (participants(world, now, { organisation: holder, roles: ['dataHolder'] }).length === 0)
    return refuse(
      'CONFLICT',
      'NO_HOLDER',
      `nobody is data holder for ${holder}`,
      'its registrar has to attest one, or name one for this project',
    );
  const isLead = by.roles.includes('projectLead');
  const obstacle = badAsk(ask) ?? badAnswerToRefusal(world.project, isLead, holder, ask, words);
  if (obstacle) return obstacle;
  const isAnswer = words.answers !== undefined;
  const to = addressees(world, holder, ask.source, under.agreement.rules, isAnswer, now);
  if (!to.ok) return to;
  const requestRound = at.cycle.requestRounds.at(-1) ?? nextRequestRound(world.project);
  const uncited = lacksCitation(context, requestRound, rationale.cites);
  if (uncited) return uncited;
  const { remindAt, deadline } = timesFrom(under.agreement.rules, now);
  return accept({
    type: 'RequestSent',
    data: {
      request: nextId(context, 'r'),
      cycle: at.cycle.id,
      requestRound,
      ...command,
      ...to.addressees,
      question: question.id,
      boundary: boundary.id,
      ...{ remindAt, deadline },
    },
  });
};

/** B24: a further wave says which earlier releases it rests on. */
export function lacksCitation({ world }: Context, requestRound: number, cites: string[]) {
  const wave = waveOf(world.project, requestRound);
  if (wave < 2) return null;
  const earlier = earlierPermitted(world.project, wave).map((r) => r.id);
  if (cites.length > 0 && cites.every((id) => earlier.includes(id))) return null;
  return refuse(
    'INVALID',
    'RATIONALE',
    `wave ${wave} must cite the releases it rests on: ${earlier.join(', ')}`,
    'name them in the rationale',
  );
}

const keepRequestTime: Handler<'KeepRequestTime'> = (context, { request: id }) => {
  const foreign = onlyProcess(context, 'worker');
  if (foreign) return foreign;
  const { world, now } = context;
  const request = world.project.requests[id];
  if (!request || requestStatus(request) !== 'SENT') return accept();
  // A holder that waits for an answer to its own question is not hurried meanwhile.
  if (isHolderWaiting(world.project, id)) return accept();
  const { sentAt, remindAt, deadline } = request;
  const due = (instant: string): boolean => requestInstant(world.project, request, instant, now) <= now;
  if (due(deadline)) return accept({ type: 'RequestLapsed', data: { request: id } });
  if (due(hastened(world.project, sentAt, remindAt)) && request.reminders === 0)
    return accept({ type: 'RequestReminded', data: { request: id, count: 1 } });
  return accept();
};

const answerRequest: Handler<'AnswerRequest'> = (context, command) => {
  const by = acting(context, ['dataHolder']);
  if (!by.ok) return by;
  const request = context.world.project.requests[command.request];
  if (!request)
    return refuse('NOT_FOUND', 'UNKNOWN_REQUEST', `there is no request ${command.request}`, 'check the id');
  if (by.organisation !== request.holder)
    return refuse(
      'FORBIDDEN',
      'NOT_THE_HOLDER',
      `only a data holder of ${request.holder} answers this request`,
      'ask that holder',
    );
  const status = requestStatus(request);
  if (status !== 'SENT')
    return refuse(
      'CONFLICT',
      'ALREADY_ANSWERED',
      `the request is ${status}`,
      'an answer given can be withdrawn',
    );
  if (command.assurance !== 'ACCOUNT' && command.assurance !== 'LINK_CODE')
    return refuse(
      'FORBIDDEN',
      'ASSURANCE',
      'a holder answers by link and code, or by account',
      'sign in, or give the code',
    );
  if ((command.outcome === 'REFUSED') !== (command.grant === null))
    return refuse(
      'INVALID',
      'GRANT',
      'a grant states its terms, a refusal has none',
      'give the terms of the grant',
    );
  const excess = command.grant ? beyondAsk(context, request, command.grant) : null;
  const flaw = excess ?? badAnswer(context.world, request, by.person, command, context.now);
  return flaw ?? accept({ type: 'RequestAnswered', data: { ...command, person: by.person } });
};

/** B27: a grant gives what was asked or less, and releases at most what is deposited. */
function beyondAsk({ now }: Context, request: DataRequest, grant: Grant) {
  const more = fieldsOfGrant(grant).filter((field) => !request.ask.fields.includes(field));
  if (more.length > 0)
    return refuse(
      'INVALID',
      'MORE_THAN_ASKED',
      `not asked for: ${more.join(', ')}`,
      'grant what was asked or less',
    );
  if (TIERS.indexOf(grant.tier) > TIERS.indexOf(request.ask.tier))
    return refuse(
      'INVALID',
      'MORE_THAN_ASKED',
      `the tier ${grant.tier} goes beyond ${request.ask.tier}`,
      'grant the tier asked or a lower one',
    );
  if (grant.expires <= now)
    return refuse('INVALID', 'EXPIRED', 'the grant would already have expired', 'choose a later date');
  if (grant.depositAs.level === 'CELLS' && grant.releaseAs.level === 'ROWS')
    return refuse(
      'INVALID',
      'FINER_RELEASE',
      'cells cannot be released as rows',
      'release at the level of the deposit or a coarser one',
    );
  if (grant.tier === 'AGGREGATE' && grant.releaseAs.level !== 'CELLS')
    return refuse(
      'INVALID',
      'FINER_RELEASE',
      'the tier AGGREGATE is released as cells',
      'choose cells, or another tier',
    );
  return null;
}

export const withdrawGrant: Handler<'WithdrawGrant'> = (context, command) => {
  // Always possible, also for who no longer takes part.
  const by = onRoster(context, ['dataHolder', 'informationRiskOwner']);
  if (!by.ok) return by;
  const request = context.world.project.requests[command.request];
  if (!request)
    return refuse('NOT_FOUND', 'UNKNOWN_REQUEST', `there is no request ${command.request}`, 'check the id');
  if (by.organisation !== request.holder)
    return refuse(
      'FORBIDDEN',
      'NOT_THE_HOLDER',
      `only ${request.holder} withdraws its grant`,
      'ask that holder',
    );
  if (!isGranted(request))
    return refuse(
      'CONFLICT',
      'NOTHING_TO_WITHDRAW',
      `the request is ${requestStatus(request)}`,
      'nothing needs to be done',
    );
  const { world, now } = context;
  const flaw = badConfidence({ programme: world.programme, now }, request.sender, by.person, command);
  return flaw ?? accept({ type: 'GrantWithdrawn', data: { ...command, person: by.person } });
};

export const requestHandlers: Pick<
  Handlers,
  'SendRequest' | 'KeepRequestTime' | 'AnswerRequest' | 'WithdrawGrant'
> = {
  SendRequest: sendRequest,
  KeepRequestTime: keepRequestTime,
  AnswerRequest: answerRequest,
  WithdrawGrant: withdrawGrant,
};
