// The holder's entry: the same checks, names and cells on the holder's own machine, before anything leaves it.
export { checkFile } from './check';
export type { PlainFile } from './loading';
export { CsvRows } from './csv-rows';
export { DepositReport } from './report';
export { canonicalRow } from './canonical';
export { StructurePass } from './structure';
export type { RowText } from './structure';
export { openTabular } from './tabular';
export { Utf8Text } from './utf8';
export { keyedNames } from '../keys/keyed-names';
export { unwrapFileKey, wrapFileKey } from '../keys/wrapping';
export { withEngine } from '../engine/engine';
export type { Engine } from '../engine/engine';
export { columnAt, literal, loadNumbered } from '../engine/tables';
export { fileColumns } from '../grant/columns';
export { cellsOfRows, rowBasis } from '../release/cells';
export type { CellBasis } from '../release/cells';
