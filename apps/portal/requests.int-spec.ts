// A data request answered by link and code: read field by field, talked about, granted in part or refused, and recorded once.
import { commitText } from '#libs/ledger';
import { personId, requested } from '#libs/testing';
import type { Setting } from '#libs/testing';
import { closePortal, form, openPortal } from './testing/asking';
import type { Opened } from './testing/asking';
import { answerLink } from './testing/requests';
import { Visitor } from './testing/visitor';
import type { Page } from './testing/visitor';

jest.setTimeout(60_000);

let opened: Opened;
let setting: Setting;
let visitor: Visitor;
let page: Page & { address: string };

beforeAll(async () => {
  opened = await openPortal();
});

beforeEach(async () => {
  setting = opened.start.withAnotherProject();
  visitor = new Visitor(opened.portal.url);
  await requested(setting);
  await setting.db.query('delete from parley.asks');
  page = await visitor.arrive(await link());
});

afterEach(() => opened.start.db.shiftClock('0'));
afterAll(() => closePortal(opened));

async function request() {
  const found = (await setting.world()).project.requests['r1'];
  if (!found) throw new Error('No request was sent.');
  return found;
}

const link = (person?: string) => answerLink(setting, person);
const mailedCode = () =>
  setting.processes.courier.links.mintAnswerCode(setting.project, personId('holder'), 'r1');

/** The answer's form is the last on the page; before it are those of questions and replies. */
const answerForm = ({ forms }: Page) => forms.at(-1)?.fields ?? {};
const name = { name: 'Person holder' };
const answer = async (fields: Record<string, string>) =>
  visitor.post(page.address, { ...answerForm(await visitor.get(page.address)), ...name, ...fields });
const recorded = async (fields: Record<string, string>) => {
  const codePage = await answer(fields);
  return visitor.post(page.address, { ...form(codePage), code: await mailedCode() });
};
const grantAll = { outcome: 'GRANTED', 'as-0': 'integer', 'as-1': 'number', expires: '2027-06-30' };

it('B14: shows exactly what is asked, field by field, and nothing chosen beforehand', async () => {
  const { content } = await request();
  expect(page.status).toBe(200);
  expect(page.html).toContain(content.core);
  for (const said of ['treat', 're78', 'earnings', 'descriptive', 'Not linked with anything'])
    expect(page.html).toContain(said);
  expect(page.html).not.toMatch(/<(input|option)[^>]* (checked|selected)/);
  expect(page.html).not.toContain('<script');
  expect(page.headers.get('cache-control')).toBe('no-store');
});

it('B27: a grant per field is the command the API would have given, by link and code', async () => {
  const codePage = await answer(grantAll);
  expect(codePage.h1).toBe('Type the code we mailed you');
  expect((await request()).answer).toBeNull();
  const done = await visitor.post(page.address, { ...form(codePage), code: await mailedCode() });
  expect(done.status).toBe(303);
  expect((await request()).answer).toMatchObject({
    person: personId('holder'),
    outcome: 'GRANTED',
    grant: {
      ...{ tier: 'DEIDENTIFIED', fields: ['treat', 're78'], expires: '2027-06-30T23:59:59.999Z' },
      depositAs: {
        level: 'ROWS',
        fields: [
          { name: 'treat', type: 'integer' },
          { name: 're78', type: 'number' },
        ],
      },
    },
  });
  const [entry] = await setting.db.query<{ assurance: string }>(
    `select data ->> 'assurance' as assurance from parley.events where stream = $1 and type = 'RequestAnswered'`,
    [setting.project],
  );
  expect(entry?.assurance).toBe('LINK_CODE');
  const receipt = await visitor.get(page.address);
  expect(receipt.html).toContain(`${setting.project}/`);
  const mails = await setting.db.query(
    `select 1 from parley.outbox where stream = $1 and mail ->> 'purpose' = 'ANSWER_RECEIPT'`,
    [setting.project],
  );
  expect(mails).toHaveLength(1);
});

