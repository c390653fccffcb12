// The vault from deposit to result: what comes out is what was signed, byte for byte, or nothing at all.
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { GrantSpec } from './grant/spec';
import { objectPath } from './objects/object-store';
import { runLeased } from './reading/lease';
import type { ReleaseManifest } from './release/manifest';
import type { TestVault } from './testing/places';
import { aVault, valuesOf } from './testing/places';

const rowsGrant = GrantSpec.parse({
  tier: 'DEIDENTIFIED',
  depositAs: {
    level: 'ROWS',
    fields: [
      { name: 'person', type: 'pseudonym' },
      { name: 'treat', type: 'category', codes: ['0', '1'] },
      { name: 're74', type: 'number' },
      { name: 're78', type: 'number' },
    ],
  },
  releaseAs: {
    level: 'ROWS',
    fields: [
      { name: 'person', type: 'pseudonym' },
      { name: 'treat', type: 'category', codes: ['0', '1'] },
      { name: 're78', type: 'number' },
    ],
  },
});
const cellsOfRows = GrantSpec.parse({
  ...rowsGrant,
  tier: 'AGGREGATE',
  releaseAs: {
    level: 'CELLS',
    fields: [
      { name: 'treat', type: 'category', codes: ['0', '1'] },
      { name: 're78', type: 'number' },
    ],
    dimensions: ['treat'],
    sums: ['re78'],
  },
});
const name = (n: number) => `holder-pseudonym-${String(n).padStart(4, '0')}`;
const csv = [
  'person,treat,re74,re78',
  ...Array.from({ length: 40 }, (_, n) => `${name(n)},${n % 2},${n},${n === 7 ? '' : n * 10}`),
].join('\n');
const partA = randomBytes(32);

let test: TestVault;
beforeAll(async () => {
  test = await aVault();
});
afterAll(() => test.remove());

async function aRelease(grant = rowsGrant, release = 'prj_test/rel1') {
  const deposit = await test.deposit(csv);
  return test.vault.materialise({ release, sources: [{ grant, deposit, source: 's' }], partA });
}

