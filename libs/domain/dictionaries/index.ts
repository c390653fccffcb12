// Data dictionaries of deposits.
export * from './terms';
