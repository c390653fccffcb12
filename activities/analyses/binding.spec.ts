// What binds a run: gathered from the ledger's state, whatever the author registered.
import type { Analysis, MatrixEntry, ProjectState } from '#libs/domain';
import { analysis, HOLDER, permitted } from '../../libs/testing/story';
import { runMethod, textColumn, within } from '#libs/statistics';
import type { MethodInput } from '#libs/statistics';
import { bindingOf, commitmentsIn } from './binding';
import type { Bound } from './binding';
import { computationOf } from './input';

const story = permitted();
story.onProject(story.as('researcher'), analysis(story));

function bound(change: Partial<ProjectState> = {}): Bound {
  const world = { ...story.world, project: { ...story.project, ...change } };
  return { world, analysis: world.project.analyses['a1']!, release: world.project.releases['rel1']! };
}
const binding = (change: Partial<ProjectState> = {}, words: [string, string][] = []) =>
  bindingOf(bound(change), new Map(words), story.now);

const source = (measure: 'FLOW' | 'STOCK', holder = HOLDER): Pick<ProjectState, 'sources'> => {
  const told = { heldBy: null, collectedFor: 'c', missing: 'whom', provenance: 'ADMINISTRATIVE' } as const;
  const terms = { ...told, name: 'programme', holder, measure, access: { kind: 'REQUESTED' } } as const;
  const by = { registeredBy: 'per_holder', registeredAt: story.now, earlier: [] };
  return { sources: { src1: { id: 'src1', terms, ...by } } };
};

const broken = (over: Partial<MatrixEntry> = {}): Pick<ProjectState, 'matrix'> => {
  const judgement = { status: 'INADMISSIBLE', ground: 'VALIDITY', reason: 'r', caveat: null } as const;
  const judged = { ...judgement, answers: [], knowledge: [], person: 'p', organisation: 'o', at: story.now };
  const seriesBreak = { at: '2015-04-01', cause: 'cause' };
  const entry: MatrixEntry = {
    ...{ id: 'ad1', source: 'programme', field: 're78', uses: ['TREND'], subpopulation: null },
    ...{ period: { from: null, to: null }, status: 'INADMISSIBLE', challenges: [], knowledge: [] },
    ...{ judgements: [{ ...judged, seriesBreak }], at: story.now },
    ...over,
  };
  return { matrix: { ad1: entry } };
};