it('B27: part of it as a table, the rest kept back with its reason and a condition', async () => {
  const partly = { outcome: 'PARTLY_GRANTED', 'as-0': 'dimension', 'as-1': 'keep', expires: '2027-06-30' };
  const words = { 'why-1': 'EXPOSURE_WITHOUT_CONTEXT', 'because-1': 'Low volumes', minOrganisations: '4' };
  expect((await recorded({ ...partly, tier: 'AGGREGATE', ...words })).status).toBe(303);
  expect((await request()).answer?.grant).toMatchObject({
    ...{ tier: 'AGGREGATE', fields: ['treat'] },
    depositAs: { level: 'CELLS', dimensions: ['treat'], sums: [] },
    withheld: [{ field: 're78', reason: 'EXPOSURE_WITHOUT_CONTEXT' }],
    conditions: [{ kind: 'MIN_ORGANISATIONS', value: '4' }],
  });
});

it('B27: codes, bands and ranges, and rows that are released as a table of counts, as the API has them', async () => {
  const narrowed = {
    ...{ outcome: 'GRANTED', expires: '2027-06-30', tier: 'AGGREGATE' },
    ...{ 'as-0': 'category', 'codes-0': '0, 1', 'releaseAs-0': 'dimension' },
    ...{ 'as-1': 'number', 'min-1': '0', 'max-1': '100000', 'releaseAs-1': 'sum' },
  };
  const kept = await answer(narrowed);
  expect(form(kept)).toMatchObject({ 'codes-0': '0, 1', 'releaseAs-1': 'sum' });
  expect((await recorded(narrowed)).status).toBe(303);
  const treat = { name: 'treat', type: 'category', codes: ['0', '1'] };
  const re78 = { name: 're78', type: 'number', min: 0, max: 100000 };
  expect((await request()).answer?.grant).toMatchObject({
    tier: 'AGGREGATE',
    depositAs: { level: 'ROWS', fields: [treat, re78], dimensions: [], sums: [] },
    releaseAs: { level: 'CELLS', fields: [treat, re78], dimensions: ['treat'], sums: ['re78'] },
  });
});

it('a form about two hundred fields is read, and other pages take no more than they did', async () => {
  const many = Object.fromEntries(Array.from({ length: 3000 }, (_, n) => [`because-${n}`, 'x'.repeat(90)]));
  const long = await answer({ ...many, outcome: '' });
  expect([long.status, long.html.includes('Choose one of the answers')]).toEqual([422, true]);
  expect((await visitor.post('/fresh', many)).status).toBe(413);
});

it('T5: declined with a category, or in confidence with words alone', async () => {
  expect((await recorded({ outcome: 'REFUSED', reason_COST_EXCEEDS_BENEFIT: 'yes' })).status).toBe(303);
  expect((await request()).answer).toMatchObject({ outcome: 'REFUSED', reasons: ['COST_EXCEEDS_BENEFIT'] });
});

it('T5: declined in confidence, and without any reason', async () => {
  const confided = { outcome: 'REFUSED', reason: 'Between us', confidant: personId('lay') };
  const both = await recorded({ ...confided, reason_COST_EXCEEDS_BENEFIT: 'yes' });
  expect(both.status).toBe(422);
  expect(both.html).toContain('words alone');
  expect((await recorded(confided)).status).toBe(303);
  expect((await request()).answer).toMatchObject({ confidant: personId('lay'), reasons: [] });
});

it('B14: a question stops the clock, its answer is shown, and it is settled before a grant', async () => {
  const talk = `${page.address}/talk`;
  const asking = page.forms.find(({ fields }) => fields.act === 'ask')?.fields ?? {};
  const empty = await visitor.post(talk, asking);
  expect(empty.status).toBe(422);
  const asked = await visitor.post(talk, {
    ...{ ...asking, topic: 'PERIOD', question: 'Why <b>this</b> period?', askingName: 'Person holder' },
  });
  expect(asked.status).toBe(303);
  const reply = commitText('Because of the reform');
  await setting.onProject('lead', {
    command: { type: 'AnswerClarification', clarification: 'cl1', text: reply.commitment },
    texts: [reply],
  });
  const shown = await visitor.get(page.address);
  expect(shown.html).toContain('Because of the reform');
  expect(shown.html).toContain('Why &lt;b&gt;this&lt;/b&gt; period?');
  expect((await recorded(grantAll)).html).toContain('not settled yet');
  const settling = shown.forms.find(({ fields }) => fields.act === 'settle')?.fields ?? {};
  expect((await visitor.post(talk, settling)).status).toBe(422);
  await visitor.post(talk, { ...settling, 'settles-cl1': 'yes', 'talkName-cl1': 'Person holder' });
  expect((await recorded(grantAll)).status).toBe(303);
});

