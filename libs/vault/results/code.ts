// Which code computes a result: a digest of the methods as they are built, of the packages they use and of the runtime.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface ComputingCode {
  /** SHA-256 of the lines, each ended by a line feed; hex. */
  readonly digest: string;
  /** A digest and a path for each file as `sha256sum` writes them, then packages and runtime with their versions. */
  readonly lines: readonly string[];
}

const NO_CODE = /(^|\/)testing\/|spec\.[jt]s$|\.d\.ts$/;

/**
 * @param entry the library's entry as it was resolved, `…/index.js` where it is built: what lies beside and below counts.
 * @param packages names of the packages it uses, or their scopes: pinned versions stand in Parley's `package.json`.
 */
export function computingCode(entry: string, packages: readonly string[]): ComputingCode {
  const folder = path.dirname(entry);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.split(path.sep).join('/'))
    .filter((name) => name.endsWith(path.extname(entry)) && !NO_CODE.test(name))
    .sort();
  const lines = [
    ...files.map((name) => `${sha256(readFileSync(path.join(folder, name)))}  ${name}`),
    ...pinned(folder, packages),
    `node ${process.version}`,
  ];
  return { digest: sha256(lines.map((line) => `${line}\n`).join('')), lines };
}

const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');

function pinned(folder: string, packages: readonly string[]): string[] {
  const file = path.join(folder, 'package.json');
  if (!existsSync(file)) {
    if (path.dirname(folder) === folder) throw new Error('There is no package.json above the methods.');
    return pinned(path.dirname(folder), packages);
  }
  const { dependencies } = JSON.parse(readFileSync(file, 'utf8')) as { dependencies: Record<string, string> };
  return Object.entries(dependencies)
    .filter(([name]) => packages.some((each) => name === each || name.startsWith(`${each}/`)))
    .map(([name, version]) => `${name} ${version}`)
    .sort();
}