describe('what binds a run', () => {
  it('DOMAIN § 5: what the dictionary says cannot be is no empty cell of a few', () => {
    const zero = { treat: '1', race: 'hispan' };
    const described = { deposit: 'd1', variables: [], structuralZeros: [zero], published: null };
    const dictionaries = { d1: { ...described, person: 'per_holder', at: story.now } };
    const { impossible } = binding({ dictionaries });
    expect(impossible).toEqual([zero]);
    const codes = Array.from({ length: 60 }, (_, n) => [
      n % 3 === 0 ? '1' : '0',
      n % 6 === 4 ? 'hispan' : 'black',
    ]);
    const treat = textColumn(codes.map(([code]) => code!));
    const race = textColumn(codes.map(([, code]) => code!));
    const data = { shape: 'rows' as const, rows: 60, columns: { treat, race } };
    const cells = (options: { impossible?: typeof impossible }) => {
      const { result } = runMethod('crosstab', data, { fields: ['treat', 'race'] }, options);
      return result.tables[0]?.rows.map(({ key, cell }) => [Object.values(key).join(), cell.status]);
    };
    expect(cells({})).not.toContainEqual(['1,hispan', 'shown']);
    expect(cells({ impossible })).toEqual([
      ['0,black', 'shown'],
      ['0,hispan', 'shown'],
      ['1,black', 'shown'],
      ['1,hispan', 'shown'],
    ]);
  });

  it('B35: whom it read stands beside every table', () => {
    const run = bound();
    const intention = { subpopulation: { field: 'treat', values: ['0', '1'] } };
    const narrowed = bindingOf({ ...run, analysis: { ...run.analysis, intention } }, new Map(), story.now);
    expect(narrowed.against.caveats).toEqual(['Read were only rows whose treat is 0 or 1.']);
    const dated = (by?: string) => {
      const window = { from: '2014-01-01', to: null, ...(by === undefined ? {} : { by }) };
      return bindingOf(
        { ...run, analysis: { ...run.analysis, intention: { window } } },
        new Map(),
        story.now,
      );
    };
    expect(dated('year').against.caveats).toEqual([
      'Read were only rows whose year lies in 2014-01-01 to the end.',
    ]);
    expect(dated().against.caveats?.[0]).toContain('all rows were read');
  });

  it('B39: what the register declares of the source reaches the method, and survival on STOCK says why not', () => {
    const { declared, against } = binding(source('STOCK'), [['whom', 'people in prison']]);
    expect(declared.collected).toBe('STOCK');
    expect(against.caveats).toEqual([
      'programme holds people only while they are there (STOCK): short and repeated use is under-represented.',
      'Not in programme: people in prison',
    ]);
    const spells: MethodInput = {
      ...{ shape: 'rows', rows: 2, columns: { time: { kind: 'number', values: Float64Array.of(1, 2) } } },
      ...declared,
    };
    expect(() => runMethod('survival', spells, { time: 'time', width: 1 })).toThrow(
      /they are there \(STOCK\).*B39/,
    );
  });

  it.each([
    ['FLOW', source('FLOW'), 'FLOW'],
    ['another holder’s source of that name', source('FLOW', 'org_other'), undefined],
    ['none', {}, undefined],
  ])('B39: declared is only what the register says of exactly this source: %s', (_name, change, expected) => {
    expect(binding(change).declared.collected).toBe(expected);
  });

  it('B26: a field granted by area is said to describe the area and not the person, wherever a run uses it', () => {
    const terms = (field: string, level: 'SMALL_AREA' | 'INDIVIDUAL') => ({
      ...{ field, period: null, granularity: { level, vintage: level === 'SMALL_AREA' ? '2011' : null } },
    });
    const request = story.project.requests['r1']!;
    const grant = {
      ...request.answer!.grant!,
      detail: [terms('re78', 'SMALL_AREA'), terms('treat', 'INDIVIDUAL')],
    };
    const change = { requests: { r1: { ...request, answer: { ...request.answer!, grant } } } };
    expect(binding(change).against.caveats).toEqual([
      're78 describes the small area somebody lives in (2011), and not the person.',
    ]);
    const run = bound(change);
    run.analysis = { ...run.analysis, intention: { fields: ['treat'] } };
    expect(bindingOf(run, new Map(), story.now).against.caveats).toEqual([]);
  });

  it('B26: what was published of an area is as coarse as the field it is joined by, and no caveat makes it a person’s', () => {
    const request = story.project.requests['r1']!;
    const spec = (...names: string[]) => ({
      ...{ level: 'ROWS' as const, dimensions: [], sums: [] },
      fields: names.map((name) => ({ name, type: 'category' as const })),
    });
    const detail = [
      { field: 'treat', period: null, granularity: { level: 'SMALL_AREA' as const, vintage: '2011' } },
    ];
    const areas = {
      ...{
        id: 'imp1',
        cycle: 'c1',
        source: 'src9',
        digest: 'd',
        person: 'p',
        organisation: 'o',
        at: story.now,
      },
      ...{
        depositAs: spec('treat', 'debts'),
        releaseAs: spec('treat', 'debts'),
        expires: story.now,
        checks: [],
      },
      file: { address: 'a', licence: 'l', version: 'v', disclosureControl: 'rounded' },
    };
    const beside = (terms: typeof detail) => {
      const grant = { ...request.answer!.grant!, detail: terms };
      const run = bound({
        requests: { r1: { ...request, answer: { ...request.answer!, grant } } },
        imports: { imp1: areas },
      });
      run.release = { ...run.release, imports: ['imp1'] };
      run.analysis = { ...run.analysis, intention: { fields: ['debts'] } };
      return bindingOf(run, new Map(), story.now).against.caveats?.slice(0, 1);
    };
    expect(beside(detail)).toEqual([
      'debts describes the small area somebody lives in (2011), and not the person.',
    ]);
    expect(beside([])).toEqual(['debts describes everybody of the same treat, and not the person.']);
  });

  it('B38: a break decided after the run was registered binds it, with its cause in words', () => {
    expect(bound().analysis.caveats).toEqual([]);
    expect(binding(broken(), [['cause', 'counted otherwise']]).declared.breaks).toEqual([
      { field: 're78', at: '2015-04-01', reason: 'counted otherwise' },
    ]);
  });

  it('B38: use and window that a run was registered with do not talk round the break: the series is refused by the data', () => {
    const count = 60;
    const data: MethodInput = {
      ...{ shape: 'rows', rows: count },
      columns: {
        year: textColumn(Array.from({ length: count }, (_, row) => String(2014 + (row % 3)))),
        re78: { kind: 'number', values: Float64Array.from({ length: count }, (_, row) => row) },
      },
    };
    const params = { time: 'year', outcome: 're78' };
    const run = bound(broken());
    const outcomeOf = (intention: Analysis['intention']) => {
      const analysis = { ...run.analysis, method: 'series', params, intention: { ...intention } };
      const own = { ...run, analysis };
      const bindings = {
        ...bindingOf(own, new Map([['cause', 'counted otherwise']]), story.now),
        earlier: [],
      };
      const { data: read, window } = computationOf(own, data, bindings);
      return () => runMethod('series', window ? within(read, window) : read, params);
    };
    const window = { from: '2016-01-01', to: null };
    const refusal =
      /"re78" was judged inadmissible .* across 2015-04-01: counted otherwise\. Use only periods/;
    expect(outcomeOf({ use: 'TREND', window })).toThrow(refusal);
    expect(outcomeOf({ use: 'DESCRIPTION' })).toThrow(refusal);
    expect(outcomeOf({ window: { ...window, from: '2015-04-01', by: 'year' } })).toThrow(refusal);
    expect(outcomeOf({ window: { ...window, by: 'year' } })).not.toThrow();
  });

  it('B38: what a run for another use computes from both sides says so beside it, whatever its caveats were when registered', () => {
    const run = bound(broken());
    const told = (intention: NonNullable<Analysis['intention']>) =>
      bindingOf(
        { ...run, analysis: { ...run.analysis, intention } },
        new Map([['cause', 'Counted otherwise.']]),
        story.now,
      ).against.caveats?.filter((caveat) => caveat.includes('2015-04-01 on'));
    const said = [
      're78 (programme) means something else from 2015-04-01 on, and days on both sides of it were read: Counted otherwise. These numbers show no change over time.',
    ];
    expect(told({ use: 'DESCRIPTION' })).toEqual(said);
    expect(told({ use: 'DESCRIPTION', fields: ['re78'] })).toEqual(said);
    expect(told({ use: 'DESCRIPTION', window: { from: '2016-01-01', to: null } })).toEqual(said);
    expect(told({ use: 'DESCRIPTION', fields: ['treat'] })).toEqual([]);
    expect(told({ use: 'DESCRIPTION', window: { from: '2015-04-01', to: null, by: 'year' } })).toEqual([]);
  });

  it.each([
    ['of a source the release does not hold', { source: 'other' }],
    ['admitted with a caveat', { status: 'ADMISSIBLE_WITH_CAVEAT' as const }],
  ])('B38: a break %s does not', (_name, over) => {
    expect(binding(broken(over)).declared.breaks).toEqual([]);
  });

  it('B38: a break among some does not bind a run about others, and whom it is about stands beside it', () => {
    const infants = broken({ subpopulation: { field: 'phase', values: ['infant'] } });
    const about = (values: string[]) => {
      const run = bound(infants);
      run.analysis = { ...run.analysis, intention: { subpopulation: { field: 'phase', values } } };
      return bindingOf(run, new Map(), story.now);
    };
    expect(about(['junior', 'secondary']).declared.breaks).toEqual([]);
    expect(about(['junior', 'infant']).declared.breaks).toHaveLength(1);
    expect(binding(infants).declared.breaks).toHaveLength(1);
    expect(about(['junior', 'secondary']).against.caveats).toEqual([
      'Read were only rows whose phase is junior or secondary.',
    ]);
  });

  it('B35: caveats of the fields used stand beside the tables; erased words leave the caveat standing', () => {
    const caveat = { place: 'ad1', source: 'programme', field: 're78', challenges: [], knowledge: [] };
    const at = { text: 'words', seriesBreak: { at: '2015-04-01', cause: 'cause' } };
    const run = bound();
    run.analysis = { ...run.analysis, caveats: [{ ...caveat, status: 'CONTESTED', ...at }] };
    expect(commitmentsIn(run)).toEqual(['words', 'cause']);
    expect(bindingOf(run, new Map([['words', 'half is missing']]), story.now).against.caveats).toEqual([
      're78 (programme) is CONTESTED: half is missing',
      're78 (programme) means something else from 2015-04-01 on: (these words were erased)',
    ]);
  });

  it('B27: the permit’s conditions bind; a text that was erased is not beside the result', () => {
    const run = bound();
    const conditions = [
      { kind: 'NO_BREAKDOWN_BY', value: 'treat' },
      { kind: 'SHOW_ONLY_WITH', value: 'note' },
    ] as const;
    run.release = { ...run.release, permit: { ...run.release.permit!, conditions: [...conditions] } };
    expect(commitmentsIn(run)).toContain('note');
    const { against } = bindingOf(run, new Map([['note', 'Beside it.']]), story.now);
    expect([against.conditions, against.contextNotes]).toEqual([conditions, { note: 'Beside it.' }]);
    expect(bindingOf(run, new Map(), story.now).against.contextNotes).toEqual({});
  });

  it('DOMAIN § 5: the threshold is the strictest of the agreements since the run was registered', () => {
    const run = bound();
    const [agreement] = story.programme.agreements;
    const rules = { ...agreement!.rules, frequencyThreshold: 25 };
    run.world = { ...run.world, programme: { ...story.programme, agreements: [{ ...agreement!, rules }] } };
    expect(bindingOf(run, new Map(), story.now).thresholds).toContainEqual({ frequency: 25 });
  });
});
