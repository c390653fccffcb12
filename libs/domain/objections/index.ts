// Objections of people whose data it is.
export * from './terms';
export * from './rules';
