// The read models as a fold: what a state yields, and that two states differ by exactly the rows that changed.
import { emptyProgramme, emptyProject } from '#libs/domain';
import type { ProgrammeState, ProjectState, Round } from '#libs/domain';
import { permitted } from '../../testing/story';
import { programmeRows, projectRows } from './rows';
import { rowsOf, viewChanges } from './write';

const at = '2027-01-01T00:00:00.000Z';
const later = '2027-01-02T00:00:00.000Z';

const aRound = (over: Partial<Round> = {}): Round => ({
  ...{ round: 1, subject: { type: 'agreement', id: 'ag1' }, content: { core: 'aa', cover: 'bb' } },
  ...{ rule: { slots: [], people: 2, organisations: 2 }, proposer: 'per_p', needsCode: true, blind: false },
  asked: [
    { person: 'per_a', organisation: 'org_a', slots: ['a'] },
    { person: 'per_b', organisation: 'org_b', slots: ['b'] },
  ],
  ...{ openedAt: at, remindAt: later, escalateAt: later, deadline: later, decisions: [], reminders: 0 },
  ...{ escalatedAt: null, lapsedAt: null, voidedAt: null },
  ...over,
});

const aProgramme = (over: Partial<ProgrammeState> = {}): ProgrammeState => ({
  ...emptyProgramme('pgm_x'),
  ...{ name: 'n', version: 1, lastAt: at },
  ...{ id: 'pgm_x', name: 'n', version: 1, lastAt: at, agreements: [], checkpoints: {} },
  organisations: { org_a: { id: 'org_a', name: 'na', commissionedBy: [] } },
  people: {
    per_a: {
      ...{ id: 'per_a', name: 'pn', address: 'pa', deputy: null },
      tenures: [{ organisation: 'org_a', roles: ['registrar'], from: at, to: null }],
    },
  },
  ...over,
});

const aProject = (over: Partial<ProjectState> = {}): ProjectState => ({
  ...emptyProject('prj_x', at),
  ...{ programme: 'pgm_x', version: 1, lastAt: at, title: 't', lead: 'per_a' },
  ...{ id: 'prj_x', programme: 'pgm_x', version: 1, lastAt: at, title: 't', lead: 'per_a', startedAt: at },
  ...{ ethics: [], cycles: [], questions: [], boundaries: [], benefits: [], requests: {}, deposits: {} },
  ...{ releases: {}, analyses: {}, interpretations: [], insights: [], checkpoints: {}, suspensions: [] },
  ...{ closedAt: null, counters: {} },
  ...over,
});

describe('rows of a state', () => {
  it('I10: are the same whether what they come from was there before or was read anew', () => {
    const { project, programme } = permitted();
    for (const state of [project, programme]) rowsOf(state);
    expect(rowsOf({ ...project })).toEqual(rowsOf(structuredClone(project)));
    expect(rowsOf({ ...programme })).toEqual(rowsOf(structuredClone(programme)));
  });

  it('I10: of one thing in two streams are each stream’s own', () => {
    const checkpoints = { k1: { id: 'k1', kind: 'AGREEMENT' as const, rounds: [aRound()] } };
    const [one, other] = [aProgramme({ checkpoints }), aProgramme({ id: 'pgm_y', checkpoints })];
    expect(programmeRows(one).checkpoint_view?.[0]?.stream).toBe('pgm_x');
    expect(programmeRows(other).checkpoint_view?.[0]?.stream).toBe('pgm_y');
  });

  it('shows a person with the roles they hold now, and when they left', () => {
    expect(programmeRows(aProgramme()).person_view).toEqual([
      {
        ...{ stream: 'pgm_x', id: 'per_a', name: 'pn', organisation: 'org_a', roles: ['registrar'] },
        ...{ since: at, left_at: null },
      },
    ]);
  });

  it('has a move for each person asked who has not answered, and none once the round lapsed', () => {
    const open = aProgramme({ checkpoints: { k1: { id: 'k1', kind: 'AGREEMENT', rounds: [aRound()] } } });
    const asked = programmeRows(open).move_view?.filter(({ what }) => what === 'SIGN');
    expect(asked?.map((m) => m.person)).toEqual(['per_a', 'per_b']);
    const lapsed = aRound({ lapsedAt: later });
    const closed = aProgramme({ checkpoints: { k1: { id: 'k1', kind: 'AGREEMENT', rounds: [lapsed] } } });
    expect(programmeRows(closed).move_view).toEqual([]);
  });

  it('tells suspension since when', () => {
    const suspended = aProject({
      suspensions: [
        { from: at, to: later },
        { from: later, to: null },
      ],
    });
    expect(projectRows(suspended).project_view?.[0]?.suspended_since).toBe(later);
  });
});

describe('changes between two states', () => {
  it('are none between equal states', () => {
    expect(viewChanges(rowsOf(aProgramme()), rowsOf(aProgramme()))).toEqual({});
  });

  it('replace a changed row, add a new one, drop one that went', () => {
    const before = rowsOf(aProgramme());
    const other = { id: 'org_b', name: 'nb', commissionedBy: [] };
    const renamed = { id: 'org_a', name: 'changed', commissionedBy: [] };
    const after = rowsOf(aProgramme({ organisations: { org_a: renamed, org_b: other }, people: {} }));
    const changes = viewChanges(before, after);
    expect(changes.organisation_view?.gone).toEqual([{ stream: 'pgm_x', id: 'org_a' }]);
    expect(changes.organisation_view?.rows.map((r) => r.id)).toEqual(['org_a', 'org_b']);
    expect(changes.person_view).toEqual({ gone: [{ stream: 'pgm_x', id: 'per_a' }], rows: [] });
    expect(changes.programme_view).toBeUndefined();
  });

  it('I10: applying the changes of every step gives the fold of the last state', () => {
    const steps = [
      aProject(),
      aProject({ suspensions: [{ from: at, to: null }] }),
      aProject({ suspensions: [{ from: at, to: later }], closedAt: later }),
    ];
    const table = new Map<string, unknown>();
    let before = {};
    for (const step of steps) {
      const after = rowsOf(step);
      for (const [name, change] of Object.entries(viewChanges(before, after))) {
        for (const row of change.gone) table.delete(`${name}/${row.id}`);
        for (const row of change.rows) table.set(`${name}/${row.id}`, row);
      }
      before = after;
    }
    const last = rowsOf(steps.at(-1) ?? aProject());
    const folded = Object.entries(last).flatMap(([name, rows]) => rows.map((r) => [`${name}/${r.id}`, r]));
    expect(Object.fromEntries(table)).toEqual(Object.fromEntries(folded));
  });
});
