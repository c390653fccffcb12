// People's names under a key are what anybody with the key and a cipher of their own makes of them.
import { createCipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DEFAULT_LIMITS, Engine } from '../engine/engine';
import { keyedNameSql } from './keyed-names';

const key = randomBytes(32);
let engine: Engine;
beforeAll(() => {
  const directory = mkdtempSync(path.join(tmpdir(), 'parley-names-'));
  engine = new Engine({ directory, limits: { ...DEFAULT_LIMITS, threads: 2 } });
});
afterAll(() => engine.kill());

/** The names of texts, in the order of these. */
async function namesOf(texts: readonly string[], under = key, order = 'n'): Promise<string[]> {
  const rows = `select unnest(cast(from_json($1, '["VARCHAR"]') as varchar[])) as t, generate_subscripts(cast(from_json($1, '["VARCHAR"]') as varchar[]), 1) as n`;
  const [names] = await engine.columns(
    `select ${keyedNameSql(under, 't')} as k from (${rows}) order by ${order}`,
    [JSON.stringify(texts)],
  );
  if (names?.kind !== 'names') throw new Error('no names');
  return Buffer.from(names.bytes).toString('hex').match(/.{32}/g) ?? [];
}

const keyOf = (form: string) => Buffer.from(hkdfSync('sha256', key, '', `parley names of ${form} v1`, 32));

function block(pseudonym: string): string {
  const x = Buffer.from(pseudonym.slice(1), 'hex');
  const cipher = createCipheriv('aes-256-ecb', keyOf('blocks'), null).setAutoPadding(false);
  return Buffer.from(cipher.update(x).map((byte, at) => byte ^ x[at]!)).toString('hex');
}

const hashed = (text: string) =>
  createHash('sha256').update(keyOf('text')).update(text).digest('hex').slice(0, 32);

const prepared = (n: number) => `p${createHash('md5').update(`${n}`).digest('hex')}`;

describe('names under a key', () => {
  it('are one block of AES-256 ⊕ the pseudonym that parley prepare made, also of thousands at once', async () => {
    const people = Array.from({ length: 5000 }, (_, n) => prepared(n));
    const names = await namesOf(people);
    expect(names).toEqual(people.map(block));
    expect(new Set(names).size).toBe(people.length);
  });

  it('are half a SHA-256 of any other pseudonym, however alike it looks, and nobody has the name of another', async () => {
    const [alike] = [prepared(1)];
    const others = [
      alike.toUpperCase(),
      `q${alike.slice(1)}`,
      `${alike}0`,
      alike.slice(0, -1),
      'holder-pseudonym-0001',
      `p${alike.slice(1).replace(/.$/, '-')}`,
    ];
    const names = await namesOf([...others, alike]);
    expect(names).toEqual([...others.map(hashed), block(alike)]);
    expect(new Set(names).size).toBe(names.length);
  });

  it('are others under another key, and stand in the order of their digits', async () => {
    const people = Array.from({ length: 300 }, (_, n) =>
      n % 2 === 0 ? prepared(n) : `holder-pseudonym-${n}`,
    );
    const [here, there] = [await namesOf(people), await namesOf(people, randomBytes(32))];
    expect(there.filter((name) => here.includes(name))).toEqual([]);
    expect(await namesOf(people, key, 'k')).toEqual([...here].sort());
  });
});
