// Reads from the posted fields to whom a sign-off is handed and until when, and makes the commands.
import type { Say } from '#libs/language';
import { commitText } from '#libs/ledger';
import type { Draft, LinkTarget } from '#libs/ledger';
import type { Fields } from '#libs/web/http';
import { checkText, codeOf, endOfDay } from '../signing/answer';
import type { Problem } from '../signing/answer';

export interface Handing {
  to: string;
  /** null: as long as the round and the agreement allow. */
  until: string | null;
  name: string;
  code: string | null;
}

export type Parsed<T> = { ok: true; given: T } | { ok: false; problems: Problem[] };

const PERSON = /^per_[A-Za-z0-9]+$/;

/** The fields kept between the first and the second POST, when a code has to be given. */
export const KEPT = ['csrf', 'to', 'until', 'name'] as const;

function checkName(fields: Fields, problems: Problem[], t: Say): string {
  const name = fields.name ?? '';
  if (name === '') problems.push({ field: 'name', text: t('problem.name') });
  checkText(fields, 'name', 200, problems, t);
  return name;
}

export function parseHanding(fields: Fields, now: Date, t: Say): Parsed<Handing> {
  const problems: Problem[] = [];
  const { to = '', until: day = '' } = fields;
  if (!PERSON.test(to)) problems.push({ field: 'to', text: t('problem.chooseColleague') });
  const end = day === '' ? null : endOfDay(day);
  if (day !== '' && (end === null || end <= now))
    problems.push({ field: 'until', text: t('problem.futureDay') });
  const name = checkName(fields, problems, t);
  const code = codeOf(fields, problems, t);
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, given: { to, until: end?.toISOString() ?? null, name, code } };
}

/** `nobody` is a choice, too. */
export function parseDeputy(fields: Fields, t: Say): Parsed<{ deputy: string | null; name: string }> {
  const problems: Problem[] = [];
  const { deputy = '' } = fields;
  if (deputy !== 'nobody' && !PERSON.test(deputy))
    problems.push({ field: 'deputy', text: t('problem.chooseColleague') });
  const name = checkName(fields, problems, t);
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, given: { deputy: deputy === 'nobody' ? null : deputy, name } };
}

export function parseTakingBack(fields: Fields, t: Say): Parsed<{ name: string }> {
  const problems: Problem[] = [];
  if (fields.what !== 'takeBack') problems.push({ field: 'what', text: t('problem.chooseTakeBack') });
  const name = checkName(fields, problems, t);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, given: { name } };
}

export function handingDraft({ checkpoint, round }: LinkTarget, { to, until, name, code }: Handing): Draft {
  const signedAs = commitText(name);
  const assurance = code === null ? 'LINK' : 'LINK_CODE';
  const said = { checkpoint, round, to, until, assurance, signedAs: signedAs.commitment } as const;
  return { command: { type: 'DelegateSigning', ...said }, texts: [signedAs] };
}

export function takingBackDraft({ checkpoint, round }: LinkTarget, { name }: { name: string }): Draft {
  const signedAs = commitText(name);
  const said = { checkpoint, round, assurance: 'LINK', signedAs: signedAs.commitment } as const;
  return { command: { type: 'TakeBackDelegation', ...said }, texts: [signedAs] };
}