describe('bad input', () => {
  it.each([
    ['nothing chosen', {}, 'Choose one of the answers'],
    ['a field without an answer', { ...grantAll, 'as-1': '' }, 'Say of re78'],
    ['no end', { ...grantAll, expires: '' }, 'Give a day in the future'],
    [
      'all of it granted and some of it kept back',
      { ...grantAll, 'as-1': 'keep' },
      'You grant less than was asked',
    ],
    [
      'everything kept back',
      { outcome: 'PARTLY_GRANTED', 'as-0': 'keep', 'as-1': 'keep', expires: '2027-06-30' },
      'You keep every field back',
    ],
    ['rows and tables at once', { ...grantAll, 'as-0': 'dimension' }, 'either rows or a table'],
    ['codes of a number', { ...grantAll, 'codes-1': '1, 2' }, 'Codes, bands and places belong to a category'],
    ['bands that fall', { ...grantAll, 'as-0': 'category', 'bands-0': '50, 16' }, 'ascending order'],
    [
      'rows released as counts of nothing',
      { ...grantAll, 'releaseAs-1': 'sum' },
      'counted by at least one field',
    ],
    ['a table as rows', { ...grantAll, tier: 'AGGREGATE' }, 'Counts and sums only take a table'],
    ['reasons beside a grant', { ...grantAll, reason_FEAR_OF_MONITORING: 'yes' }, 'go only with'],
    ['no name', { ...grantAll, name: '' }, 'Type your full name'],
    ['a reason of 4,001 characters', { outcome: 'REFUSED', reason: 'x'.repeat(4001) }, 'Shorten'],
  ])('%s: said at the field, nothing recorded', async (_what, fields, said) => {
    const answered = await answer(fields);
    expect([answered.status, answered.html.includes(said)]).toEqual([422, true]);
    expect((await request()).answer).toBeNull();
  });

  it('a wrong code five times, a form of elsewhere, a stranger’s address and another person’s link', async () => {
    const codePage = await answer(grantAll);
    const code = await mailedCode();
    const wrong = code === '00000000' ? '00000001' : '00000000';
    for (let time = 0; time < 5; time += 1)
      expect((await visitor.post(page.address, { ...form(codePage), code: wrong })).html).toContain(
        'not the code',
      );
    expect((await visitor.post(page.address, { ...form(codePage), code })).html).toContain('no longer works');
    const foreign = { origin: 'https://evil.example' };
    expect((await visitor.post(page.address, form(codePage), foreign)).status).toBe(403);
    expect((await new Visitor(opened.portal.url).get(page.address)).status).toBe(404);
    await expect(link(personId('riskOwner'))).rejects.toThrow('NOT_ASKED');
    await expect(link(personId('lead'))).rejects.toThrow('NOT_ASKED');
    expect((await request()).answer).toBeNull();
  });

  it('T2: every button pressed once records nothing', async () => {
    for (const { action, fields } of page.forms) await visitor.post(action, fields);
    const { answer: given } = await request();
    expect(given).toBeNull();
    expect((await setting.world()).project.clarifications).toEqual([]);
  });

  it('lapsed or answered meanwhile: the page says so and records nothing more', async () => {
    const codePage = await answer(grantAll);
    const code = await mailedCode();
    await setting.byAccount('holder', setting.project, {
      command: {
        ...{ type: 'AnswerRequest', request: 'r1', outcome: 'REFUSED', grant: null },
        ...{ reasons: [], reason: null, assurance: 'ACCOUNT' },
      },
    });
    const late = await visitor.post(page.address, { ...form(codePage), code });
    expect(late.html).toContain('Decline');
    expect((await request()).answer?.outcome).toBe('REFUSED');
  });
});

it('I5: three hundred equal submissions at once are one answer and equal replies', async () => {
  const codePage = await answer(grantAll);
  const fields = { ...form(codePage), code: await mailedCode() };
  const all = await Promise.all(Array.from({ length: 300 }, () => visitor.post(page.address, fields)));
  for (const { status } of all) expect([200, 303]).toContain(status);
  const entries = await setting.db.query(
    `select 1 from parley.events where stream = $1 and type = 'RequestAnswered'`,
    [setting.project],
  );
  expect(entries).toHaveLength(1);
});
