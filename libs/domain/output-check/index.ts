export * from './terms';
export * from './rules';
