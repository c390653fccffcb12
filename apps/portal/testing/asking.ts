// People asked about a question, for tests of the portal: one portal and agreement a file, a project and a visitor of its own each test.
import { aDatabase, aSetting } from '#libs/testing';
import type { Setting } from '#libs/testing';
import type { Spoken } from '../settings';
import { aPortal, Visitor } from './visitor';
import type { Page, RunningPortal } from './visitor';

export interface Opened {
  start: Setting;
  portal: RunningPortal;
}

export async function openPortal(languages?: Spoken): Promise<Opened> {
  const start = await (await aSetting(await aDatabase())).withAgreement();
  return { start, portal: await aPortal(start.db.urls.PORTAL, languages) };
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
