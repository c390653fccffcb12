// Receipts: valid as mailed, and nothing in them can be changed.
import { aReceipt, verifyReceipt } from './testing';

it('I4: a receipt proves its entry, with the key; without one, only that it holds together', async () => {
  const { receipt, key } = await aReceipt();
  const verdict = await verifyReceipt(JSON.stringify(receipt), { keys: [key] });
  expect([verdict.outcome, verdict.failed]).toEqual(['VALID', []]);
  expect(verdict.proved.join('\n')).toMatch(/Entry 40 of it is version \d+ of prj_a/);
  expect((await verifyReceipt(JSON.stringify(receipt), { keys: [] })).outcome).toBe('UNPROVEN');
});

it('no character of it can be changed unnoticed', async () => {
  const { receipt, key } = await aReceipt();
  const text = JSON.stringify(receipt);
  for (let at = 0; at < text.length; at += 1) {
    const other = text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1);
    const { outcome, sentence } = await verifyReceipt(other, { keys: [key] });
    expect([at, outcome]).not.toEqual([at, 'VALID']);
    expect(sentence).not.toMatch(/\n|at .*:\d+:\d+/);
  }
});

it.each([
  ['nothing', ''],
  ['no JSON', '{"format":1'],
  ['a list', '[]'],
  ['another kind', '{"format":1,"kind":"invoice"}'],
  ['a newer format', '{"format":2}'],
  ['nested deeply', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
])('%s is no receipt', async (_, text) => {
  expect((await verifyReceipt(text, { keys: [] })).outcome).toBe('INVALID');
});

it('another entry with the proof of the first, and the entry at another place', async () => {
  const { receipt, key } = await aReceipt();
  const other = await aReceipt(41);
  for (const wrong of [
    { ...receipt, entry: other.receipt.entry },
    { ...receipt, index: 41 },
    { ...receipt, path: receipt.path.slice(1) },
  ])
    expect((await verifyReceipt(JSON.stringify(wrong), { keys: [key] })).outcome).toBe('INVALID');
  expect((await verifyReceipt(JSON.stringify(receipt), { keys: [other.key] })).outcome).toBe('INVALID');
});
