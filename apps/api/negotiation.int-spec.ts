// Asking a holder and being declined, over the API: clarifications, refusals with and without a reason, and who reads what.
import { gather, install } from './testing/installation';
import type { Installation, PersonKey, Team } from './testing/installation';
import { expectProblem } from './testing/problem';
import { askOf, atDataRequest, GRANT, inDays, withAgreement } from './testing/setting-up';

jest.setTimeout(120_000);

let installation: Installation;
let team: Team;
let project: string;

beforeAll(async () => {
  installation = await install();
  team = await gather(installation);
  await withAgreement(installation, team);
});
beforeEach(async () => {
  project = `/projects/${await atDataRequest(installation, team)}`;
  await as('lead').make(`${project}/requests`, askOf(team));
});
afterAll(() => installation?.stop());

const as = (name: PersonKey) => team.people[name].client;
const decline = (body: object = {}, request = 'r1') =>
  as('holder').make(`${project}/requests/${request}/answer`, { outcome: 'REFUSED', ...body });

interface Page<T> {
  items: T[];
}
interface Shown {
  status: string;
  answer: { reasons: string[] | null; reason: string | null; fields: object[] } | null;
}
const request = (name: PersonKey, id = 'r1') => as(name).see<Shown>(`${project}/requests/${id}`);
const HOSTILE = '<script>alert(1)</script> \u202eevil \u05d0\u05d1 e\u0301';

