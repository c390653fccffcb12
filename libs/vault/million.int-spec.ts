// A million rows through the whole vault, in bounded memory and seconds.
import { Readable } from 'node:stream';
import { randomBytes } from 'node:crypto';
import { receiveDeposit } from './deposit';
import { GrantSpec } from './grant/spec';
import { aVault, valuesOf } from './testing/places';

const ROWS = 1_000_000;
const fields = [
  { name: 'person', type: 'pseudonym' },
  { name: 'treat', type: 'category', codes: ['0', '1'] },
  { name: 're78', type: 'number' },
];
const spec = { level: 'ROWS', fields, dimensions: [], sums: [] };
const grant = GrantSpec.parse({ depositAs: spec, releaseAs: spec, tier: 'DEIDENTIFIED' });

function* millionRows(): Generator<Buffer> {
  yield Buffer.from('person,treat,re78\n');
  for (let at = 0; at < ROWS; at += 5000) {
    const line = (_: unknown, n: number) => `p${String(at + n).padStart(20, '0')},${n % 2},${(at + n) / 8}\n`;
    yield Buffer.from(Array.from({ length: 5000 }, line).join(''));
  }
}

it('takes a million rows: received, checked, released and read', async () => {
  const test = await aVault();
  const deposit = 'prj_million/d1';
  const { publicKey } = await test.vault.keys.createDepositKeyPair(deposit);
  const stream = Readable.from(millionRows());
  const { vaultDir } = test.places;
  const receipt = await receiveDeposit({
    deposit,
    stream,
    maxBytes: 2 ** 30,
    recipientPublicKey: publicKey,
    vaultDir,
  });
  const opened = { deposit, objectId: receipt.objectId, wrappedKey: receipt.wrappedKey };
  const report = await test.vault.checkDeposit(opened, grant.depositAs);
  expect(report).toMatchObject({ accepted: true, rows: ROWS, sha256: receipt.sha256, findings: [] });
  const [release, partA] = ['prj_million/rel1', randomBytes(32)];
  const { objectId, manifest } = await test.vault.materialise({
    release,
    sources: [{ grant, deposit: opened, source: 's' }],
    partA,
  });
  expect(manifest.assessment).toMatchObject({ people: ROWS, smallestGroup: ROWS / 2 });
  const data = await test.vault.readRelease({
    release,
    objectId,
    manifest,
    partA,
    fields: ['treat', 're78'],
  });
  const values = valuesOf(data.columns['re78']);
  expect(values.reduce<number>((sum, value) => sum + Number(value), 0)).toBe((ROWS * (ROWS - 1)) / 16);
  test.remove();
}, 240_000);
