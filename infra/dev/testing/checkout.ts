// A copy of this checkout with its build, in which `npm start` can be tried without disturbing what runs from here.
import { chmodSync, cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { removePostgresHome } from '../postgres-home';

const NOT_COPIED = new Set(['node_modules', '.parley', '.git']);

/** The copy's directory; what is installed is shared with the original. */
export function copyCheckout(original: string): string {
  const copy = mkdtempSync(path.join(tmpdir(), 'parley-checkout-'));
  cpSync(original, copy, {
    recursive: true,
    preserveTimestamps: true,
    filter: (source) => !NOT_COPIED.has(path.relative(original, source).split(path.sep)[0] ?? ''),
  });
  symlinkSync(path.join(original, 'node_modules'), path.join(copy, 'node_modules'));
  // Passable, so that Postgres keeps its data in here even as another user.
  chmodSync(copy, 0o711);
  return copy;
}

/** Removes the copy with the state that its launcher kept; nothing of it may be running any more. */
export function removeCheckout(copy: string): void {
  removePostgresHome(path.join(copy, '.parley', 'postgres'));
  rmSync(copy, { recursive: true, force: true });
}
