// Reads a holder's answer to a data request from the posted fields: what is missing, or a command ready to be recorded.
import { REFUSAL_REASONS, TIERS } from '#libs/domain';
import type {
  Ask,
  DataRequest,
  DataSpec,
  Grant,
  ProjectCommand,
  RefusalReason,
  Withheld,
} from '#libs/domain';
import type { Say } from '#libs/language';
import { commitText } from '#libs/ledger';
import type { Draft, DraftText } from '#libs/ledger';
import type { Fields } from '#libs/web/http';
import { grantProblems } from '#libs/vault/deposit';
import { checkText, codeOf, conditionsOf, endOfDay } from '../signing/answer';
import type { Problem, WrittenCondition } from '../signing/answer';

export const OUTCOMES = ['GRANTED', 'PARTLY_GRANTED', 'REFUSED'] as const;
type Outcome = (typeof OUTCOMES)[number];

/** What a granted field becomes in the file: a column of rows, or part of a table of counts and sums. */
export const ROW_TYPES = ['pseudonym', 'integer', 'number', 'category', 'text', 'date'] as const;
export const CELL_PARTS = ['dimension', 'sum'] as const;
export const KEPT_BACK = 'keep';

const LONGEST_TEXT = 4000;

interface GivenField {
  field: string;
  as: string;
  reason: RefusalReason | null;
  because: string | null;
  period: { from: string; to: string } | null;
}

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

const reasonIn = (value: string | undefined): RefusalReason | null =>
  REFUSAL_REASONS.find((reason) => reason === value) ?? null;

const DAY = /^\d{4}-\d\d-\d\d$/;

function fieldsIn({ ask }: DataRequest, given: Fields, problems: Problem[], t: Say): GivenField[] {
  return ask.fields.map((field, index) => {
    const read = (name: string) => given[`${name}-${index}`] ?? '';
    const as = [...ROW_TYPES, ...CELL_PARTS, KEPT_BACK].find((one) => one === read('as')) ?? '';
    if (as === '') problems.push({ field: `as-${index}`, text: t('problem.fieldAnswer', { field }) });
    checkText(given, `because-${index}`, LONGEST_TEXT, problems, t);
    const [from, to] = [read('from'), read('to')];
    const isBad = (from !== '' || to !== '') && !(DAY.test(from) && DAY.test(to) && from <= to);
    if (isBad) problems.push({ field: `from-${index}`, text: t('problem.twoDays') });
    const period = from === '' || isBad ? null : { from, to };
    return { field, as, reason: reasonIn(read('why')), because: read('because') || null, period };
  });
}

/** @param now the moment before which nothing can end. */
export function parseRequestAnswer(request: DataRequest, given: Fields, now: Date, t: Say): ParsedAnswer {
  const problems: Problem[] = [];
  const outcome = OUTCOMES.find((one) => one === given.outcome);
  if (outcome === undefined) problems.push({ field: 'outcome', text: t('problem.choose') });
  const isGrant = outcome === 'GRANTED' || outcome === 'PARTLY_GRANTED';
  const fields = isGrant ? fieldsIn(request, given, problems, t) : [];
  const end = endOfDay(given.expires ?? '');
  if (isGrant && (end === null || end <= now))
    problems.push({ field: 'expires', text: t('problem.futureDay') });
  const conditions = isGrant ? conditionsOf(given, now, problems, t) : [];
  const reasons = REFUSAL_REASONS.filter((reason) => given[`reason_${reason}`] === 'yes');
  if (isGrant && reasons.length > 0) problems.push({ field: 'outcome', text: t('problem.reasonsOnlyWith') });
  checkText(given, 'reason', LONGEST_TEXT, problems, t);
  const confidant = given.confidant || null;
  if (confidant !== null && !/^per_[A-Za-z0-9]+$/.test(confidant))
    problems.push({ field: 'confidant', text: t('problem.listed') });
  if (confidant !== null && !given.reason)
    problems.push({ field: 'reason', text: t('problem.confidenceReason') });
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
  const { depositAs, releaseAs, tier, detail = [] } = grantOf(ask, answer, () => '');
  return grantProblems({ depositAs, releaseAs, tier }, detail).map((problem) => ({
    ...{ field: 'as-0', text: t('problem.terms', { problem }) },
  }));
}

function specOf(ask: Ask, { fields }: RequestAnswer): DataSpec {
  const granted = fields.filter(({ as }) => as !== KEPT_BACK);
  const named = (as: string) => granted.filter((one) => one.as === as).map(({ field }) => field);
  const [dimensions, sums] = [named('dimension'), named('sum')];
  const isTable = dimensions.length + sums.length > 0;
  const periodOf = (field: string, own: GivenField['period']) =>
    own ?? ask.detail?.find((terms) => terms.field === field)?.period ?? null;
  const typed = granted.map(({ field, as, period: own }): DataSpec['fields'][number] => {
    const type = ROW_TYPES.find((one) => one === as) ?? (as === 'sum' ? 'number' : 'category');
    const period = type === 'pseudonym' ? null : periodOf(field, own);
    return { name: field, type, ...(period === null ? {} : boundBy(period, type, named('date'))) };
  });
  return { level: isTable ? 'CELLS' : 'ROWS', fields: typed, dimensions, sums };
}

/** One date dates the other fields of its row; without one, or among several, a field's own meaning has to. */
function boundBy(
  period: NonNullable<GivenField['period']>,
  type: string,
  dates: readonly string[],
): Pick<DataSpec['fields'][number], 'period' | 'datedBy' | 'covers'> {
  if (type === 'date') return { period };
  const [datedBy, ...others] = dates;
  return datedBy !== undefined && others.length === 0 ? { period, datedBy } : { covers: period };
}

function grantOf(ask: Ask, answer: RequestAnswer, commit: (text: string) => string): Grant {
  const spec = specOf(ask, answer);
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
    ...{ tier: answer.tier, fields: granted.map(({ field }) => field), depositAs: spec, releaseAs: spec },
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
