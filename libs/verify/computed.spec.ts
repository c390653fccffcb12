// Offline: the code that an entry names for a result is the one its checker was shown.
import { canonicalText, sha256Hex } from '#libs/log';
import { aBundle, goldenEntries, zipped, verifyBundle } from './testing';
import type { Entry } from './testing';

const DIGEST = 'c'.repeat(64);

async function verdictOf(signed: object) {
  const text = canonicalText({ kind: 'OUTPUT', ...signed, salt: 's' });
  const core = sha256Hex(text);
  const entries = goldenEntries();
  const result = entries.find(({ type }) => type === 'AnalysisEnded')?.data['result'] as { core: string };
  const before = result.core;
  const code = { version: '1.0.0', digest: DIGEST };
  const renamed = JSON.parse(JSON.stringify(entries).replaceAll(before, core)) as Entry[];
  const told = renamed.map((entry) =>
    entry.type === 'AnalysisEnded' && (entry.data['result'] as { core: string } | null)?.core === core
      ? { ...entry, data: { ...entry.data, code } }
      : entry,
  );
  const made = await aBundle({ entries: told, files: { [`content/${core}.json`]: text } });
  return verifyBundle(await zipped(made.files), { keys: [made.key] });
}

it('says for how many results the code is proved to be what was signed', async () => {
  const { outcome, proved } = await verdictOf({ code: { version: '1.0.0', digest: DIGEST } });
  expect([outcome, proved.join('\n')]).toEqual([
    'VALID',
    expect.stringMatching(/^1 result: the digest of the code/m),
  ]);
});

it.each([
  ['other code', { code: { version: '1.0.0', digest: 'd'.repeat(64) } }],
  ['none', {}],
])('is invalid where what was signed names %s', async (_which, signed) => {
  expect((await verdictOf(signed)).sentence).toMatch(/not made by the code that its entry names/);
});
