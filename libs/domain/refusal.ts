// A refusal is an answer: which rule, why, and what would make it possible.

export interface Missing {
  /** The rule not yet met, for example `TRUST` or `AGREEMENT`. */
  rule: string;
  reason: string;
  /** Whose move it is: opaque ids of people, or roles and organisations where nobody is named. */
  waitingFor: string[];
  since: string | null;
}

export interface Refusal {
  /** A stable name: `SELF_APPROVAL`, `WRONG_ROLE`, `STALE_CONTENT`, … */
  rule: string;
  kind: 'FORBIDDEN' | 'NOT_FOUND' | 'CONFLICT' | 'STALE' | 'INVALID';
  reason: string;
  remedy: string;
  missing?: Missing[];
}

export type Decided<E> = { ok: true; events: E[] } | { ok: false; refusal: Refusal };

export const refuse = (
  kind: Refusal['kind'],
  rule: string,
  reason: string,
  remedy: string,
  missing?: Missing[],
): { ok: false; refusal: Refusal } => ({
  ok: false,
  refusal: { kind, rule, reason, remedy, ...(missing ? { missing } : {}) },
});
