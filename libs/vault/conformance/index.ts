// The conformance entry: the same checks on the holder's own machine, before anything leaves it.
export { checkFile } from './check';
export type { PlainFile } from './check';
export { DepositReport } from './report';
export { StructurePass } from './structure';
export type { RowText } from './structure';
