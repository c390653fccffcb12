// Reads a person's answer from the posted fields: what is missing, or a decision ready to be recorded.
import { CHOICES } from '#libs/domain';
import type { Choice, Condition } from '#libs/domain';
import type { Say } from '#libs/language';
import type { Fields } from '#libs/web/http';

/** A problem beside its field, as the error summary lists it. */
export interface Problem {
  field: string;
  text: string;
}

/** A condition whose value may be free text, which goes into the ledger only as a commitment. */
export interface WrittenCondition {
  kind: Condition['kind'];
  value: string;
  isFreeText: boolean;
}

export interface Answer {
  choice: Choice;
  core: string;
  cover: string;
  conditions: WrittenCondition[];
  reason: string | null;
  /** T5: the one neutral person who reads the reason; null: everybody in the project. */
  confidant: string | null;
  /** T5: who declines wishes to be asked about a new version. */
  askAgain: boolean;
  dissent: string | null;
  name: string;
  code: string | null;
}

export type Parsed = { ok: true; answer: Answer } | { ok: false; problems: Problem[] };

const DIGEST = /^[0-9a-f]{64}$/;
const FIELD_NAME = /^[A-Za-z_][A-Za-z0-9_.-]{0,63}$/;
const LONGEST_TEXT = 4000;
const LONGEST_NAME = 200;
const CONDITION_FIELDS = [
  'noBreakdownBy',
  'minOrganisations',
  'showOnlyWith',
  'reviewBeforeSharing',
  'noUseFor',
  'earlierExpiry',
] as const;

/** The fields kept between the first and the second POST, when a code has to be given. */
export const KEPT = [
  'csrf',
  'core',
  'cover',
  'page',
  'choice',
  'reason',
  'confidant',
  'askAgain',
  'dissent',
  'name',
  ...CONDITION_FIELDS,
] as const;

export function hasConditions(fields: Fields): boolean {
  return CONDITION_FIELDS.some((name) => (fields[name] ?? '') !== '');
}

/** Whether a form says more of an item than its choice; on the page of all items its fields have a suffix. */
export function hasWords(fields: Fields, suffix: string): boolean {
  const said = ['reason', 'confidant', 'askAgain', 'dissent', ...CONDITION_FIELDS];
  return said.some((name) => (fields[`${name}${suffix}`] ?? '') !== '');
}

/** @param today the day before which no condition can end anything. */
export function parseAnswer(fields: Fields, today: Date, t: Say): Parsed {
  const choice = CHOICES.find((value) => value === fields.choice);
  const problems: Problem[] = [];
  if (choice === undefined) problems.push({ field: 'choice', text: t('problem.choose') });
  const conditions = conditionsOf(fields, today, problems, t);
  if (
    choice === 'APPROVED_WITH_CONDITIONS' &&
    conditions.length === 0 &&
    problems.every((p) => p.field === 'choice')
  ) {
    problems.push({ field: 'noBreakdownBy', text: t('problem.setCondition') });
  }
  if (choice !== undefined && choice !== 'APPROVED_WITH_CONDITIONS' && conditions.length > 0) {
    problems.push({
      field: 'choice',
      text: t('problem.conditionsOnlyWith'),
    });
  }
  if (choice === 'CHANGES_REQUESTED' && (fields.reason ?? '') === '') {
    problems.push({ field: 'reason', text: t('problem.whatShouldChange') });
  }
  checkText(fields, 'reason', LONGEST_TEXT, problems, t);
  checkConfidence(fields, choice, problems, t);
  checkText(fields, 'dissent', LONGEST_TEXT, problems, t);
  if ((fields.name ?? '') === '') problems.push({ field: 'name', text: t('problem.name') });
  checkText(fields, 'name', LONGEST_NAME, problems, t);
  if (!DIGEST.test(fields.core ?? '') || !DIGEST.test(fields.cover ?? '')) {
    problems.push({
      field: 'choice',
      text: t('problem.incomplete'),
    });
  }
  const code = codeOf(fields, problems, t);
  if (problems.length > 0 || choice === undefined) return { ok: false, problems };
  const optional = (name: string) => fields[name] || null;
  return {
    ok: true,
    answer: {
      choice,
      core: fields.core ?? '',
      cover: fields.cover ?? '',
      conditions,
      reason: optional('reason'),
      confidant: optional('confidant'),
      askAgain: fields.askAgain === 'yes',
      dissent: optional('dissent'),
      name: fields.name ?? '',
      code,
    },
  };
}

