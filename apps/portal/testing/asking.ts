// People asked about a question, for tests of the portal: one portal and agreement a file, a project and a visitor of its own each test.
import { Languages } from '#libs/language';
import type { Language } from '#libs/language';
import { aDatabase, aSetting } from '#libs/testing';
import type { Setting } from '#libs/testing';
import type { Spoken } from '../settings';
import { aPortal, Visitor } from './visitor';
import type { Page, RunningPortal } from './visitor';

export interface Opened {
  start: Setting;
  portal: RunningPortal;
  /** What the portal speaks to whoever asks for no language. */
  language: Language;
}

export async function openPortal(languages: Spoken = new Languages()): Promise<Opened> {
  const start = await (await aSetting(await aDatabase())).withAgreement();
  const portal = await aPortal(start.db.urls.PORTAL, languages);
  return { start, portal, language: languages.preferred(undefined) };
}

export async function closePortal({ start, portal }: Opened): Promise<void> {
  await portal.close();
  await start.close();
}

export async function askAnew({ start, portal }: Opened): Promise<{ setting: Setting; visitor: Visitor }> {
  const setting = await start.withAnotherProject().withProject();
  // The same people appear in every test, and an hour passes for none of them.
  await start.db.query('delete from parley.asks');
  return { setting, visitor: new Visitor(portal.url) };
}

/** The hidden fields of a page's first form. */
export const form = (page: Page): Record<string, string> => page.forms[0]?.fields ?? {};

export const approve = { choice: 'APPROVED', name: 'Person official' };

/** What was decided about the question so far, in its latest round. */
export async function decisionsOn(setting: Setting) {
  const { checkpoint } = await setting.asked('QUESTION');
  return (await setting.world()).project.checkpoints[checkpoint]?.rounds.at(-1)?.decisions ?? [];
}
