// How long lists on pages go on: so many at a time, the next ones behind a link.
import { z } from 'zod';

export const HTML = ['Content-Type', 'text/html; charset=utf-8'] as const;
export const PER_PAGE = 25;
export const Cursor = z.object({ cursor: z.string().max(200).optional() });
export type Cursor = z.infer<typeof Cursor>;

export const pageAfter = (cursor: string | null): string | null =>
  cursor === null ? null : `?cursor=${encodeURIComponent(cursor)}`;
