// Reads a withdrawal from the posted fields, and says beforehand what it will do.
import { WITHDRAWAL_MODES } from '#libs/domain';
import type { CheckpointKind, WithdrawalMode } from '#libs/domain';
import type { Say } from '#libs/language';
import { commitText } from '#libs/ledger';
import type { Draft, LinkTarget } from '#libs/ledger';
import type { Fields } from '#libs/web/http';
import { checkConfidant, checkText } from '../signing/answer';
import type { Problem } from '../signing/answer';

/** Signers stop; an institution that leaves the agreement chooses how far it goes (DOMAIN § 4). */
export function modesFor(kind: CheckpointKind): readonly WithdrawalMode[] {
  return kind === 'AGREEMENT' ? WITHDRAWAL_MODES : ['STOP'];
}

/** What every withdrawal says: how far it goes, why, and who signs it. */
interface Terms {
  mode: WithdrawalMode;
  atOnce: boolean;
  reason: string | null;
  /** T5: the one neutral person who reads the reason; null: everybody in the project. */
  confidant: string | null;
  name: string;
}

export interface Withdrawing extends Terms {
  disowned: boolean;
}

type Parsed<T> = { ok: true; withdrawing: T } | { ok: false; problems: Problem[] };

export function parseWithdrawal(fields: Fields, t: Say): Parsed<Withdrawing> {
  const problems: Problem[] = [];
  const { what } = fields;
  if (what !== 'withdraw' && what !== 'disown') problems.push({ field: 'what', text: t('problem.what') });
  // Where only one mode exists the form does not ask for it; where several do, none is preselected.
  const isStop = fields.mode === undefined && fields.asksMode !== 'yes';
  const terms = termsOf(fields, isStop ? 'STOP' : modeOf(fields), problems, t);
  if (terms === null) return { ok: false, problems };
  return { ok: true, withdrawing: { ...terms, disowned: what === 'disown' } };
}

export function parseGrantWithdrawal(fields: Fields, t: Say): Parsed<Terms> {
  const problems: Problem[] = [];
  const withdrawing = termsOf(fields, modeOf(fields), problems, t);
  return withdrawing === null ? { ok: false, problems } : { ok: true, withdrawing };
}

const modeOf = ({ mode }: Fields) => WITHDRAWAL_MODES.find((value) => value === mode);

function termsOf(
  fields: Fields,
  mode: WithdrawalMode | undefined,
  problems: Problem[],
  t: Say,
): Terms | null {
  if (mode === undefined) problems.push({ field: 'mode', text: t('problem.mode') });
  if ((fields.name ?? '') === '') problems.push({ field: 'name', text: t('problem.name') });
  checkText(fields, 'name', 200, problems, t);
  checkText(fields, 'reason', 4000, problems, t);
  checkConfidant(fields, problems, t);
  if (problems.length > 0 || mode === undefined) return null;
  const atOnce = fields.atOnce === 'yes' && mode !== 'STOP';
  const [reason, confidant] = [fields.reason || null, fields.confidant || null];
  return { mode, atOnce, reason, confidant, name: fields.name ?? '' };
}

export function withdrawalDraft(target: LinkTarget, withdrawing: Withdrawing): Draft {
  const { words, texts } = wordsOf(withdrawing);
  const { checkpoint, round } = target;
  const { mode, atOnce, disowned } = withdrawing;
  const command = { type: 'WithdrawDecision', checkpoint, round, mode, atOnce, disowned } as const;
  return { command: { ...command, assurance: 'LINK', ...words }, texts };
}

/** The same command the API gives, by link. */
export function grantWithdrawalDraft(request: string, withdrawing: Terms): Draft {
  const { words, texts } = wordsOf(withdrawing);
  const { mode, atOnce } = withdrawing;
  return { command: { type: 'WithdrawGrant', request, mode, atOnce, assurance: 'LINK', ...words }, texts };
}

function wordsOf({ name, reason, confidant }: Terms) {
  const signedAs = commitText(name);
  const why = reason === null ? null : commitText(reason);
  return {
    words: {
      ...{ reason: why?.commitment ?? null, signedAs: signedAs.commitment },
      ...(confidant === null ? {} : { confidant }),
    },
    texts: why === null ? [signedAs] : [signedAs, why],
  };
}

/** Each mode with what it does, for the choice between them. */
export const modeChoices = (modes: readonly WithdrawalMode[], t: Say) =>
  modes.map((value) => ({ value, label: t(`mode.${value}`), effect: t(`modeEffect.${value}`) }));
