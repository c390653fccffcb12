// Admissibility over the API, on a real Postgres: what may be used for what, and what that means for an analysis.
import { expectProblem } from '../testing/problem';
import type { Installation, PersonKey, Team } from '../testing/installation';
import { aProjectAtWork } from '../testing/setting-up';
import { checked, released, runAnalysis } from '../testing/working';

jest.setTimeout(120_000);

let installation: Installation;
let team: Team;
let at: string;

beforeAll(async () => {
  const found = await aProjectAtWork();
  ({ installation, team, at } = found);
  await released(installation, team, found.project);
});
afterAll(() => installation?.stop());

const as = (key: PersonKey) => team.people[key].client;
const projectId = () => at.slice('/projects/'.length);

const register = (over: object = {}) =>
  as('researcher').post(`${at}/analyses`, {
    ...{ release: 'rel1', method: 'descriptive', params: { outcome: 're78', groups: 'treat' } },
    ...{ hypothesis: 'Earnings rose.', support: 'A difference of 500 or more.', ...over },
  });
const place = (over: object = {}) => ({ source: 'register', field: 're78', uses: ['TREND'], ...over });
const judgement = (over: object = {}) => ({
  ...{ status: 'INADMISSIBLE', ground: 'VALIDITY', reason: 'The meaning of the field changed.', ...over },
});

interface Shown {
  status: string;
  legal: string;
  ethical: string;
  challenges: { id: string; raised: string; seen: string[]; alsoRestOnIt: { analyses: { id: string }[] } }[];
  judgements: { person: { name: string }; seriesBreak: { at: string; cause: string } | null }[];
}

