// The mails of the development inbox: one file each, so that they survive a restart and any mail program opens them.
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync } from 'node:fs';
import { open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { simpleParser } from 'mailparser';
import type { ParsedMail } from 'mailparser';

/** One mail as it lies in the inbox. */
export interface StoredMail {
  readonly id: string;
  readonly receivedAt: Date;
  readonly size: number;
  readonly mail: ParsedMail;
}

const SUFFIX = '.eml';
/** Ids sort by time of arrival: milliseconds in base 36, then randomness. */
const TIME_DIGITS = 9;
const ID = /^[0-9a-z]{9}[0-9a-f]{16}$/;

export class MailStore {
  /** Oldest first. */
  private ids: string[];
  private readonly read = new Set<string>();
  private readonly parsed = new Map<string, Promise<StoredMail>>();
  private readonly listeners = new Set<() => void>();

  constructor(private readonly dir: string) {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const names = readdirSync(dir).filter((name) => name.endsWith(SUFFIX));
    this.ids = names
      .map((name) => name.slice(0, -SUFFIX.length))
      .filter((id) => ID.test(id))
      .sort();
  }

  get total(): number {
    return this.ids.length;
  }

  get unread(): number {
    return this.ids.filter((id) => !this.read.has(id)).length;
  }

  isRead(id: string): boolean {
    return this.read.has(id);
  }

  markRead(id: string): void {
    this.read.add(id);
  }

  /** Resolves when the mail is on disk: only then may its sender be told that it was taken. */
  async add(raw: Buffer): Promise<string> {
    const id = Date.now().toString(36).padStart(TIME_DIGITS, '0') + randomBytes(8).toString('hex');
    const unfinished = path.join(this.dir, `${id}.unfinished`);
    const file = await open(unfinished, 'wx', 0o600);
    try {
      await file.writeFile(raw);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, this.fileOf(id));
    this.ids.push(id);
    this.changed();
    return id;
  }

  /** Newest first. */
  async list(start: number, limit: number): Promise<StoredMail[]> {
    const newestFirst = this.ids.toReversed().slice(start, start + limit);
    return Promise.all(newestFirst.map((id) => this.load(id)));
  }

  /** The mail with this id; `latest` is the newest. */
  async find(id: string): Promise<StoredMail | undefined> {
    const wanted = id === 'latest' ? this.ids.at(-1) : id;
    return wanted !== undefined && this.ids.includes(wanted) ? this.load(wanted) : undefined;
  }

  /** Deletes the mails named, or all; ids that are not there are no error. */
  async remove(ids: readonly string[] | 'all'): Promise<void> {
    const leaving = ids === 'all' ? new Set(this.ids) : new Set(this.ids.filter((id) => ids.includes(id)));
    this.ids = this.ids.filter((id) => !leaving.has(id));
    for (const id of leaving) {
      this.read.delete(id);
      this.parsed.delete(id);
      await rm(this.fileOf(id), { force: true });
    }
    this.changed();
  }

  /** Calls `listener` after every change; gives the function that ends that. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }

  private fileOf(id: string): string {
    return path.join(this.dir, id + SUFFIX);
  }

  /** Parsed once, when first asked for: an inbox of thousands starts at once. */
  private load(id: string): Promise<StoredMail> {
    let mail = this.parsed.get(id);
    if (!mail) {
      mail = this.parse(id);
      mail.catch(() => this.parsed.delete(id));
      this.parsed.set(id, mail);
    }
    return mail;
  }

  private async parse(id: string): Promise<StoredMail> {
    const raw = await readFile(this.fileOf(id));
    const receivedAt = new Date(parseInt(id.slice(0, TIME_DIGITS), 36));
    // The plain text part is shown as it was sent, not as a rendering of the HTML.
    const mail = await simpleParser(raw, { skipHtmlToText: true, skipTextToHtml: true });
    return { id, receivedAt, size: raw.length, mail };
  }
}
