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

export interface Office {
  browser: Browser;
  desk: SignInDesk;
  installation: Installation;
  team: Team;
}

export async function anOffice(): Promise<Office> {
  const [browser, desk] = await Promise.all([launchBrowser(), aSignInDesk()]);
  const installation = await install({ provider: desk.provider, port: desk.apiPort });
  const team = await gather(installation);
  await withAgreement(installation, team);
  return { browser, desk, installation, team };
}

/** A page of nobody's yet. The tool that checks is a script, so the pages' own policy, which allows none, is lifted for it. */
export async function aPage(browser: Browser): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ bypassCSP: true, locale: 'en-GB' });
  return { context, page: await context.newPage() };
}
