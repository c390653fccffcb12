// Delegation: a named colleague of the same organisation signs instead, in their own name; once, and for a time.
export * from './terms';
export { delegationOf, delegationTo } from './asked';
export { colleagues } from './colleagues';
export type { Delegated } from './asked';
export { delegatesFor, longestUntil, mayBeDelegated } from './rules';
