// Reads a holder's answer to a data request from the posted fields: what is missing, or a command ready to be recorded.
import { REFUSAL_REASONS, TIERS } from '#libs/domain';
import type { Ask, DataRequest, Grant, ProjectCommand, RefusalReason, Withheld } from '#libs/domain';
import type { Say } from '#libs/language';
import { commitText } from '#libs/ledger';
import type { Draft, DraftText } from '#libs/ledger';
import type { Fields } from '#libs/web/http';
import { grantProblems } from '#libs/vault/deposit';
import { depositOf, fieldsIn, KEPT_BACK, releaseOf, shapeProblems } from './fields';
import type { GivenField } from './fields';
import { checkConfidant, checkText, codeOf, conditionsOf, endOfDay } from '../signing/answer';
import type { Problem, WrittenCondition } from '../signing/answer';

export const OUTCOMES = ['GRANTED', 'PARTLY_GRANTED', 'REFUSED'] as const;
type Outcome = (typeof OUTCOMES)[number];

const LONGEST_TEXT = 4000;

export interface RequestAnswer {
  outcome: Outcome;
  fields: GivenField[];
  tier: Grant['tier'];
  expires: string | null;
  conditions: WrittenCondition[];
  reasons: RefusalReason[];
  reason: string | null;
  confidant: string | null;
  aggregatePossible: boolean | null;
  name: string;
  code: string | null;
}

export type ParsedAnswer = { ok: true; answer: RequestAnswer } | { ok: false; problems: Problem[] };

/** The fields kept between the first and the second POST. */
export function keptOf(fields: Fields): { name: string; value: string }[] {
  return Object.entries(fields)
    .filter(([name, value]) => name !== 'code' && value !== '' && /^[A-Za-z_]+(-\d{1,3})?$/.test(name))
    .map(([name, value]) => ({ name, value }));
}

/** @param now the moment before which nothing can end. */
export function parseRequestAnswer(request: DataRequest, given: Fields, now: Date, t: Say): ParsedAnswer {
  const problems: Problem[] = [];
  const outcome = OUTCOMES.find((one) => one === given.outcome);
  if (outcome === undefined) problems.push({ field: 'outcome', text: t('problem.choose') });
  const isGrant = outcome === 'GRANTED' || outcome === 'PARTLY_GRANTED';
  const fields = isGrant ? fieldsIn(request.ask, given, problems, t) : [];
  const end = endOfDay(given.expires ?? '');
  if (isGrant && (end === null || end <= now))
    problems.push({ field: 'expires', text: t('problem.futureDay') });
  const conditions = isGrant ? conditionsOf(given, now, problems, t) : [];
  const reasons = REFUSAL_REASONS.filter((reason) => given[`reason_${reason}`] === 'yes');
  if (isGrant && reasons.length > 0) problems.push({ field: 'outcome', text: t('problem.reasonsOnlyWith') });
  checkText(given, 'reason', LONGEST_TEXT, problems, t);
  const confidant = given.confidant || null;
  checkConfidant(given, problems, t);
  if ((given.name ?? '') === '') problems.push({ field: 'name', text: t('problem.name') });
  checkText(given, 'name', 200, problems, t);
  const code = codeOf(given, problems, t);
  const answer: RequestAnswer = {
    ...{ outcome: outcome ?? 'REFUSED', fields, conditions, reasons, confidant, code },
    tier: TIERS.find((tier) => tier === given.tier) ?? request.ask.tier,
    expires: end?.toISOString() ?? null,
    reason: given.reason || null,
    aggregatePossible: given.aggregatePossible ? given.aggregatePossible === 'yes' : null,
    name: given.name ?? '',
  };
  if (isGrant && problems.length === 0) problems.push(...badGrant(request.ask, answer, t));
  return problems.length > 0 ? { ok: false, problems } : { ok: true, answer };
}

/** What the vault would find wrong with the terms when the file comes is said now. */
function badGrant(ask: Ask, answer: RequestAnswer, t: Say): Problem[] {
  const isLess = answer.fields.some(({ as, period }) => as === KEPT_BACK || period !== null);
  if (answer.outcome === 'GRANTED' && isLess) return [{ field: 'outcome', text: t('problem.isLess') }];
  if (answer.fields.every(({ as }) => as === KEPT_BACK))
    return [{ field: 'outcome', text: t('problem.nothingGranted') }];
  const shape = shapeProblems(answer.fields, answer.tier, t);
  if (shape.length > 0) return shape;
  const { depositAs, releaseAs, tier, detail = [] } = grantOf(ask, answer, () => '');
  return grantProblems({ depositAs, releaseAs, tier }, detail).map((problem) => ({
    ...{ field: 'as-0', text: t('problem.terms', { problem }) },
  }));
}

function grantOf(ask: Ask, answer: RequestAnswer, commit: (text: string) => string): Grant {
  const deposit = depositOf(ask, answer.fields);
  const granted = answer.fields.filter(({ as }) => as !== KEPT_BACK);
  const withheld = answer.fields
    .filter(({ as }) => as === KEPT_BACK)
    .map(({ field, reason, because }): Withheld => ({
      ...{ field, reason, because: because === null ? null : commit(because) },
    }));
  const detail = (ask.detail ?? [])
    .filter((terms) => granted.some(({ field }) => field === terms.field))
    .map((terms) => ({
      ...terms,
      period: granted.find(({ field }) => field === terms.field)?.period ?? terms.period,
    }));
  return {
    ...{
      tier: answer.tier,
      fields: granted.map(({ field }) => field),
      depositAs: deposit,
      releaseAs: releaseOf(deposit, answer.fields),
    },
    conditions: answer.conditions.map(({ kind, value, isFreeText }) => ({
      ...{ kind, value: isFreeText ? commit(value) : value },
    })),
    expires: answer.expires ?? '',
    ...(detail.length === 0 ? {} : { detail }),
    ...(withheld.length === 0 ? {} : { withheld }),
  };
}

/** The same command the API gives, by link and code. */
export function answerDraft(request: DataRequest, answer: RequestAnswer): Draft {
  const texts: DraftText[] = [];
  const commit = (text: string): string => {
    const committed = commitText(text);
    texts.push(committed);
    return committed.commitment;
  };
  const isRefusal = answer.outcome === 'REFUSED';
  const command: Extract<ProjectCommand, { type: 'AnswerRequest' }> = {
    ...{ type: 'AnswerRequest', request: request.id, outcome: answer.outcome, assurance: 'LINK_CODE' },
    grant: isRefusal ? null : grantOf(request.ask, answer, commit),
    reasons: isRefusal ? answer.reasons : [],
    reason: answer.reason === null ? null : commit(answer.reason),
    signedAs: commit(answer.name),
    ...(answer.confidant === null ? {} : { confidant: answer.confidant }),
    ...(isRefusal && answer.aggregatePossible !== null && answer.reasons.includes('HOLDER_TERMS_PROHIBIT')
      ? { aggregatePossible: answer.aggregatePossible }
      : {}),
  };
  return { command, texts };
}
