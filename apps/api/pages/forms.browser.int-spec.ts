// Forms in a real browser: a lead's whole cycle from /app alone, and answers of people without e-mail (T15).
import { HTML, inAnOffice } from '../testing/browsing';
import { lookGood } from '../testing/looking';
import { interpret } from '../testing/releasing';
import { atDataRequest, inDays, PURPOSE } from '../testing/setting-up';
import { asked, sign } from '../testing/signing';
import { ASK, legalParts, parties, RATIONALE, REFLECTION, scope } from '../testing/typed';
import { checked, granted, permitted, runAnalysis } from '../testing/working';
import { contentCode } from '#libs/web';

jest.setTimeout(180_000);

const office = inAnOffice();
let project: string;

const open = (form: string) =>
  office.page.goto(`${office.installation.url}/app/projects/${project}/do/${form}`);
const press = (name: string) => office.page.getByRole('button', { name }).click();

/** Signed in with scripts switched off, as whoever sends a project's forms one by one. */
async function withoutScripts(address: string) {
  await office.context.close();
  office.context = await office.browser.newContext({ javaScriptEnabled: false });
  office.page = await office.context.newPage();
  await office.desk.signIn(office.page, address);
  await office.page.getByRole('heading', { level: 1, name: 'My projects' }).waitFor();
}

/** Fills what is named, presses the form's own button, and is sent on. */
async function fill(at: string, typed: Record<string, string | true>): Promise<void> {
  await office.page.goto(`${office.installation.url}/app/${at}`);
  for (const [name, value] of Object.entries(typed)) {
    if (value === true) await office.page.locator(`[name="${name}"]`).check();
    else if (await office.page.locator(`select[name="${name}"]`).count())
      await office.page.locator(`[name="${name}"]`).selectOption(value);
    else if (await office.page.locator(`[type="radio"][name="${name}"]`).count())
      await office.page.locator(`[name="${name}"][value="${value}"]`).check();
    else await office.page.locator(`[name="${name}"]`).fill(value);
  }
  await office.page.locator('main form button').click();
}

async function send(
  form: string,
  typed: Record<string, string | true> = {},
  at = `projects/${project}/do`,
): Promise<void> {
  await fill(`${at}/${form}`, typed);
  const text = await office.page.getByRole('alert').first().innerText();
  if (!text.includes('this is in the ledger now')) throw new Error(`${form}: ${text}`);
}

const idIn = (address: string): string => /prj_[a-z2-7]{16}/.exec(address)?.[0] ?? '';

const LEAD = 'lead@university.example';

