// Raw values that cannot be made into what was granted: counted, and named by row, never quoted.
import { PrepareRefused } from './refused';

const LISTED = 10;

export class Problems {
  private readonly found = new Map<string, { what: string; field: string; count: number; rows: number[] }>();

  note(field: string, row: number, what: string): void {
    const known = this.found.get(`${field}\0${what}`) ?? { what, field, count: 0, rows: [] };
    this.found.set(`${field}\0${what}`, known);
    known.count += 1;
    if (known.rows.length < LISTED) known.rows.push(row);
  }

  /** Refuses once everything was read, so that a file is put right in one go. */
  refuse(input: string): void {
    if (this.found.size === 0) return;
    const lines = [...this.found.values()].map(({ field, rows, count, what }) => {
      const more = count > rows.length ? ` and ${(count - rows.length).toLocaleString('en-GB')} more` : '';
      return `  - Field "${field}", ${count === 1 ? 'row' : 'rows'} ${rows.join(', ')}${more}: ${what}.`;
    });
    throw new PrepareRefused(
      `${input} cannot be made into what was granted:\n${lines.join('\n')}\nNothing was written. Correct the file or the plan.`,
    );
  }
}
