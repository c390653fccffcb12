// Several holders' deposits in one release, and what a release adds to those made before it.
import { randomBytes } from 'node:crypto';
import type { OpenedDeposit } from '../contract';
import { GrantSpec } from '../grant/spec';
import { aVault, valuesOf } from '../testing/places';
import type { TestVault } from '../testing/places';
import type { EarlierRelease } from './people';

let test: TestVault;
beforeEach(async () => {
  test = await aVault();
});
afterEach(() => test.remove());

const partA = randomBytes(32);
const person = (n: number) => `linked${String(n).padStart(12, '0')}`;
const grantOf = (fields: object[], more: object = {}) => {
  const spec = { level: 'ROWS', fields: [{ name: 'p', type: 'pseudonym' }, ...fields], ...more };
  return GrantSpec.parse({ depositAs: spec, releaseAs: spec, tier: 'DEIDENTIFIED' });
};
const health = grantOf([
  { name: 'area', type: 'category' },
  { name: 'admitted', type: 'category', codes: ['0', '1'], sensitive: true, quasiIdentifier: false },
]);
const benefits = grantOf([
  { name: 'area', type: 'category' },
  { name: 'income', type: 'number' },
]);

interface Source {
  deposit: OpenedDeposit;
  grant: GrantSpec;
  source: string;
  isPublished?: boolean;
}

const csv = (header: string, lines: string[]) => `${header}\n${lines.join('\n')}\n`;
async function source(name: string, grant: GrantSpec, header: string, lines: string[]): Promise<Source> {
  return { deposit: await test.deposit(csv(header, lines), `prj_test/${name}`), grant, source: name };
}

async function release(id: string, sources: Source[], earlier: EarlierRelease[] = []) {
  const units = { project: 'prj_test', partA, earlier };
  const made = await test.vault.materialise({ release: id, sources, partA, units });
  const data = await test.vault.readRelease({ release: id, partA, ...made });
  const columns = Object.fromEntries(
    Object.entries(data.columns).map(([name, column]) => [name, valuesOf(column)]),
  );
  return { ...made, columns };
}

describe('a linked release', () => {
  const both = async () => [
    await source('health', health, 'p,area,admitted', [`${person(1)},N,1`, `${person(2)},S,0`]),
    await source('benefits', benefits, 'p,area,income', [`${person(2)},S,50`, `${person(3)},N,70`]),
  ];

  it('B8: joins the rows of several holders by the pseudonyms their linkage made the same, and renames everybody', async () => {
    const { manifest, columns } = await release('prj_test/rel1', await both());
    expect(Object.keys(columns)).toEqual(['person', 'health.area', 'admitted', 'benefits.area', 'income']);
    expect(manifest).toMatchObject({
      ...{ tier: 'LINKED_DEIDENTIFIED', rows: 3 },
      linkage: {
        people: [
          { deposit: 'prj_test/health', people: 2 },
          { deposit: 'prj_test/benefits', people: 2 },
        ],
        inAll: 1,
      },
    });
    const at = columns['income']!.indexOf(50);
    expect([columns['admitted']![at], columns['health.area']![at]]).toEqual(['0', 'S']);
    const names = columns['person'] as string[];
    expect(new Set(names).size).toBe(3);
    for (const name of names) expect(name).toMatch(/^[0-9a-f]{32}$/);
    const again = await release('prj_test/rel2', await both());
    expect(again.columns['person']!.some((name) => names.includes(String(name)))).toBe(false);
  });

  it('B8: comes out byte for byte the same from the same deposits, grants and keys', async () => {
    const sources = await both();
    const first = await release('prj_test/rel1', sources);
    const again = await release('prj_test/rel1', sources);
    expect(again.manifest.sha256).toBe(first.manifest.sha256);
    expect(again.objectId).toBe(first.objectId);
  });

  it('B8: is refused where two deposits have several rows a person: the join would make rows nobody granted', async () => {
    const sources = [
      await source('a', health, 'p,area,admitted', [`${person(1)},N,1`, `${person(1)},N,0`]),
      await source('b', benefits, 'p,area,income', [`${person(1)},S,50`, `${person(1)},N,70`]),
    ];
    await expect(release('prj_test/rel1', sources)).rejects.toThrow(
      'A linked release cannot be made: several of its deposits have more than one row a person, which would multiply their rows. Name other requests.',
    );
  });

  it('B8: is refused where a deposit has no pseudonym to be linked by', async () => {
    const spec = { level: 'ROWS', fields: [{ name: 'area', type: 'category' }] };
    const grant = GrantSpec.parse({ depositAs: spec, releaseAs: spec, tier: 'DEIDENTIFIED' });
    const sources = [(await both())[0]!, await source('b', grant, 'area', ['N'])];
    await expect(release('prj_test/rel1', sources)).rejects.toThrow(
      /only rows with a pseudonym can be linked/,
    );
  });
});

