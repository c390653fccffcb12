// Keys that are kept elsewhere: heads are signed by a program, and nothing but the right signature is taken from it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  ALGORITHM,
  newSigner,
  parseNote,
  signedBy,
  signedCheckpoint,
  toBase64,
  verifierText,
} from '#libs/log';
import type { SignerKey } from '#libs/log';
import { openKeyDirectory } from './key-directory';

/** Keeps its key in a file beside it, as a KMS keeps one behind its door. */
const PROGRAM = `
const { createPrivateKey, sign } = require('node:crypto');
const { readFileSync } = require('node:fs');
const seed = Buffer.from(readFileSync(process.argv[2], 'utf8'), 'base64');
const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
process.stdout.write(sign(null, readFileSync(0), key).toString('base64') + '\\n');
`;
const HEAD = { origin: 'log.example/parley', size: 3, root: new Uint8Array(32) };

let dir: string;
let key: SignerKey;
const file = (name: string) => path.join(dir, name);
const keys = (line: string) => writeFileSync(file('keys'), `${line}\n`);
const signing = async () => signedCheckpoint(HEAD, await openKeyDirectory(dir).signers());

beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'parley-signer-'));
  key = await newSigner(HEAD.origin, ALGORITHM.ED25519);
  writeFileSync(file('sign.js'), PROGRAM);
  writeFileSync(file('seed'), toBase64(key.seed));
  writeFileSync(file('other'), toBase64((await newSigner(HEAD.origin, ALGORITHM.ED25519)).seed));
});
afterAll(() => rmSync(dir, { recursive: true }));

const command = (...parameters: string[]) =>
  `COMMAND ${verifierText(key)} ${process.execPath} ${parameters.join(' ')}`;

it('I9: a program signs heads that verify as if the key were here', async () => {
  keys(command(file('sign.js'), file('seed')));
  const note = parseNote(await signing());
  expect(note && (await signedBy(note, key))).toBe('SIGNED');
});

it.each([
  ['another key', () => command(file('sign.js'), file('other')), 'signed with another key'],
  ['no signature', () => command('-p', '1'), 'gave no Ed25519 signature'],
  ['a failure', () => command(file('sign.js'), file('missing')), 'ended with 1; nothing was signed'],
  ['no program', () => `COMMAND ${verifierText(key)} ${file('nowhere')}`, 'cannot be run'],
])('I9: with %s nothing is signed, and it is said why', async (_what, line, message) => {
  keys(line());
  await expect(signing()).rejects.toThrow(message);
});

it.each(['COMMAND', `COMMAND nonsense /bin/true`])('refuses the line "%s"', async (line) => {
  keys(line);
  await expect(openKeyDirectory(dir).signers()).rejects.toThrow(TypeError);
});
