// Reads a withdrawal from the posted fields, and says beforehand what it will do.
import { WITHDRAWAL_MODES } from '#libs/domain';
import type { CheckpointKind, WithdrawalMode } from '#libs/domain';
import type { Say } from '#libs/language';
import { commitText } from '#libs/ledger';
import type { Draft, LinkTarget } from '#libs/ledger';
import type { Fields } from '#libs/web/http';
import { checkText } from '../signing/answer';
import type { Problem } from '../signing/answer';

/** Signers stop; an institution that leaves the agreement chooses how far it goes (DOMAIN § 4). */
export function modesFor(kind: CheckpointKind): readonly WithdrawalMode[] {
  return kind === 'AGREEMENT' ? WITHDRAWAL_MODES : ['STOP'];
}

export interface Withdrawing {
  mode: WithdrawalMode;
  atOnce: boolean;
  disowned: boolean;
  reason: string | null;
  name: string;
}

export type ParsedWithdrawal = { ok: true; withdrawing: Withdrawing } | { ok: false; problems: Problem[] };

export function parseWithdrawal(fields: Fields, t: Say): ParsedWithdrawal {
  const problems: Problem[] = [];
  const { what } = fields;
  if (what !== 'withdraw' && what !== 'disown') problems.push({ field: 'what', text: t('problem.what') });
  // Where only one mode exists the form does not ask for it; where several do, none is preselected.
  const mode =
    fields.mode === undefined && fields.asksMode !== 'yes'
      ? 'STOP'
      : WITHDRAWAL_MODES.find((value) => value === fields.mode);
  if (mode === undefined) problems.push({ field: 'mode', text: t('problem.mode') });
  if ((fields.name ?? '') === '') problems.push({ field: 'name', text: t('problem.name') });
  checkText(fields, 'name', 200, problems, t);
  checkText(fields, 'reason', 4000, problems, t);
  if (problems.length > 0 || mode === undefined) return { ok: false, problems };
  const withdrawing = {
    mode,
    atOnce: fields.atOnce === 'yes' && mode !== 'STOP',
    disowned: what === 'disown',
    reason: fields.reason || null,
    name: fields.name ?? '',
  };
  return { ok: true, withdrawing };
}

export function withdrawalDraft(target: LinkTarget, { name, reason, ...withdrawing }: Withdrawing): Draft {
  const signedAs = commitText(name);
  const why = reason === null ? null : commitText(reason);
  return {
    command: {
      type: 'WithdrawDecision',
      checkpoint: target.checkpoint,
      round: target.round,
      ...withdrawing,
      assurance: 'LINK',
      reason: why?.commitment ?? null,
      signedAs: signedAs.commitment,
    },
    texts: why === null ? [signedAs] : [signedAs, why],
  };
}