describe('published rows in a linked release', () => {
  const spec = (fields: object[]) => ({ level: 'ROWS', fields });
  const AREAS = spec([
    { name: 'area', type: 'category' },
    { name: 'debts', type: 'integer' },
  ]);
  const areas = GrantSpec.parse({ depositAs: AREAS, releaseAs: AREAS, tier: 'DEIDENTIFIED' });
  const published = async (name: string, lines: string[], grant = areas, header = 'area,debts') => ({
    ...(await source(name, grant, header, lines)),
    isPublished: true,
  });
  const people = () =>
    source('health', health, 'p,area,admitted', [
      ...[`${person(1)},N,1`, `${person(2)},S,0`, `${person(3)},N,0`, `${person(4)},E,0`],
    ]);

  it('B23 B26: stand beside each person of their area, and the manifest says of how many rows they speak', async () => {
    const { manifest, columns } = await release('prj_test/rel1', [
      await people(),
      await published('areas', ['N,30', 'S,5', 'W,60']),
    ]);
    expect(manifest).toMatchObject({
      ...{ tier: 'LINKED_DEIDENTIFIED', rows: 4 },
      linkage: {
        people: [{ deposit: 'prj_test/health', people: 4 }],
        published: [{ deposit: 'prj_test/areas', by: ['area'], rows: 4, found: 3 }],
      },
      assessment: { people: 4 },
    });
    expect(Object.keys(columns)).toEqual(['person', 'area', 'admitted', 'debts']);
    const beside = columns['area']!.map((area, at) => [area, columns['debts']![at]]);
    expect(new Map(beside as [string, unknown][])).toEqual(
      new Map<string, unknown>([
        ['N', 30],
        ['S', 5],
        ['E', Number.NaN],
      ]),
    );
  });

  it('B8 B23: stand beside the rows of several holders too, by the field of the one that has it', async () => {
    const work = grantOf([{ name: 'income', type: 'number' }]);
    const { columns, manifest } = await release('prj_test/rel1', [
      await people(),
      await source('work', work, 'p,income', [`${person(2)},50`, `${person(9)},70`]),
      await published('areas', ['S,5']),
    ]);
    expect(manifest.linkage).toMatchObject({ inAll: 1, published: [{ rows: 5, found: 1 }] });
    const at = columns['income']!.indexOf(50);
    expect(columns['debts']![at]).toBe(5);
    expect(columns['debts']![columns['income']!.indexOf(70)]).toBeNaN();
  });

  it.each([
    ['that say several things of one area', ['N,30', 'N,31'], /has several rows of one area/],
    ['that share no field with the others', null, /has no rows with a field that the others have too/],
  ])('B23: are refused %s', async (_what, lines, message) => {
    const STRANGE = spec([
      { name: 'town', type: 'category' },
      { name: 'debts', type: 'integer' },
    ]);
    const strange = GrantSpec.parse({ depositAs: STRANGE, releaseAs: STRANGE, tier: 'DEIDENTIFIED' });
    const other = lines
      ? await published('areas', lines)
      : await published('areas', ['N,30'], strange, 'town,debts');
    await expect(release('prj_test/rel1', [await people(), other])).rejects.toThrow(message);
  });

  it('B8: a holder’s own rows are never joined by what people may have in common: only published ones are', async () => {
    const rows = await published('areas', ['N,30']);
    const made = release('prj_test/rel1', [await people(), { ...rows, isPublished: false }]);
    await expect(made).rejects.toThrow(/only rows with a pseudonym can be linked/);
  });

  it('B23: are refused where it is not said whose field they are joined by', async () => {
    const both = [
      await people(),
      await source('benefits', benefits, 'p,area,income', [`${person(2)},S,50`]),
      await published('areas', ['S,5']),
    ];
    await expect(release('prj_test/rel1', both)).rejects.toThrow(/several of its deposits have "area"/);
  });
});

