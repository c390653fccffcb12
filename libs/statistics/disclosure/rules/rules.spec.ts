// Each rule by itself: which numbers pass, fail or go to a person; thresholds and verdicts of ACRO 1.0.
import type { Basis, CellTable, Contributions, RawCell, RawMeasure, RawTable, Statistic } from '../../table';
import { checkTables } from '../check';
import type { Against } from '../context';
import { Thresholds } from '../thresholds';

const thresholds = Thresholds.parse({});

function measure(statistic: Statistic, name: string = statistic): RawMeasure {
  return { name, label: name, unit: 'units', statistic };
}

/** One group of people and one number about them. */
function one(statistic: Statistic, basis: Partial<Basis>, value = 1): RawTable[] {
  const cell = { key: {}, people: 100, values: { [statistic]: value }, ...basis };
  return [{ kind: 'cells', name: 't', title: 't', keys: [], measures: [measure(statistic)], cells: [cell] }];
}

/** The verdicts of one rule, and what of the first cell is shown. */
function judged(raw: RawTable[], rule: string, against: Against = {}) {
  const { tables, findings } = checkTables(raw, thresholds, against);
  const verdicts = findings.filter((finding) => finding.rule === rule).map(({ verdict }) => verdict);
  const cell = tables[0]?.rows[0]?.cell;
  return { verdicts, shown: cell?.status === 'shown' ? cell.values : null };
}

const contributions = (values: readonly number[]): Contributions => {
  const [largest = 0, second = 0] = [...values].sort((a, b) => b - a);
  return {
    total: values.reduce((sum, value) => sum + value, 0),
    largest,
    second,
    anyNegative: values.some((value) => value < 0),
  };
};

describe('DOMAIN § 5 frequency', () => {
  it.each([
    [{ people: 10 }, ['pass']],
    [{ people: 9 }, ['fail']],
    [{ people: 0 }, ['fail']],
    [{ people: 9, records: 500 }, ['fail']],
    [{ people: 0, counted: 'publisher' as const }, ['pass']],
    [{ people: 0, counted: 'nobody' as const }, ['review']],
  ])('%j: %j', (basis, verdicts) => {
    expect(judged(one('frequency', basis), 'frequency').verdicts).toEqual(verdicts);
  });
});

describe('DOMAIN § 5 survival', () => {
  it.each([
    [{ exits: 10, atRisk: 10 }, 'pass'],
    [{ exits: 10, atRisk: 0 }, 'pass'],
    [{ exits: 10, atRisk: 1 }, 'fail'],
    [{ exits: 10, atRisk: 9 }, 'fail'],
    [{ exits: 9, atRisk: 50 }, 'fail'],
    [undefined, 'review'],
  ])('a step of %j: %s', (step, verdict) => {
    expect(judged(one('survival', step ? { step } : {}), 'survival').verdicts).toEqual([verdict]);
  });
});

describe('DOMAIN § 5 degrees of freedom', () => {
  it.each([
    [{ people: 11 }, ['pass']],
    [{ people: 10 }, ['fail']],
  ])('a standard deviation of %j: %j', (basis, verdicts) => {
    expect(judged(one('shape', basis), 'degrees_of_freedom').verdicts).toEqual(verdicts);
  });

  it.each([
    [10, 'pass', true],
    [9, 'fail', false],
    [Number.NaN, 'fail', false],
  ])('a model with %d: %s', (dof, verdict, isShown) => {
    const cells = ['a', 'b'].map((term) => ({ key: { term }, values: { model: 1 } }));
    const head = { name: 'm', title: 'm', keys: ['term'], measures: [measure('model')] };
    const model: RawTable = { ...head, kind: 'model', basis: { people: 50, dof }, cells };
    const { verdicts, shown } = judged([model], 'degrees_of_freedom');
    expect(verdicts).toEqual([verdict]);
    expect(shown !== null).toBe(isShown);
  });
});