describe('admissibility over the API', () => {
  it('B38: an analysis whose window crosses the break is refused with the reason; one that does not goes on', async () => {
    expect(await as('official').make(`${at}/admissibility`, place())).toMatchObject({ id: 'ad1' });
    const seriesBreak = { at: '2014-09-01', cause: 'Every infant became <b>entitled</b>.' };
    await as('official').make(`${at}/admissibility/ad1/judgements`, judgement({ seriesBreak }));
    const across = await register({ use: 'TREND', window: { from: '2010-01-01', to: '2018-12-31' } });
    expectProblem(across, 409, 'INADMISSIBLE');
    expect((across.body as { detail: string }).detail).toContain('across the break of 2014-09-01');
    const after = { from: '2014-09-01', to: '2018-12-31' };
    const said = await register({ use: 'TREND', window: after });
    expectProblem(said, 409, 'INADMISSIBLE');
    expect((said.body as { remedy: string }).remedy).toContain('a window needs "by"');
    expect(await register({ use: 'TREND', window: { ...after, by: 're74' } })).toMatchObject({
      status: 201,
      body: { id: 'a1' },
    });
    expect(await as('lead').see(`${at}/admissibility/ad1`)).toMatchObject({
      ...{ status: 'INADMISSIBLE', legal: 'SETTLED', ethical: 'SETTLED' },
      judgements: [{ person: { name: 'The official' }, seriesBreak }],
    });
  });

  it('a run that does not say what it uses its fields for is judged as if for everything', async () => {
    expectProblem(await register(), 409, 'INADMISSIBLE');
    expect(await register({ use: 'DESCRIPTION' })).toMatchObject({ status: 201, body: { id: 'a2' } });
  });

  it('B35: a challenge after results is shown as such, with every other finding on the same field', async () => {
    await runAnalysis(installation, projectId(), 'a1');
    await checked(team, projectId(), 'a1');
    await as('official').make(`${at}/admissibility`, place({ uses: ['COMPARISON'] }));
    const words = { claim: 'Records are missing.', evidence: 'The service’s own log.' };
    await as('official').make(`${at}/admissibility/ad2/challenges`, {
      ...{ kind: 'MISSING_OBSERVATIONS', against: 'a1', ...words },
    });
    const { status, challenges } = await as('lead').see<Shown>(`${at}/admissibility/ad2`);
    expect(status).toBe('CONTESTED');
    expect(challenges).toEqual([
      expect.objectContaining({
        ...{ id: 'ch1', raised: 'AFTER_RESULTS', seen: ['a1'], claim: 'Records are missing.', isOpen: true },
        alsoRestOnIt: { analyses: [expect.objectContaining({ id: 'a2' })], insights: [] },
      }),
    ]);
  });

  it('caveats in force at registration travel with the run; what was said since stands beside them', async () => {
    await register({ use: 'COMPARISON' });
    const shown = await as('official').see<{ caveats: object[]; caveatsNow: object[] }>(`${at}/analyses/a3`);
    expect(shown.caveats).toEqual([
      expect.objectContaining({ place: 'ad2', status: 'CONTESTED', challenges: ['ch1'] }),
    ]);
    await as('official').make(`${at}/admissibility`, place({ field: 'treat', uses: ['COMPARISON'] }));
    await as('researcher').make(`${at}/admissibility/ad3/judgements`, {
      ...judgement({ status: 'ADMISSIBLE_WITH_CAVEAT', ground: 'COMPLETENESS' }),
      caveat: 'Short use of the service is under-represented.',
    });
    const later = await as('official').see<{ caveats: object[]; caveatsNow: object[] }>(`${at}/analyses/a3`);
    expect(later.caveats).toHaveLength(1);
    expect(later.caveatsNow).toEqual([
      expect.objectContaining({ place: 'ad2' }),
      expect.objectContaining({ place: 'ad3', text: 'Short use of the service is under-represented.' }),
    ]);
  });

  it('B36: one field whose care is doubted is excluded, and kept for an equality check', async () => {
    const uses = ['DESCRIPTION', 'COMPARISON', 'CLUSTERING'];
    const { id } = await as('holder').make(`${at}/admissibility`, place({ field: 'treat', uses }));
    const claim = {
      kind: 'CARE_DOUBTED',
      claim: 'It never mattered for eligibility.',
      evidence: 'The forms.',
    };
    const { id: challenge } = await as('official').make(`${at}/admissibility/${id}/challenges`, claim);
    const excluded = judgement({ ground: 'CARE', reason: 'Nobody took care of it.', answers: [challenge] });
    await as('researcher').make(`${at}/admissibility/${id}/judgements`, excluded);
    const groups = (use: string) => register({ use, window: { from: '2014-09-01', to: null } });
    const refused = await groups('COMPARISON');
    expectProblem(refused, 409, 'INADMISSIBLE');
    expect((refused.body as { detail: string }).detail).toContain('on the ground CARE');
    expect((await groups('EQUALITY_CHECK')).status).toBe(201);
  });

  it('B40: local knowledge, attributed, makes an excluded field admissible again, with a caveat that travels', async () => {
    const { id } = await as('lead').make(`${at}/admissibility`, place({ uses: ['MATCHING'] }));
    const judge = (who: PersonKey, over: object) =>
      as(who).post(`${at}/admissibility/${id}/judgements`, judgement({ ground: 'COMPLETENESS', ...over }));
    expect((await judge('researcher', {})).status).toBe(201);
    const caveat = 'Before 2015 the paper files were asked.';
    const back = { status: 'ADMISSIBLE_WITH_CAVEAT', reason: 'The gap is filled.', caveat };
    expectProblem(await judge('official', back), 409, 'NO_KNOWLEDGE');
    const words = { kind: 'FILLS_GAP', text: 'The team kept paper files <b>until 2015</b>.' };
    expectProblem(
      await as('researcher').post(`${at}/admissibility/${id}/knowledge`, words),
      403,
      'WRONG_ROLE',
    );
    const { id: known } = await as('holder').make(`${at}/admissibility/${id}/knowledge`, words);
    expect((await judge('official', { ...back, knowledge: [known] })).status).toBe(201);
    const window = { from: '2014-09-01', to: null };
    const run = await register({ use: 'MATCHING', window });
    const path = `${at}/analyses/${(run.body as { id: string }).id}`;
    expect((await as('lead').see<{ caveats: object[] }>(path)).caveats).toContainEqual(
      expect.objectContaining({ place: id, text: caveat, knowledge: [known] }),
    );
    expect(await as('lead').see(`${at}/admissibility/${id}`)).toMatchObject({
      knowledge: [{ id: known, text: words.text, person: { name: 'The holder' } }],
    });
  });

  it('B42: what the public expects and fears is each evidenced or anticipated, and shown so', async () => {
    const react = (body: object) => as('layMember').post(`${at}/public-reactions`, body);
    const expects = { reaction: 'EXPECTATION', text: 'That data is used smartly.' };
    expectProblem(await react({ ...expects, standing: 'EVIDENCED' }), 422, 'EVIDENCE');
    expect((await react({ ...expects, standing: 'EVIDENCED', evidence: 'A survey of 2026.' })).status).toBe(
      201,
    );
    const fears = { reaction: 'RESERVATION', standing: 'ANTICIPATED', text: 'That it is used against them.' };
    expect((await react(fears)).status).toBe(201);
    expect((await as('lead').see<{ items: object[] }>(`${at}/public-reactions`)).items).toMatchObject([
      { ...expects, standing: 'EVIDENCED', evidence: 'A survey of 2026.' },
      { ...fears, evidence: null, person: { name: 'The layMember' } },
    ]);
  });

  it('bad input: unknown fields, contradictory dates, control characters and oversized text are named', async () => {
    const open = (over: object) => as('lead').post(`${at}/admissibility`, place(over));
    expectProblem(await open({ field: 're79' }), 422, 'UNKNOWN_FIELD');
    expectProblem(await open({ period: { from: '2015-01-01', to: '2014-01-01' } }), 422, 'PERIOD');
    expect((await open({ uses: ['GUESSING'] })).status).toBe(422);
    expect((await open({ period: { from: '1.1.2014', to: null } })).status).toBe(422);
    const challenge = (claim: string) =>
      as('lead').post(`${at}/admissibility/ad1/challenges`, { kind: 'HUMAN_ERROR', claim, evidence: 'e' });
    expect((await challenge('a\u0000b')).status).toBe(422);
    expect((await challenge('x'.repeat(10_001))).status).toBe(422);
    const rightToLeft = '<script>alert(1)</script> \u202eabc\u202c نص';
    expect((await challenge(rightToLeft)).status).toBe(201);
    const { challenges } = await as('lead').see<Shown>(`${at}/admissibility/ad1`);
    expect(challenges.at(-1)).toMatchObject({ claim: rightToLeft });
  });
});