describe('a lead, with a researcher for the run, from /app alone and without scripts', () => {
  beforeEach(() => withoutScripts(LEAD));

  it('B9, B57: starts a project, has it approved, and proposes the boundary with its legal file', async () => {
    await send('start-project', { title: `Did earnings rise? ${HTML}` }, 'do');
    project = idIn(office.page.url());
    await send('record-ethics', { body: 'Committee', reference: 'REC 7', expires: inDays(500).slice(0, 10) });
    await fill(`projects/${project}/do/draft-legal-file`, {
      ...scope(office.team),
      tier: 'DEIDENTIFIED',
      retentionDays: 'many',
    });
    await office.page.locator('#retentionDays-error').waitFor();
    expect(await office.page.locator('[name="sources.0.source"]').inputValue()).toBe('register');
    const terms = { article6: 'PUBLIC_TASK', residualRisk: 'LOW', ...legalParts };
    await send('draft-legal-file', { ...scope(office.team), ...terms });
    await send('propose-boundary', { legalFile: 'lf1', summary: 'What may be done.' });
    await sign(office.installation, office.team, project, 'LEGAL', ['riskOwner']);
    await sign(office.installation, office.team, project, 'ETHICAL', ['checker', 'layMember', 'holder']);
  });

  it('B10, B16: carries a cycle from its question to a checked result', async () => {
    await send('start-cycle');
    const question = {
      question: 'Did earnings rise?',
      framing: 'Tight.',
      aim: 'TIGHT',
      options: 'Go on\nStop',
    };
    await send('propose-question', { ...question, sufficient: 'yes', summary: 'As discussed.' });
    await sign(office.installation, office.team, project, 'QUESTION', ['official', 'researcher']);
    await send('send-request', {
      holder: office.team.organisations['holder'] ?? '',
      ...ASK,
      summary: 'Three fields.',
    });
    await granted(office.installation, office.team, project);
    await send('propose-release', {
      ...{ 'requests.r1': true, tier: 'DEIDENTIFIED', purpose: PURPOSE, methods: 'descriptive' },
      ...{
        [`readers.${office.team.people.researcher.id}`]: true,
        ...RATIONALE,
        expires: inDays(200).slice(0, 10),
      },
    });
    await fill(`projects/${project}/do/open-release`, { release: 'rel1' });
    await office.page.getByText('TRUST').first().waitFor();
    await permitted(office.installation, office.team, project);
    // What is run is a researcher's to register, not a lead's.
    await withoutScripts('researcher@university.example');
    await send('register-analysis?first=descriptive', {
      ...{ release: 'rel1', 'params.outcome': 're78', 'params.groups': 'treat' },
      ...{ use: 'DESCRIPTION', 'subpopulation.field': 're74', 'subpopulation.values': '0, 10' },
      ...{ 'window.from': '2014-01-01', hypothesis: 'They rose.', support: 'A difference.' },
    });
    const { items } = await office.team.people.lead.client.see<{ items: object[] }>(
      `/projects/${project}/analyses`,
    );
    expect(items[0]).toMatchObject({
      intention: {
        ...{ use: 'DESCRIPTION', subpopulation: { field: 're74', values: ['0', '10'] } },
        window: { from: '2014-01-01', to: null },
      },
    });
    await runAnalysis(office.installation, project);
    await checked(office.team, project, 'a1');
  });

  it('every form is found behind the project’s page, and the long ones are accessible, also at 320 pixels', async () => {
    await office.context.close();
    await office.renew();
    await office.desk.signIn(office.page, LEAD);
    await office.page.getByRole('heading', { level: 1, name: 'My projects' }).waitFor();
    await office.page.goto(`${office.installation.url}/app/projects/${project}`);
    await lookGood(office.page, 'commands');
    // What only a researcher may do is offered to nobody else.
    expect(await office.page.getByRole('link', { name: 'Register an analysis' }).count()).toBe(0);
    for (const form of ['draft-legal-file', 'record-evidence', 'plan-collection', 'propose-benefit']) {
      await open(form);
      await lookGood(office.page, form);
    }
  });

  it('B48: interprets, reflects, refines into a next cycle, suspends, resumes and closes', async () => {
    await send('close-analysis');
    await interpret(office.team, project);
    await send('record-insight', {
      ...{ text: `They did not. ${HTML}`, status: 'ACTIONABLE', 'analyses.a1': true },
      ...{
        [`authors.${office.team.people.official.id}`]: true,
        [`authors.${office.team.people.researcher.id}`]: true,
      },
    });
    await send('propose-reflection', REFLECTION);
    await sign(office.installation, office.team, project, 'REFLECTION', ['official', 'researcher']);
    await send('plan-action', {
      ...{ what: 'Change the offer.', owner: office.team.people.official.id, due: inDays(90).slice(0, 10) },
      ...{ effect: 'More take part.', 'insights.i1': true },
    });
    const refinement = {
      next: 'NEXT_CYCLE',
      reasons: 'Groups differed.',
      proposal: 'Match.',
      summary: 'Next.',
    };
    await send('propose-refinement', refinement);
    await sign(office.installation, office.team, project, 'REFINEMENT', ['official', 'researcher']);
    await send('start-cycle', { descendsFrom: 'c1' });
    const change = {
      'change.from': 'q1',
      'change.kind': 'NARROWS',
      'change.what': 'whom',
      'change.because': 'asked',
    };
    const further = {
      question: 'For whom?',
      framing: 'Broad.',
      aim: 'BROAD',
      sufficient: 'yes',
      summary: 'Anew.',
    };
    await send('propose-question', { ...further, ...change });
    await sign(office.installation, office.team, project, 'QUESTION', ['official', 'researcher']);
    await send('propose-benefit', { wave: '2', summary: 'So far.', ...parties(3) });
    await send('settle-empty', { stage: 'dataRequest', reason: 'What is there will do.' });
    await send('reopen-stage', { stage: 'dataRequest', reason: 'It will not.' });
    await send('set-tempo', { tempo: 'SHOCK', cause: 'PUBLIC_OUTCRY', reason: 'An outcry.' });
    await send('suspend', { reason: 'Staff are away.' });
    await send('resume');
    await fill(`projects/${project}/do/close-project`, { reason: 'No more.' });
    await office.page.getByText('cycle c2 is not settled', { exact: false }).first().waitFor();
    expect(await office.page.locator('[name="reason"]').inputValue()).toBe('No more.');
  });

  it('B48: closes a project, which asks nothing of anybody any more', async () => {
    await send('start-project', { title: 'Another' }, 'do');
    project = idIn(office.page.url());
    await send('close-project', { reason: 'It was begun by mistake.' });
    await office.page.getByText('Nobody’s: the project is closed.').waitFor();
  });
});

