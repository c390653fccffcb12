// The plots entry, apart from the vault's own: drawing loads a plotting library that nothing else of the vault needs.
export { drawPlot } from './plot';
export type { Bars } from './plot';
export type { Love } from './love';
export type { Series } from './series';
