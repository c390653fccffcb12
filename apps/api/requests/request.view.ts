// A data request as its reader may see it: why a holder declined is for those who asked, the holder and auditors (T6).
import {
  ALTERNATIVES,
  fieldByField,
  isAnswerHiddenFrom,
  mayReadInConfidence,
  mayReadReasons,
  requestStatus,
} from '#libs/domain';
import type { AlternativeKind, DataRequest, ProgrammeState, Withheld } from '#libs/domain';
import { organisation, person, said } from '../http/said';
import type { Named, Said } from '../http/said';
import { worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';

export function requestView(call: Call, request: DataRequest) {
  const { programme } = worldOf(call);
  const { id, cycle, ask, question, boundary, sentAt, deadline, lapsedAt, withdrawn } = request;
  return {
    ...{ id, cycle, ask, question, boundary, sentAt, deadline, lapsedAt, withdrawn },
    ...{ answers: request.answers ?? null, help: said(request.help) },
    holder: organisation(programme, request.holder),
    sender: person(programme, request.sender),
    status: isAnswerHidden(call, request) ? ('SENT' as const) : requestStatus(request),
    rationale: { text: said(request.rationale.text), cites: request.rationale.cites },
    answer: isAnswerHidden(call, request) ? null : answerView(call, request),
  };
}

const mayRead = (call: Call, request: DataRequest): boolean =>
  call.account.person !== null && mayReadReasons(worldOf(call), request, call.account.person, call.now);

const isAnswerHidden = (call: Call, request: DataRequest): boolean =>
  isAnswerHiddenFrom(worldOf(call), request, call.account.person, call.now);

function answerView(call: Call, request: DataRequest) {
  const { programme } = worldOf(call);
  const { answer } = request;
  if (answer === null) return null;
  const isOpen = mayRead(call, request);
  const isForReader = mayReadInConfidence(answer, call.account.person ?? '');
  const { grant } = answer;
  return {
    ...{ outcome: answer.outcome, at: answer.at, person: person(programme, answer.person) },
    grant: grant && grantView(grant),
    fields: fieldByField(request).map((field) => ({
      ...field,
      withheld: field.withheld && withheldView(field.withheld, isOpen),
    })),
    reasons: isOpen ? answer.reasons : null,
    reason: (answer.confidant === undefined ? isOpen : isForReader) ? said(answer.reason) : null,
    isConfidential: answer.confidant !== undefined,
    aggregatePossible: isOpen ? (answer.aggregatePossible ?? null) : null,
    sources: isOpen ? (answer.sources ?? []).map((s) => ({ ...s, where: said(s.where) })) : null,
    alternatives: isOpen ? alternativesView(call, request, programme) : null,
  };
}

/** The terms of a grant without what was kept back, which stands field by field beside them. */
function grantView({
  withheld: _withheld,
  ...grant
}: NonNullable<NonNullable<DataRequest['answer']>['grant']>) {
  return grant;
}

export const withheldView = ({ field, reason, because }: Withheld, isOpen: boolean) => ({
  field,
  reason: isOpen ? reason : null,
  because: isOpen ? said(because) : null,
});

interface Considered {
  alternative: AlternativeKind;
  whyNot: Said | null;
  by: Named | null;
}

/** B33: every kind of alternative is listed, also those nobody has considered, and nobody is asked to. */
function alternativesView(call: Call, { id, answer }: DataRequest, programme: ProgrammeState) {
  if (!answer?.reasons.includes('PURPOSE_INCOMPATIBLE')) return [];
  const own = (answer.alternatives ?? []).map((a) => ({ ...a, by: answer.person }));
  const later = worldOf(call).project.alternatives.filter((a) => a.request === id);
  const all = [...own, ...later.map((a) => ({ ...a, by: a.person }))];
  return ALTERNATIVES.flatMap((alternative): Considered[] => {
    const considered = all.filter((a) => a.alternative === alternative);
    if (considered.length === 0) return [{ alternative, whyNot: null, by: null }];
    return considered.map((a) => ({ alternative, whyNot: said(a.whyNot), by: person(programme, a.by) }));
  });
}