describe('DOMAIN § 5 dominance, p-ratio and negatives', () => {
  const many = (largest: number[]) => [...largest, ...Array.from({ length: 20 }, () => 1)];
  it.each([
    ['two of 90 % exactly', [100, 80, ...Array.from({ length: 20 }, () => 1)], ['fail'], ['pass']],
    ['two of less than 90 %', many([90, 80]), ['pass'], ['pass']],
    ['the rest less than a tenth of the largest', many([300, 1]), ['fail'], ['fail']],
    ['two contributors only', [5, 5], ['fail'], ['fail']],
    ['nobody contributes', [0, 0, 0], ['pass'], ['fail']],
    ['a negative contribution', many([300, -1]), ['pass'], []],
  ])('%s', (_case, values, nk, p) => {
    const raw = one('linear', { contributions: { linear: contributions(values) } });
    expect(judged(raw, 'dominance').verdicts).toEqual(nk);
    expect(judged(raw, 'p_ratio').verdicts).toEqual(p);
    const isNegative = values.some((value) => value < 0);
    expect(judged(raw, 'negatives').verdicts).toEqual(isNegative ? ['review'] : []);
  });

  it.each([
    [{ holder: 'pass' as const }, ['pass'], true],
    [{ holder: 'fail' as const }, ['fail'], false],
    [{ holder: 'review' as const }, ['review'], true],
    [undefined, ['review'], true],
  ])('the holder says %j: %j', (holder, verdicts, isShown) => {
    const found = judged(one('linear', holder ? { contributions: { linear: holder } } : {}), 'dominance');
    expect(found.verdicts).toEqual(verdicts);
    expect(found.shown !== null).toBe(isShown);
  });
});

describe('DOMAIN § 5 full or empty cells', () => {
  const table = (counts: Record<string, number>, more: Partial<RawCell> = {}): CellTable => ({
    kind: 'cells',
    name: 't',
    title: 't',
    keys: ['group', 'answer'],
    measures: [measure('frequency')],
    cells: Object.entries(counts).map(([text, people]) => {
      const [group = '', answer = ''] = text.split(' ');
      const cell = { key: { group, answer }, people, values: { frequency: people } };
      return people === 0 ? { ...cell, ...more } : cell;
    }),
  });
  const failed = (raw: CellTable) =>
    checkTables([raw], thresholds)
      .findings.filter(({ rule, verdict }) => rule === 'full_or_empty' && verdict === 'fail')
      .map(({ cell }) => `${cell?.['group']} ${cell?.['answer']}`)
      .sort();
  const counts = { 'a yes': 40, 'a no': 0, 'b yes': 30, 'b no': 20 };

  it('fails an empty cell, the group that is all in the other, and the value that only one group has', () => {
    expect(failed(table(counts))).toEqual(['a no', 'a yes', 'b no']);
  });

  it('exempts structural zeros, and shows them', () => {
    const structural = table(counts, { structuralZero: true });
    expect(failed(structural)).toEqual([]);
    expect(checkTables([structural], thresholds).tables[0]?.rows[1]?.cell.status).toBe('shown');
  });

  it('does not mind keys that tell nothing about people', () => {
    const clusters = { ...table({ '1 yes': 40, '2 no': 30 }), characteristics: [] };
    expect(failed(clusters)).toEqual([]);
  });

  it('fails a mean to which everybody contributes the same', () => {
    const everybody = contributions(Array.from({ length: 100 }, () => 1));
    const raw = one('linear', { contributions: { linear: everybody } });
    expect(judged(raw, 'full_or_empty')).toEqual({ verdicts: ['fail'], shown: null });
    expect(judged(one('shape', {}, 0), 'full_or_empty').shown).toBeNull();
  });
});

describe('DOMAIN § 5 extremes', () => {
  it('never shows a minimum or maximum, but what stands beside it', () => {
    const [table] = one('extreme', {}) as [CellTable];
    const both = { ...table, measures: [...table.measures, measure('frequency', 'n')] };
    const cells = table.cells.map((cell) => ({ ...cell, values: { ...cell.values, n: 100 } }));
    const { verdicts, shown } = judged([{ ...both, cells }], 'extremes');
    expect(verdicts).toEqual(['fail']);
    expect(shown).toEqual({ n: 100 });
  });

  it.each([
    [{ below: 10, above: 10 }, 'pass'],
    [{ below: 9, above: 60 }, 'fail'],
    [{ below: 60, above: 9 }, 'fail'],
    [undefined, 'review'],
  ])('a quantile with %j: %s', (sides, verdict) => {
    const raw = one('position', sides ? { sides: { position: sides } } : {});
    expect(judged(raw, 'extremes').verdicts).toEqual([verdict]);
  });
});

