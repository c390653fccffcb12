// The safeguards around data over the API: safe people, the legal file in the signed boundary, incidents, new collections.
import { gather, install } from './testing/installation';
import type { Installation, PersonKey, Team } from './testing/installation';
import { expectProblem } from './testing/problem';
import {
  agreementOf,
  boundaryOf,
  inDays,
  legalFileOf,
  makeSafe,
  proposeBoundary,
} from './testing/setting-up';
import { asked, sign } from './testing/signing';

jest.setTimeout(120_000);

let installation: Installation;
let team: Team;
let project: string;

beforeAll(async () => {
  installation = await install();
  team = await gather(installation);
  await as('lead').make(`/programmes/${team.programme}/agreements`, agreementOf(team));
  await sign(installation, team, team.programme, 'AGREEMENT', ['researcher', 'checker', 'riskOwner']);
});
beforeEach(async () => {
  const body = { programme: team.programme, title: 'Did the programme raise earnings?' };
  project = `/projects/${(await as('lead').make('/projects', body)).id}`;
});
afterAll(() => installation?.stop());

const as = (name: PersonKey) => team.people[name].client;
interface Page<T> {
  items: T[];
}
interface Safe {
  id: string;
  lacks: string[];
}

describe('safe people over the API', () => {
  it('B54: training by the own registrar, undertaking and interests by the person, and who lacks what', async () => {
    const path = `/programmes/${team.programme}`;
    const researcher = team.people.researcher.id;
    const lacks = async () => {
      const { items } = await as('layMember').see<Page<Safe>>(`${path}/safe-people`);
      return items.find(({ id }) => id === researcher)?.lacks;
    };
    expect(await lacks()).toEqual(['TRAINING', 'UNDERTAKING', 'INTERESTS']);
    const training = { course: 'Safe use', completed: inDays(-1), expires: inDays(100) };
    const record = (by: PersonKey, body: object = training) =>
      as(by).post(`${path}/people/${researcher}/training`, body);
    expectProblem(await record('checker'), 403, 'NOT_THEIR_REGISTRAR');
    expectProblem(await record('official'), 403);
    expectProblem(await record('lead', { ...training, expires: inDays(-2) }), 422, 'TRAINING_DATES');
    const operator = await installation.administrator.post(`${path}/people/${researcher}/training`, training);
    expectProblem(operator, 403);
    await makeSafe(team, 'researcher', 'lead');
    expect(await lacks()).toEqual([]);
  });
});

describe('the legal file over the API', () => {
  it('B53: is prefilled, stands with its digest in what is signed, and LEGAL does not open without it', async () => {
    const { scope } = boundaryOf(team);
    const bare = { ...legalFileOf(scope), parts: {} };
    const first = await as('lead').make(`${project}/legal-files`, {
      ...bare,
      article6: null,
      residualRisk: null,
    });
    const shown = await as('lead').see<{
      parts: { part: string; state: string; text: string }[];
      missing: string[];
    }>(`${project}/legal-files/${first.id}`);
    expect(shown.parts.find(({ part }) => part === 'CONTROLLERS')?.text).toContain(scope.sources[0]?.source);
    expect(shown.missing).not.toContain('SHARING_AGREEMENT');
    expect(shown.missing).toContain('IMPACT_ASSESSMENT');
    const early = { ...boundaryOf(team), scope, legalFile: first.id };
    expectProblem(await as('lead').post(`${project}/boundaries`, early), 409, 'LEGAL_FILE_INCOMPLETE');
    expect((await proposeBoundary(as('lead'), project, { ...boundaryOf(team), scope })).status).toBe(201);
    const { id } = await asked(team, project.slice('/projects/'.length), 'LEGAL');
    const seen = await as('riskOwner').see<{
      content: { core: { legalFile: { digest: string; parts: object } } };
    }>(`${project}/checkpoints/${id}`);
    const file = await as('lead').see<{ digest: string }>(`${project}/legal-files/lf2`);
    expect(seen.content.core.legalFile).toMatchObject({
      ...{ file: 'lf2', digest: file.digest, article6: 'PUBLIC_TASK', residualRisk: 'LOW' },
      parts: { LEGAL_POWER: { text: 'Statute.' } },
    });
    expectProblem(
      await as('lead').post(`${project}/boundaries`, { ...early, legalFile: 'lf1' }),
      409,
      'LEGAL_FILE',
    );
  });

  it('B53: advice against is not overridden in silence: every signer reads it with the risk owner’s reason', async () => {
    const officer = await as('holder').make(`/programmes/${team.programme}/people`, {
      ...{ organisation: team.organisations['holder'], roles: ['dataProtectionOfficer'] },
      ...{ name: 'The officer', address: 'officer@holder.example' },
    });
    const advising = installation.client(await installation.tokenOf(team.programme, officer.id));
    const { scope, summary } = boundaryOf(team);
    const { OFFICER_ADVICE: _nobody, ...parts } = legalFileOf(scope).parts;
    expectProblem(await as('lead').post(`${project}/legal-files`, legalFileOf(scope)), 422, 'LEGAL_FILE');
    await as('lead').make(`${project}/legal-files`, { ...legalFileOf(scope), parts });
    const propose = () => as('lead').post(`${project}/boundaries`, { scope, summary, legalFile: 'lf1' });
    expectProblem(await propose(), 409, 'LEGAL_FILE_INCOMPLETE');
    const advice = { advice: 'DO_NOT_PROCEED', text: 'Too many people could be recognised.' };
    expectProblem(await as('riskOwner').post(`${project}/legal-files/lf1/advice`, advice), 403);
    expect((await advising.post(`${project}/legal-files/lf1/advice`, advice)).status).toBe(201);
    expectProblem(await propose(), 409, 'ADVICE_AGAINST');
    const reason = 'The cells are coarse enough, <b>see</b> the assessment.';
    expectProblem(await as('lead').post(`${project}/legal-files/lf1/override`, { reason }), 403);
    await as('riskOwner').make(`${project}/legal-files/lf1/override`, { reason });
    expect((await propose()).status).toBe(201);
    const { id } = await asked(team, project.slice('/projects/'.length), 'ETHICAL');
    const { content } = await as('layMember').see<{ content: { core: object } }>(
      `${project}/checkpoints/${id}`,
    );
    expect(content.core).toMatchObject({
      legalFile: { advice: [{ officer: officer.id, ...advice }], notFollowedBecause: [{ reason }] },
    });
    const left = await as('holder').post(`/programmes/${team.programme}/people/${officer.id}/departure`, {});
    expect(left.status).toBe(201);
  });

  it('B53: incidents run their 72 hours, and a late report says why', async () => {
    const early = { what: 'A mail went to the wrong person.', awareAt: inDays(1) };
    expectProblem(await as('layMember').post(`${project}/incidents`, early), 422, 'AWARE_LATER');
    await as('layMember').make(`${project}/incidents`, { ...early, awareAt: inDays(-4) });
    const incidents = () => as('lead').see<Page<object>>(`${project}/incidents`);
    expect((await incidents()).items).toMatchObject([{ id: 'in1', status: 'OVERDUE', what: early.what }]);
    const report = { outcome: 'REPORTED', text: 'Case 118' };
    expectProblem(await as('riskOwner').post(`${project}/incidents/in1/report`, report), 422, 'DELAY');
    expectProblem(await as('layMember').post(`${project}/incidents/in1/report`, report), 403);
    await as('riskOwner').make(`${project}/incidents/in1/report`, { ...report, delay: 'Found out late.' });
    expect((await incidents()).items).toMatchObject([
      { status: 'REPORTED', reported: { delay: 'Found out late.' } },
    ]);
  });
});

