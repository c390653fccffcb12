// Multiple imputation: completed data sets by chained equations, and one estimate from what each of them gives.
export { imputed } from './chain';
export type { Imputed } from './chain';
export { Imputation } from './params';
export { pool } from './pool';
export type { Pooled, Single } from './pool';
export { imputationNotes, imputedTable, seenPeople } from './tables';
