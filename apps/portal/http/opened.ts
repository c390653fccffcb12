// Who has come to the page of an item: whoever holds the cookie that belongs to its address.
import type { Request } from 'express';
import { isFor, itemOf } from '../items';
import type { Item, ItemParams, Session } from '../items';
import type { Reading } from '../reading';
import type { Sessions } from './session';

export type ItemRequest = Request<ItemParams & Record<string, string>>;

export interface Opened {
  item: Item;
  token: string;
  session: Session;
}

/** `null` where there is no such cookie; what a link of this purpose and state may do there, each page says itself. */
export async function openedItem(
  request: ItemRequest,
  sessions: Sessions,
  reading: Reading,
): Promise<Opened | null> {
  const item = itemOf(request.params);
  const token = sessions.token(request);
  const session = await reading.session(token);
  return item !== null && session !== null && isFor(session, item) ? { item, token, session } : null;
}

/** The same, by any live or used link about an item: newer content makes one void, and ACCESS has a page of its own. */
export async function openedByAnyLink(
  request: ItemRequest,
  sessions: Sessions,
  reading: Reading,
): Promise<Opened | null> {
  const opened = await openedItem(request, sessions, reading);
  return opened && opened.session.purpose !== 'ACCESS' && opened.session.state !== 'VOID' ? opened : null;
}
