// How a result is laid out, and its report as one file: numbers in words, what is hidden said so, nothing of people's words as markup.
import { Languages } from '#libs/language';
import { latinIn, pseudoLanguage, saidBy } from '#libs/language/testing';
import { findingViews, notShown, renderAccountPage, renderReport, tableViews } from '..';

const english = new Languages().first;

const HTML = '"><script>x</script><b>b</b>';
const at = '2027-01-31T12:00:00.000Z';
const named = { id: 'per_a', name: HTML };
const table = {
  ...{ name: 'by_group', title: 'By group', keys: ['group'], notes: ['A note.'] },
  measures: [
    { name: 'people', label: 'people', unit: 'people' },
    { name: 'mean', label: 'mean re78', unit: 'dollars' },
  ],
  rows: [
    { key: { group: HTML }, cell: { status: 'shown', values: { people: 1234, mean: 6349.143502 } } },
    { key: { group: 'b' }, cell: { status: 'suppressed', reason: 'protected' } },
    {
      key: { group: 'c' },
      cell: { status: 'shown', values: { people: 40 }, withheld: { mean: 'dominance' } },
    },
  ],
} as const;
const plots = [{ title: 'Means', source: { table: 'by_group' } }];
const findings = [
  { rule: 'protected', table: 'by_group', cell: { group: 'b' }, verdict: 'fail', message: 'Not shown.' },
  { rule: 'protected', table: 'by_group', cell: { group: 'c' }, verdict: 'fail', message: 'Not shown.' },
  { rule: 'differencing', table: 'by_group', verdict: 'review', message: 'A person decides.' },
] as const;

it('a table is laid out with its units, its plot beside it, and words where a number is not shown', () => {
  expect(tableViews([table], plots, english, 2)).toEqual([
    {
      ...{ name: 'by_group', title: 'By group', keys: 1, notes: ['A note.'], more: 1 },
      head: ['group', 'people', 'mean re78 (dollars)'],
      rows: [
        [HTML, '1,234', '6,349.14'],
        ['b', null, null],
      ],
      plots: [{ number: 1, title: 'Means' }],
    },
  ]);
  expect(tableViews([table], [], english)[0]?.rows[2]).toEqual(['c', '40', null]);
});

it.each([
  [0, '0'],
  [-0, '0'],
  [-1234567, '-1,234,567'],
  [0.123456789, '0.123457'],
  [1.5e-9, '1.5E-9'],
])('%d is read as %s', (value, text) => expect(english.number(value)).toBe(text));

it('DOMAIN § 5: what is not shown is counted by table and reason, and no cell is named', () => {
  expect(notShown([table], findings)).toEqual([{ table: 'By group', message: 'Not shown.', places: 2 }]);
});

it('DOMAIN § 5: a checker reads each finding by its id, where it is and how many people stand behind it', () => {
  const found = [
    { ...findings[0], rule: 'frequency', id: 'f1', people: 3 },
    { ...findings[1], rule: 'frequency', id: 'f1', people: 4, measure: 'mean' },
    { ...findings[2], id: 'f2' },
    { rule: 'dominance', table: 'by_group', verdict: 'pass', message: 'Fine.' },
  ] as const;
  const { open, passed } = findingViews(found, 1, english);
  expect(open.map(({ id, places, more }) => ({ id, places, more }))).toEqual([
    { id: 'f1', places: [{ where: 'group b', people: '3' }], more: 1 },
    { id: 'f2', places: [{ where: 'the whole table', people: '' }], more: 0 },
  ]);
  expect(passed).toEqual([{ rule: 'dominance', tables: ['by_group'] }]);
});

const registered = {
  ...{ id: 'a1', release: 'rel1', status: 'UNCHECKED', author: named, registeredAt: at, tests: null },
  ...{ hypothesis: HTML, support: HTML, afterSeeing: [], method: 'descriptive' },
  deviations: [{ part: 'METHOD', recorded: 'AFTER_RESULT', reason: HTML, person: named, at }],
  caveatsNow: [
    {
      ...{ field: HTML, source: HTML, status: 'CONTESTED', text: HTML, challenges: ['ch1'] },
      seriesBreak: { at: '2014-09-01', cause: HTML },
    },
  ],
};
const beside = [{ id: 'ev1', kind: 'DOCUMENT', title: HTML, text: HTML, because: HTML, statement: null }];
const review = { until: at, awaited: [named], comments: [{ organisation: named, text: HTML }] };
const svg = '<svg role="img"><title>Means</title><desc>Bars.</desc></svg>';
const reported = {
  ...{ title: HTML, method: { title: 'Descriptive', description: 'Means.' }, plots: [svg] },
  result: {
    ...{ method: 'descriptive', version: '1', params: { outcome: HTML }, thresholds: { frequency: 10 } },
    ...{ tables: [table], plots, findings },
  },
};

