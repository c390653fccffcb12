// What ends by the clock is announced before.
export * from './terms';
export * from './rules';
