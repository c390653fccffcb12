// The holder's entry: the same checks and names on the holder's own machine, before anything leaves it.
export { checkFile } from './check';
export type { PlainFile } from './check';
export { CsvRows } from './csv-rows';
export { DepositReport } from './report';
export { StructurePass } from './structure';
export type { RowText } from './structure';
export { keyedNames } from '../keys/keyed-names';
