// A browser beside an installation whose people sign in by mailed codes, for tests of the account holders' pages.
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser } from '../../../infra/dev/testing/browser';
import { aSignInDesk } from './desk';
import type { SignInDesk } from './desk';
import { gather, install } from './installation';
import type { Installation, Team } from './installation';
import { withAgreement } from './setting-up';

/** What every page has to show as text. */
export const HTML = '<b>bold</b><script>alert(1)</script>';
export const RTL = 'سؤال \u202e البيانات é';

interface Office {
  browser: Browser;
  desk: SignInDesk;
  installation: Installation;
  team: Team;
}

async function anOffice(): Promise<Office> {
  const [browser, desk] = await Promise.all([launchBrowser(), aSignInDesk()]);
  const installation = await install({ provider: desk.provider, port: desk.apiPort });
  const team = await gather(installation);
  await withAgreement(installation, team);
  return { browser, desk, installation, team };
}

export interface Visited extends Office {
  /** Of this test alone. */
  context: BrowserContext;
  page: Page;
  /** Another page, on which nobody has signed in. */
  renew: () => Promise<void>;
}

/** An office for the tests of a file, from before the first until after the last; each test has a page on which nobody has signed in. */
export function inAnOffice(): Visited {
  const office = {
    // The tool that checks is a script, so the pages' own policy, which allows none, is lifted for it.
    renew: async () => {
      office.context = await office.browser.newContext({ bypassCSP: true, locale: 'en-GB' });
      office.page = await office.context.newPage();
    },
  } as Visited;
  beforeAll(async () => {
    Object.assign(office, await anOffice());
  });
  afterAll(async () => {
    await office.browser?.close();
    await office.installation?.stop();
    await office.desk?.stop();
  });
  beforeEach(() => office.renew());
  afterEach(() => office.context.close());
  return office;
}
