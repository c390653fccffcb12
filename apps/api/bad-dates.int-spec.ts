// Dates that contradict each other or the clock, command by command: refused with the rule and what would make it possible.
import type { Installation, PersonKey, Team } from './testing/installation';
import { expectProblem } from './testing/problem';
import {
  agreementOf,
  aProjectAtWork,
  askOf,
  boundaryOf,
  GRANT,
  inDays,
  proposeBoundary,
  PURPOSE,
} from './testing/setting-up';

jest.setTimeout(120_000);

let installation: Installation;
let team: Team;
let project: string;
beforeAll(async () => {
  ({ installation, team, project } = await aProjectAtWork());
  await team.people.lead.client.make(`/projects/${project}/requests`, askOf(team));
});
afterAll(() => installation?.stop());

const versions = async () =>
  JSON.stringify(await installation.db.query('select id, version from parley.streams order by id'));
const period = (from: string, to: string) => ({ from, to });
const BACKWARDS = period('2016-01-01', '2012-01-01');

const evidence = (over: object) => ({
  ...{ kind: 'DOCUMENT', title: 'Minutes', audience: 'PARTNERS', text: 'Words.' },
  attribution: { type: 'OUTSIDE', who: 'A charity.' },
  provenance: { origin: 'Its archive.', dated: inDays(-3), derivedFrom: [] },
  ...over,
});
const collection = (over: object) => ({
  ...{
    source: 'survey',
    collector: team.organisations['holder'],
    population: 'All.',
    eligible: 9,
    invited: 9,
  },
  instrument: [{ name: 'Scale', reference: 'doi:10.1', fields: ['answer'] }],
  ...{ invitation: 'Come.', informationSheet: 'Read.', optOut: 'Leave.', linkConsent: null },
  ...{ opens: inDays(1), closes: inDays(9), leaveBy: inDays(12) },
  ...over,
});
const release = (over: object) => ({
  ...{ requests: ['r1'], tier: 'DEIDENTIFIED', purpose: PURPOSE, methods: ['descriptive'] },
  ...{ readers: [team.people.researcher.id], rationale: { text: 'Why.', cites: [] }, expires: inDays(9) },
  ...over,
});
const ask = (over: object) => ({ ...askOf(team), ask: { ...askOf(team).ask, ...over } });
const detail = (terms: object) =>
  ['treat', 're74', 're78'].map((field) => ({ field, granularity: { level: 'INDIVIDUAL' }, ...terms }));

it.each<[string, PersonKey, string, () => object, string]>([
  [
    'an agreement that has ended',
    'lead',
    '~/agreements',
    () => ({ ...agreementOf(team), expires: inDays(-1) }),
    'EXPIRED',
  ],
  [
    'an approval that has ended',
    'lead',
    '/ethics',
    () => ({ body: 'C', reference: 'R', expires: inDays(-1) }),
    'EXPIRED',
  ],
  ['a release that has ended', 'lead', '/releases', () => release({ expires: inDays(-1) }), 'EXPIRED'],
  [
    'a grant that has ended',
    'holder',
    '/requests/r1/answer',
    () => ({ outcome: 'GRANTED', grant: { ...GRANT, expires: inDays(-1) } }),
    'EXPIRED',
  ],
  [
    'a field asked for backwards',
    'lead',
    '/requests',
    () => ask({ detail: detail({ period: BACKWARDS }) }),
    'FIELD_TERMS',
  ],
  [
    'a place of the matrix backwards',
    'lead',
    '/admissibility',
    () => ({ source: 'register', field: 'treat', uses: ['TREND'], period: BACKWARDS }),
    'PERIOD',
  ],
  [
    'evidence from the future',
    'lead',
    '/evidence',
    () => evidence({ provenance: { origin: 'o', dated: inDays(2) } }),
    'IN_THE_FUTURE',
  ],
  [
    'a search that ends before it began',
    'lead',
    '/evidence',
    () =>
      evidence({
        kind: 'REA',
        assessment: {
          protocol: 'p',
          findings: 'f',
          limits: 'l',
          search: { sources: 's', terms: 't', from: inDays(-2), to: inDays(-9) },
        },
      }),
    'SEARCH_UNBOUNDED',
  ],
  [
    'an incident known of tomorrow',
    'lead',
    '/incidents',
    () => ({ what: 'A list was lost.', awareAt: inDays(1) }),
    'AWARE_LATER',
  ],
  [
    'a collection that closes before it opens',
    'lead',
    '/collections',
    () => collection({ closes: inDays(0.5) }),
    'COLLECTION_PLAN',
  ],
  [
    'a collection that nobody may leave until it closed',
    'lead',
    '/collections',
    () => collection({ leaveBy: inDays(2) }),
    'COLLECTION_PLAN',
  ],
  [
    'a meeting in the past',
    'lead',
    '/meetings',
    () => ({
      title: 'M',
      startsAt: inDays(-1),
      minutes: 30,
      place: 'Room',
      invited: [team.people.official.id],
    }),
    'IN_THE_PAST',
  ],
  [
    'training that ends before it was completed',
    'lead',
    '~/people/me/training',
    () => ({ course: 'C', completed: inDays(-1), expires: inDays(-2) }),
    'TRAINING_DATES',
  ],
  [
    'training completed tomorrow',
    'lead',
    '~/people/me/training',
    () => ({ course: 'C', completed: inDays(1), expires: inDays(9) }),
    'TRAINING_DATES',
  ],
])('%s', async (_what, who, path, body, rule) => {
  const at = path.startsWith('~')
    ? `/programmes/${team.programme}${path.slice(1).replace('/me/', `/${team.people.researcher.id}/`)}`
    : `/projects/${project}${path}`;
  const before = await versions();
  const answer = await team.people[who].client.post(at, body());
  expectProblem(answer, 422, rule);
  expect(await versions()).toBe(before);
});

it('a boundary that has ended is refused with its scope, and so is a day that does not exist', async () => {
  const { client } = team.people.lead;
  const scope = { ...boundaryOf(team).scope, expires: inDays(-1) };
  expectProblem(await proposeBoundary(client, `/projects/${project}`, { ...boundaryOf(team), scope }), 422);
  const never = { body: 'C', reference: 'R', expires: '2027-02-30T00:00:00Z' };
  expectProblem(await client.post(`/projects/${project}/ethics`, never), 422, 'SHAPE');
});
