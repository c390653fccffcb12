// The profile and the narratives that compete over it.
export * from './terms';
export * from './discretion';
