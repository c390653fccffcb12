// An item is one person's part in one round: its clean address, and what a live, used or void link says about it.
import type { Links, LinkTarget } from '#libs/ledger';

export interface Item {
  stream: string;
  checkpoint: string;
  round: number;
  person: string;
}

export interface ItemParams {
  stream: string;
  checkpoint: string;
  round: string;
  person: string;
}

/** USED: its decision was given; it can still show the receipt and withdraw. VOID: replaced, or its round ended. */
export type Session = NonNullable<Awaited<ReturnType<Links['recall']>>>;

const STREAM = /^(pgm|prj)_[a-z0-9]{1,40}$/;
const PERSON = /^per_[a-zA-Z0-9]{1,40}$/;
const CHECKPOINT = /^k[1-9][0-9]{0,6}$/;
const REQUEST = /^r[1-9][0-9]{0,6}$/;

/** `null` for parameters that name nothing; the page is then the same as for an unknown item. */
export function itemOf(params: ItemParams): Item | null {
  const round = Number(params.round);
  const isGood =
    STREAM.test(params.stream) &&
    CHECKPOINT.test(params.checkpoint) &&
    PERSON.test(params.person) &&
    /^[1-9]\d{0,5}$/.test(params.round);
  return isGood
    ? { stream: params.stream, checkpoint: params.checkpoint, round, person: params.person }
    : null;
}

/** A request for data as one person answers it: it has no rounds, which is the round 0. */
export function requestItemOf(params: { stream: string; request: string; person: string }): Item | null {
  const { stream, request, person } = params;
  const isGood = STREAM.test(stream) && REQUEST.test(request) && PERSON.test(person);
  return isGood ? { stream, checkpoint: request, round: 0, person } : null;
}

/** What the undated address of a receipt names: somebody's part in a round, or in the answer to a request. */
export const receivedOf = (params: ItemParams): Item | null =>
  params.round === '0' ? requestItemOf({ ...params, request: params.checkpoint }) : itemOf(params);

const tail = ({ stream, checkpoint, round, person }: Item) => `${stream}/${checkpoint}/${round}/${person}`;

/** Addresses without a secret. All of an item's pages lie below the first, where its cookie goes. */
export const addressOf = (item: Item) => `/sign/${tail(item)}`;
export const withdrawalOf = (item: Item) => `${addressOf(item)}/withdraw`;
export const receiptOf = (item: Item) => `${addressOf(item)}/receipt`;
/** Where the sign-off is handed to a colleague, and taken back. */
export const delegationAt = (item: Item) => `${addressOf(item)}/delegate`;
/** Where the person names who hears when they do not answer. */
export const deputyAt = (item: Item) => `${addressOf(item)}/deputy`;
/** Everything that waits for the person; below the item's address, where its cookie goes. */
export const waitingOf = (item: Item) => `${addressOf(item)}/all`;
/** Where a recorded approval is confirmed (T15); a link of its own, for a colleague of the signer. */
export const confirmationOf = (item: Item) => `/confirm/${tail(item)}`;
export const againOf = (item: Item) => `/again/${tail(item)}`;
/** A data request's pages; a link for an answer names the request where others name a checkpoint. */
export const requestAt = ({
  stream,
  checkpoint,
  person,
}: Pick<LinkTarget, 'stream' | 'checkpoint' | 'person'>) => `/request/${stream}/${checkpoint}/${person}`;
/** Where what was granted is taken back. */
export const grantWithdrawalOf = (item: Item) => `${requestAt(item)}/withdraw`;
/** A deposit's page; its link names the deposit where others name a checkpoint. */
export const depositAt = ({ stream, checkpoint, person }: LinkTarget) =>
  `/deposit/${stream}/${checkpoint}/${person}`;
export const accessOf = (target: LinkTarget) => `/access/${target.stream}/${target.person}`;

/** Back to a page after something small was recorded there, which it then says above all. */
export const recordedAt = (address: string) => `${address}?recorded=yes`;
export const isRecorded = ({ query }: { query: unknown }): boolean =>
  (query as Record<string, unknown>).recorded === 'yes';

export function isFor(session: Session, item: Item): boolean {
  return (
    session.stream === item.stream &&
    session.checkpoint === item.checkpoint &&
    session.round === item.round &&
    session.person === item.person
  );
}