it('the report holds question, hypothesis, method, data, caveats, tables, plots, limits; markup in them is text', () => {
  const engine = {
    ...{ project: HTML, registered, status: 'CHECKED', core: 'c'.repeat(64), now: at, collected: [] },
    ...{ beside, review, checks: [{ person: named, choice: 'APPROVED', at, withdrawn: null }] },
    data: { release: 'rel1', wave: 2, tier: 'AGGREGATE', purpose: HTML, digest: 'd', supplies: [] },
  };
  const report = renderReport({ ...reported, engine, question: HTML }, english);
  expect(report).not.toMatch(/<script|<b>|<link|https?:/);
  for (const heading of ['Question and hypothesis', 'Method', 'Data', 'Caveats', 'Results', 'Limits'])
    expect(report).toContain(`>${heading}</h`);
  for (const part of [svg, 'not shown', 'Not shown. (2 places)', 'A person decides.', 'c'.repeat(64)])
    expect(report).toContain(part);
  expect(renderReport({ ...reported, engine, question: HTML }, english)).toBe(report);
});

it('a report without an engine says that nobody registered or checked anything', () => {
  const report = renderReport({ ...reported, engine: null, data: 'The local file x.csv.' }, english);
  for (const part of ['None was registered', 'The local file x.csv.', 'No output check by a person'])
    expect(report).toContain(part);
});

it('no word of a report is from outside the catalogue but people’s own, the method’s, and what its rules found', () => {
  const pseudo = pseudoLanguage();
  const person = { id: '1', name: '2' };
  const caveat = { field: '3', source: '4', text: '5', challenges: ['6'] };
  const analysis = {
    ...{ ...registered, author: person, hypothesis: '7', support: '8', afterSeeing: ['9'] },
    ended: { code: { digest: 'd' } },
    deviations: (['AFTER_RESULT', 'BEFORE_RESULT'] as const).map((recorded) => ({
      ...{ part: 'METHOD', recorded, reason: '10', person, at },
    })),
    caveatsNow: (['CONTESTED', 'ADMISSIBLE_WITH_CAVEAT'] as const).map((status) => ({
      ...{ ...caveat, status, seriesBreak: { at: '2014', cause: '11' } },
    })),
  };
  const collected = { source: '12', responded: 1, invited: 2, linkConsented: 3, left: 4 };
  const engine = {
    ...{ project: null, registered: analysis, status: 'CHECKED', core: 'c', now: at },
    collected: [{ ...collected, compared: [{ characteristic: '13', responders: 5, nonResponders: 6 }] }],
    beside: [{ title: null, text: '14', because: null, statement: 'Cited' }],
    review: { comments: [{ organisation: person, text: '15' }] },
    conditions: ['SHOW_ONLY_WITH', 'NO_USE_FOR'].map((kind) => ({ kind, value: '16', person })),
    checks: [{ person, choice: 'APPROVED', at, withdrawn: {} }],
    data: {
      ...{ release: '17', wave: 2, tier: 'AGGREGATE', purpose: '18', digest: 'd' },
      supplies: [{ source: '19', delivered: ['20', '21'] }],
    },
  };
  const named = [table.title, 'group', 'people', 'mean re78', 'dollars', 'A note.', 'b', 'c', 'descriptive'];
  const found = ['Not shown.', 'A person decides.', 'Descriptive', 'Means.', 'outcome', HTML];
  for (const told of [
    { engine, question: '22' },
    { engine: null, data: '23' },
  ]) {
    const report = renderReport({ ...reported, ...told, title: '24' }, pseudo);
    expect(latinIn(saidBy(report), [...named, ...found])).toEqual([]);
    expect(report).toContain('<html lang="en-XA">');
  }
});

const page = { project: HTML, base: '/app/projects/prj_a', next: null, commands: [], done: null };
const decided = [{ person: named, at, reason: HTML }];
const exception = { id: 'ex1', person: named, reason: HTML, granted: { person: named, reason: HTML } };
it.each([
  [
    'results',
    {
      ...{ ...page, items: [registered], isChecker: true },
      awaited: [{ ...registered, ended: { at } }],
    },
  ],
  [
    'result',
    {
      ...{ ...page, analysis: registered, method: reported.method, params: HTML, files: '/f', isOwn: true },
      ...{
        diagnostics: [{ name: HTML, value: HTML }],
        standing: 'S',
        tables: tableViews([table], plots, english),
      },
      check: {
        status: 'OPEN',
        current: { asked: [named], decisions: [{ person: named, choice: 'APPROVED', at, reason: HTML }] },
      },
      findings: {
        open: [
          {
            ...{ id: 'f1', rule: 'frequency', table: 'by_group', verdict: 'fail', messages: [HTML] },
            ...{ places: [{ where: HTML, people: '3' }], more: 2, decided, exceptions: [exception] },
          },
        ],
        passed: [],
      },
      result: { collectionCaveats: [], beside, review },
    },
  ],
] as const)('HTML in every free text of the page %s is shown as text', (name, context) => {
  const html = renderAccountPage(name, english, { title: HTML, ...context });
  expect(html).not.toMatch(/<script|<b>/);
  expect(html).toContain('&lt;script&gt;');
});