function everyFile(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

describe('a release', () => {
  it('I6: holds the granted fields only, under new pseudonyms, as its manifest says', async () => {
    const { objectId, manifest } = await aRelease();
    expect(manifest).toMatchObject({
      rows: 40,
      tier: 'DEIDENTIFIED',
      fields: [
        { column: 'c1', name: 'person', type: 'pseudonym' },
        { column: 'c2', name: 'treat', type: 'category' },
        { column: 'c3', name: 're78', type: 'number' },
      ],
      assessment: {
        people: 40,
        smallestGroup: 20,
        quasiIdentifiers: ['treat'],
        uniqueGroups: 0,
        smallGroups: 0,
      },
    });
    const data = await test.vault.readRelease({ release: 'prj_test/rel1', objectId, manifest, partA });
    expect(data).toMatchObject({ shape: 'rows', rows: 40, people: 'person' });
    const { person, re78 } = data.columns;
    const people = valuesOf(person).map(String);
    expect(new Set(people).size).toBe(40);
    expect(people.some((value) => value.startsWith('holder'))).toBe(false);
    expect([...people].sort()).toEqual(people);
    expect(valuesOf(re78).filter(Number.isNaN)).toHaveLength(1);
    expect(data.columns).not.toHaveProperty('re74');
  });

  it('I6: made again from the same deposit it is the same, sealed bytes and all', async () => {
    const [first, again] = [await aRelease(), await aRelease()];
    expect(again).toEqual(first);
  });

  it('shares no pseudonym and no order of rows with another release of the same deposit', async () => {
    const read = async (release: string) => {
      const { objectId, manifest } = await aRelease(rowsGrant, release);
      return (await test.vault.readRelease({ release, objectId, manifest, partA })).columns;
    };
    const [one, two] = [await read('prj_test/rel8'), await read('prj_test/rel9')];
    const names = new Set(valuesOf(one['person']));
    expect(valuesOf(two['person']).some((value) => names.has(value))).toBe(false);
    expect(valuesOf(two['re78'])).not.toEqual(valuesOf(one['re78']));
  });

  it('B27: may be coarser than the deposit, cells instead of people', async () => {
    const { objectId, manifest } = await aRelease(cellsOfRows, 'prj_test/rel2');
    const data = await test.vault.readRelease({ release: 'prj_test/rel2', objectId, manifest, partA });
    // The person without earnings in 1978 is in no cell: a mean of sums over n must not count them.
    const odd = Array.from({ length: 20 }, (_, n) => (2 * n + 1) * 10).filter((value) => value !== 70);
    const total = (of: (value: number) => number) => odd.reduce((sum, value) => sum + of(value), 0);
    expect(data).toMatchObject({ shape: 'cells', rows: 2, dimensions: ['treat'], sums: ['re78'] });
    expect(valuesOf(data.columns['treat'])).toEqual(['0', '1']);
    expect(valuesOf(data.columns['n'])).toEqual([20, 19]);
    expect(valuesOf(data.columns['sum_re78'])[1]).toBe(total((value) => value));
    expect(valuesOf(data.columns['sumsq_re78'])[1]).toBe(total((value) => value * value));
    expect(manifest.assessment).toMatchObject({ people: 39, smallestGroup: 19 });
  });

  it('B27: merges the cells of a cell table', async () => {
    const [treat, race, re78] = [
      { name: 'treat', type: 'category' },
      { name: 'race', type: 'category' },
      { name: 're78', type: 'number' },
    ];
    const grant = GrantSpec.parse({
      tier: 'AGGREGATE',
      depositAs: {
        level: 'CELLS',
        fields: [treat, race, re78],
        dimensions: ['treat', 'race'],
        sums: ['re78'],
      },
      releaseAs: { level: 'CELLS', fields: [treat, re78], dimensions: ['treat'], sums: ['re78'] },
    });
    const header = 'race,treat,n,sum_re78,sumsq_re78,dominance_re78,p_ratio_re78';
    const cells = `${header}\na,1,3,6,14,pass,pass\nb,1,2,10,50,pass,fail\na,0,4,4,4,fail,\n`;
    const deposit = await test.deposit(cells, 'prj_test/d5');
    const release = 'prj_test/rel6';
    const { objectId, manifest } = await test.vault.materialise({
      release,
      sources: [{ grant, deposit, source: 's' }],
      partA,
    });
    const { columns } = await test.vault.readRelease({ release, objectId, manifest, partA });
    const read = Object.entries(columns).map(([name, column]) => [name, valuesOf(column)]);
    expect(Object.fromEntries(read)).toEqual({
      ...{ treat: ['0', '1'], n: [4, 5], sum_re78: [4, 16], sumsq_re78: [4, 64] },
      // One cell keeps its verdict, and without one a person looks; merged ones pass only if all pass.
      ...{ dominance_re78: ['fail', 'pass'], p_ratio_re78: ['review', 'review'] },
    });
  });

  it('B27: is never finer than what was granted', () => {
    const problem = (change: object) =>
      GrantSpec.safeParse({ ...cellsOfRows, ...change }).error?.issues[0]?.message;
    expect(
      problem({ depositAs: cellsOfRows.releaseAs, releaseAs: rowsGrant.releaseAs, tier: 'DEIDENTIFIED' }),
    ).toBe('"person" is released but not deposited.');
    expect(problem({ tier: 'DEIDENTIFIED' })).toBe(
      'The tier AGGREGATE is a cell table, and a cell table is the tier AGGREGATE.',
    );
    const rows = (field: object) => ({ level: 'ROWS', fields: [{ name: 'a', ...field }] });
    const released = (from: object, to: object) =>
      problem({ depositAs: rows(from), releaseAs: rows(to), tier: 'DEIDENTIFIED' });
    expect(released({ type: 'date', precision: 'YEAR' }, { type: 'date', precision: 'MONTH' })).toBe(
      '"a" is deposited by YEAR and released by MONTH.',
    );
    expect(released({ type: 'category', bands: [0, 20] }, { type: 'category', bands: [0, 10] })).toBe(
      'The bands of "a" cut through those of the deposit.',
    );
  });

  it('gives only the fields asked for, with the people they belong to, and names one it has not', async () => {
    const { objectId, manifest } = await aRelease();
    const read = (fields: string[]) =>
      test.vault.readRelease({ release: 'prj_test/rel1', objectId, manifest, partA, fields });
    expect(Object.keys((await read(['treat'])).columns)).toEqual(['person', 'treat']);
    await expect(read(['re74'])).rejects.toThrow(
      'The release has no field "re74"; it has person, treat, re78. Choose one of these.',
    );
  });

  it('I6: is not read when its digest is not the signed one, its key another, or its bytes changed', async () => {
    const { objectId, manifest } = await aRelease();
    const read = (change: object) =>
      test.vault.readRelease({ release: 'prj_test/rel1', objectId, manifest, partA, ...change });
    await expect(read({ manifest: { ...manifest, sha256: '0'.repeat(64) } })).rejects.toMatchObject({
      code: 'DIGEST_DIFFERS',
    });
    await expect(read({ partA: randomBytes(32) })).rejects.toMatchObject({ code: 'DAMAGED' });
    const file = objectPath(test.places.vaultDir, objectId);
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.subarray(0, bytes.length - 1));
    await expect(read({})).rejects.toMatchObject({ code: 'DAMAGED' });
    writeFileSync(file, bytes);
  });

  it.each<[string, (manifest: ReleaseManifest) => Partial<ReleaseManifest>]>([
    ['more rows', ({ rows }) => ({ rows: rows + 1 })],
    [
      'a field more',
      ({ fields }) => ({ fields: [...fields, { column: 'c4', name: 're74', type: 'number' }] }),
    ],
    ['a field less', ({ fields }) => ({ fields: fields.slice(0, 2) })],
    ['one field for another', ({ fields: [person, ...others] }) => ({ fields: [...others, person!] })],
    ['a number as text', ({ fields }) => ({ fields: fields.map((field) => ({ ...field, type: 'text' })) })],
  ])('I6: is not read where its manifest lies: it says %s', async (_what, lie) => {
    const { objectId, manifest } = await aRelease();
    const told = { ...manifest, ...lie(manifest) };
    const read = test.vault.readRelease({ release: 'prj_test/rel1', objectId, manifest: told, partA });
    await expect(read).rejects.toThrow(
      'The release does not hold what its manifest says. A new release is needed.',
    );
  });

  it('leaves no plain text and no unfinished file, and everything is closed to other users', async () => {
    await aRelease();
    expect(everyFile(test.places.scratchDir)).toEqual([]);
    for (const kind of ['deposits', 'releases'])
      expect(readdirSync(path.join(test.places.vaultDir, kind, 'incoming'))).toEqual([]);
    for (const file of [...everyFile(test.places.vaultDir), ...everyFile(test.places.keyStoreDir)]) {
      expect(statSync(file).mode & 0o077).toBe(0);
      expect(readFileSync(file).includes('holder-pseudonym')).toBe(false);
    }
    for (const directory of [test.places.vaultDir, test.places.keyStoreDir, test.places.scratchDir])
      expect(statSync(directory).mode & 0o077).toBe(0);
  });

  it('I11: is not there, and leaves nothing, when its making was cancelled', async () => {
    const before = everyFile(test.places.vaultDir).length;
    const cancel = new AbortController();
    const deposit = await test.deposit(csv, 'prj_test/d6');
    const progress = (_done: number, step: string) => {
      if (step === 'reading the deposits') cancel.abort();
    };
    const making = test.vault.materialise(
      { release: 'prj_test/rel7', sources: [{ grant: rowsGrant, deposit, source: 's' }], partA },
      { signal: cancel.signal, progress },
    );
    await expect(making).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(everyFile(test.places.vaultDir)).toHaveLength(before + 1);
    expect(everyFile(test.places.scratchDir)).toEqual([]);
  });

  it('is closed, with its plain text gone, by the time a lost lease is reported', async () => {
    const release = 'prj_test/rel1';
    const { objectId, manifest } = await aRelease();
    const request = { release, objectId, manifest, partA };
    let isReading = false;
    const lease = { lengthMs: 60_000, renew: () => Promise.resolve(!isReading) };
    const reading = runLeased(
      lease,
      (signal) => test.vault.readRelease(request, { signal, progress: (done) => (isReading = done >= 0.5) }),
      { everyMs: 1 },
    );
    await expect(reading).rejects.toMatchObject({ code: 'LEASE_LOST' });
    expect(everyFile(test.places.scratchDir)).toEqual([]);
  });

  it('is refused for a deposit that does not meet its grant', async () => {
    const deposit = await test.deposit('person,treat\na,1\n', 'prj_test/d2');
    await expect(
      test.vault.materialise({
        release: 'prj_test/rel3',
        sources: [{ grant: rowsGrant, deposit, source: 's' }],
        partA,
      }),
    ).rejects.toThrow('Deposit prj_test/d2 does not meet its grant. Check it before a release.');
    const wrongValues = await test.deposit(`person,treat,re74,re78\n${name(1)},1,x,2\n`, 'prj_test/d3');
    await expect(
      test.vault.materialise({
        release: 'prj_test/rel3',
        sources: [{ grant: rowsGrant, deposit: wrongValues, source: 's' }],
        partA,
      }),
    ).rejects.toMatchObject({ code: 'NOT_CONFORMING' });
  });
});

