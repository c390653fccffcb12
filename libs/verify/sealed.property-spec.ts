// Offline, I6: the data that was released is the data whose manifest people signed.
import { canonicalText, sha256Hex } from '#libs/log';
import { aBundle, goldenEntries, zipped, verifyBundle } from './testing';
import type { Entry } from './testing';

const sealing = () => goldenEntries().find(({ type }) => type === 'ReleaseSealed') as Entry;

async function verdictOf(signed: object) {
  const text = canonicalText({ ...signed, salt: 's' });
  const { core } = sealing().data['content'] as { core: string };
  const entries = JSON.parse(JSON.stringify(goldenEntries()).replaceAll(core, sha256Hex(text))) as Entry[];
  const made = await aBundle({ entries, files: { [`content/${sha256Hex(text)}.json`]: text } });
  return verifyBundle(await zipped(made.files), { keys: [made.key] });
}

it('I6: is valid where the manifest names the digest that was sealed', async () => {
  const { digest } = sealing().data;
  const { outcome, proved } = await verdictOf({ data: { sha256: digest } });
  expect([outcome, proved.join('\n')]).toEqual([
    'VALID',
    expect.stringMatching(/^I6: 1 release: the digest/m),
  ]);
});

it('claims nothing of a manifest or a result that the export does not show', async () => {
  const made = await aBundle();
  const { outcome, proved } = await verifyBundle(await zipped(made.files), { keys: [made.key] });
  expect([outcome, proved.join('\n')]).toEqual(['VALID', expect.not.stringMatching(/releases?:|results?:/)]);
});

it.each([
  ['another digest', { data: { sha256: 'd'.repeat(64) } }],
  ['none', { data: {} }],
  ['no data at all', { kind: 'RELEASE' }],
])('I6: is invalid where what was signed names %s', async (_which, signed) => {
  const { outcome, sentence } = await verdictOf(signed);
  expect([outcome, sentence]).toEqual([
    'INVALID',
    expect.stringMatching(/not what its signed manifest describes/),
  ]);
});
