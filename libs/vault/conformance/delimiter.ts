// What separates the columns of a file, told from its first line: commas and tabs are taken, others named in the refusal.
import type { Delimiter } from './canonical';

const CANDIDATES = [
  { delimiter: ',', name: 'commas' },
  { delimiter: '\t', name: 'tabs' },
  { delimiter: ';', name: 'semicolons' },
  { delimiter: '|', name: 'vertical bars' },
] as const;

export type Delimited =
  | { readonly isTaken: true; readonly delimiter: Delimiter }
  | { readonly isTaken: false; readonly name: string };

/** The delimiter under which the first line names the most of these columns; commas where none does. */
export function delimiterOf(beginning: string, names: readonly string[]): Delimited {
  const [line = ''] = beginning.replace(/^\ufeff/, '').split(/[\r\n]/, 1);
  const counted = CANDIDATES.map((candidate) => {
    const fields = line.split(candidate.delimiter).map((field) => field.replace(/^"(.*)"$/, '$1'));
    return { ...candidate, count: fields.filter((field) => names.includes(field)).length };
  });
  const { delimiter, name } = counted.reduce((best, each) => (each.count > best.count ? each : best));
  return delimiter === ',' || delimiter === '\t' ? { isTaken: true, delimiter } : { isTaken: false, name };
}
