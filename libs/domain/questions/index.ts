// Policy questions: their chain of versions and the sufficiency of the data.
export * from './terms';
export { sufficiency } from './sufficiency';
export type { Sufficiency } from './sufficiency';
