// The core team as other folders use it.
export type * from './terms';
export * from './rules';