describe('a new collection over the API', () => {
  const plan = () => ({
    ...{
      source: 'survey',
      collector: team.organisations['holder'],
      population: 'Everybody in the register.',
    },
    instrument: [
      { name: 'Illness Perception Questionnaire', reference: 'Moss-Morris et al. 2002', fields: ['control'] },
    ],
    ...{ eligible: 600, invited: 600, invitation: 'Come in.', informationSheet: '<i>What</i> it is for.' },
    ...{ linkConsent: 'I agree to the link.', optOut: 'Say so.' },
    ...{ opens: inDays(1), closes: inDays(20), leaveBy: inDays(30) },
  });

  it('B19: is planned, and waits for LEGAL and ETHICAL to be signed afresh for it', async () => {
    const { scope, summary } = boundaryOf(team);
    await as('lead').make(`${project}/cycles`, { descendsFrom: null });
    expectProblem(
      await as('lead').post(`${project}/collections`, { ...plan(), invited: 60 }),
      422,
      'COLLECTION_PLAN',
    );
    const { id } = await as('researcher').make(`${project}/collections`, plan());
    expectProblem(await as('lead').post(`${project}/collections/${id}/beginning`, {}), 409, 'FRESH_BOUNDARY');
    const survey = { source: 'survey', holder: team.organisations['holder'], fields: ['control'] };
    const wider = { ...scope, linkage: true, sources: [...scope.sources, survey] };
    await proposeBoundary(as('lead'), project, { ...{ scope: wider }, ...{ summary } });
    const stream = project.slice('/projects/'.length);
    await sign(installation, team, stream, 'LEGAL', ['riskOwner']);
    const half = await as('lead').see(`${project}/collections/${id}`);
    expect(half).toMatchObject({ status: 'PLANNED', informationSheet: '<i>What</i> it is for.' });
    expect(half['waitsFor']).toContain('no boundary');
    await sign(installation, team, stream, 'ETHICAL', ['checker', 'layMember', 'holder']);
    await as('lead').make(`${project}/collections/${id}/beginning`, {});
    expect(await as('lead').see(`${project}/collections/${id}`)).toMatchObject({
      status: 'INVITING',
      waitsFor: null,
    });
    const report = { responded: 240, linkConsented: 200, optedOut: 30, left: 10 };
    const compared = [{ characteristic: 'over 65', responders: 120, nonResponders: 100 }];
    const early = await as('holder').post(`${project}/collections/${id}/responses`, { ...report, compared });
    expectProblem(early, 409, 'COLLECTION_STATUS');
  });
});
