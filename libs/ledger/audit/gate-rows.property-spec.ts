// The gate's rows as the self-audit compares them: the same however instants are written, and different wherever anything is.
import fc from 'fast-check';
import { aCycle } from '../../testing/story';
import { fillGate } from './gate-fills';
import { GATE_TABLE_NAMES, gateDifference, GateRows } from './gate-rows';
import type { GateRow } from './gate-rows';

/** A whole cycle, told in memory. */
function rowsOf(stream: 'programme' | 'project'): GateRows {
  const story = aCycle();
  const rows = new GateRows();
  const told = story.log.filter((each) => each.stream === story[stream].id);
  for (const [index, { event }] of told.entries())
    fillGate(rows, story[stream].id, { ...event, version: index + 1 });
  return rows;
}
/** As a database shows them: instants with an offset, members in another order. */
const shown = (rows: GateRows) =>
  GATE_TABLE_NAMES.flatMap((name) =>
    rows.of(name).map((row) => {
      const text = JSON.stringify(Object.fromEntries(Object.entries(row).reverse()));
      const offset = text.replace(/(\dT\d\d:\d\d:\d\d)\.000Z/g, '$1+00:00');
      return { name, row: JSON.parse(offset) as GateRow };
    }),
  );

it.each(['programme', 'project'] as const)(
  'I10: what the entries of a %s leave is what is there',
  (stream) => {
    const rows = rowsOf(stream);
    expect(shown(rows).length).toBeGreaterThan(5);
    expect(gateDifference(rows, shown(rows))).toBeNull();
  },
);

it('B54: whoever is attested anew begins anew: what they were until then ends, and training counts no more', () => {
  const rows = new GateRows();
  const told = [
    ['PersonAttested', { organisation: 'org_a', roles: ['researcher'] }],
    ['TrainingRecorded', { expires: '2027-01-01T00:00:00.000Z' }],
    ['PersonAttested', { organisation: 'org_b', roles: ['dataHolder'] }],
  ] as const;
  for (const [index, [type, data]] of told.entries()) {
    const [version, at] = [index + 1, `2026-01-0${index + 1}T00:00:00.000Z`];
    const actor = { person: 'per_registrar' };
    fillGate(rows, 'pgm_a', { type, data: { person: 'per_a', ...data }, at, version, actor } as never);
  }
  expect(rows.of('gate_tenures')).toMatchObject([
    { organisation: 'org_a', until: '2026-01-03T00:00:00.000Z' },
    { organisation: 'org_b', since: '2026-01-03T00:00:00.000Z', until: null },
  ]);
  expect(rows.of('gate_safe_people')).toEqual([]);
});

it('I10: any column changed, any row gone and any row more is found, by table and place', () => {
  const rows = rowsOf('project');
  const there = shown(rows);
  fc.assert(
    fc.property(
      fc.nat(there.length - 1),
      fc.nat(30),
      fc.constantFrom('change', 'gone', 'more'),
      (at, nth, how) => {
        const { name, row } = there[at]!;
        const columns = Object.keys(row);
        const changed = { name, row: { ...row, [columns[nth % columns.length]!]: 'forged' } };
        const others = there.filter((_each, index) => index !== at);
        const found = { change: [...others, changed], gone: others, more: [...there, changed] }[how];
        expect(gateDifference(rows, found)).toContain(name);
      },
    ),
  );
});
