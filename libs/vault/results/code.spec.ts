// The digest of the computing code: the same for the same files, another for any other, and checkable with other tools.
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { computingCode } from './code';

let folder: string;
const write = (name: string, text: string) => {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
};
const code = () => computingCode(path.join(folder, 'methods', 'index.js'), ['yalps', '@stdlib']);

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'code-'));
  const dependencies = { yalps: '0.6.4', '@stdlib/a': '1.0.0', '@stdlibs/b': '1.0.0', express: '5.0.0' };
  write('package.json', JSON.stringify({ dependencies }));
  write('methods/index.js', 'exports.one = 1;\n');
  write('methods/matching/nearest.js', 'exports.two = 2;\n');
});
afterEach(() => rmSync(folder, { recursive: true }));

it('lists each file as sha256sum does, then the packages it uses and the runtime; their SHA-256 is the digest', () => {
  const { digest, lines } = code();
  const sum = (name: string) =>
    createHash('sha256')
      .update(readFileSync(path.join(folder, 'methods', name)))
      .digest('hex');
  expect(lines).toEqual([
    `${sum('index.js')}  index.js`,
    `${sum('matching/nearest.js')}  matching/nearest.js`,
    ...['@stdlib/a 1.0.0', 'yalps 0.6.4', `node ${process.version}`],
  ]);
  expect(digest).toBe(
    createHash('sha256')
      .update(`${lines.join('\n')}\n`)
      .digest('hex'),
  );
});

it('is another when a file, its name or a package changes, and not for tests, maps or types', () => {
  const before = code().digest;
  write('methods/index.js.map', '{}');
  write('methods/index.d.ts', 'export {};');
  write('methods/testing/data.js', 'exports.three = 3;');
  write('methods/a.spec.js', 'it();');
  expect(code().digest).toBe(before);
  const changes = [
    () => write('methods/index.js', 'exports.one = 2;\n'),
    () => write('methods/matching/other.js', ''),
    () => write('package.json', JSON.stringify({ dependencies: { yalps: '0.6.5' } })),
  ];
  const seen = new Set([before]);
  for (const change of changes) {
    change();
    seen.add(code().digest);
  }
  expect(seen.size).toBe(4);
});
