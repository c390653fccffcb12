// The comparison of identifiers against published values, and linkage against a population whose truth is known.
import fc from 'fast-check';
import { jaroWinkler, soundex } from './comparison';
import { link } from './linkage';
import type { HolderFile } from './linkage';
import { isNhsNumber, standardised } from './records';
import type { Identifier, Person } from './records';
import { reportOf } from './report';

const THRESHOLDS = { link: 0.99, doubtful: 0.5 };

/** A repeatable source of numbers between 0 and 1 (Park and Miller 1988). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

const FORENAMES =
  'anna ben carla david elif farah george hana ivan julia karim lena marc nora omar petra'.split(' ');
const SURNAMES =
  'abbott bennett clarke davies edwards fletcher gibson hughes ingram jenkins kaur lawson mehta norris okafor patel quinn reid shah turner'.split(
    ' ',
  );

type Raw = Record<Identifier, string>;

function nhsNumber(n: number): string {
  const nine = String(400_000_000 + n * 7).padStart(9, '0');
  const check = (11 - ([...nine].reduce((sum, digit, at) => sum + Number(digit) * (10 - at), 0) % 11)) % 11;
  return check === 10 ? '' : `${nine}${check}`;
}

function population(size: number): Raw[] {
  const next = numbers(7);
  const pick = (from: readonly string[]) => from[Math.floor(next() * from.length)]!;
  const two = (most: number) => String(1 + Math.floor(next() * most)).padStart(2, '0');
  return Array.from({ length: size }, (_, n) => ({
    nhs: nhsNumber(n),
    forename: pick(FORENAMES),
    surname: pick(SURNAMES) + (next() < 0.3 ? 'son' : ''),
    birth: `${1930 + Math.floor(next() * 75)}-${two(12)}-${two(28)}`,
    sex: next() < 0.5 ? 'F' : 'M',
    postcode: `AB${1 + Math.floor(next() * 30)} ${Math.floor(next() * 9)}CD`,
  }));
}

/** The same people as another body knows them: without NHS numbers, with slips, moved house. */
function known(people: readonly Raw[], next: () => number): Raw[] {
  return people.map((person) => ({
    ...person,
    nhs: '',
    forename: next() < 0.08 ? person.forename.replace(/.$/, 'x') : person.forename,
    surname:
      next() < 0.05 ? `${person.surname[1]}${person.surname[0]}${person.surname.slice(2)}` : person.surname,
    birth: next() < 0.03 ? person.birth.replace(/(\d\d)$/, '15') : person.birth,
    postcode: next() < 0.2 ? 'ZZ9 9ZZ' : person.postcode,
  }));
}

const file = (holder: string, people: readonly Raw[], from = 0): HolderFile => ({
  holder,
  people: people.map((person, n) => standardised(`${holder}${from + n}`, person)),
});
const nobody = () => null;
const numberOf = ({ key }: Person) => Number(/\d+$/.exec(key)?.[0]);

