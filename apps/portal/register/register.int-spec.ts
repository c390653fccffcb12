// The public register as pages: for anyone, nothing before the first sign-off, everything escaped, nothing changed by reading.
import { commitText } from '#libs/ledger';
import { aDatabase, aSetting } from '#libs/testing';
import type { Setting } from '#libs/testing';
import { aPortal, Visitor } from '../testing/visitor';
import type { RunningPortal } from '../testing/visitor';

jest.setTimeout(60_000);

let setting: Setting;
let portal: RunningPortal;
let visitor: Visitor;

beforeAll(async () => {
  setting = await (await aSetting(await aDatabase())).withQuestion();
  portal = await aPortal(setting.db.urls.PORTAL);
  visitor = new Visitor(portal.url);
});
afterAll(async () => {
  await portal.close();
  await setting.close();
});

it('B56: before the first sign-off an entry is as if it did not exist', async () => {
  const [unsigned, unknown, odd] = await Promise.all(
    [setting.project, 'prj_aaaaaaaaaaaaaaaa', "prj_'--"].map((id) => visitor.get(`/register/${id}`)),
  );
  expect([unsigned?.status, unknown?.status, odd?.status]).toEqual([404, 404, 404]);
  expect(unsigned?.html).toBe(unknown?.html);
  expect((await visitor.get('/register')).html).not.toContain(setting.project);
});

it('B56: from then on anyone reads question, partners and contact; what people wrote is shown as text', async () => {
  await setting.sign('QUESTION', 'official', 'researcher');
  const contact = commitText('<script>alert(1)</script> \u202eoffice');
  const command = { type: 'NameContact', contact: contact.commitment } as const;
  await setting.onProject('lead', { command, texts: [contact] });
  const before = (await setting.world()).project.version;
  const page = await visitor.get(`/register/${setting.project}`);
  expect([page.status, page.h1]).toEqual([200, 'Did the programme raise earnings?']);
  expect(page.html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(page.html).not.toContain('<script>');
  for (const partner of ['org_university', 'org_council']) expect(page.html).toContain(partner);
  expect(page.html).not.toContain('per_');
  expect((await visitor.get('/register')).html).toContain(`/register/${setting.project}`);
  expect((await visitor.get('/register?after=%27x')).status).toBe(200);
  expect((await setting.world()).project.version).toBe(before);
});