describe('the assessment of a release', () => {
  const people = (from: number, to: number, area = 'N', admitted = '1') =>
    Array.from({ length: to - from }, (_, n) => `${person(from + n)},${area},${admitted}`);

  it('T9: counts uniqueness, k-anonymity and l-diversity over what others may know', async () => {
    const lines = [
      ...people(0, 12),
      ...people(12, 13, 'S'),
      ...people(13, 20, 'W', '0'),
      ...people(20, 22, 'W'),
    ];
    const { manifest } = await release('prj_test/rel1', [
      await source('h', health, 'p,area,admitted', lines),
    ]);
    expect(manifest.assessment).toMatchObject({
      ...{ people: 22, quasiIdentifiers: ['area'], smallestGroup: 1, uniqueGroups: 1, smallGroups: 2 },
      smallestGroups: [1, 9, 12],
      diversity: [{ field: 'admitted', fewestValues: 1, groupsAlike: 2 }],
      across: { releases: [], together: { releases: 1, smallestGroup: 1, alone: 1 } },
    });
  });

  it('T9: finds a re-deposit that differs from a past release by a few people, though every name is new', async () => {
    const one = await release('prj_test/rel1', [
      await source('h1', health, 'p,area,admitted', people(0, 30)),
    ]);
    const earlier = [{ release: 'prj_test/rel1', isLive: false, units: one.manifest.units ?? null }];
    const lines = people(0, 27);
    const two = await release(
      'prj_test/rel2',
      [await source('h2', health, 'p,area,admitted', lines)],
      earlier,
    );
    expect(two.manifest.assessment.across).toEqual({
      releases: [
        {
          ...{ release: 'prj_test/rel1', isLive: false },
          people: { both: 27, onlyHere: 0, onlyThere: 3, isClose: true, closeGroups: 1 },
        },
      ],
      together: { releases: 2, smallestGroup: 27, alone: 0 },
    });
  });

  it('T9: accumulates over all releases: groups that are large in each are small together', async () => {
    const split = (by: (n: number) => string) =>
      Array.from({ length: 40 }, (_, n) => `${person(n)},${by(n)},1`);
    const one = await release('prj_test/rel1', [
      await source(
        'h1',
        health,
        'p,area,admitted',
        split((n) => (n < 20 ? 'N' : 'S')),
      ),
    ]);
    const earlier: EarlierRelease[] = [
      { release: 'prj_test/rel1', isLive: true, units: one.manifest.units ?? null },
      { release: 'prj_test/cells', isLive: true, units: null },
    ];
    const lines = split((n) => (n < 19 || n === 39 ? 'E' : 'W'));
    const two = await release(
      'prj_test/rel2',
      [await source('h2', health, 'p,area,admitted', lines)],
      earlier,
    );
    expect(two.manifest.assessment).toMatchObject({ smallestGroup: 20, uniqueGroups: 0 });
    expect(two.manifest.assessment.across).toEqual({
      releases: [
        {
          ...{ release: 'prj_test/rel1', isLive: true },
          people: { both: 40, onlyHere: 0, onlyThere: 0, isClose: false, closeGroups: 0 },
        },
        { release: 'prj_test/cells', isLive: true, people: null },
      ],
      together: { releases: 2, smallestGroup: 1, alone: 2 },
    });
  });

  it('DOMAIN § 5 differencing: tells by the project’s own ids who of other releases is who, though every name is new', async () => {
    const grant = grantOf([{ name: 'income', type: 'number' }]);
    const made = async (id: string, from: number, to: number) => {
      const lines = Array.from({ length: to - from }, (_, n) => `${person(from + n)},${from + n}`);
      return release(`prj_test/${id}`, [await source(id, grant, 'p,income', lines)]);
    };
    const [one, two, three] = [
      await made('rel1', 0, 30),
      await made('rel2', 5, 33),
      await made('rel3', 0, 8),
    ];
    const kept = ({ manifest }: typeof one, id: string) => ({
      ...{ release: `prj_test/${id}`, units: manifest.units ?? '' },
    });
    const places = await test.vault.placesAcross({
      here: { ...kept(two, 'rel2'), rows: two.manifest.rows },
      others: [kept(one, 'rel1'), kept(three, 'rel3')],
      ...{ project: 'prj_test', partA },
    });
    const incomeAt = (place: number | undefined) => two.columns['income']?.[place ?? -1];
    const strangers = new Map<unknown, Set<number>>();
    for (const [index, other] of [one, three].entries()) {
      other.columns['income']?.forEach((income, at) => {
        const place = places[index]?.get(at);
        if (Number(income) >= 5) expect(incomeAt(place)).toBe(income);
        else strangers.set(income, (strangers.get(income) ?? new Set()).add(place ?? -1));
      });
    }
    // Whoever is in none of the rows here has one number beyond them, the same in both.
    expect([...strangers.values()].map(({ size }) => size)).toEqual([1, 1, 1, 1, 1]);
    expect(new Set([...strangers.values()].flatMap((all) => [...all])).size).toBe(5);
    expect(Math.min(...[...strangers.values()].flatMap((all) => [...all]))).toBeGreaterThanOrEqual(28);
    await test.vault.keys.destroy('units', 'prj_test');
    const asked = { here: { ...kept(two, 'rel2'), rows: 28 }, others: [], project: 'prj_test', partA };
    await expect(test.vault.placesAcross(asked)).rejects.toMatchObject({ code: 'KEY_MISSING' });
  });

  it('T9: can no longer compare once the key of the project’s units is destroyed', async () => {
    const sources = [await source('h1', health, 'p,area,admitted', people(0, 12))];
    await release('prj_test/rel1', sources);
    await test.vault.keys.destroy('units', 'prj_test');
    await expect(release('prj_test/rel2', sources)).rejects.toMatchObject({ code: 'KEY_DESTROYED' });
  });
});

