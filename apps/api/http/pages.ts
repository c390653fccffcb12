// Lists come in pages: a limit and a cursor that names the last item seen.
import { z } from 'zod';
import { fail } from '../problems/problem';

export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(200).optional(),
});
export type PageQuery = z.infer<typeof PageQuery>;

export interface PageOf<T> {
  items: T[];
  next: string | null;
}

/** Cursors are opaque, so that what lies behind them may change. */
export const cursorTo = (key: string): string => Buffer.from(key, 'utf8').toString('base64url');

/** Of lists of projects: tempo and id, since projects in a shock come first. */
export const PROJECT_KEY = /^(SHOCK|ROUTINE)\/prj_\w+$/;

/** What a cursor names; `shape`: what the keys of this list look like. */
export function keyOf(cursor: string | undefined, shape = /^./): string {
  if (cursor === undefined) return '';
  const key = Buffer.from(cursor, 'base64url').toString('utf8');

  if (!shape.test(key) || /[\u0000-\u001f\ufffd]/.test(key)) {
    fail(
      422,
      'CURSOR',
      'The cursor is not one this list gave.',
      'Use "next" of the page before, or leave it out to begin.',
    );
  }
  return key;
}

/** A page of a list that is in memory, in its own order. */
export function slice<T extends { id: string }>(all: T[], query: PageQuery): PageOf<T> {
  const after = keyOf(query.cursor);
  const start = after === '' ? 0 : all.findIndex((item) => item.id === after) + 1;
  if (start === 0 && after !== '') {
    fail(422, 'CURSOR', 'The cursor names nothing in this list.', 'Begin again without a cursor.');
  }
  const items = all.slice(start, start + query.limit);
  const last = items.at(-1);
  return { items, next: last && start + items.length < all.length ? cursorTo(last.id) : null };
}
