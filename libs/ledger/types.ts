// What the ledger offers to the processes: commands in, receipts out; links, codes, credentials; leases; the outbox.
import type {
  Actor,
  Command,
  DepositPurpose,
  Instant,
  MailOrder,
  PersonId,
  ProgrammeCommand,
  ProgrammeState,
  ProjectCommand,
  Role,
  SignedContent,
  Text,
  World,
} from '#libs/domain';
import type { LinkPurpose } from '#libs/contracts';
import type { Queryable } from './views';

/** Free text on its way in: the commitment goes into the event, salt and text into the erasable table. */
export interface DraftText {
  commitment: Text;
  salt: string;
  text: string;
}

/** Signed bytes on their way in; id = sha256 (hex) of bytes. */
export interface DraftContent {
  id: string;
  bytes: Buffer;
}

/** A command with the texts and contents its ids refer to; all commit together. */
export interface Draft<C extends Command = Command> {
  command: C;
  texts?: DraftText[];
  contents?: DraftContent[];
  /** In the same transaction, after the entries: what must be remembered with them or not at all. */
  alongside?: (runner: Queryable, receipt: Receipt) => Promise<void>;
}

/** What was committed: proof for the person who asked. */
export interface Receipt {
  stream: string;
  /** The entries that carry the command: appended now or, for the same decision given again, then. Empty: nothing to do. */
  entries: { version: number; hash: string; type: string; at: Instant }[];
  version: number;
  head: string;
}

/** What a live link points to. `null` for unknown, expired, used or void ones: all alike. */
export interface LinkTarget {
  stream: string;
  programme: string;
  person: PersonId;
  purpose: LinkPurpose;
  checkpoint: string;
  round: number;
  core: string;
  expires: Instant;
}

/** One round of sign-off, wherever it is asked. */
export interface ItemRef {
  stream: string;
  checkpoint: string;
  round: number;
}

/** LIVE; USED: decided with, and may still withdraw; VOID: its content, its round or the address has changed. */
export type LinkState = 'LIVE' | 'USED' | 'VOID';

export interface Account {
  person: PersonId | null; // null: the administrator of the installation
  administrator: string | null;
  programme: string | null;
  scopes: string[];
  expires: Instant;
}

export interface Lease {
  lease: string;
  expires: Instant;
}

export interface Ledger {
  programme(id: string): Promise<{ state: ProgrammeState; now: Instant }>;
  world(project: string): Promise<{ world: World; now: Instant }>;

  /** Lock, load, decide, append, read models, outbox: one transaction. Throws `Refused`. `prepare` sees the locked state. */
  onProgramme(
    programme: string,
    actor: Actor,
    prepare: (
      state: ProgrammeState,
      now: Instant,
    ) => Draft<ProgrammeCommand> | Promise<Draft<ProgrammeCommand>>,
  ): Promise<Receipt>;
  onProject(
    project: string,
    actor: Actor,
    prepare: (world: World, now: Instant) => Draft<ProjectCommand> | Promise<Draft<ProjectCommand>>,
  ): Promise<Receipt>;
  startProgramme(programme: string, actor: Actor, draft: Draft<ProgrammeCommand>): Promise<Receipt>;
  startProject(
    programme: string,
    project: string,
    actor: Actor,
    draft: Draft<ProjectCommand>,
  ): Promise<Receipt>;

  /** Portal: a decision or withdrawal by link, in the stream it is for, goes only through record_decision(token, code, text). */
  byLink(
    shown: { token: string; code: string | null; stream: string },
    prepare: (target: LinkTarget, state: World | ProgrammeState, now: Instant) => Draft | Promise<Draft>,
  ): Promise<Receipt>;
  /**
   * Portal: a decision on an item that the code lists, in any stream of the link's programme; by the same function. Without a code:
   * what a person says of themselves, in the programme itself.
   */
  byCode(
    shown: { token: string; code: string | null; stream: string },
    prepare: (target: LinkTarget, state: World | ProgrammeState, now: Instant) => Draft | Promise<Draft>,
  ): Promise<Receipt>;
  /** API: OUTPUT decisions, holders' answers, withdrawals, attestations go only through record_account_decision(credential, text). */
  byAccount(
    secret: string,
    stream: string,
    prepare: (account: Account, state: World | ProgrammeState, now: Instant) => Draft | Promise<Draft>,
  ): Promise<Receipt>;

