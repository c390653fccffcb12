// Who may do what: the table, asked with small states.
import { emptyProgramme } from '#libs/domain';
import type { ProgrammeState, ProjectState, Role } from '#libs/domain';
import { PERMISSIONS } from './actions';
import type { Action } from './actions';
import { can } from './can';
import type { Standing, Viewer } from './who';

const at = '2027-01-01T00:00:00.000Z';
const now = '2027-02-01T00:00:00.000Z';

function programmeWith(people: Record<string, { organisation: string; roles: Role[] }>): ProgrammeState {
  const person = (id: string, { organisation, roles }: { organisation: string; roles: Role[] }) => ({
    ...{ id, name: 'n', address: 'a', deputy: null },
    tenures: [{ organisation, roles, from: at, to: null }],
  });
  const entries = Object.entries(people).map(([id, tenure]) => [id, person(id, tenure)] as const);
  return { ...emptyProgramme('pgm_x'), people: Object.fromEntries(entries) };
}

const viewer = (person: string, scopes = ['*']): Viewer => ({
  person,
  administrator: null,
  programme: 'pgm_x',
  scopes,
});
const operator: Viewer = { person: null, administrator: 'adm_1', programme: null, scopes: ['*'] };
const standing = (programme: ProgrammeState, project: ProjectState | null = null): Standing => ({
  programme,
  project,
  now,
});

const programme = programmeWith({
  lead: { organisation: 'uni', roles: ['projectLead', 'registrar'] },
  author: { organisation: 'uni', roles: ['researcher', 'outputChecker'] },
  checker: { organisation: 'council', roles: ['outputChecker'] },
  custodian: { organisation: 'holder', roles: ['dataCustodian'] },
  auditor: { organisation: 'court', roles: ['auditor'] },
});

const withResult = {
  deposits: { d1: { request: 'r1' } },
  imports: {},
  requests: { r1: { holder: 'holder' } },
  releases: {},
  checkpoints: {},
  analyses: {
    a1: {
      id: 'a1',
      author: 'author',
      release: 'rel1',
      withheldAt: null,
      ended: { outcome: 'COMPLETED', result: { core: 'c', cover: 'd' } },
    },
  },
} as unknown as ProjectState;

describe('can', () => {
  it('T4: an administrator enters people and decides nothing', () => {
    const allowed = (Object.keys(PERMISSIONS) as Action[]).filter(
      (a) => can(operator, a, {}, standing(programme)).allowed,
    );
    expect(allowed.sort()).toEqual(
      [
        ...[
          'account.read',
          'account.tokens',
          'methods.read',
          'organisation.add',
          'person.attest',
          'person.change',
          'person.invite',
        ],
        ...['programme.list', 'programme.read', 'programme.start', 'project.list', 'template.read'],
      ].sort(),
    );
  });

  it('an auditor reads everything of the programme and changes nothing but their own deputy and answers', () => {
    const allowed = (Object.keys(PERMISSIONS) as Action[])
      .filter((a) => PERMISSIONS[a].scope === 'read')
      .filter((a) => can(viewer('auditor'), a, {}, standing(programme)).allowed);
    expect(allowed).toEqual(expect.arrayContaining(['project.read', 'ledger.read', 'deposit.report']));
    expect(can(viewer('auditor'), 'cycle.start', {}, standing(programme)).allowed).toBe(false);
  });

  it.each<[string, Action, boolean]>([
    ['lead', 'cycle.start', true],
    ['checker', 'cycle.start', false],
    ['custodian', 'deposit.make', true],
    ['auditor', 'deposit.make', false],
    ['stranger', 'project.read', false],
  ])('%s, %s: %s', (person, action, expected) => {
    expect(can(viewer(person), action, {}, standing(programme)).allowed).toBe(expected);
  });

  it('a token made for reading writes nothing', () => {
    expect(can(viewer('lead', ['read']), 'cycle.start', {}, standing(programme))).toEqual({
      allowed: false,
      reason: 'this token does not have the scope "write"',
    });
    expect(can(viewer('lead', ['read']), 'project.read', {}, standing(programme)).allowed).toBe(true);
  });

  it('T4: before the output check only a checker who is not the author sees a result', () => {
    const seen = (person: string) =>
      can(viewer(person), 'result.read', { analysis: 'a1' }, standing(programme, withResult)).allowed;
    expect({
      checker: seen('checker'),
      author: seen('author'),
      lead: seen('lead'),
      auditor: seen('auditor'),
    }).toEqual({
      checker: true,
      author: false,
      lead: false,
      auditor: false,
    });
  });

  it('the report of a deposit is for the holder’s people', () => {
    const seen = (person: string) =>
      can(viewer(person), 'deposit.report', { deposit: 'd1' }, standing(programme, withResult)).allowed;
    expect([seen('custodian'), seen('lead')]).toEqual([true, false]);
  });
});
