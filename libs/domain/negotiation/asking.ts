// What a request must look like besides lying inside the boundary: its terms per field, and what makes it an answer to a refusal.
import { refuse } from '../refusal';
import type { DataRequest, ProjectState, World } from '../state';
import type { Ask } from '../terms';
import type { Instant, OrganisationId } from '../words';
import { TIERS } from '../words';
import { requestStatus } from '../rules/requests';
import { beyond, flawsOf, isLess } from './granularity';
import { approachHolders, notYet, reaskingOf } from './reasking';
import type { Addressees, AskWords } from './terms';
import type { AgreementRules } from '../terms';

/** B26: what is wrong with the terms per field; null if nothing. */
export function badAsk(ask: Ask) {
  const flaws = flawsOf(ask.detail ?? [], ask.fields);
  return flaws.length === 0
    ? null
    : refuse('INVALID', 'FIELD_TERMS', flaws.join('; '), 'name each asked field once, with its own terms');
}

/** Whether `ask` asks for less than `before` did, and for nothing more. */
export function isSmaller(ask: Ask, before: Ask): boolean {
  const isInside =
    ask.fields.every((field) => before.fields.includes(field)) &&
    TIERS.indexOf(ask.tier) <= TIERS.indexOf(before.tier) &&
    (!ask.linkage || before.linkage) &&
    beyond(ask.detail ?? [], before.detail ?? []).length === 0 &&
    (before.detail ?? []).every((t) => !ask.fields.includes(t.field) || hasTerms(ask, t.field));
  const isLower =
    ask.fields.length < before.fields.length ||
    TIERS.indexOf(ask.tier) < TIERS.indexOf(before.tier) ||
    (before.linkage && !ask.linkage) ||
    isLess(ask.detail ?? [], before.detail ?? []);
  return isInside && isLower;
}

const hasTerms = (ask: Ask, field: string): boolean => (ask.detail ?? []).some((t) => t.field === field);

/** Refusals that a smaller ask can answer: for its cost (B28), or because only aggregates are allowed (B29). */
const isAnswerable = ({ answer }: DataRequest): boolean =>
  answer !== null &&
  (answer.reasons.includes('COST_EXCEEDS_BENEFIT') ||
    (answer.reasons.includes('HOLDER_TERMS_PROHIBIT') && answer.aggregatePossible === true));

/** B28, B29: why this ask is no answer to the refusal it names; null if it is, or names none. */
export function badAnswerToRefusal(
  project: ProjectState,
  isLead: boolean,
  holder: OrganisationId,
  ask: Ask,
  { answers, help }: AskWords,
) {
  if (answers === undefined)
    return help === undefined
      ? null
      : refuse('INVALID', 'HELP', 'help is offered in answer to a refusal', 'name the refused request');
  const refused = project.requests[answers];
  if (!isLead)
    return refuse('FORBIDDEN', 'WRONG_ROLE', 'only the lead answers a refusal', 'ask the project lead');
  if (!refused || requestStatus(refused) !== 'REFUSED' || !isAnswerable(refused))
    return refuse(
      'CONFLICT',
      'NOT_ANSWERABLE',
      `${answers} was not refused for its cost, nor as a matter of terms that leave aggregates possible`,
      'a refusal is answered with less only where its stated reason allows it',
    );
  if (refused.holder !== holder || refused.ask.source !== ask.source)
    return refuse('INVALID', 'ANOTHER_ASK', `${answers} asked for something else`, 'name the refused ask');
  const isForTerms = !refused.answer?.reasons.includes('COST_EXCEEDS_BENEFIT');
  if (isForTerms && ask.tier !== 'AGGREGATE')
    return refuse(
      'INVALID',
      'AGGREGATE_ONLY',
      'the holder’s terms leave aggregates only',
      'ask for AGGREGATE',
    );
  const isHelped = help !== undefined && ask.fields.every((field) => refused.ask.fields.includes(field));
  if (!isSmaller(ask, refused.ask) && !(isHelped && !isForTerms))
    return refuse(
      'INVALID',
      'NOT_SMALLER',
      `this asks for as much as ${answers} did`,
      'ask for fewer fields, a shorter period, a coarser level, or offer help with the extraction',
    );
  return null;
}

type Addressed = { ok: true; addressees: Addressees } | ReturnType<typeof refuse>;

/** T5: whom of the holder's people the request goes to, whom it only tells, or why it may go to nobody yet. */
export function addressees(
  world: World,
  holder: OrganisationId,
  source: string,
  rules: AgreementRules,
  isAnswer: boolean,
  now: Instant,
): Addressed {
  const all = approachHolders(world, holder, source, reaskingOf(rules), now);
  // A smaller ask answers what the person said, so it need not wait; it counts towards the cap all the same.
  const mayAsk = (a: (typeof all)[number]): boolean =>
    a.approach.may === 'ASK' || (isAnswer && !(a.approach.may === 'NOT' && a.approach.rule === 'ASK_CAP'));
  const asked = all.filter(mayAsk).map((a) => a.person);
  const told = all.filter((a) => !mayAsk(a) && a.approach.may === 'TELL').map((a) => a.person);
  if (asked.length === 0 && told.length === 0) {
    const { rule, reason, remedy } = notYet(all.map((a) => a.approach));
    return refuse('CONFLICT', rule, reason, remedy);
  }
  return { ok: true, addressees: told.length === 0 && asked.length === all.length ? {} : { asked, told } };
}