describe('answers of people without e-mail', () => {
  beforeAll(async () => {
    project = await atDataRequest(office.installation, office.team);
    const { lead, checker, official } = office.team.people;
    const people = `/programmes/${office.team.programme}/people`;
    await checker.client.make(`${people}/${official.id}/departure`, {});
    await checker.client.make(people, {
      ...{ organisation: office.team.organisations['council'], roles: ['policyOfficial'] },
      ...{ name: `Sam ${HTML}`, address: null },
    });
    await lead.client.make(`/projects/${project}/evidence`, {
      ...{ kind: 'CALL', title: 'Call with Sam', audience: 'PARTNERS', participants: [], others: 1 },
      ...{ provenance: { origin: 'telephone', dated: new Date().toISOString() } },
      attribution: { type: 'PERSON', person: lead.id },
    });
    await lead.client.make(`/projects/${project}/questions`, {
      ...{ question: 'For whom did earnings rise?', framing: 'Tight.', sufficient: true, summary: 'Anew.' },
      change: { from: 'q1', kind: 'NARROWS', what: 'whom', because: 'it was asked' },
    });
    await sign(office.installation, office.team, project, 'QUESTION', ['researcher']);
  });

  it('T15: the lead records an approval against the code that was read out; errors keep what was typed', async () => {
    await office.desk.signIn(office.page, 'lead@university.example');
    await office.page.goto(`${office.installation.url}/app/projects/${project}`);
    await office.page.getByText('ask by telephone or on paper, and record the answer on QUESTION').waitFor();
    expect(await office.page.locator('main').innerHTML()).not.toMatch(/<b>bold|<script/);
    await open('record-answer');
    await lookGood(office.page, 'record-answer');
    await press('Record an answer');
    await office.page.getByRole('heading', { name: 'There is a problem' }).waitFor();
    const who = office.page.getByLabel('Who answered, and what?');
    await who.selectOption({ index: 1 });
    await office.page.getByLabel('The content code they were read').fill('0000 0000');
    await office.page.getByRole('radio', { name: 'Approved', exact: true }).check();
    await office.page.getByRole('radio', { name: 'Telephone' }).check();
    await office.page.getByLabel('What shows it?').selectOption({ index: 1 });
    await office.page.getByLabel('The name the person gave').fill('Sam');
    await press('Record an answer');
    await office.page.getByText('this is not the code of what is asked now').first().waitFor();
    await lookGood(office.page, 'record-answer-errors');
    expect(await office.page.getByLabel('The name the person gave').inputValue()).toBe('Sam');
    const { current } = await asked(office.team, project, 'QUESTION');
    await office.page.getByLabel('The content code they were read').fill(contentCode(current.content.core));
    await press('Record an answer');
    await office.page.getByText('this is in the ledger now').waitFor();
    expect((await asked(office.team, project, 'QUESTION')).current.status).toBe('OPEN');
  });

  it('T15: a colleague reads whose approval it is and what shows it, and countersigns; others are not offered the form', async () => {
    await office.desk.signIn(office.page, 'riskowner@holder.example');
    expect((await open('countersign'))?.status()).toBe(404);
    await office.context.close();
    await office.renew();
    await office.desk.signIn(office.page, 'checker@council.example');
    await open('countersign');
    await office.page.getByText('Call with Sam').waitFor();
    await lookGood(office.page, 'countersign');
    await press('Countersign a recorded approval');
    await office.page.getByRole('heading', { name: 'There is a problem' }).waitFor();
    await office.page.getByLabel('Whose approval do you confirm?').selectOption({ index: 1 });
    await office.page.getByLabel('Your name').fill('The checker');
    await press('Countersign a recorded approval');
    await office.page.getByText('this is in the ledger now').waitFor();
    expect((await asked(office.team, project, 'QUESTION')).current.status).toBe('SETTLED');
  });
});
