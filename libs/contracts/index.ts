export * from './entry';
export * from './names';
