// Files made from a signed result when somebody reads it: they add nothing to its bytes, so nothing more has to be signed.
import { asCsv, MethodResult } from '#libs/statistics';
import { fail } from '../problems/problem';

export const REPORT = 'report.html';

type Files = ReadonlyMap<string, Buffer>;

const parsed = (files: Files) =>
  MethodResult.safeParse(JSON.parse(files.get('result.json')?.toString('utf8') ?? 'null'));

/** The result as its method left it after the output check. */
export function readResult(files: Files): MethodResult {
  const { data } = parsed(files);
  return (
    data ??
    fail(
      409,
      'RESULT_UNREADABLE',
      'This result was not made by a method of this catalogue, so it cannot be laid out as tables.',
      'Its files can be read as they are.',
    )
  );
}

/** What can be had beside the signed files: a CSV of each table, and a report. */
export function madeNames(files: Files): string[] {
  const { data } = parsed(files);
  return data === undefined ? [] : [...data.tables.map(({ name }) => `${name}.csv`), REPORT];
}

export function madeFile(files: Files, name: string): Buffer | undefined {
  const table = parsed(files).data?.tables.find((each) => `${each.name}.csv` === name);
  return table && Buffer.from(asCsv([table]));
}