describe('DOMAIN § 5 derived', () => {
  it('hides what is computed from a withheld measure, unless it uses others', () => {
    const [table] = one('position', {}) as [CellTable];
    const cell = (contrast: string, measures: string[]) => ({
      key: { contrast },
      values: { d: 1 },
      from: [{ table: 't', key: {}, measures }],
    });
    const derived: RawTable = {
      kind: 'derived',
      name: 'd',
      title: 'd',
      keys: ['contrast'],
      measures: [measure('linear', 'd')],
      cells: [cell('uses it', ['position']), cell('does not', ['n'])],
    };
    const cells = table.cells.map((each) => ({ ...each, sides: { position: { below: 1, above: 50 } } }));
    const { tables } = checkTables([{ ...table, cells }, derived], thresholds);
    expect(tables[1]?.rows.map((row) => row.cell.status)).toEqual(['suppressed', 'shown']);
  });
});

describe('B27: conditions on results', () => {
  const table = (more: Partial<CellTable> = {}, basis: Partial<Basis> = {}): RawTable[] => {
    const cells = ['n', 's'].map((district) => ({
      key: { district },
      people: 50,
      values: { mean: 1 },
      contributions: { mean: { holder: 'pass' as const } },
      ...basis,
    }));
    const measures = [{ ...measure('linear', 'mean'), fields: ['earnings'] }];
    return [{ kind: 'cells', name: 't', title: 't', keys: ['district'], measures, cells, ...more }];
  };
  const under = (kind: 'NO_BREAKDOWN_BY' | 'MIN_ORGANISATIONS' | 'SHOW_ONLY_WITH', value: string) => ({
    conditions: [{ kind, value }],
  });

  it.each([
    ['the field itself', under('NO_BREAKDOWN_BY', 'district'), {}, false],
    ['another field', under('NO_BREAKDOWN_BY', 'sex'), {}, true],
    [
      'every level of a finer field',
      { ...under('NO_BREAKDOWN_BY', 'region'), coarser: { district: ['region'] } },
      {},
      false,
    ],
    [
      'a key made from it',
      under('NO_BREAKDOWN_BY', 'postcode'),
      { breakdown: { district: ['postcode'] } },
      false,
    ],
  ])('NO_BREAKDOWN_BY %s', (_case, against, more, isShown) => {
    expect(judged(table(more), 'condition', against).shown !== null).toBe(isShown);
  });

  it.each([
    ['3', 3, ['pass'], true],
    ['3', 2, ['fail', 'fail'], false],
    ['', 2, ['fail', 'fail'], false],
    ['5', 4, ['fail', 'fail'], false],
    ['3', undefined, ['review'], true],
  ])('MIN_ORGANISATIONS "%s" on %s', (value, organisations, verdicts, isShown) => {
    const raw = table({}, organisations === undefined ? {} : { organisations });
    const found = judged(raw, 'condition', under('MIN_ORGANISATIONS', value));
    expect(found.verdicts).toEqual(verdicts.filter((verdict) => verdict !== 'pass'));
    expect(found.shown !== null).toBe(isShown);
  });

  it.each([
    ['absent', {}, {}, false],
    ['a companion field', { companions: ['hours'] }, {}, true],
    ['a context note', {}, { contextNotes: { hours: 'Hours were counted anew in 2020.' } }, true],
  ])('SHOW_ONLY_WITH: %s', (_case, more, notes, isShown) => {
    const against = { ...under('SHOW_ONLY_WITH', 'hours'), ...notes };
    expect(judged(table(more), 'condition', against).shown !== null).toBe(isShown);
  });

  it('B39: tells what may not be done with the result, and whom retention hides, beside every table', () => {
    const { tables } = checkTables(table(), thresholds, {
      conditions: [
        { kind: 'NO_USE_FOR', value: 'ranking providers' },
        { kind: 'REVIEW_BEFORE_SHARING', value: '10' },
      ],
      caveats: ['People who left are kept for a year only.'],
    });
    expect(tables[0]?.notes).toEqual([
      'The holder does not allow this to be used for: ranking providers.',
      'The holder reviews this before it is shared further; its comment travels with the result.',
      'People who left are kept for a year only.',
    ]);
  });
});
