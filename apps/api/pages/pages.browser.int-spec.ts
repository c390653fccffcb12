// The pages of account holders in a real browser: signed in by a mailed code, accessible, whole at 320 pixels, nothing lost.
import { HTML, inAnOffice, RTL } from '../testing/browsing';
import { lookGood } from '../testing/looking';
import { sealRelease } from '../testing/releasing';
import { askOf, atDataRequest, PURPOSE } from '../testing/setting-up';

jest.setTimeout(180_000);

const office = inAnOffice();
let project: string;

beforeAll(async () => {
  project = await atDataRequest(office.installation, office.team);
});

const asLead = () => office.desk.signIn(office.page, 'lead@university.example');
const open = (path: string) => office.page.goto(`${office.installation.url}${path}`);

const isGood = (name: string) => lookGood(office.page, name);

it('B4: a lead signs in by a mailed code, sees whose move it is, filters their projects, and signs out', async () => {
  const { id: other } = await office.team.people.lead.client.make('/projects', {
    ...{ programme: office.team.programme, title: HTML },
  });
  await office.team.people.lead.client.make(`/projects/${other}/suspension`, { reason: 'Staff are away.' });
  await open('/app');
  await isGood('sign-in');
  await asLead();
  await office.page.getByRole('heading', { level: 1, name: 'My projects' }).waitFor();
  await isGood('projects');
  expect(await office.page.locator('main').innerHTML()).not.toMatch(/<b>|<script/);
  const listed = office.page.locator('#projects');
  await listed.getByRole('link', { name: HTML }).waitFor();
  await office.page.getByLabel('Status').selectOption('ACTIVE');
  await office.page.getByRole('button', { name: 'Show these' }).click();
  expect(await listed.getByRole('link', { name: HTML }).count()).toBe(0);
  const cookies = await office.context.cookies(`${office.installation.url}/app`);
  expect(cookies.filter(({ name }) => name === 'parley_session')).toMatchObject([
    { httpOnly: true, sameSite: 'Lax', path: '/app' },
  ]);
  const secret = cookies.find(({ name }) => name === 'parley_session')?.value ?? '';
  await office.page.getByRole('button', { name: 'Sign out' }).click();
  await office.page.getByRole('heading', { level: 1, name: 'Sign in to Parley' }).waitFor();
  expect((await office.installation.client(secret).get('/accounts/me')).status).toBe(401);
});

it('a session planted beforehand is not taken over, each sign-in begins a new one, and leaving ends it at the server', async () => {
  const session = async () =>
    (await office.context.cookies(`${office.installation.url}/app`)).find(
      ({ name }) => name === 'parley_session',
    )?.value ?? '';
  const me = async (secret: string) =>
    (await office.installation.client(secret).get('/accounts/me')).body as { person: string };
  const planted = await office.installation.tokenOf(office.team.programme, office.team.people.official.id);
  const place = { domain: '127.0.0.1', path: '/app', httpOnly: true, sameSite: 'Lax' as const };
  await office.context.addCookies([{ name: 'parley_session', value: planted, ...place }]);
  await asLead();
  await office.page.getByRole('heading', { level: 1, name: 'My projects' }).waitFor();
  const first = await session();
  expect([first === planted, (await me(planted)).person]).toEqual([false, office.team.people.official.id]);
  await office.context.clearCookies();
  await asLead();
  await office.page.getByRole('heading', { level: 1, name: 'My projects' }).waitFor();
  const second = await session();
  expect([first, planted]).not.toContain(second);
  await office.page.getByRole('button', { name: 'Sign out' }).click();
  await office.page.getByRole('heading', { level: 1, name: 'Sign in to Parley' }).waitFor();
  // A copy of the cookie, kept by somebody else.
  await office.context.addCookies([{ name: 'parley_session', value: second, ...place }]);
  await open('/app');
  await office.page.getByRole('heading', { level: 1, name: 'Sign in to Parley' }).waitFor();
});

it.each([
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '/app/..//evil.example',
  '/app@evil.example',
  '/appevil',
])('a sign-in that should lead to %s leads to the first page of our own', async (to) => {
  const lying = { host: 'evil.example', 'x-forwarded-host': 'evil.example' };
  const shown = await office.context.request.get(
    `${office.installation.url}/app/sign-in?to=${encodeURIComponent(to)}`,
  );
  expect(await shown.text()).toContain('href="/app/sign-in/start?to=%2Fapp"');
  const start = `${office.installation.url}/app/sign-in/start?to=${encodeURIComponent(to)}`;
  const begun = await office.context.request.get(start, { maxRedirects: 0, headers: lying });
  const there = new URL(begun.headers().location ?? '');
  expect([there.origin, there.searchParams.get('redirect_uri')]).toEqual([
    office.desk.provider.issuer,
    `${office.installation.url}/app/sign-in/callback`,
  ]);
  const kept = (await office.context.cookies(`${office.installation.url}/app/sign-in`)).find(
    ({ name }) => name === 'parley_attempt',
  );
  expect(JSON.parse(Buffer.from(kept?.value ?? '', 'base64url').toString('utf8'))).toMatchObject({
    to: '/app',
  });
});

