// The registrars' page in a real browser: their own people and nobody else's, by forms that lose nothing and change nothing by accident.
import { HTML, inAnOffice } from '../testing/browsing';
import { lookGood } from '../testing/looking';
import { boundaryOf, inDays, proposeBoundary } from '../testing/setting-up';

jest.setTimeout(180_000);

const office = inAnOffice();

const open = (path: string) => office.page.goto(`${office.installation.url}/app/people${path}`);
const press = (name: string) => office.page.getByRole('button', { name }).click();
const recorded = () => office.page.getByText('this is in the ledger now').waitFor();
const asRegistrar = () => office.desk.signIn(office.page, 'checker@council.example');
const shown = async (id: string) =>
  office.team.people.lead.client.see<Record<string, unknown>>(
    `/programmes/${office.team.programme}/people/${id}`,
  );
const ordered = async (purpose: string) =>
  (
    await office.installation.db.query<{ person: string }>(
      `select mail ->> 'person' as person from parley.outbox where mail ->> 'purpose' = $1`,
      [purpose],
    )
  ).map(({ person }) => person);

it('T4, T15: a registrar attests a colleague without e-mail; what was wrong is said, and what was typed stays', async () => {
  await asRegistrar();
  await office.page.getByRole('link', { name: 'People of your organisation' }).click();
  await office.page.getByRole('heading', { level: 1, name: 'People of your organisation' }).waitFor();
  await office.page.getByText('Your own entry changes only by an amended agreement.').waitFor();
  await lookGood(office.page, 'people');
  await office.page.getByRole('button', { name: 'Attest a person' }).click();
  await lookGood(office.page, 'attest');
  await press('Attest a person');
  const wrong = () => office.page.locator('.govuk-error-summary a').allTextContents();
  // In the order of the fields, and in the page's own language throughout.
  expect(await wrong()).toEqual(['Full name: this is needed.', 'Roles: this is needed.']);
  expect(await office.page.locator('main').getAttribute('lang')).toBeNull();
  await office.page.getByLabel('Full name').fill('x'.repeat(201));
  await office.page.getByLabel('Policy official').check();
  await press('Attest a person');
  expect(await wrong()).toEqual(['Full name: at most 200 characters.']);
  await office.page.getByLabel('Policy official').uncheck();
  await office.page.getByLabel('Full name').fill(HTML);
  await press('Attest a person');
  await office.page.getByRole('heading', { name: 'There is a problem' }).waitFor();
  await office.page.getByRole('link', { name: 'Roles: this is needed.' }).waitFor();
  await lookGood(office.page, 'attest-errors');
  expect(await office.page.getByLabel('Full name').inputValue()).toBe(HTML);
  await office.page.getByLabel('Policy official').check();
  await office.page.getByLabel('Mail address').fill('lead@university.example');
  await press('Attest a person');
  await office.page.getByText('Another person of this programme has this mail address').waitFor();
  expect(await office.page.locator('main[lang]').count()).toBe(0);
  await office.page.getByLabel('Mail address').fill('');
  await press('Attest a person');
  await recorded();
  await office.page.getByText('No address: asked by telephone or on paper').waitFor();
  expect(await office.page.locator('main').innerHTML()).not.toMatch(/<b>bold|<script/);
});

it('T4: a change of address waits, tells the old one, and can be called off; a second one has to wait', async () => {
  const { official } = office.team.people;
  await asRegistrar();
  await open(`/${official.id}/do/address`);
  await lookGood(office.page, 'change-address');
  await office.page.getByLabel('Mail address').fill('nobody');
  await press('Change a mail address');
  await office.page
    .getByRole('link', { name: 'Mail address: type a mail address, such as name@example.org.' })
    .waitFor();
  await office.page.getByLabel('Mail address').fill('official@elsewhere.example');
  await press('Change a mail address');
  await recorded();
  await office.page.getByText('until then mail goes where it went before').waitFor();
  await lookGood(office.page, 'people-pending');
  expect((await shown(official.id))['addressChangesAt']).not.toBeNull();
  expect(await ordered('ADDRESS_CHANGED')).toEqual([official.id]);
  const again = await office.team.people.checker.client.post(
    `/programmes/${office.team.programme}/people/${official.id}/address`,
    { address: 'official@third.example' },
  );
  expect((again.body as { rule: string }).rule).toBe('CHANGE_PENDING');
  await open(`/${official.id}/do/cancel-address`);
  await press('Call off a change of address');
  await office.page.getByRole('heading', { name: 'There is a problem' }).waitFor();
  await office.page.getByLabel('Yes').check();
  await press('Call off a change of address');
  await recorded();
  expect((await shown(official.id))['addressChangesAt']).toBeNull();
  const rows = await office.installation.db.query('select parley.address_of($1) as address', [official.id]);
  expect(rows).toEqual([{ address: 'official@council.example' }]);
  expect((await open(`/${official.id}/do/cancel-address`))?.status()).toBe(404);
});

