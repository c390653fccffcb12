export * from './terms';
export * from './audience';
export * from './clarifications';
export * from './granularity';
export * from './reasking';
export * from './register';
export { fieldByField } from './answering';
export type { FieldAnswer } from './answering';
export { isSmaller } from './asking';