it('an address that no registrar entered gets nowhere, and is told what to do', async () => {
  await office.desk.signIn(office.page, 'stranger@nowhere.example');
  await office.page.getByText('Nobody in a programme here has the address you signed in with.').waitFor();
  await isGood('stranger');
  await open('/app');
  await office.page.getByRole('heading', { level: 1, name: 'Sign in to Parley' }).waitFor();
});

it('B10: a project’s page shows stages, moves and questions; its parts show requests, the matrix, hypotheses and evidence', async () => {
  const { lead, researcher } = office.team.people;
  const path = `/projects/${project}`;
  await lead.client.make(`${path}/requests`, { ...askOf(office.team), rationale: { text: HTML, cites: [] } });
  await researcher.client.make(`${path}/hypotheses`, { statement: RTL, reason: 'A first guess.' });
  await lead.client.make(`${path}/admissibility`, {
    ...{ source: 'register', field: 're78', uses: ['DESCRIPTION'] },
  });
  await asLead();
  await office.page.getByRole('link', { name: 'Did the programme raise earnings?' }).first().click();
  await office.page.getByRole('heading', { name: 'Whose move it is' }).waitFor();
  await office.page.getByText('Question q1').waitFor();
  await isGood('project');
  await office.page.getByRole('link', { name: 'Requests and refusals' }).click();
  await office.page.getByText(HTML).waitFor();
  await isGood('requests');
  await open(`/app${path}/admissibility`);
  await isGood('admissibility');
  await open(`/app${path}/hypotheses`);
  await office.page.getByText('البيانات').first().waitFor();
  await isGood('hypotheses');
  await open(`/app${path}/evidence`);
  await isGood('evidence');
});

it('a form names each error with what was typed still there, and then the request is sent', async () => {
  await asLead();
  await open(`/app/projects/${project}/do/send-request`);
  await isGood('form');
  await office.page.getByLabel('Source').fill('a register nobody named');
  await office.page.getByLabel('Rationale', { exact: true }).fill(HTML);
  await office.page.getByRole('button', { name: 'Send a data request' }).click();
  await office.page.getByRole('heading', { name: 'There is a problem' }).waitFor();
  await isGood('form-errors');
  expect(await office.page.getByLabel('Rationale', { exact: true }).inputValue()).toBe(HTML);
  await office.page.getByRole('link', { name: 'Summary in plain words: this is needed.' }).click();
  expect(await office.page.evaluate('document.activeElement.id')).toBe('summary');
  await office.page.getByLabel('Who holds the data?').selectOption(office.team.organisations['holder'] ?? '');
  await office.page.getByLabel('Fields').fill('treat, re74');
  await office.page.getByLabel('Deidentified', { exact: true }).check();
  await office.page.getByLabel('Purpose').fill(PURPOSE);
  await office.page.getByLabel('Methods').fill('descriptive');
  await office.page.getByRole('group', { name: 'Is it to be linked?' }).getByLabel('No').check();
  await office.page.getByLabel('Summary in plain words').fill('Two fields, to begin with.');
  await office.page.getByRole('button', { name: 'Send a data request' }).click();
  // The rule's own words: what is outside the boundary, and what would make it possible.
  await office.page
    .getByRole('alert')
    .getByText('Outside the boundary in force: the source "a register nobody named" of holder.')
    .waitFor();
  await isGood('form-refused');
  await office.page.getByLabel('Source').fill('register');
  await office.page.getByRole('button', { name: 'Send a data request' }).click();
  await office.page.getByRole('heading', { name: 'Recorded' }).waitFor();
  await isGood('form-done');
});

it('a form left open while others acted is refused instead of recorded, and a second click records nothing twice', async () => {
  await asLead();
  const form = `/app/projects/${project}/do/suspend`;
  await open(form);
  const { client } = office.team.people.lead;
  await client.make(`/projects/${project}/tempo`, {
    tempo: 'SHOCK',
    cause: 'PUBLIC_OUTCRY',
    reason: 'News.',
  });
  await office.page.getByLabel('Your reason').fill('A pause.');
  await office.page.getByRole('button', { name: 'Suspend the project' }).click();
  await office.page.getByRole('alert').getByText('the ledger is at').waitFor();
  expect(await office.page.getByLabel('Your reason').inputValue()).toBe('A pause.');
  await office.page.getByRole('button', { name: 'Suspend the project' }).click();
  await office.page.getByRole('heading', { name: 'Recorded' }).waitFor();
  await office.page.getByRole('link', { name: 'Resume the project' }).click();
  await office.page.getByRole('button', { name: 'Resume the project' }).click();
  await office.page.getByRole('heading', { name: 'Recorded' }).waitFor();
});