  /** Worker: the second gate, in the transaction that inserts the permit. */
  givePermit(project: string, release: string): Promise<Receipt>;
  openRead(project: string, analysis: string): Promise<{ lease: Lease; keyPart: Buffer; receipt: Receipt }>;
  renewLease(lease: string): Promise<boolean>;
  /** Appends DepositOpened and hands out the wrapped file key. */
  openDeposit(
    project: string,
    deposit: string,
    purpose: DepositPurpose,
  ): Promise<{ wrappedKey: string; receipt: Receipt }>;
  /** API: stores the wrapped key with the ReceiveDeposit command. */
  receiveDeposit(
    project: string,
    actor: Actor,
    deposit: { deposit: string; digest: string; bytes: number; object: string; wrappedKey: string },
  ): Promise<Receipt>;
  /** Portal: the same by a link that a code opened; what it says of the assurance is the link's. */
  receiveDepositByLink(
    shown: { token: string; project: string },
    deposit: { deposit: string; digest: string; bytes: number; object: string; wrappedKey: string },
    signedAs: DraftText,
  ): Promise<Receipt>;
  /**
   * Worker: the wrapped key of a deposit's file, which its destroyed private key could open no more. Tells when it was destroyed,
   * the same instant whenever it is asked again; null where none was kept.
   */
  destroyDepositKey(project: string, deposit: string): Promise<Instant | null>;
  /** Worker: the database's half of a release's key, with the SealRelease command. */
  sealRelease(project: string, keyPart: Buffer, draft: Draft<ProjectCommand>): Promise<Receipt>;
  /** Tells when, like `destroyDepositKey`. */
  destroyReleaseKey(project: string, release: string): Promise<Instant | null>;
  /** T9: the database's part of the key under which the project's releases are compared; the same until it is destroyed. */
  keepUnitPart(project: string): Promise<Buffer>;
  /**
   * Worker: of these sealed objects, those that no entry names.
   * @throws Refused LOG_CLOSED while the log is wrong: an entry that was lost may have named one.
   */
  unnamedObjects(objectIds: string[]): Promise<string[]>;
  /** Worker: forgets leases that were over a day ago, and tells how many; reads stay on record. */
  pruneLeases(): Promise<number>;
  /** Refused while a release of the project was not destroyed. */
  destroyUnitPart(project: string): Promise<void>;
  /** Worker: AnalysisEnded with a result is recorded only if the permit is live in that transaction. */
  endAnalysis(project: string, lease: string | null, draft: Draft<ProjectCommand>): Promise<Receipt>;

  content(id: string): Promise<Buffer | null>;
  /** Texts by commitment; erased ones are missing from the map. */
  texts(commitments: Text[]): Promise<Map<Text, string>>;
}

/** How requests to sign reach a person by mail: as they come, or one mail a day at an hour of a zone. */
export interface MailWish {
  daily: { at: string; timeZone: string } | null;
  /** Whether they said so themselves; otherwise it is what the agreement says. */
  isOwn: boolean;
}

export interface Links {
  /** Portal: how mail reaches the person of a live or used link; null for any other. */
  mailWish(token: string): Promise<MailWish | null>;
  /** Portal: what that person wishes from now on; null: each request as it comes. */
  wishMail(token: string, daily: MailWish['daily']): Promise<void>;
  /** Courier, in the sending attempt. Returns the token; only its SHA-256 is stored. */
  mint(link: Omit<LinkTarget, 'expires' | 'programme'>): Promise<{ token: string; expires: Instant }>;
  /** Portal; read-only; same time for every kind of dead link. */
  find(token: string): Promise<LinkTarget | null>;
  /** Portal, for a visitor who has the link's cookie: also used and void links, and which they are. `null`: unknown or expired. */
  recall(token: string): Promise<(LinkTarget & { state: LinkState }) | null>;
  /** Portal: a dead link's holder asks for a fresh one, mailed to the address on record; says nothing about whether it existed. */
  askFresh(token: string): Promise<void>;
  /** Portal: the same by naming the item, from the undated address of a receipt, which holds no secret. */
  askFreshAbout(stream: string, person: PersonId, checkpoint: string, round: number): Promise<void>;
  /** Portal: the first POST; only an outbox row. At most 3 an hour, otherwise `Refused`. */
  askCode(token: string): Promise<void>;
  /** Courier, in the sending attempt: 8 digits, 10 minutes, 5 tries; only a salted hash is stored. */
  mintCode(stream: string, person: PersonId, checkpoint: string, round: number): Promise<string>;
  /** Portal: what waits for the person of a live or used link, in the programme and its projects; the earliest deadline first. */
  openItems(token: string): Promise<ItemRef[]>;
  /** Courier, in the sending attempt: the same for a person, in the programme of this stream. */
  openItemsOf(stream: string, person: PersonId): Promise<ItemRef[]>;
  /** Portal: one code for exactly these items of that person (B57); only an outbox row. At most 3 an hour, otherwise `Refused`. */
  askItemsCode(token: string, items: ItemRef[]): Promise<void>;
  /** Courier, in the sending attempt: the code for a holder's answer to a request. */
  mintAnswerCode(stream: string, person: PersonId, request: string): Promise<string>;
  /** Courier, in the sending attempt: the code that opens the way for a file. */
  mintDepositCode(stream: string, person: PersonId, deposit: string): Promise<string>;
  /** Courier, in the sending attempt: the code that confirms a recorded approval (T15), and nothing else. */
  mintCountersignCode(stream: string, person: PersonId, checkpoint: string, round: number): Promise<string>;
  /** Portal: the code given; the link that takes one file, which no mail carries. Throws `Refused`; a wrong code is a try. */
  beginDeposit(token: string, code: string): Promise<{ token: string; expires: Instant }>;
  /** Courier, in the sending attempt: one code that decides each of these items once. */
  mintItemsCode(stream: string, person: PersonId, items: ItemRef[]): Promise<string>;
}