describe('people who object', () => {
  it('are in no release made from then on, whatever else stays the same', async () => {
    const lines = Array.from({ length: 12 }, (_, n) => `${person(n)},N,1`);
    const all = await source('h', health, 'p,area,admitted', lines);
    const { manifest } = await release('prj_test/rel1', [all]);
    expect(manifest.rows).toBe(12);
    const without = [{ ...all, without: [person(3), 'never in it at all'] }];
    const anew = await release('prj_test/rel2', without);
    expect(anew.manifest).toMatchObject({ rows: 11, assessment: { people: 11 } });
  });

  it('may be everybody: the release is empty, and reads so', async () => {
    const all = await source('e', health, 'p,area,admitted', [`${person(1)},N,1`, `${person(2)},N,1`]);
    const without = [{ ...all, without: [person(1), person(2)] }];
    const { objectId, manifest } = await release('prj_test/rel3', without);
    const data = await test.vault.readRelease({ release: 'prj_test/rel3', objectId, manifest, partA });
    expect([manifest.rows, data.rows]).toEqual([0, 0]);
    expect(Object.values(data.columns).flatMap(valuesOf)).toEqual([]);
  });

  it('stop every release of a deposit in which nobody can be told apart', async () => {
    const spec = { level: 'ROWS', fields: [{ name: 'area', type: 'category' }] };
    const grant = GrantSpec.parse({ depositAs: spec, releaseAs: spec, tier: 'DEIDENTIFIED' });
    const sources = [{ ...(await source('b', grant, 'area', ['N'])), without: [person(1)] }];
    await expect(release('prj_test/rel1', sources)).rejects.toThrow(
      'People object, and the deposit has no pseudonyms to leave them out by. Ask the holder for a deposit without them.',
    );
  });
});