it('forms that are not for this person look like what does not exist, and one without its proof is refused', async () => {
  await office.desk.signIn(office.page, 'holder@holder.example');
  await office.page.getByRole('heading', { level: 1, name: 'My projects' }).waitFor();
  expect((await open(`/app/projects/${project}/do/suspend`))?.status()).toBe(404);
  const foreign = await office.context.request.post(`${office.installation.url}/app/sign-out`, {
    form: { csrf: 'guessed' },
  });
  expect(foreign.status()).toBe(403);
  expect((await open('/app/nowhere'))?.status()).toBe(404);
  await isGood('problem');
  expect((await open('/app'))?.status()).toBe(200);
});

it('B22: a release’s gate is listed with each rule, its reason and whose move it is', async () => {
  const other = await atDataRequest(office.installation, office.team);
  await sealRelease(office.installation, office.team, other, 1);
  await asLead();
  await open(`/app/projects/${other}`);
  await office.page.getByText('The gate is closed. Missing:').waitFor();
  const trust = office.page.getByRole('listitem').filter({ hasText: /^TRUST: / });
  expect(await trust.first().textContent()).toMatch(/It is the move of .*The (official|holder|researcher)/);
  await isGood('gate');
});

it('T6: the category of a refusal is for those who asked; others read that it was declined, and no more', async () => {
  const { lead, holder } = office.team.people;
  const other = await atDataRequest(office.installation, office.team);
  await lead.client.make(`/projects/${other}/requests`, askOf(office.team));
  await holder.client.make(`/projects/${other}/requests/r1/answer`, {
    ...{ outcome: 'REFUSED', reasons: ['COST_EXCEEDS_BENEFIT'], reason: HTML },
  });
  const requests = `/app/projects/${other}/requests`;
  const seenBy = async (address: string) => {
    await office.context.clearCookies();
    await office.desk.signIn(office.page, address);
    await office.page.getByRole('heading', { level: 1, name: 'My projects' }).waitFor();
    await open(requests);
    return office.page.locator('main').innerText();
  };
  const asked = await seenBy('lead@university.example');
  expect(asked).toContain(HTML);
  await isGood('refused');
  const others = await seenBy('laymember@panel.example');
  expect(others).toContain('Refused: 1');
  expect(others).toContain('fewer than three organisations');
  expect(others).not.toMatch(/Cost exceeds benefit|<b>/);
});

it('B7: the register of evidence lists what is for this reader, and of the rest not even a number', async () => {
  const item = (title: string, audience: string) =>
    office.team.people.official.client.make(`/projects/${project}/evidence`, {
      ...{ kind: 'COMMENT', title, audience, text: HTML },
      attribution: { type: 'ROLE', role: 'serviceManager', organisation: null },
      provenance: { origin: 'Told at the counter.', dated: '2026-01-15T10:00:00Z' },
    });
  await item('For me alone', 'AUTHOR');
  await item('For the partners', 'PARTNERS');
  await asLead();
  await office.page.getByRole('heading', { level: 1, name: 'My projects' }).waitFor();
  await open(`/app/projects/${project}/evidence`);
  await office.page.getByRole('heading', { name: 'For the partners' }).waitFor();
  expect(await office.page.getByText('For me alone').count()).toBe(0);
  expect(await office.page.locator('main').innerHTML()).not.toMatch(/<b>|<script/);
  await isGood('evidence-items');
});

it('B55: a person of several programmes chooses the one to act in', async () => {
  const { administrator } = office.installation;
  const { id } = await administrator.make('/programmes', { name: 'Health and work' });
  const { id: organisation } = await administrator.make(`/programmes/${id}/organisations`, {
    name: 'A trust',
  });
  await administrator.make(`/programmes/${id}/people`, {
    ...{
      organisation,
      roles: ['registrar'],
      name: 'The lead, elsewhere',
      address: 'lead@university.example',
    },
  });
  await asLead();
  await office.page.getByRole('heading', { level: 1, name: 'Which programme is this for?' }).waitFor();
  await isGood('choose');
  await office.page.getByLabel('Health and work, as The lead, elsewhere').check();
  await office.page.getByRole('button', { name: 'Continue' }).click();
  await office.page.getByRole('heading', { level: 1, name: 'My projects' }).waitFor();
  await office.page.getByText('No project fits.').waitFor();
});

it('works with scripts switched off, and under its own policy', async () => {
  const plain = await office.browser.newContext({ javaScriptEnabled: false });
  office.page = await plain.newPage();
  await office.desk.signIn(office.page, 'researcher@university.example');
  await office.page.getByRole('heading', { level: 1, name: 'My projects' }).waitFor();
  const answer = await open(`/app/projects/${project}`);
  expect(answer?.headers()['content-security-policy']).toBe(
    "default-src 'none';style-src 'self';img-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'",
  );
  await plain.close();
});
