// What the demonstration has already done, kept in a file so that an interrupted one goes on where it was.
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

interface Kept {
  readonly run: string;
  readonly began: string;
  readonly done: Record<string, unknown>;
}

const DAY_MS = 24 * 60 * 60 * 1000;

export class Memory {
  private constructor(
    readonly file: string,
    private kept: Kept,
  ) {}

  static at(file: string): Memory {
    return new Memory(file, read(file) ?? fresh());
  }

  /** Names this demonstration; another begins under another name. */
  get run(): string {
    return this.kept.run;
  }

  recall<T>(key: string): T | undefined {
    return this.kept.done[key] as T | undefined;
  }

  keep(key: string, value: unknown): void {
    this.kept.done[key] = value ?? null;
    mkdirSync(path.dirname(this.file), { recursive: true });
    writeFileSync(`${this.file}.unfinished`, `${JSON.stringify(this.kept, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${this.file}.unfinished`, this.file);
  }

  has(key: string): boolean {
    return key in this.kept.done;
  }

  forget(): void {
    this.kept = fresh();
  }

  /** An instant so many days after the beginning: the same one whenever it is asked for. */
  inDays(days: number): string {
    return new Date(Date.parse(this.kept.began) + days * DAY_MS).toISOString();
  }
}

const fresh = (): Kept => ({ run: randomUUID(), began: new Date().toISOString(), done: {} });

function read(file: string): Kept | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Kept;
  } catch {
    return undefined;
  }
}