export interface SignIn {
  secret: string;
  people: { programme: string; person: PersonId }[];
}

export interface Session {
  secret: string;
  expires: Instant;
}

export interface Credentials {
  /** Registrar (own organisation) or administrator (registrars and signatories): mails an access link to the person's address. */
  invite(programme: string, person: PersonId): Promise<void>;
  /** Portal: turns an ACCESS link into a token shown once. */
  claim(token: string, days: number): Promise<string>;
  check(secret: string): Promise<Account | null>;
  /** API: a token made from a token: never with more scopes, never for longer. */
  narrow(secret: string, scopes: string[], days: number): Promise<string>;
  revoke(secret: string): Promise<void>;
  /** API: how requests to sign reach the token's person by mail; null for an administrator. */
  mailWish(secret: string): Promise<MailWish | null>;
  wishMail(secret: string, daily: MailWish['daily']): Promise<void>;
  /** API: keeps an address that an identity provider verified, for ten minutes; says whose it is, in each programme. */
  beginSignIn(address: string): Promise<SignIn>;
  /** API: a sign-in becomes a session of one of these people, once. A session is a credential like any token. */
  beginSession(signIn: string, person: PersonId): Promise<Session>;
  /** Owner: `parley init`. Gives a token for the administrator with this address, who is made if missing. */
  createAdministrator(email: string): Promise<string>;
}

export interface OutboxRow {
  id: string;
  kind: 'wake' | 'mail';
  stream: string;
  version: number;
  mail: MailOrder | null;
  attempts: number;
  /** Of a project in a shock: taken first (B47). */
  urgent: boolean;
  /** Mails that were first taken together are one job, whose id this is; null for a wake. */
  job: string | null;
  at: Instant;
}

export interface Outbox {
  /**
   * Pending rows, urgent ones first and then oldest first; safe to call from several couriers. Wakes for what the
   * stream's workflow has read already are done by this, and not among them.
   */
  pending(kind: 'wake' | 'mail', limit: number): Promise<OutboxRow[]>;
  /**
   * Courier: the mails of these rows by their ids, as far as they still wait; null where there is no address for its person,
   * since none was attested or it was erased.
   */
  letters(ids: readonly string[]): Promise<Map<string, Letter | null>>;
  /** What is acknowledged while an acknowledgement is under way goes with the next one, together. */
  done(ids: string[]): Promise<void>;
  failed(id: string, reason: string): Promise<void>;
  /** Courier: nobody can make these mails arrive. Their rows stay, with the reason, and are not taken again by themselves. */
  giveUp(ids: readonly string[], reason: string): Promise<void>;
  /** Courier: the rows that go out in one mail with this one, the carrying one first. */
  batch(id: string): Promise<BatchRow[]>;
  /** Courier: what return paths are keyed with, in hex. */
  returnPathKey(): Promise<string>;
  /** Courier: the mail of a row cannot be delivered to the address whose commitment begins so; `status` as 5.1.1 (RFC 3463). */
  bounced(id: string, commitment: string, status: string): Promise<void>;
  /** NOTIFY listener; returns a function that stops listening. */
  listen(onHint: () => void): Promise<() => Promise<void>>;
  /** Streams whose ledger is ahead of what their workflow has read (sweep). */
  behind(limit: number): Promise<{ stream: string; version: number }[]>;
  seen(stream: string, version: number): Promise<void>;
}

/** One of several orders to a person that one mail carries out. */
export interface BatchRow {
  id: string;
  stream: string;
  mail: MailOrder;
}

/** A mail that waits, with what it is written from beside the ledger's state: whom it goes to, and names behind ids. */
export interface Letter {
  stream: string;
  mail: MailOrder;
  /** When the mail was ordered. */
  orderedAt: string;
  to: { name: string; address: string };
  /** To the address it goes to. */
  commitment: string;
  /** Held for its hour, to go out with whatever else waits for the same person then. */
  isDaily: boolean;
  /** Title of the project, or name of the programme; null once it was erased. */
  title: string | null;
  /** Names of the programme's organisations by id, without those erased. */
  organisations: Record<string, string>;
}

export type { SignedContent, Role };
