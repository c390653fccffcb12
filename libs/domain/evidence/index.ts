// Evidence as other folders use it.
export * from './terms';
export * from './rules';
export * from './information-requests';