/** T5: a confidence keeps a reason. */
export function checkConfidant(fields: Fields, problems: Problem[], t: Say): void {
  const confidant = fields.confidant ?? '';
  if (confidant !== '' && !/^per_[A-Za-z0-9]+$/.test(confidant))
    problems.push({ field: 'confidant', text: t('problem.listed') });
  if (confidant !== '' && (fields.reason ?? '') === '')
    problems.push({ field: 'reason', text: t('problem.confidenceReason') });
}

/** T5: only who declines has to wish to be asked again. */
function checkConfidence(fields: Fields, choice: Choice | undefined, problems: Problem[], t: Say): void {
  checkConfidant(fields, problems, t);
  if (fields.askAgain === 'yes' && choice !== undefined && choice !== 'REJECTED')
    problems.push({
      field: 'askAgain',
      text: t('problem.askAgain'),
    });
}

/** People type codes with spaces or dashes; only the digits count. */
export function codeOf(fields: Fields, problems: Problem[], t: Say): string | null {
  const typed = fields.code;
  if (typed === undefined) return null;
  const digits = typed.replace(/[\s-]/g, '');
  if (!/^\d{8}$/.test(digits)) problems.push({ field: 'code', text: t('problem.digits') });
  return digits;
}

export function checkText(fields: Fields, field: string, longest: number, problems: Problem[], t: Say): void {
  const text = fields[field] ?? '';
  if (text.includes('\0')) problems.push({ field, text: t('problem.unshowable') });
  if (text.length > longest) problems.push({ field, text: t('problem.tooLong', { longest }) });
}

export function conditionsOf(fields: Fields, today: Date, problems: Problem[], t: Say): WrittenCondition[] {
  const found: WrittenCondition[] = [];
  const add = (kind: Condition['kind'], value: string, isFreeText = false) =>
    found.push({ kind, value, isFreeText });
  const given = (name: (typeof CONDITION_FIELDS)[number]) => fields[name] ?? '';
  const wrong = (field: string, text: string) => problems.push({ field, text });

  if (given('noBreakdownBy') !== '') {
    if (FIELD_NAME.test(given('noBreakdownBy'))) add('NO_BREAKDOWN_BY', given('noBreakdownBy'));
    else wrong('noBreakdownBy', t('problem.oneField'));
  }
  if (given('minOrganisations') !== '') {
    const count = Number(given('minOrganisations'));
    if (Number.isInteger(count) && count >= 2 && count <= 1000) add('MIN_ORGANISATIONS', String(count));
    else wrong('minOrganisations', t('problem.wholeNumber'));
  }
  if (given('showOnlyWith') !== '') {
    checkText(fields, 'showOnlyWith', LONGEST_NAME, problems, t);
    add('SHOW_ONLY_WITH', given('showOnlyWith'), !FIELD_NAME.test(given('showOnlyWith')));
  }
  if (given('reviewBeforeSharing') === 'yes') add('REVIEW_BEFORE_SHARING', '10');
  if (given('noUseFor') !== '') {
    checkText(fields, 'noUseFor', LONGEST_NAME, problems, t);
    add('NO_USE_FOR', given('noUseFor'), true);
  }
  if (given('earlierExpiry') !== '') {
    const end = endOfDay(given('earlierExpiry'));
    if (end !== null && end > today) add('EARLIER_EXPIRY', end.toISOString());
    else wrong('earlierExpiry', t('problem.futureDay'));
  }
  return found;
}

export function endOfDay(day: string): Date | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return null;
  const end = new Date(`${day}T23:59:59.999Z`);
  return Number.isNaN(end.getTime()) || end.toISOString().slice(0, 10) !== day ? null : end;
}