describe('destruction', () => {
  it('makes a release unreadable for ever, once and however often it is asked for', async () => {
    const { objectId, manifest } = await aRelease(rowsGrant, 'prj_test/rel4');
    const certificate = await test.vault.destroy('release', 'prj_test/rel4', objectId);
    expect(certificate).toMatchObject({
      kind: 'release',
      id: 'prj_test/rel4',
      objectId,
      keyPart: { existed: true },
      left: { keyPart: false, object: false },
    });
    expect(certificate.bytes).toBeGreaterThan(manifest.bytes);
    await expect(
      test.vault.readRelease({ release: 'prj_test/rel4', objectId, manifest, partA }),
    ).rejects.toMatchObject({ code: 'KEY_MISSING' });
    // A retry looks again, and denies nothing of what was seen first.
    expect(await test.vault.destroy('release', 'prj_test/rel4', objectId)).toEqual({
      ...certificate,
      at: expect.any(String) as string,
    });
    await expect(aRelease(rowsGrant, 'prj_test/rel4')).rejects.toMatchObject({ code: 'KEY_DESTROYED' });
  });

  it('of the key part alone suffices, even where a copy of the bytes was kept', async () => {
    const { objectId, manifest } = await aRelease(rowsGrant, 'prj_test/rel5');
    await test.vault.keys.destroy('release', 'prj_test/rel5');
    await expect(
      test.vault.readRelease({ release: 'prj_test/rel5', objectId, manifest, partA }),
    ).rejects.toMatchObject({ code: 'KEY_MISSING' });
  });

  it('says what it found where there was nothing, and is refused where something is left', async () => {
    const none = `release-${'0'.repeat(64)}`;
    expect(await test.vault.destroy('release', 'prj_test/none', none)).toMatchObject({
      keyPart: { existed: false },
      ...{ bytes: 0, left: { keyPart: false, object: false } },
    });
    // What cannot be removed: a directory where the object should be.
    const stuck = `release-${'1'.repeat(64)}`;
    mkdirSync(path.join(test.places.vaultDir, 'releases', '11', stuck), { recursive: true });
    await expect(test.vault.destroy('release', 'prj_test/stuck', stuck)).rejects.toThrow();
  });

  it('of a deposit closes it', async () => {
    const deposit = await test.deposit(csv, 'prj_test/d4');
    await test.vault.destroy('deposit', 'prj_test/d4', deposit.objectId);
    await expect(test.vault.checkDeposit(deposit, rowsGrant.depositAs)).rejects.toMatchObject({
      code: 'KEY_MISSING',
    });
  });
});

