export * from './words';
export * from './terms';
export * from './events';
export * from './commands';
export * from './state';
export * from './refusal';
export * from './effects-types';
