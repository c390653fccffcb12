// Receipts beside an export: whoever was mailed one sees whether the export holds what it says.
import { canonicalText } from '#libs/log';
import {
  aBundle,
  chained,
  changed,
  goldenEntries,
  receiptOf,
  verifyBundle,
  verifyReceipt,
  zipped,
} from './testing';
import type { Entry, Made } from './testing';

const NTH = 60;
let made: Made;
beforeAll(async () => {
  made = await aBundle();
});

const textOf = ({ entries }: Made, nth: number): string => canonicalText(entries[nth]);
/** The receipt of the nth entry of a bundle, as it was mailed when the log had `size` entries. */
const mailed = (of: Made, nth: number, size?: number) =>
  receiptOf(of, textOf(of, nth), of.leaves.length - of.entries.length + nth, size);
const given = async (bundle: Made, receipt: object) =>
  verifyBundle(await zipped(bundle.files), { keys: [made.key], receipts: [JSON.stringify(receipt)] });

it('I4: the entry of a receipt, under its own older head or this one, is found', async () => {
  for (const size of [undefined, NTH + 7]) {
    const verdict = await given(made, await mailed(made, NTH, size));
    expect([verdict.outcome, verdict.failed]).toEqual(['VALID', []]);
    expect(verdict.proved.join()).toMatch(/The receipt given \(1\) is for entry 65 .* that entry is in it/);
    if (size !== undefined) expect(verdict.proved.join()).toMatch(/extends the head of 67 entries given/);
  }
});

it('I9: a receipt of another history under the same key proves that there are two', async () => {
  const entries = goldenEntries().map((entry, i) =>
    i === 40 ? { ...entry, at: entry.at.replace('09:', '08:') } : entry,
  );
  const other = await aBundle({ entries: chained(entries), signer: made.signer });
  const { outcome, sentence } = await given(other, await mailed(made, NTH, NTH + 7));
  expect([outcome, sentence]).toEqual(['INVALID', expect.stringMatching(/its past was changed/) as string]);
});

it('an entry that came after the export is said to be missing, and not to be wrong', async () => {
  const more = await aBundle({ entries: made.entries, signer: made.signer });
  const { outcome, sentence } = await given(made, await mailed(more, more.entries.length - 1));
  expect([outcome, sentence]).toEqual(['UNPROVEN', expect.stringMatching(/ends before entry 85/) as string]);
});

it('I4: one that the log holds and the export leaves out proves it; one of another project says nothing of it', async () => {
  const twice = canonicalText({ ...(made.entries[NTH] as Entry), at: '2026-01-01T00:00:00.000Z' });
  const elsewhere = canonicalText({ ...(made.entries[NTH] as Entry), stream: 'prj_bbbbbbbbbbbbbbbb' });
  const bundle = await aBundle({ signer: made.signer, before: [twice, elsewhere] });
  const left = await given(bundle, await receiptOf(bundle, twice, 0));
  expect([left.outcome, left.sentence]).toEqual([
    'INVALID',
    expect.stringMatching(/does not have it/) as string,
  ]);
  const stranger = await given(bundle, await receiptOf(bundle, elsewhere, 1));
  expect([stranger.outcome, stranger.noted.join()]).toEqual([
    'VALID',
    expect.stringMatching(/of another project/) as string,
  ]);
});

it.each([
  ['no receipt', () => ({})],
  [
    'one whose entry was changed',
    async () => ({ ...(await mailed(made, NTH)), entry: textOf(made, NTH - 1) }),
  ],
  ['one of another place', async () => ({ ...(await mailed(made, NTH)), index: NTH })],
  ['one signed by another key', async () => mailed(await aBundle(), NTH)],
])('%s is told by its number', async (_what, receipt) => {
  const { outcome, failed } = await given(made, await Promise.resolve(receipt()));
  expect(outcome).toBe('INVALID');
  expect(failed).toEqual([expect.stringMatching(/^The receipt given \(1\) does not hold: /)]);
});

describe('I4: the receipts in an export', () => {
  const NAME = 'ledger/receipts.jsonl';
  const receipts = () => new TextDecoder().decode(made.files.get(NAME)).split('\n').slice(0, -1);

  it('are of every sign-off, and each is one by itself', async () => {
    expect(receipts()).toHaveLength(made.entries.filter(({ type }) => type === 'DecisionRecorded').length);
    for (const receipt of receipts()) {
      const { outcome, proved } = await verifyReceipt(receipt, { keys: [made.key] });
      expect([outcome, proved.join()]).toEqual(['VALID', expect.stringContaining('DecisionRecorded')]);
    }
  });

  it.each<[string, (all: string[]) => string[]]>([
    ['one is missing', (all) => all.toSpliced(3, 1)],
    ['the last is missing', (all) => all.slice(0, -1)],
    ['one is there twice', (all) => [...all, ...all.slice(-1)]],
    ['two are exchanged', ([a = '', b = '', ...all]) => [b, a, ...all]],
    ['one is of another entry', (all) => all.with(2, all[1] ?? '')],
  ])('are found wrong where %s', async (_what, change) => {
    const files = changed(made.files, NAME, () =>
      change(receipts())
        .map((line) => `${line}\n`)
        .join(''),
    );
    const { outcome, sentence } = await verifyBundle(await zipped(files), { keys: [made.key] });
    expect([outcome, sentence]).toEqual(['INVALID', expect.stringContaining(NAME)]);
  });
});
