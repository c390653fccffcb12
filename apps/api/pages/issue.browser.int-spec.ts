// What a question is about and rests on, in a real browser: the issue, sources, sufficiency, rivals, a legal check, a shock.
import { HTML, inAnOffice, RTL } from '../testing/browsing';
import { lookGood } from '../testing/looking';
import { atDataRequest, inDays } from '../testing/setting-up';

jest.setTimeout(180_000);

const office = inAnOffice();

const asLead = () => office.desk.signIn(office.page, 'lead@university.example');
const open = (path: string) => office.page.goto(`${office.installation.url}${path}`);

const isGood = (name: string) => lookGood(office.page, name);

it('B44, B52, B18, B15: the issue, the sources, the questions and rival hypotheses have pages of their own', async () => {
  const { lead, official, researcher, holder } = office.team.people;
  const own = await atDataRequest(office.installation, office.team);
  const path = `/projects/${own}`;
  const seen = (degree: string) => ({ degree, because: HTML });
  const profile = { contested: seen('YES'), urgent: seen('NO'), open: seen('SOMEWHAT'), risky: seen('NO') };
  await lead.client.make(`${path}/issue-profiles`, profile);
  await lead.client.make(`${path}/issue-profiles`, { ...profile, urgent: seen('YES') });
  await official.client.make(`${path}/narratives`, {
    heldAs: 'policyOfficial',
    isOwn: true,
    text: 'It works.',
  });
  await researcher.client.make(`${path}/narratives`, { heldAs: 'civilSociety', isOwn: false, text: RTL });
  await researcher.client.make(`${path}/sources`, {
    ...{ name: 'areas', heldBy: HTML, collectedFor: 'Statistics.', missing: 'Nobody.', measure: 'STOCK' },
    provenance: 'PUBLISHED',
    access: {
      ...{ kind: 'PUBLISHED', address: 'https://data.example/areas.csv', licence: 'OGL 3', version: '2027' },
      disclosureControl: 'Counts below five are suppressed.',
    },
  });
  const { items } = await lead.client.see<{ items: { id: string; name: string }[] }>(`${path}/sources`);
  const source = items.find(({ name }) => name === 'areas')?.id ?? '';
  await official.client.make(`${path}/discovery`, { claim: 'EXISTS', source, text: RTL });
  await official.client.make(`${path}/discovery`, {
    claim: 'RELEVANT',
    source,
    question: 'q1',
    text: 'It says where.',
  });
  const spec = { level: 'ROWS', fields: [{ name: 'area', type: 'text' }] };
  await holder.client.make(`${path}/imports`, {
    ...{
      source,
      version: '2027',
      licence: 'OGL 3',
      digest: 'a'.repeat(64),
      depositAs: spec,
      releaseAs: spec,
    },
    expires: inDays(100),
  });
  await researcher.client.make(`${path}/hypotheses`, { statement: RTL, reason: 'A first guess.' });
  await official.client.make(`${path}/hypotheses`, {
    statement: HTML,
    reason: 'Another view.',
    rivals: ['hy1'],
  });
  await official.client.make(`${path}/sufficiency/revocations`, { reason: HTML });
  await asLead();
  await open(`/app${path}`);
  await office.page.getByRole('link', { name: 'Issue', exact: true }).click();
  await office.page.getByRole('heading', { name: 'Competing narratives' }).waitFor();
  const cards = office.page.locator('.parley-card');
  const [left, right] = await Promise.all([cards.nth(0).boundingBox(), cards.nth(1).boundingBox()]);
  expect(Math.abs((left?.y ?? 0) - (right?.y ?? 1))).toBeLessThan(2);
  expect((right?.x ?? 0) > (left?.x ?? 0)).toBe(true);
  await office.page.getByText('Now, since').waitFor();
  await office.page.getByText('Earlier, on').waitFor();
  await isGood('issue');
  await office.page.getByRole('link', { name: 'Sources' }).click();
  await office.page.getByText('The legal check waits for The riskOwner').waitFor();
  await office.page.getByText('What was said of').first().click();
  await isGood('sources');
  await office.page.getByRole('link', { name: 'Question and sufficiency' }).click();
  await office.page.getByText('No wave opens until a version signed since').waitFor();
  await office.page.getByText('Did earnings rise?').waitFor();
  await isGood('sufficiency');
  await office.page.getByRole('link', { name: 'Hypotheses' }).click();
  await office.page.getByRole('heading', { name: 'Its rival' }).first().waitFor();
  await isGood('hypotheses-rivals');
  await office.page.getByRole('link', { name: 'Timeline' }).click();
  await office.page.getByText('Sufficiency revoked').waitFor();
  await isGood('timeline');
  // A narrative that is held by a role alone says nothing of who told it, here neither.
  expect(await office.page.getByText('what it says is not for you').count()).toBeGreaterThan(0);
  await office.page.getByRole('link', { name: 'Earlier' }).click();
  await office.page.getByText('Project started').waitFor();
  expect(await office.page.locator('main').innerHTML()).not.toMatch(/<b>|<script/);
});

it('B23, B47: a risk owner records the legal check, an official sets the tempo; neither is offered the other’s form', async () => {
  await office.desk.signIn(office.page, 'riskowner@holder.example');
  await office.page.getByRole('link', { name: 'Did the programme raise earnings?' }).first().waitFor();
  await office.page.getByText('record the legal check (imp1)').waitFor();
  const { items } = await office.team.people.lead.client.see<{ items: { stream: string; what: string }[] }>(
    '/accounts/me/moves',
  );
  const own = items.find(({ what }) => what === 'propose a question for which the data suffices')?.stream;
  await open(`/app/projects/${own}`);
  expect(await office.page.getByRole('link', { name: 'Set the tempo' }).count()).toBe(0);
  await office.page.getByRole('link', { name: 'Record the legal check of published data' }).click();
  await isGood('legal-check');
  await office.page.getByRole('button', { name: 'Record the legal check' }).click();
  await office.page.getByRole('heading', { name: 'There is a problem' }).waitFor();
  await office.page.getByLabel('imp1: areas').check();
  await office.page.getByLabel('Permitted', { exact: true }).check();
  await office.page.getByLabel('What you checked').fill(HTML);
  await office.page.getByRole('button', { name: 'Record the legal check' }).click();
  await office.page.getByRole('heading', { name: 'Recorded' }).waitFor();
  await office.page.getByRole('button', { name: 'Sign out' }).click();
  await office.desk.signIn(office.page, 'official@council.example');
  await office.page.getByRole('heading', { level: 1, name: 'My projects' }).waitFor();
  await open(`/app/projects/${own}/do/set-tempo`);
  await office.page.getByLabel('Shock', { exact: true }).check();
  await office.page.getByLabel('What caused the shock?').selectOption('PUBLIC_OUTCRY');
  await office.page.getByLabel('Your reason').fill('The newspapers.');
  await office.page.getByRole('button', { name: 'Set the tempo' }).click();
  await office.page.getByRole('heading', { name: 'Recorded' }).waitFor();
  await open('/app');
  await office.page.locator('#projects li').first().getByText('Shock').waitFor();
  await isGood('projects-shock');
});
