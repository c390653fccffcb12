// The answers several pages share: a rendered page, the one page for every dead link, a refusal in plain words.
import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Response } from 'express';
import type { Refusal } from '#libs/domain';
import type { Language } from '#libs/language';
import { renderPage } from '#libs/web';
import type { PageName } from '#libs/web';
import type { Item } from '../items';
import { againOf } from '../items';
import { languageOf } from './language';
import type { ShownPage } from './session';

export type Context = { title: string } & Record<string, unknown>;

/** Every answer about a link that is not live takes this long, so that the time says nothing about why. */
export const DEAD_LINK_MS = 150;

export function sendPage(response: Response, status: number, page: PageName, context: Context): void {
  response
    .status(status)
    .type('html')
    .send(renderPage(page, languageOf(response), context));
}

const CSRF_PLACE = '~csrf~';
const PAGE_PLACE = '~page~';

/** A page that decisions are given on. What they record is its digest, without what belongs to this one showing of it. */
export function sendSealedPage(
  response: Response,
  status: number,
  page: PageName,
  context: Context,
  sealed: (shown: ShownPage) => { csrf: string; page: string },
): void {
  const language = languageOf(response);
  const html = renderPage(page, language, { ...context, csrf: CSRF_PLACE, page: PAGE_PLACE });
  const digest = createHash('sha256').update(html).digest('hex');
  const own = sealed({ locale: language.locale, digest });
  response
    .status(status)
    .type('html')
    .send(html.replaceAll(CSRF_PLACE, own.csrf).replaceAll(PAGE_PLACE, own.page));
}

/** How long to wait at `now` before answering, in milliseconds: whatever was done since `started` then does not show. */
export const leftToWait = (started: number, now: number): number => Math.max(0, started + DEAD_LINK_MS - now);

export async function evenOut(started: number): Promise<void> {
  await wait(leftToWait(started, performance.now()));
}

/** Unknown, expired, used, void, tampered and foreign links: one page, one status, one time. */
export async function sendDeadLink(response: Response, started: number, token: string): Promise<void> {
  await evenOut(started);
  const { t } = languageOf(response);
  const kept = [{ name: 'token', value: token }];
  const words = { title: t('again.dead'), lead: t('again.deadLead') };
  sendPage(response, 404, 'again', { ...words, action: '/fresh', kept });
}

/**
 * A clean address opened without its cookie, whoever it is for: what to do, and a fresh link by the item instead of by
 * the token.
 */
export async function sendNoSession(response: Response, started: number, item: Item | null): Promise<void> {
  await evenOut(started);
  const { t } = languageOf(response);
  const words = { title: t('again.noSession'), lead: t('again.noSessionLead') };
  const action = item === null ? '/fresh' : againOf(item);
  sendPage(response, 404, 'again', { ...words, noCookie: true, action, kept: [] });
}

/** The same words whether or not there was anything to send. */
export async function sendFreshAsked(response: Response, started: number): Promise<void> {
  await evenOut(started);
  const { t } = languageOf(response);
  const lines = [t('again.askedLead'), t('again.askedLimit')];
  sendPage(response, 200, 'message', { title: t('again.asked'), lines });
}

const STATUS_OF: Record<Refusal['kind'], number> = {
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  STALE: 409,
  INVALID: 422,
};

/** Why a rule refused, and what to do, in the person's language; rules that only programs meet are not spelt out. */
export function refusalIn({ t, known }: Language, { rule }: Refusal): string {
  return known(`refusal.${rule}`) ?? t('refusal.other');
}

export function sendRefusal(response: Response, refusal: Refusal): void {
  const language = languageOf(response);
  const words = { title: language.t('refusal.title'), lines: [refusalIn(language, refusal)] };
  sendPage(response, STATUS_OF[refusal.kind], 'message', words);
}
