// The order of a release says nothing of the deposit's, also where names come twice and where a file is loaded in parts.
import { randomBytes } from 'node:crypto';
import { GrantSpec } from '../grant/spec';
import type { TestVault } from '../testing/places';
import { aVault, valuesOf } from '../testing/places';

const fields = [
  { name: 'person', type: 'pseudonym' },
  { name: 'visits', type: 'integer' },
  { name: 'note', type: 'text' },
];
const spec = { level: 'ROWS', fields };
const grant = GrantSpec.parse({ depositAs: spec, releaseAs: spec, tier: 'DEIDENTIFIED' });
const person = (n: number) => `p${String(n).padStart(33, '0')}`;

let test: TestVault;
beforeAll(async () => {
  test = await aVault();
});
afterAll(() => test.remove());

const fileOf = (lines: readonly string[]) => `person,visits,note\n${lines.join('\n')}\n`;

it('I6, T9: rows in another order give the same release, also where people have several', async () => {
  const lines = Array.from({ length: 6000 }, (_, n) => `${person(n % 1500)},${n % 7},n${n % 11}`);
  const turned = [...lines].reverse();
  const partA = randomBytes(32);
  const made: string[] = [];
  for (const [index, file] of [fileOf(lines), fileOf(turned)].entries()) {
    const deposit = await test.deposit(file, `prj_test/order${index}`);
    const sources = [{ deposit, grant, source: 's' }];
    const { manifest } = await test.vault.materialise({ release: 'prj_test/order', sources, partA });
    expect(manifest.assessment.people).toBe(1500);
    made.push(manifest.sha256);
  }
  expect(made[1]).toBe(made[0]);
}, 60_000);

it('a value that is not plain at the end of a large file changes how it is read, and nothing of what it says', async () => {
  const pad = 'x'.repeat(60);
  const rows = 420_000;
  const lines = Array.from({ length: rows }, (_, n) => `${person(n)},${n},${pad}`);
  const report = async (last: string, id: string) => {
    const deposit = await test.deposit(fileOf([...lines, `${person(rows)},${last},`]), id);
    return { deposit, report: await test.vault.checkDeposit(deposit, grant.depositAs) };
  };
  const wrong = await report('many', 'prj_test/late-wrong');
  expect(wrong.report.findings).toMatchObject([
    { code: 'WRONG_TYPE', column: 'visits', count: 1, rows: [rows + 2] },
  ]);
  const long = await report('1234567890', 'prj_test/late-long');
  expect(long.report).toMatchObject({ accepted: true, rows: rows + 1, findings: [] });
  const [release, partA] = ['prj_test/late', randomBytes(32)];
  const sources = [{ deposit: long.deposit, grant, source: 's' }];
  const { objectId, manifest } = await test.vault.materialise({ release, sources, partA });
  const data = await test.vault.readRelease({ release, objectId, manifest, partA, fields: ['visits'] });
  const sum = valuesOf(data.columns['visits']).reduce<number>((all, value) => all + Number(value), 0);
  expect(sum).toBe((rows * (rows - 1)) / 2 + 1_234_567_890);
}, 120_000);