it('T3: roles are changed and a tenure ended, and what is said is in force at once', async () => {
  const { official } = office.team.people;
  await asRegistrar();
  await open(`/${official.id}/do/roles`);
  expect(await office.page.getByLabel('Policy official').isChecked()).toBe(true);
  await office.page.getByLabel('Service manager').check();
  await press('Change roles');
  await recorded();
  expect((await shown(official.id))['roles']).toEqual(['policyOfficial', 'serviceManager']);
  await open(`/${official.id}/do/departure`);
  await lookGood(office.page, 'departure');
  await office.page.getByLabel('Yes').check();
  await press('End a tenure');
  await recorded();
  expect((await shown(official.id))['leftAt']).not.toBeNull();
});

it('T4: nobody of another organisation is found, nor one’s own entry; and whoever is no registrar finds no page', async () => {
  await asRegistrar();
  for (const id of [office.team.people.holder.id, office.team.people.checker.id, 'per_aaaaaaaaaaaaaaaa'])
    expect((await open(`/${id}/do/roles`))?.status()).toBe(404);
  await office.context.close();
  await office.renew();
  await office.desk.signIn(office.page, 'riskowner@holder.example');
  expect(await office.page.getByRole('link', { name: 'People of your organisation' }).count()).toBe(0);
  for (const path of ['', '/do/attest']) expect([403, 404]).toContain((await open(path))?.status());
});

/** As the courier notes it when the mail of a person comes back. */
const bounced = (id: string) =>
  office.installation.db.query(
    `insert into parley.bounces select programme, person, commitment, '5.1.1', now() from parley.contacts where person = $1`,
    [id],
  );

it('a bounced address is marked until the registrar has corrected it', async () => {
  await bounced(office.team.people.checker.id);
  await asRegistrar();
  await open('');
  await office.page.getByText('Comes back').waitFor();
  await lookGood(office.page, 'people-bounced');
});

it('a bounced address shows in whose move it is, with the registrar who can correct it: over the API and on the project’s page', async () => {
  const { lead, riskOwner, holder } = office.team.people;
  const { id } = await lead.client.make('/projects', {
    programme: office.team.programme,
    title: 'Whose move?',
  });
  await lead.client.make(`/projects/${id}/ethics`, { body: 'C', reference: 'REC 7', expires: inDays(500) });
  await proposeBoundary(lead.client, `/projects/${id}`, boundaryOf(office.team));
  interface Move {
    readonly who: { id: string }[];
    readonly unreached?: { id: string; name: string }[];
    readonly correctedBy?: { id: string }[];
  }
  const ofRiskOwner = async () => {
    const { moves } = await lead.client.see<{ moves: Move[] }>(`/projects/${id}`);
    return moves.filter(({ who }) => who.some((one) => one.id === riskOwner.id));
  };
  const [before, ...others] = await ofRiskOwner();
  expect([before?.who.length, before?.unreached, others]).toEqual([1, undefined, []]);
  await bounced(riskOwner.id);
  expect(await ofRiskOwner()).toMatchObject([
    { unreached: [{ id: riskOwner.id, name: riskOwner.name }], correctedBy: [{ id: holder.id }] },
  ]);
  await office.desk.signIn(office.page, 'lead@university.example');
  await office.page.goto(`${office.installation.url}/app/projects/${id}`);
  const move = office.page.getByRole('listitem').filter({ hasText: 'Mail comes back' });
  const told = new RegExp(
    `Mail comes back from ${riskOwner.name}.*${holder.name}.* can correct the address; until then, ask by telephone`,
    'i',
  );
  expect((await move.allInnerTexts()).filter((text) => told.test(text.replaceAll(/\s+/g, ' ')))).toHaveLength(
    1,
  );
});
