// `parley verify` as a third party runs it: what it prints, and the exit code that a script goes by.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { canonicalText, textOf } from '#libs/log';
import type { Verdict } from '#libs/verify';
import { aBundle, changed, receiptOf, zipped } from '../../../libs/verify/testing';
import type { Files, Made } from '../../../libs/verify/testing';
import { registerVerify } from '.';

let dir: string;
let made: Made;
beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'parley-verify-'));
  made = await aBundle();
  writeFileSync(path.join(dir, 'key.pub'), `${made.key}\n`);
  writeFileSync(path.join(dir, 'head.txt'), textOf(made.files.get('ledger/checkpoint') as Uint8Array) ?? '');
});
afterAll(() => rmSync(dir, { recursive: true }));
afterEach(() => {
  process.exitCode = undefined;
  jest.restoreAllMocks();
});

async function verify(
  files: Files | Uint8Array,
  ...options: string[]
): Promise<{ code: unknown; said: string }> {
  const file = path.join(dir, 'export.zip');
  const bytes = files instanceof Map ? new Uint8Array(await (await zipped(files)).arrayBuffer()) : files;
  writeFileSync(file, bytes);
  const said = jest.spyOn(console, 'log').mockImplementation();
  const program = new Command().exitOverride();
  registerVerify(program);
  await program.parseAsync(['verify', file, ...options], { from: 'user' });
  return { code: process.exitCode, said: said.mock.calls.flat().join('\n') };
}
const at = (name: string) => path.join(dir, name);

it('with the key and a head kept from before: the verdict first, then what it rests on, and 0', async () => {
  const { code, said } = await verify(made.files, '--key', at('key.pub'), '--checkpoint', at('head.txt'));
  expect([code, said.split('\n')[0]]).toEqual([0, expect.stringMatching(/^VALID/)]);
  expect(said).toMatch(/\nProved:\n {2}- [^]*\nOnly asserted by the operator:\n {2}- /);
});

it('with a receipt from a mail: whether its entry is in the export', async () => {
  const nth = 60;
  const index = made.leaves.length - made.entries.length + nth;
  const receipt = await receiptOf(made, canonicalText(made.entries[nth]), index);
  writeFileSync(at('receipt.json'), JSON.stringify(receipt));
  const { code, said } = await verify(made.files, '--key', made.key, '--receipt', at('receipt.json'));
  expect([code, said]).toEqual([0, expect.stringMatching(/is for entry 65 [^]* that entry is in it/)]);
});

it('with the key itself instead of its file, as JSON', async () => {
  const { code, said } = await verify(made.files, '--key', made.key, '--json');
  expect([code, (JSON.parse(said) as Verdict<string>).outcome]).toEqual([0, 'VALID']);
});

it('without a key, nothing is vouched for: 2', async () => {
  const { code, said } = await verify(made.files);
  expect([code, said]).toEqual([2, expect.stringMatching(/^UNPROVEN/)]);
});

it.each([
  [
    'an entry that was changed',
    () => changed(made.files, 'ledger/entries.jsonl', (text) => text.replace('"person"', '"Person"')),
  ],
  ['no zip', () => new Uint8Array(100)],
  ['nothing', () => new Uint8Array()],
  ['a receipt that is none', () => Buffer.from('{"receipt":1}')],
])('%s: what does not hold, and 1', async (_what, files) => {
  const { code, said } = await verify(files(), '--key', made.key);
  expect([code, said]).toEqual([1, expect.stringMatching(/^INVALID[^]*What does not hold:\n {2}- /)]);
  expect(said).not.toMatch(/ at .*\.[jt]s:|undefined|NaN/);
});

it('what is no file, or no key, is said before anything is verified', async () => {
  for (const whose of ['--key', '--witness'])
    await expect(verify(made.files, whose, 'log.example+01234567+AAAA')).rejects.toThrow(TypeError);
  const program = new Command();
  registerVerify(program);
  await expect(program.parseAsync(['verify', dir], { from: 'user' })).rejects.toThrow(
    /no file that can be read/,
  );
});
