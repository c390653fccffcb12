// Delegation: a named colleague of the same organisation signs instead, in their own name; once, and for a time.
export * from './terms';
export { delegatesFor, delegationOf, delegationTo, longestUntil, mayBeDelegated } from './rules';
export type { Delegated } from './rules';
