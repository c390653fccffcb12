// Where several languages are spoken, a visitor is answered in theirs, and the decision records the one its page was shown in.
import { CATALOGUES, Languages } from '#libs/language';
import type { Catalogue } from '#libs/language';
import { approve, askAnew, closePortal, form, openPortal } from './testing/asking';
import type { Opened } from './testing/asking';

jest.setTimeout(60_000);

let opened: Opened;

beforeAll(async () => {
  const english = CATALOGUES.get('en-GB') as Catalogue;
  const welsh = { ...english, 'sign.record': 'Cofnodi fy mhenderfyniad' };
  opened = await openPortal(new Languages({}, new Map([...CATALOGUES, ['cy', welsh]])));
});
afterAll(() => closePortal(opened));

it.each([
  ['cy-GB,cy;q=0.9,en;q=0.5', 'cy', 'Cofnodi fy mhenderfyniad'],
  ['fr', 'en-GB', 'Record my decision'],
])('a browser that prefers %s is shown %s', async (header, locale, button) => {
  const { setting, visitor } = await askAnew(opened);
  const headers = { 'accept-language': header };
  const first = await visitor.ask(`/s/${await setting.link('official', 'QUESTION')}`, { headers });
  const page = await visitor.ask(first.location, { headers });
  expect(page.html).toContain(`<html class="govuk-template" lang="${locale}">`);
  expect(page.html).toContain(button);
  expect(page.headers.get('vary')).toContain('Accept-Language');
  // The form says which page it was on; what the browser prefers a moment later changes nothing.
  const posted = await visitor.post(
    first.location,
    { ...form(page), ...approve },
    { 'accept-language': 'de' },
  );
  expect(posted.status).toBe(303);
  const [entry] = await setting.db.query<{ page: { locale: string } }>(
    `select data -> 'page' as page from parley.events where stream = $1 and type = 'DecisionRecorded'`,
    [setting.project],
  );
  expect(entry?.page.locale).toBe(locale);
});

it('a form that claims another language than its page was shown in proves nothing', async () => {
  const { setting, visitor } = await askAnew(opened);
  const page = await visitor.arrive(await setting.link('official', 'QUESTION'));
  const fields = form(page);
  const forged = { ...fields, ...approve, page: (fields.page ?? '').replace('.en-GB.', '.cy.') };
  expect(forged.page).not.toBe(fields.page);
  await visitor.post(page.address, forged);
  const [entry] = await setting.db.query<{ page: unknown }>(
    `select data -> 'page' as page from parley.events where stream = $1 and type = 'DecisionRecorded'`,
    [setting.project],
  );
  expect(entry?.page ?? null).toBeNull();
});
