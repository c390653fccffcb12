// The answers several pages share: a rendered page, the one page for every dead link, a refusal in plain words.
import { setTimeout as wait } from 'node:timers/promises';
import type { Response } from 'express';
import type { Refusal } from '#libs/domain';
import { renderPage } from '#libs/web';
import type { PageName } from '#libs/web';
import type { Item } from '../items';
import { againOf } from '../items';
import { languageOf } from './language';

export type Context = { title: string } & Record<string, unknown>;

/** Every answer about a link that is not live takes this long, so that the time says nothing about why. */
const DEAD_LINK_MS = 150;

export function sendPage(response: Response, status: number, page: PageName, context: Context): void {
  response
    .status(status)
    .type('html')
    .send(renderPage(page, languageOf(response), context));
}

/** Waits until `started` is the given time ago; the work before it then does not show. */
export async function evenOut(started: number): Promise<void> {
  await wait(Math.max(0, started + DEAD_LINK_MS - performance.now()));
}

function deadWords(response: Response) {
  const { t } = languageOf(response);
  return { title: t('again.dead'), lead: t('again.deadLead') };
}

/** Unknown, expired, used, void, tampered and foreign links: one page, one status, one time. */
export async function sendDeadLink(response: Response, started: number, token: string): Promise<void> {
  await evenOut(started);
  const kept = [{ name: 'token', value: token }];
  sendPage(response, 404, 'again', { ...deadWords(response), action: '/fresh', kept });
}

/** A clean address opened without its cookie: the same words, and a fresh link by the item instead of by the token. */
export async function sendNoSession(response: Response, started: number, item: Item | null): Promise<void> {
  await evenOut(started);
  const action = item === null ? '/fresh' : againOf(item);
  sendPage(response, 404, 'again', { ...deadWords(response), action, kept: [] });
}

/** The same words whether or not there was anything to send. */
export async function sendFreshAsked(response: Response, started: number): Promise<void> {
  await evenOut(started);
  sendPage(response, 200, 'message', {
    title: 'If there is something to send, it is on its way',
    lines: [
      'A fresh link goes to the address we have on record, within a minute or so.',
      'We send at most three an hour. If none comes, look in the folder for unwanted mail, then ask the registrar of your organisation whether your address on record is right.',
    ],
  });
}

const STATUS_OF: Record<Refusal['kind'], number> = {
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  STALE: 409,
  INVALID: 422,
};

/** A rule's refusal: its reason and what to do, in the domain's words. */
export function sendRefusal(
  response: Response,
  refusal: Refusal,
  more: { project?: string; link?: { href: string; label: string } } = {},
): void {
  sendPage(response, STATUS_OF[refusal.kind], 'message', {
    title: 'This was not recorded',
    lines: [sentence(refusal.reason), sentence(refusal.remedy)],
    ...more,
  });
}

function sentence(text: string): string {
  const whole = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
}