describe('a data request over the API', () => {
  it('B14: is clarified by both sides before it is answered, and nobody else reads along', async () => {
    const { id } = await as('holder').make(`${project}/clarifications`, {
      ...{ request: 'r1', topic: 'LEGITIMACY', question: HOSTILE },
    });
    await as('researcher').make(`${project}/clarifications/${id}/answers`, {
      answer: 'Section 9 of the statute.',
    });
    const grant = { outcome: 'GRANTED', grant: { ...GRANT, expires: inDays(300) } };
    const early = await as('holder').post(`${project}/requests/r1/answer`, grant);
    expectProblem(early, 409, 'CLARIFICATION_OPEN');
    const notMine = await as('lead').post(`${project}/clarifications/${id}/settlement`, {});
    expectProblem(notMine, 403, 'OTHER_SIDE');
    await as('holder').make(`${project}/clarifications/${id}/settlement`, {});
    const seen = await as('lead').see<Page<object>>(`${project}/clarifications`);
    expect(seen.items).toMatchObject([
      {
        ...{ id, side: 'HOLDER', status: 'SETTLED', text: HOSTILE, person: { name: 'The holder' } },
        answers: [{ side: 'ASKER', text: 'Section 9 of the statute.', person: { name: 'The researcher' } }],
      },
    ]);
    expect((await as('layMember').see<Page<object>>(`${project}/clarifications`)).items).toEqual([]);
    expectProblem(await as('layMember').get(`${project}/clarifications/${id}`), 404);
    await as('holder').make(`${project}/requests/r1/answer`, grant);
    const late = await as('lead').post(`${project}/clarifications`, {
      ...{ request: 'r1', topic: 'COST', question: 'q' },
    });
    expectProblem(late, 409, 'ALREADY_ANSWERED');
  });

  it('B30: without a stated reason the data is NOT_OBTAINED; what is supposed stays with the core team', async () => {
    await decline();
    expect((await request('lead')).status).toBe('NOT_OBTAINED');
    const suppose = { request: 'r1', motive: 'FEAR_OF_MONITORING', text: 'They may fear being watched.' };
    expectProblem(await as('layMember').post(`${project}/suppositions`, suppose), 403, 'WRONG_ROLE');
    const { id } = await as('official').make(`${project}/suppositions`, suppose);
    const seen = (name: PersonKey) => as(name).see<Page<object>>(`${project}/suppositions`);
    expect((await seen('researcher')).items).toMatchObject([
      { motive: 'FEAR_OF_MONITORING', text: suppose.text, person: { name: 'The official' } },
    ]);
    expect((await seen('holder')).items).toMatchObject([
      { id, isOpenToYou: false, motive: null, text: null, person: null },
    ]);
    expect((await seen('layMember')).items).toEqual([]);
    const reply = { text: 'We had nobody to extract it.' };
    expectProblem(await as('official').post(`${project}/suppositions/${id}/replies`, reply), 403);
    await as('holder').make(`${project}/suppositions/${id}/replies`, reply);
    expect((await seen('official')).items).toMatchObject([{ replies: [{ text: reply.text }] }]);
    // The ledger keeps the same discretion: whoever may not read the words still sees the chain.
    for (const name of ['layMember', 'holder'] as const) {
      const ledger = await as(name).see<Page<{ type: string; text: string | null }>>(
        `${project}/ledger?limit=500`,
      );
      expect(ledger.items.find(({ type }) => type === 'SuppositionRecorded')?.text).toBeNull();
      expect(JSON.stringify(ledger)).not.toContain('FEAR_OF_MONITORING');
    }
    expect(await as('official').see(`${project}/refusals`)).toMatchObject({
      ...{ outcomes: { NOT_OBTAINED: 1 }, stated: null, supposed: { FEAR_OF_MONITORING: 1 } },
      rows: [{ request: 'r1', outcome: 'NOT_OBTAINED', reasons: [] }],
    });
    expect((await request('holder')).answer?.reasons).toEqual([]);
  });

  it('B33, T6: a reason and where it comes from are for who asked and the holder; others see that it was declined', async () => {
    const alternatives = [{ alternative: 'RESEARCH_PURPOSE', whyNot: HOSTILE }];
    await decline({
      ...{ reasons: ['PURPOSE_INCOMPATIBLE'], reason: 'Given for care, not for this.', alternatives },
      sources: [{ reason: 'PURPOSE_INCOMPATIBLE', from: 'PROMISE_TO_CLIENTS', where: 'Leaflet of 2012' }],
    });
    const whyNot = 'Nobody can be reached any more.';
    await as('lead').make(`${project}/requests/r1/alternatives`, { alternative: 'RENEWED_CONSENT', whyNot });
    expect(await request('lead')).toMatchObject({
      status: 'REFUSED',
      answer: {
        ...{ reasons: ['PURPOSE_INCOMPATIBLE'], reason: 'Given for care, not for this.' },
        sources: [{ from: 'PROMISE_TO_CLIENTS', where: 'Leaflet of 2012' }],
        alternatives: [
          { alternative: 'RENEWED_CONSENT', whyNot, by: { name: 'The lead' } },
          { alternative: 'RESEARCH_PURPOSE', whyNot: HOSTILE, by: { name: 'The holder' } },
          { alternative: 'NARROWER_ASK', whyNot: null, by: null },
        ],
      },
    });
    expect(await request('layMember')).toMatchObject({
      ...{ status: 'REFUSED', answer: { reasons: null, reason: null, sources: null, alternatives: null } },
    });
    const overview = await as('layMember').see<{ requests: Shown[] }>(project);
    expect(overview.requests[0]?.answer).toMatchObject({ reasons: null, reason: null });
    expect(await as('layMember').see(`${project}/refusals`)).toMatchObject({
      ...{ rows: [], outcomes: { REFUSED: 1 }, stated: null, supposed: null },
    });
  });

  it('B26, B27: less is granted field by field, with what is kept back and why', async () => {
    const period = { from: '1974-01-01', to: '1978-12-31' };
    const individual = { level: 'INDIVIDUAL' };
    const detail = [{ field: 're78', period, granularity: individual }];
    const withheld = [
      { field: 're74', reason: 'BREACH_OF_CLIENT_TRUST', because: 'Told before the leaflet.' },
    ];
    // Earnings of 1978 are of that year, whatever the file says.
    const covers = { from: '1978-01-01', to: '1978-12-31' };
    const held = GRANT.depositAs.fields
      .filter(({ name }) => name !== 're74')
      .map((field) => (field.name === 're78' ? { ...field, covers } : field));
    const grant = {
      ...{ ...GRANT, fields: ['treat', 're78'], expires: inDays(300), detail, withheld },
      depositAs: { ...GRANT.depositAs, fields: held },
      releaseAs: { ...GRANT.releaseAs, fields: GRANT.releaseAs.fields.filter((f) => f.name !== 're74') },
    };
    const backwards = { ...period, from: '1979-01-01' };
    const wrong = { ...grant, detail: [{ field: 're78', period: backwards, granularity: individual }] };
    const refused = await as('holder').post(`${project}/requests/r1/answer`, {
      outcome: 'PARTLY_GRANTED',
      grant: wrong,
    });
    expectProblem(refused, 422, 'FIELD_TERMS');
    await as('holder').make(`${project}/requests/r1/answer`, { outcome: 'PARTLY_GRANTED', grant });
    const fieldsFor = async (name: PersonKey) => (await request(name)).answer?.fields;
    const kept = (reason: string | null, because: string | null) => [
      { field: 'treat', answer: 'GRANTED' },
      { field: 're74', answer: 'WITHHELD', withheld: { field: 're74', reason, because } },
      { field: 're78', answer: 'GRANTED', terms: { field: 're78', period } },
    ];
    expect(await fieldsFor('lead')).toMatchObject(kept('BREACH_OF_CLIENT_TRUST', 'Told before the leaflet.'));
    expect(await fieldsFor('layMember')).toMatchObject(kept(null, null));
  });

  it('B28, T5: after a refusal for its cost a smaller ask may follow; another ask waits, or for a wish', async () => {
    await decline({ reasons: ['COST_EXCEEDS_BENEFIT'] });
    const again = () => as('lead').post(`${project}/requests`, askOf(team));
    expectProblem(await again(), 409, 'COOLING_OFF');
    const smaller = { ...askOf(team), ask: { ...askOf(team).ask, fields: ['treat'] }, answers: 'r1' };
    expectProblem(
      await as('lead').post(`${project}/requests`, { ...askOf(team), answers: 'r1' }),
      422,
      'NOT_SMALLER',
    );
    expect((await as('lead').make(`${project}/requests`, smaller)).id).toBe('r2');
    await decline({ reasons: ['COST_EXCEEDS_BENEFIT'], reason: 'Still too dear.' }, 'r2');
    expectProblem(await again(), 409, 'COOLING_OFF');
    expectProblem(await as('lead').post(`${project}/requests/r2/wish`, {}), 409, 'NOT_DECLINED');
    await as('holder').make(`${project}/requests/r2/wish`, {});
    expect((await again()).status).toBe(201);
  });

  it('B29: the holder’s terms forbid it; aggregates may remain possible, and only those may be asked for instead', async () => {
    await decline({
      ...{ reasons: ['HOLDER_TERMS_PROHIBIT'], aggregatePossible: true },
      sources: [{ reason: 'HOLDER_TERMS_PROHIBIT', from: 'GOVERNANCE_TERMS', where: 'Clause 4' }],
    });
    expect(await request('lead')).toMatchObject({
      answer: { aggregatePossible: true, sources: [{ from: 'GOVERNANCE_TERMS', where: 'Clause 4' }] },
    });
    const again = (tier: string) =>
      as('lead').post(`${project}/requests`, {
        ...{ ...askOf(team), ask: { ...askOf(team).ask, tier }, answers: 'r1' },
      });
    expectProblem(await again('DEIDENTIFIED'), 422, 'AGGREGATE_ONLY');
    expect(await again('AGGREGATE')).toMatchObject({ status: 201, body: { id: 'r2' } });
  });

  it('B32: data given in trust is refused as a breach of it, and no smaller ask answers that', async () => {
    await decline({
      ...{ reasons: ['BREACH_OF_CLIENT_TRUST'], reason: 'We promised.' },
      sources: [{ reason: 'BREACH_OF_CLIENT_TRUST', from: 'PROMISE_TO_CLIENTS' }],
    });
    expect(await request('lead')).toMatchObject({ status: 'REFUSED', answer: { reason: 'We promised.' } });
    const smaller = { ...askOf(team), ask: { ...askOf(team).ask, fields: ['treat'] }, answers: 'r1' };
    expectProblem(await as('lead').post(`${project}/requests`, smaller), 409, 'NOT_ANSWERABLE');
  });

  it('T5: a reason in confidence is read by the one neutral person named, never by the lead', async () => {
    const reason = 'Our board is divided.';
    const confide = (confidant: PersonKey) =>
      as('holder').post(`${project}/requests/r1/answer`, {
        ...{ outcome: 'REFUSED', reason, confidant: team.people[confidant].id },
      });
    expectProblem(await confide('lead'), 422, 'NOT_NEUTRAL');
    expect((await confide('layMember')).status).toBe(201);
    const confidences = (name: PersonKey) => as(name).see<Page<object>>(`${project}/confidences`);
    expect((await confidences('layMember')).items).toMatchObject([{ about: 'r1', reason }]);
    expect((await confidences('lead')).items).toEqual([]);
    for (const name of ['lead', 'researcher', 'official', 'checker'] as const) {
      for (const path of [
        `${project}/requests`,
        project,
        `${project}/refusals`,
        `${project}/ledger?limit=100`,
      ])
        expect(JSON.stringify(await as(name).see(path))).not.toContain(reason);
    }
    expect((await request('lead')).status).toBe('REFUSED');
  });

  it('T5: why a grant is withdrawn may be told in confidence, too', async () => {
    const grant = { outcome: 'GRANTED', grant: { ...GRANT, expires: inDays(300) } };
    await as('holder').make(`${project}/requests/r1/answer`, grant);
    const withdraw = (confidant: PersonKey) =>
      as('holder').post(`${project}/requests/r1/withdrawal`, {
        ...{ mode: 'STOP', reason: 'Our board is divided.', confidant: team.people[confidant].id },
      });
    expectProblem(await withdraw('lead'), 422, 'NOT_NEUTRAL');
    expect((await withdraw('layMember')).status).toBe(201);
    const confidences = (name: PersonKey) => as(name).see<Page<object>>(`${project}/confidences`);
    expect((await confidences('layMember')).items).toMatchObject([
      { about: 'r1', reason: 'Our board is divided.' },
    ]);
    expect((await confidences('lead')).items).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['an unknown topic', { request: 'r1', topic: 'WEATHER', question: 'q' }, 'SHAPE'],
    ['an empty question', { request: 'r1', topic: 'COST', question: '  ' }, 'SHAPE'],
    [
      'a question of 20,000 characters',
      { request: 'r1', topic: 'COST', question: 'q'.repeat(20_000) },
      'SHAPE',
    ],
    ['an unknown field', { request: 'r1', topic: 'COST', question: 'q', urgent: true }, 'SHAPE'],
  ])('B14: %s is refused', async (_what, body, rule) => {
    expectProblem(await as('holder').post(`${project}/clarifications`, body), 422, rule);
  });
});