describe('a result', () => {
  const files = [
    { name: 'tables.json', bytes: Buffer.from('{"tables":[]}') },
    { name: 'by_group.svg', bytes: Buffer.from('<svg/>') },
  ];

  it('I6: comes back as its manifest says, and the same files give the same object', async () => {
    const { objectId, manifest } = await test.vault.storeResult({ result: 'prj_test/a1', files, partA });
    expect(manifest.files.map((file) => file.name)).toEqual(['by_group.svg', 'tables.json']);
    expect(await test.vault.storeResult({ result: 'prj_test/a1', files, partA })).toEqual({
      objectId,
      manifest,
    });
    const back = await test.vault.loadResult({ result: 'prj_test/a1', objectId, manifest, partA });
    expect(back.get('tables.json')?.toString()).toBe('{"tables":[]}');
  });

  it('I6: is refused where the manifest is another', async () => {
    const { objectId, manifest } = await test.vault.storeResult({ result: 'prj_test/a1', files, partA });
    const other = { ...manifest, files: manifest.files.map((file) => ({ ...file, sha256: '0'.repeat(64) })) };
    await expect(
      test.vault.loadResult({ result: 'prj_test/a1', objectId, manifest: other, partA }),
    ).rejects.toMatchObject({ code: 'DIGEST_DIFFERS' });
    const shorter = { ...manifest, files: manifest.files.slice(0, 1) };
    await expect(
      test.vault.loadResult({ result: 'prj_test/a1', objectId, manifest: shorter, partA }),
    ).rejects.toMatchObject({ code: 'DIGEST_DIFFERS' });
  });
});
