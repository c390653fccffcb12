// Who has come to the pages of a data request: whoever holds the cookie of a link for its answer, answered or not.
import type { Request } from 'express';
import { requestStatus } from '#libs/domain';
import type { DataRequest } from '#libs/domain';
import type { Sessions } from '../http/session';
import { isFor, requestAt, requestItemOf } from '../items';
import type { Item } from '../items';
import type { Reading } from '../reading';
import type { RequestSide } from './page';

export type RequestRequest = Request<{ stream: string; request: string; person: string }>;

export interface OpenedRequest {
  token: string;
  /** The request where others have a checkpoint. */
  item: Item;
  address: string;
  side: RequestSide;
  request: DataRequest;
}

export const isAnswerable = (request: DataRequest): boolean => requestStatus(request) === 'SENT';

/** `null` where there is no such cookie, or its link was replaced. */
export async function openedRequest(
  request: RequestRequest,
  sessions: Sessions,
  reading: Reading,
): Promise<OpenedRequest | null> {
  const item = requestItemOf(request.params);
  const token = sessions.token(request);
  const session = await reading.session(token);
  const isOwn = item !== null && session?.purpose === 'ANSWER' && isFor(session, item);
  if (!isOwn || session.state === 'VOID') return null;
  const { project, ...around } = await reading.side(item.stream);
  const found = project?.requests[item.checkpoint];
  if (project === null || found === undefined) return null;
  return { token, item, request: found, address: requestAt(item), side: { ...around, project } };
}
