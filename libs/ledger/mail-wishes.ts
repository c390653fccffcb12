// How often a person wants to be asked by mail: read and kept by whoever shows their link or their token.
import type { DataSource } from 'typeorm';
import { Refused } from './refused';
import type { Answer } from './refused';
import type { MailWish } from './types';

interface Kept {
  daily: boolean;
  at: string | null;
  timeZone: string | null;
  isOwn: boolean;
}

/** `read` and `keep` are SQL functions that take what the person shows. */
export function createMailWishes(dataSource: DataSource, { read, keep }: { read: string; keep: string }) {
  return {
    async mailWish(shown: string): Promise<MailWish | null> {
      const sql = `select parley.${read}($1) as kept`;
      const rows = await dataSource.query<{ kept: Kept | null }[]>(sql, [shown]);
      const kept = rows[0]?.kept;
      if (!kept) return null;
      const { daily, at, timeZone, isOwn } = kept;
      return { daily: daily && at !== null && timeZone !== null ? { at, timeZone } : null, isOwn };
    },

    async wishMail(shown: string, daily: MailWish['daily']): Promise<void> {
      const sql = `select parley.${keep}($1, $2, $3) as answer`;
      const parameters = [shown, daily?.at ?? null, daily?.timeZone ?? null];
      const rows = await dataSource.query<{ answer: Answer }[]>(sql, parameters);
      const answer = rows[0]?.answer;
      if (answer?.ok === false) throw new Refused(answer.refusal);
    },
  };
}
