// The results entry, apart from the vault's own: drawing loads a plotting library that nothing else of the vault needs.
export { computingCode } from './code';
export type { ComputingCode } from './code';
export { drawPlot } from './plot';
export type { Bars } from './plot';
export type { Love } from './love';
export type { Series } from './series';
