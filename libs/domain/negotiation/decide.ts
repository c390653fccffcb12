// Commands of a negotiation: clarifications, alternatives, suppositions, and a refuser's own wish to be asked again.
import type { Context, Handler, Handlers, Refused } from '../decide/context';
import { accept, acting, nextId } from '../decide/context';
import { refuse } from '../refusal';
import type { DataRequest } from '../state';
import { requestStatus } from '../rules/requests';
import { effectiveDecision } from '../rules/standing';
import { mayReplyToSupposition, isCoreTeam } from './audience';
import { clarificationStatus, sideOf } from './clarifications';
import type { Clarification, NegotiationCommands, NegotiationSide } from './terms';

type Placed = { ok: true; request: DataRequest; person: string; side: NegotiationSide } | Refused;

/** The request, with the acting person and the side they speak for. */
function placed(context: Context, id: string): Placed {
  const by = acting(context);
  if (!by.ok) return by;
  const request = context.world.project.requests[id];
  if (!request) return refuse('NOT_FOUND', 'UNKNOWN_REQUEST', `there is no request ${id}`, 'check the id');
  const side = sideOf(context.world, request, by.person, context.now);
  return side === null
    ? refuse(
        'FORBIDDEN',
        'NEITHER_SIDE',
        'a request is clarified between its holder and those who ask',
        'ask one of them',
      )
    : { ok: true, request, person: by.person, side };
}

const notAwaited = (request: DataRequest) =>
  requestStatus(request) === 'SENT'
    ? null
    : refuse(
        'CONFLICT',
        'ALREADY_ANSWERED',
        `the request is ${requestStatus(request)}`,
        'clarifications come before the answer; a further request may follow',
      );

const askClarification: Handler<'AskClarification'> = (context, { request: id, topic, text }) => {
  const found = placed(context, id);
  if (!found.ok) return found;
  const { request, person, side } = found;
  return (
    notAwaited(request) ??
    accept({
      type: 'ClarificationAsked',
      data: { clarification: nextId(context, 'cl'), request: id, person, side, topic, text },
    })
  );
};

type Found = { ok: true; clarification: Clarification; place: Extract<Placed, { ok: true }> } | Refused;
function clarified(context: Context, id: string): Found {
  const clarification = context.world.project.clarifications.find((c) => c.id === id);
  if (!clarification)
    return refuse('NOT_FOUND', 'UNKNOWN_CLARIFICATION', `there is no clarification ${id}`, 'check the id');
  const place = placed(context, clarification.request);
  if (!place.ok) return place;
  if (clarificationStatus(clarification) === 'SETTLED')
    return refuse('CONFLICT', 'SETTLED', 'the question is settled', 'ask a new one');
  return { ok: true, clarification, place };
}

const answerClarification: Handler<'AnswerClarification'> = (context, { clarification: id, text }) => {
  const found = clarified(context, id);
  if (!found.ok) return found;
  const { person, side, request } = found.place;
  return (
    notAwaited(request) ??
    accept({ type: 'ClarificationAnswered', data: { clarification: id, person, side, text } })
  );
};

const settleClarification: Handler<'SettleClarification'> = (context, { clarification: id }) => {
  const found = clarified(context, id);
  if (!found.ok) return found;
  const { person, side } = found.place;
  if (side !== found.clarification.side)
    return refuse(
      'FORBIDDEN',
      'OTHER_SIDE',
      'whether a question is settled is said by the side that asked it',
      'answer it, and wait for them',
    );
  return accept({ type: 'ClarificationSettled', data: { clarification: id, person } });
};

const considerAlternative: Handler<'ConsiderAlternative'> = (context, command) => {
  const found = placed(context, command.request);
  if (!found.ok) return found;
  const { request, person, side } = found;
  if (requestStatus(request) !== 'REFUSED' || !request.answer?.reasons.includes('PURPOSE_INCOMPATIBLE'))
    return refuse(
      'CONFLICT',
      'NOT_INCOMPATIBLE',
      `${request.id} was not refused as incompatible with the purpose of collection`,
      'alternatives are listed for such refusals only',
    );
  return accept({ type: 'AlternativeConsidered', data: { ...command, person, side } });
};

const supposeMotive: Handler<'SupposeMotive'> = (context, command) => {
  const by = acting(context);
  if (!by.ok) return by;
  const { world, now } = context;
  if (!isCoreTeam(world.programme, by.person, now))
    return refuse(
      'FORBIDDEN',
      'WRONG_ROLE',
      'a supposition is a reflection of the core team',
      'discuss it with one of them',
    );
  const request = world.project.requests[command.request];
  if (!request)
    return refuse('NOT_FOUND', 'UNKNOWN_REQUEST', `there is no request ${command.request}`, 'check the id');
  const status = requestStatus(request);
  if (status !== 'NOT_OBTAINED' && status !== 'LAPSED')
    return refuse(
      'CONFLICT',
      'NOTHING_TO_SUPPOSE',
      `the request is ${status}`,
      'a motive is supposed only where data was not obtained and no reason was stated',
    );
  return accept({
    type: 'SuppositionRecorded',
    data: { supposition: nextId(context, 'su'), ...command, person: by.person },
  });
};

const replyToSupposition: Handler<'ReplyToSupposition'> = (context, { supposition: id, text, assurance }) => {
  const by = acting(context);
  if (!by.ok) return by;
  const { world, now } = context;
  const supposition = world.project.suppositions.find((s) => s.id === id);
  if (!supposition)
    return refuse('NOT_FOUND', 'UNKNOWN_SUPPOSITION', `there is no supposition ${id}`, 'check the id');
  if (!mayReplyToSupposition(world, supposition, by.person, now))
    return refuse(
      'FORBIDDEN',
      'NOT_THE_HOLDER',
      'only the holder it is about replies to a supposition',
      'ask that holder',
    );
  const { request } = supposition;
  return accept({
    type: 'SuppositionReplied',
    data: { supposition: id, request, person: by.person, text, assurance },
  });
};

/** T5: who declined is asked about the next version only if they say so, here. */
const wishToBeAsked: Handler<'WishToBeAsked'> = (context, { about, assurance }) => {
  const by = acting(context);
  if (!by.ok) return by;
  const { requests, checkpoints } = context.world.project;
  const answer = requests[about]?.answer;
  const declinedRequest = answer?.person === by.person && answer.outcome === 'REFUSED';
  const rounds = checkpoints[about]?.rounds ?? [];
  const declinedRound = rounds.some((r) => effectiveDecision(r, by.person)?.choice === 'REJECTED');
  if (!declinedRequest && !declinedRound)
    return refuse(
      'CONFLICT',
      'NOT_DECLINED',
      `this person has not declined ${about}`,
      'who has not declined is asked anyway',
    );
  return accept({ type: 'AskingWished', data: { about, person: by.person, assurance } });
};

export const negotiationHandlers: Pick<Handlers, keyof NegotiationCommands> = {
  AskClarification: askClarification,
  AnswerClarification: answerClarification,
  SettleClarification: settleClarification,
  ConsiderAlternative: considerAlternative,
  SupposeMotive: supposeMotive,
  ReplyToSupposition: replyToSupposition,
  WishToBeAsked: wishToBeAsked,
};