describe('the comparison of identifiers', () => {
  it.each([
    ['MARTHA', 'MARHTA', 0.9611],
    ['DIXON', 'DICKSONX', 0.8133],
    ['DWAYNE', 'DUANE', 0.84],
    ['ABC', 'XYZ', 0],
  ])('Jaro-Winkler of %s and %s is %d (Winkler 1990)', (x, y, expected) => {
    expect(jaroWinkler(x, y)).toBeCloseTo(expected, 3);
  });

  it.each([
    ['ROBERT', 'R163'],
    ['RUPERT', 'R163'],
    ['ASHCRAFT', 'A261'],
    ['TYMCZAK', 'T522'],
    ['PFISTER', 'P236'],
    ['HONEYMAN', 'H555'],
  ])('Soundex of %s is %s (US National Archives)', (name, code) => {
    expect(soundex(name)).toBe(code);
  });

  it('is the same from either side, between 0 and 1', () => {
    const name = fc.string({ unit: fc.constantFrom(...'ABCDE'), minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(name, name, (x, y) => {
        const similarity = jaroWinkler(x, y);
        expect(similarity).toBeGreaterThanOrEqual(0);
        expect(similarity).toBeLessThanOrEqual(1);
        expect(jaroWinkler(x, x)).toBe(1);
      }),
    );
  });

  it('takes an NHS number only with its check digit, and names without accents and signs', () => {
    expect(isNhsNumber('9434765919')).toBe(true);
    expect(isNhsNumber('9434765918')).toBe(false);
    expect(standardised('k', { forename: 'Zoë-Ann', surname: "O'Brien", nhs: '943 476 5919' })).toMatchObject(
      {
        ...{ forename: 'ZOEANN', surname: 'OBRIEN', nhs: '9434765919', birth: '' },
      },
    );
  });
});

describe('linkage', () => {
  const people = population(1500);
  const other = known(people.slice(500), numbers(11));

  it('B8: finds the same people by probability where no number is shared, and hardly anybody else', () => {
    const { holders } = link([file('a', people), file('b', other, 500)], THRESHOLDS, nobody);
    const [a, b] = holders.map(({ linked }) => linked);
    const ofLink = new Map(a!.map(({ link: id, person }) => [id, person]));
    const found = b!.flatMap(({ link: id, person }) => {
      const partner = ofLink.get(id);
      return partner ? [numberOf(partner) === numberOf(person)] : [];
    });
    const right = found.filter(Boolean).length;
    expect(right / found.length).toBeGreaterThan(0.99);
    expect(right / other.length).toBeGreaterThan(0.9);
  });

  it('B8: links by rule where numbers agree, also when names are spelled otherwise', () => {
    const again = people.slice(0, 50).map((person) => ({ ...person, forename: 'x', postcode: '' }));
    const { holders, doubtful } = link([file('a', people), file('b', again)], THRESHOLDS, nobody);
    const given = again.filter(({ nhs }) => nhs !== '').length;
    const byRule = holders[1]!.linked.filter(({ isMatched }) => isMatched);
    expect(byRule.length + doubtful.length).toBeGreaterThanOrEqual(given);
  });

  it('B8: leaves two equally good partners to a person, who decides', () => {
    const twin = { ...people[3]!, nhs: '' };
    const files = [
      file(
        'a',
        [...people.slice(0, 3), twin, twin].map((each) => ({ ...each, nhs: '' })),
      ),
      file('b', [twin]),
    ];
    // The same holder's two rows of one person are repeats, so the twins differ by a letter.
    const [x, y] = [
      files[0]!.people[3]!,
      { ...files[0]!.people[4]!, forename: `${files[0]!.people[4]!.forename}E` },
    ];
    const a = {
      holder: 'a',
      people: [...files[0]!.people.slice(0, 3), { ...x, forename: `${x.forename}A` }, y],
    };
    const first = link([a, files[1]!], { link: 0.999, doubtful: 0.0001 }, nobody);
    expect(first.doubtful.map(({ a: one }) => one.key).sort()).toEqual(['a3', 'a4']);
    const decided = link([a, files[1]!], { link: 0.999, doubtful: 0.0001 }, (one) => one.key === 'a4');
    expect(decided.doubtful).toEqual([]);
    expect(decided.holders[1]!.linked[0]!.link).toBe(decided.holders[0]!.linked[4]!.link);
  });

  it('B8: gives a holder’s two rows of one person one link, and counts them as repeats', () => {
    const twice = [people[0]!, people[0]!, people[1]!];
    const { holders } = link([file('a', twice), file('b', [people[1]!])], THRESHOLDS, nobody);
    const [first, second, third] = holders[0]!.linked;
    expect(new Set(holders[0]!.linked.map(({ link: id }) => id)).size).toBe(2);
    expect([first, second, third].filter((each) => each?.isDuplicate)).toHaveLength(1);
  });

  it('B8: reports rates by subgroup, and no count of few people', () => {
    const report = reportOf(link([file('a', people), file('b', other, 500)], THRESHOLDS, nobody), THRESHOLDS);
    const { matched, unmatched, people: all, subgroups } = report.holders[1]!;
    expect(all).toBe(1000);
    expect((matched ?? 0) + (unmatched ?? 0)).toBe(1000);
    expect(Object.keys(subgroups)).toEqual(['sex', 'decade of birth', 'postcode area', 'NHS number']);
    expect(subgroups['postcode area']!['ZZ']!.rate).toBeLessThan((matched ?? 0) / 1000);
    const few = reportOf(
      link([file('a', people), file('b', other.slice(0, 5), 500)], THRESHOLDS, nobody),
      THRESHOLDS,
    );
    expect(few.holders[1]).toMatchObject({ people: null, matched: null, unmatched: null, rate: null });
  });

  it('is the same each time but for the link ids', () => {
    const run = () => {
      let n = 0;
      const files = [file('a', people.slice(0, 700)), file('b', other.slice(0, 300), 500)];
      return link(files, THRESHOLDS, nobody, () => `l${(n += 1)}`);
    };
    expect(run()).toEqual(run());
  });
});
