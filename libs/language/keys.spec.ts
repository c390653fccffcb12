// Every message a template names exists, and every message there is, is said somewhere.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CATALOGUES } from '.';

const ROOT = path.join(__dirname, '..', '..');
/** Where messages are said. */
const FOLDERS = [
  'apps/portal',
  'apps/courier',
  'apps/api',
  'apps/cli',
  'apps/verifier',
  'libs/web',
  'libs/mail',
  'libs/export',
  'libs/verify',
];

const files = FOLDERS.flatMap((folder) =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|njk)$/.test(file) && !/spec\.ts$|(^|\/)testing\//.test(file))
    .map((file) => path.join(folder, file)),
).map((file) => ({ file, text: readFileSync(path.join(ROOT, file), 'utf8') }));
const templates = files.filter(({ file }) => file.endsWith('.njk'));
const sources = files.filter(({ file }) => file.endsWith('.ts'));
const keys = Object.keys(CATALOGUES.get('en-GB') ?? {});

/** `t('a.b', …)` in a template. */
const said = (text: string) => [...text.matchAll(/\b(?:t|rich)\(\s*'([^']*)'/g)].map(([, key]) => key ?? '');

/** `` `a.${b}` `` in a source: the compiler sees to it that each key it can become exists. */
const madeOf = (text: string) =>
  [...text.matchAll(/`([a-z]\w*\.(?:[\w.]|\$\{[^}]*\})*)`/g)]
    .map(([, made]) => made ?? '')
    // What stands for any word at all is a type, and says nothing.
    .filter((made) => made.includes('${') && !made.includes('${string}'))
    .map((made) => new RegExp(`^${made.replaceAll('.', '\\.').replace(/\$\{[^}]*\}/g, '\\w+')}$`));

it('templates name messages outright, so that this test sees them', () => {
  const hidden = templates.flatMap(({ file, text }) =>
    [...text.matchAll(/\b(?:t|rich)\((?!\s*')[^)]*\)/g)].map(([call]) => `${file}: ${call}`),
  );
  expect(hidden).toEqual([]);
});

it('no template names a message that is missing', () => {
  const missing = templates.flatMap(({ file, text }) =>
    said(text)
      .filter((key) => !keys.includes(key))
      .map((key) => `${file}: ${key}`),
  );
  expect(missing).toEqual([]);
});

it('no value is called as a mark is, which would stand in its place', () => {
  const taken = Object.entries<string>(CATALOGUES.get('en-GB') ?? {}).filter(
    ([, message]) => /<(strong|code)>/.test(message) && /\{(strong|code)[,}]/.test(message),
  );
  expect(taken.map(([key]) => key)).toEqual([]);
});

/** `` known(`a.${b}`) ``: a key made of data, which can have no values. */
it('messages whose key is made of data have no values to be missing', () => {
  const made = sources.flatMap(({ text }) =>
    madeOf([...text.matchAll(/\bknown\(`[^`]*`\)/g)].map(([call]) => call).join('\n')),
  );
  const catalogue = CATALOGUES.get('en-GB') ?? {};
  const reachable = Object.entries<string>(catalogue).filter(([key]) =>
    made.some((pattern) => pattern.test(key)),
  );
  expect(reachable.length).toBeGreaterThan(50);
  expect(reachable.filter(([, message]) => /[{<]/.test(message))).toEqual([]);
});

it('no message is left that nothing says', () => {
  const named = new Set([
    ...templates.flatMap(({ text }) => said(text)),
    ...sources.flatMap(({ text }) => [...text.matchAll(/'([a-z][\w.]+)'/g)].map(([, key]) => key ?? '')),
  ]);
  const patterns = sources.flatMap(({ text }) => madeOf(text));
  const unused = keys.filter((key) => !named.has(key) && !patterns.some((pattern) => pattern.test(key)));
  expect(unused).toEqual([]);
});
