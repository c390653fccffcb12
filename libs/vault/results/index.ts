// The plots entry, apart from the vault's own: drawing loads a plotting library that nothing else of the vault needs.
export { drawBars, drawPlot } from './plot';
export type { Bars } from './plot';
