// Methods of analysis and the disclosure rules their results must pass; pure, no I/O.
export { catalogue, MethodName, runMethod } from './catalogue';
export type { CataloguedMethod, RunOptions, RunOutcome } from './catalogue';
export { asCsv } from './csv';
export { DescriptiveParams } from './descriptive';
export { checkTables } from './disclosure/check';
export { Finding, publicFindings } from './disclosure/findings';
export { coarserIn } from './disclosure/coarser';
export { Condition } from './disclosure/condition';
export type { Against } from './disclosure/context';
export { publishedUnits } from './disclosure/published';
export type { PublishedTable } from './disclosure/published';
export type { Impossible } from './disclosure/structural-zeros';
export type { ShownUnits } from './disclosure/shown-units';
export { FREQUENCY_FLOOR, strictest, Thresholds } from './disclosure/thresholds';
export { decodeUnits, encodeUnits, unitSet } from './disclosure/units';
export { InputRefused, distinctIn, labelAt, textColumn } from './input';
export { restrictedTo, within } from './subpopulation';
export type { Subpopulation, Window } from './subpopulation';
export type { InputRefusal, SeriesBreak } from './input';
export type { CellInput, Column, MethodInput, NumberColumn, RowInput, TextColumn } from './input';
export { MethodResult } from './method';
export type { Method, MethodOutput, Progress } from './method';
export { BarPlot, LinePlot, LovePlot, ProfilePlot, ResultPlot, SeriesPlot } from './plot';
export { MatchingParams } from './matching';
export { SegmentedParams } from './segmented';
export { LinearParams, LogisticParams, PoissonParams } from './regression';
export { CheckedCell, CheckedTable, Measure, Rule } from './table';
export type {
  Basis,
  CellTable,
  Contributions,
  RawCell,
  RawMeasure,
  RawTable,
  Statistic,
  UnitSet,
} from './table';

/** Whose arithmetic the methods use: their versions belong to the version of this code. */
export const PACKAGES = ['@stdlib', 'yalps', 'zod'] as const;
export { parametersOf } from './parameters';
export type { Parameter } from './parameters';
