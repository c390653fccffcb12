// Makes the command that records an answer, with the texts whose commitments it carries.
import type { Choice, Condition } from '#libs/domain';
import { commitText } from '#libs/ledger';
import type { Draft, DraftText, LinkTarget } from '#libs/ledger';
import type { ShownPage } from '../http/session';
import type { Answer } from './answer';

export function decisionDraft(target: LinkTarget, answer: Answer, page: ShownPage | null): Draft {
  const texts: DraftText[] = [];
  const commit = (text: string) => {
    const draft = commitText(text);
    texts.push(draft);
    return draft.commitment;
  };
  const optional = (text: string | null) => (text === null ? null : commit(text));
  const conditions: Condition[] = answer.conditions.map(({ kind, value, isFreeText }) => ({
    kind,
    value: isFreeText ? commit(value) : value,
  }));
  return {
    command: {
      type: 'RecordDecision',
      checkpoint: target.checkpoint,
      round: target.round,
      choice: answer.choice,
      core: answer.core,
      cover: answer.cover,
      assurance: answer.code === null ? 'LINK' : 'LINK_CODE',
      conditions,
      reason: optional(answer.reason),
      dissent: optional(answer.dissent),
      signedAs: commit(answer.name),
      page,
      ...(answer.confidant === null ? {} : { confidant: answer.confidant }),
      ...(answer.askAgain ? { askAgain: true as const } : {}),
    },
    texts,
  };
}

/** The recorded decision, as far as a second submission has to equal it to be given the same receipt. */
export interface RecordedAnswer {
  choice: Choice;
  core: string;
  cover: string;
  conditions: Condition[];
  reason: string | null;
  dissent: string | null;
  signedAs: string;
  confidant?: string;
  askAgain?: true;
}

/** Whether a submission says again what stands recorded; `texts` opens the commitments on record. */
export function saysTheSame(answer: Answer, recorded: RecordedAnswer, texts: Map<string, string>): boolean {
  const open = (commitment: string | null) => (commitment === null ? null : texts.get(commitment));
  const isSameCondition = (index: number) => {
    const [written, kept] = [answer.conditions[index], recorded.conditions[index]];
    return (
      written?.kind === kept?.kind &&
      (written?.value === kept?.value || written?.value === open(kept?.value ?? null))
    );
  };
  return (
    answer.choice === recorded.choice &&
    answer.core === recorded.core &&
    answer.cover === recorded.cover &&
    answer.conditions.length === recorded.conditions.length &&
    answer.conditions.every((_, index) => isSameCondition(index)) &&
    answer.reason === open(recorded.reason) &&
    answer.confidant === (recorded.confidant ?? null) &&
    answer.askAgain === (recorded.askAgain ?? false) &&
    answer.dissent === open(recorded.dissent) &&
    answer.name === open(recorded.signedAs)
  );
}
