// Runs a TypeScript file of this project in a process of its own, as tests of crashes need it.
import path from 'node:path';

/** Finds files as TypeScript does: without an ending, and a folder by its index. */
const RESOLVE = `import { registerHooks } from 'node:module';
registerHooks({ resolve(specifier, context, next) {
  if (!specifier.startsWith('.')) return next(specifier, context);
  for (const ending of ['', '.ts', '/index.ts']) try { return next(specifier + ending, context); } catch {}
  return next(specifier, context);
} });`;

/** The command line that runs `file` (beside this one) from source. */
export function fromSource(file: string, ...args: string[]): string[] {
  return [
    process.execPath,
    '--no-warnings',
    '--experimental-transform-types',
    '--import',
    `data:text/javascript,${encodeURIComponent(RESOLVE)}`,
    path.join(__dirname, file),
    ...args,
  ];
}
